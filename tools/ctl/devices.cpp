#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iostream>

#include "peripherals/code_scanner/decode.h"
#include "peripherals/id_reader/card_reader.h"
#include "peripherals/smart_card/pcsc_reader.h"
#include "peripherals/ticket_printer/escpos.h"
#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/text.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/paper/ticket.h"
#include "tools/ctl/command.h"
#include "tools/ctl/ports.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;

int scan(Context& context, std::vector<std::string> const& files) {
  int exit_code = k_answered;
  for (auto const& file : files) {
    auto const begin = context.real.steady.now();
    auto const found = code_scanner::scan_file(file);
    auto const took = std::chrono::duration<double, std::milli>(context.real.steady.now() - begin).count();
    if (!found) {
      print_line({{"file", file}, {"error", found.error().code()}});
      exit_code = k_bad_data;
      continue;
    }
    auto codes = json::array();
    for (auto const& code : *found) codes.push_back({{"format", code.format}, {"text", code.text}});
    print_line({{"file", file}, {"found", std::move(codes)}, {"ms", std::round(took * 10) / 10}});
  }
  return exit_code;
}

int reader_status(Context& context, ReaderPort const& wanted) {
  auto const port = wanted.open();
  if (!port) return complain(port.error());
  auto const status = id_reader::reader_status(**port, wanted.protocol());
  if (!status) return complain(status.error());
  print_answer(context, {{"status", fmt::format("{:02X}", status->status)},
                         {"healthy", !status->fault.has_value()},
                         {"number", status->number}});
  return k_answered;
}

int printer_status(PortAt const& wanted) {
  auto const port = wanted.open({host::Kind::usblp, host::Kind::tty});
  if (!port) return complain(port.error());
  auto const status = ticket_printer::printer_status(**port);
  if (!status) return complain(status.error());
  auto raw = json::array();
  for (auto const byte : status->raw) raw.push_back(fmt::format("{:02X}", byte));
  json error;
  if (status->cutter_error)
    error = "cutter";
  else if (status->unrecoverable_error)
    error = "unrecoverable";
  else if (status->overheated)
    error = "overheat";
  char const* const paper = status->paper == device::Paper::end        ? "end"
                            : status->paper == device::Paper::near_end ? "near_end"
                                                                       : "ok";
  print_line({{"online", status->online},
              {"cover_open", status->cover_open},
              {"paper", paper},
              {"error", error},
              {"raw", raw}});
  return k_answered;
}

/// What is on the bus, as the settings name it: by identity where it has one.
int list_devices(Context& context) {
  auto places = json::array();
  for (auto const& place : host::Bus::system()->list()) {
    places.push_back({{"kind", host::to_string(place.kind)},
                      {"node", place.node},
                      {"address", place.identity.empty() ? place.node : place.identity},
                      {"socket", place.socket.empty() ? json() : json("socket:" + place.socket)},
                      {"name", text::trim(place.vendor + " " + place.product)}});
  }
  if (context.json) {
    print_line({{"devices", std::move(places)}});
    return k_answered;
  }
  for (auto const& place : places) {
    std::cout << fmt::format("{:<12} {:<16} {:<32} {}\n", place["kind"].get<std::string>(),
                             place["node"].get<std::string>(), place["address"].get<std::string>(),
                             place["name"].get<std::string>());
  }
  if (places.empty()) std::cout << "nothing is plugged in\n";
  return k_answered;
}

int inspect_card(Context& context, std::string const& reader, Duration wait) {
  auto const card = smart_card::inspect_once(reader, wait);
  if (!card) return complain(card.error());
  print_answer(context, {{"reader", card->reader},
                         {"card_id", card->card_id},
                         {"atr", card->atr},
                         {"certificate", !card->certificate.empty()},
                         {"attempts_left", card->attempts_left}});
  return k_answered;
}

struct Render {
  std::string number;
  std::string service;
  std::string out;
  int width = 80;
};

