// yizhan-emulators: the other ends of the wires, for the demo, for tests and for whoever has no devices.

#include <signal.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "tools/emulators/server.h"

namespace {

using namespace yizhan;

/// "35963:card.key:card.crt"
bool add_staff_card(emulated::HallOptions& options, std::string const& text) {
  auto const first = text.find(':');
  auto const second = first == std::string::npos ? first : text.find(':', first + 1);
  if (second == std::string::npos) return false;
  emulated::HallOptions::StaffCard card;
  auto const [end, error] = std::from_chars(text.data(), text.data() + first, card.vpcd);
  if (error != std::errc{} || end != text.data() + first) return false;
  card.key = text.substr(first + 1, second - first - 1);
  card.certificate = text.substr(second + 1);
  options.staff_card = card;
  return true;
}

/// "reader:/run/x/reader", "printer:/run/x/printer:384". False where it is none of them.
bool add_device(emulated::HallOptions& options, std::string const& device) {
  auto const colon = device.find(':');
  if (colon == std::string::npos || colon + 1 == device.size()) return false;
  auto const kind = device.substr(0, colon);
  auto path = device.substr(colon + 1);
  if (kind == "printer") {
    for (auto const* const width : {":384", ":576"}) {
      if (!path.ends_with(width)) continue;
      path.resize(path.size() - 4);
      options.printer_width = width[1] == '3' ? 384 : 576;
      break;
    }
  }
  if (kind == "multireader") options.reader_wire = emulated::ReaderWire::multi;
  if (kind == "staffcard") return add_staff_card(options, path);
  auto* const slot = kind == "reader"        ? &options.reader
                     : kind == "multireader" ? &options.reader
                     : kind == "scanner"     ? &options.scanner
                     : kind == "hidscanner"  ? &options.hid_scanner
                     : kind == "printer"     ? &options.printer
                     : kind == "camera"      ? &options.camera
                     : kind == "docprinter"  ? &options.document_printer
                     : kind == "doccamera"   ? &options.document_camera
                                             : nullptr;
  if (slot == nullptr) return false;
  *slot = path;
  return true;
}

int fail(Error const& error) {
  std::fprintf(stderr, "yizhan-emulators: %s\n", error.to_line().c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  // Before any thread: only the socket's loop hears of them.
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGINT);
  ::sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  CLI::App app(
      "Emulated devices on pseudo terminals, picture files and a port of 127.0.0.1, moved by lines on a Unix socket.");
  emulated::HallOptions options;
  std::string socket, people = options.people.string(), tickets;
  std::vector<std::string> devices;
  app.add_option("--seed", options.seed, "fixes noise and faults")->capture_default_str();
  app.add_option("--socket", socket, "control socket")->required();
  app.add_option("--people", people, "invented people, JSON")->capture_default_str();
  app.add_option("--tickets", tickets, "folder for ticket-N.png");
  app.add_option("device", devices,
                 "reader:PORT multireader:PORT scanner:PORT hidscanner:PORT printer:PORT[:384|576] camera:PICTURE.png "
                 "docprinter:FOLDER doccamera:PICTURE.png staffcard:VPCD_PORT:KEY.pem:CERTIFICATE.pem")
      ->required();
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& problem) {
    return app.exit(problem) == 0 ? 0 : 2;
  }
  options.people = people;
  options.tickets = tickets;
  for (auto const& device : devices) {
    if (!add_device(options, device)) {
      std::fprintf(stderr,
                   "yizhan-emulators: %s: give one of the devices that --help names, a colon and its "
                   "path\n",
                   device.c_str());
      return 2;
    }
  }
  auto const hall = emulated::EmulatedHall::create(std::move(options));
  if (!hall) return fail(hall.error());
  if (auto const* printer = (*hall)->document_printer()) std::printf("docprinter %s\n", printer->uri().c_str());
  auto const served = emulators::serve(socket, **hall, [] {
    std::puts("ready");
    std::fflush(stdout);
  });
  return served ? 0 : fail(served.error());
}
