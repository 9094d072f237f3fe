#include "shared/base/text.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/identity/card_text.h"
#include "shared/domain/identity/id_number.h"
#include "tools/ctl/command.h"
#include "tools/ctl/ports.h"

namespace yizhan::ctl {

namespace {

using namespace identity;
using nlohmann::json;

constexpr std::string_view k_zone = "Asia/Shanghai";

json or_null(std::string_view text) { return text.empty() ? json() : json(text); }

/// The object of `card read` and `card decode`; personal data masked unless asked for.
json card_object(CardText const& card, bool reveal) {
  auto const number = [&](SecretText const& text) {
    return or_null(reveal || text.empty() ? std::string(text.view()) : mask_id_number(text.view()));
  };
  auto const name = [&](SecretText const& text) {
    return or_null(reveal || text.empty() ? std::string(text.view()) : mask_name(text.view()));
  };
  auto warnings = json::array();
  for (auto const warning : card.warnings) warnings.push_back(to_string(warning));
  auto const birth = reveal || card.birth.empty() ? std::string(card.birth.view()) : mask_birth(card.birth.view());
  auto const address =
      reveal || card.address.empty() ? std::string(card.address.view()) : mask_address(card.address.view());
  return {{"kind", to_string(card.kind)},
          {"name", name(card.name)},
          {"name_en", name(card.name_en)},
          {"sex", to_string(card.sex)},
          {"ethnic", or_null(card.ethnic)},
          {"birth", or_null(birth)},
          {"address", or_null(address)},
          {"number", number(card.number)},
          {"old_number", number(card.old_number)},
          {"permit_number", number(card.permit_number)},
          {"issue_count", or_null(card.issue_count)},
          {"issuer", or_null(card.issuer)},
          {"valid_from", or_null(card.valid_from)},
          {"valid_to", or_null(card.valid_to)},
          {"nationality", or_null(card.nationality)},
          {"warnings", std::move(warnings)}};
}

int show_card(Context& context, std::span<std::byte const> block, std::string_view newest_address) {
  auto const today = calendar::local_day(context.real.wall.now(), k_zone);
  if (!today) return complain(today.error());
  auto const card = decode_card_text(block, today->date);
  if (!card) return complain(card.error());
  auto object = card_object(*card, context.reveal);
  if (!newest_address.empty()) {
    object["newest_address"] = context.reveal ? std::string(newest_address) : mask_address(newest_address);
  }
  print_line(object);
  return k_answered;
}

void check_numbers(std::vector<std::string> const& numbers, bool reveal) {
  for (auto const& number : numbers) {
    auto const check = check_id_number(number);
    print_line({{"number", reveal ? number : mask_id_number(number)},
                {"kind", to_string(check.kind)},
                {"valid", check.valid()},
                {"reason", check.fault ? json(to_string(*check.fault)) : json()}});
  }
}

}  // namespace

void add_identity_commands(CLI::App& top, Context& context) {
  auto* id = top.add_subcommand("id", "identity numbers")->require_subcommand(1);
  auto* check = id->add_subcommand("check", "is it a possible number, and of which kind");
  auto numbers = std::make_shared<std::vector<std::string>>();
  check->add_option("NUMBER", *numbers)->required();
  check->callback([&context, numbers] { check_numbers(*numbers, context.reveal); });

  auto* card = top.add_subcommand("card", "identity cards")->require_subcommand(1);
  auto* decode = card->add_subcommand("decode", "a 256-byte text block");
  auto file = std::make_shared<std::string>();
  decode->add_option("FILE", *file)->required();
  decode->callback([&context, file] {
    auto const block = read_whole_file(*file, k_file_limit);
    context.exit_code = block ? show_card(context, text::bytes_of(*block), {}) : complain(block.error());
  });

  struct Reading {
    ReaderPort port;
    double wait = 10;
  };
  auto reading = std::make_shared<Reading>();
  auto* read = card->add_subcommand("read", "one reading; photo and fingerprints are never printed");
  reading->port.add_to(*read);
  read->add_option("--wait", reading->wait, "seconds")->check(CLI::Range(0.0, 3600.0));
  read->callback([&context, reading] {
    Duration const wait{static_cast<std::int64_t>(reading->wait * 1e6)};
    auto const port = reading->port.open();
    if (!port) {
      context.exit_code = complain(port.error());
      return;
    }
    auto const card_reading = id_reader::read_once(**port, wait, false, reading->port.protocol());
    context.exit_code = card_reading
                            ? show_card(context, card_reading->text.view(), card_reading->newest_address.view())
                            : complain(card_reading.error());
  });
}

}  // namespace yizhan::ctl