int render_ticket(Context& context, Render const& wanted) {
  if (text::trim(text::without_controls(wanted.number)).empty() ||
      text::trim(text::without_controls(wanted.service)).empty()) {
    std::cerr << "yizhanctl: --number and --service must not be empty\n";
    return k_wrong_usage;
  }
  config::Hall const hall;
  paper::TicketPaper ticket;
  ticket.hall_zh = hall.name_zh;
  ticket.hall_en = hall.name_en;
  ticket.number = wanted.number;
  ticket.service_zh = wanted.service;
  ticket.qr = text::without_controls(wanted.number);
  if (auto const day = calendar::local_day(context.real.wall.now(), hall.timezone)) ticket.issued_at = day->to_string();
  auto const picture =
      paper::render_ticket(ticket, wanted.width == 58 ? paper::PaperWidth::mm58 : paper::PaperWidth::mm80);
  if (!picture) return complain(picture.error());
  if (text::to_lower_ascii(wanted.out).ends_with(".png")) {
    auto const written = paper::write_png(wanted.out, *picture);
    return written ? k_answered : complain(written.error());
  }
  auto const bytes = ticket_printer::encode_ticket({picture->width, picture->height, picture->bits});
  std::ofstream file(wanted.out, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<char const*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.flush();
  if (!file) return complain(Error::make("file_unwritable", Retry::no, wanted.out));
  return k_answered;
}

}  // namespace

void add_device_commands(CLI::App& top, Context& context) {
  auto files = std::make_shared<std::vector<std::string>>();
  auto* scanning = top.add_subcommand("scan", "codes in pictures (PNG, JPEG, WebP), by the camera's own way");
  scanning->add_option("IMAGE", *files)->required();
  scanning->callback([&context, files] { context.exit_code = scan(context, *files); });

  auto* reader = top.add_subcommand("reader", "the ID card reader")->require_subcommand(1);
  auto* status = reader->add_subcommand("status", "its security module's status and number");
  auto reader_port = std::make_shared<ReaderPort>();
  reader_port->add_to(*status);
  status->callback([&context, reader_port] { context.exit_code = reader_status(context, *reader_port); });

  auto* printer = top.add_subcommand("printer", "the ticket printer")->require_subcommand(1);
  auto* paper_status = printer->add_subcommand("status", "online, cover, paper, error");
  auto printer_port = std::make_shared<PortAt>();
  printer_port->add_to(*paper_status);
  paper_status->callback([&context, printer_port] { context.exit_code = printer_status(*printer_port); });

  struct CardReader {
    std::string name;
    double wait = 0;
  };
  auto card_reader = std::make_shared<CardReader>();
  auto* staff_card = top.add_subcommand("staff-card", "staff cards (PC/SC)")->require_subcommand(1);
  auto* inspect = staff_card->add_subcommand("inspect", "the card in the reader; no attempt at its PIN is spent");
  inspect->add_option("--reader", card_reader->name, "a part of its name; the first unless said");
  inspect->add_option("--wait", card_reader->wait, "seconds")->check(CLI::Range(0.0, 3600.0));
  inspect->callback([&context, card_reader] {
    Duration const wait{static_cast<std::int64_t>(card_reader->wait * 1e6)};
    context.exit_code = inspect_card(context, card_reader->name, wait);
  });

  top.add_subcommand("devices", "what is plugged in, by the words that name it in the settings")->callback([&context] {
    context.exit_code = list_devices(context);
  });

  auto* ticket = top.add_subcommand("ticket", "paper tickets")->require_subcommand(1);
  auto* render = ticket->add_subcommand("render", "ESC/POS bytes (.bin), or the paper's picture (.png)");
  auto wanted = std::make_shared<Render>();
  render->add_option("--number", wanted->number)->required();
  render->add_option("--service", wanted->service)->required();
  render->add_option("--out", wanted->out)->required();
  render->add_option("--width", wanted->width, "mm of paper")->check(CLI::IsMember({58, 80}));
  render->callback([&context, wanted] { context.exit_code = render_ticket(context, *wanted); });
}

}  // namespace yizhan::ctl
