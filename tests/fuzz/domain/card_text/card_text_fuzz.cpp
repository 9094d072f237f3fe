// A card's text block: whatever is in it, decoding ends, and what was decoded can be laid out and decoded again.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/identity/card_text.h"
#include "shared/domain/identity/id_number.h"

using namespace yizhan;
using namespace yizhan::identity;

namespace {

constexpr std::chrono::year_month_day k_today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{24}};

void must(bool held) {
  if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const bytes = std::as_bytes(std::span(data, size));
  auto const card = decode_card_text(bytes, k_today);
  if (card) {
    for (auto const* field : {&card->name, &card->name_en, &card->address, &card->number, &card->permit_number}) {
      must(text::is_utf8(field->view()));
    }
    auto const again = decode_card_text(encode_card_text(*card), k_today);
    must(again.has_value() || (card->name.empty() && card->name_en.empty() && card->number.empty()));
    if (again) {
      must(again->kind == card->kind && again->name.view() == card->name.view());
      must(again->number.view() == card->number.view() && again->birth.view() == card->birth.view());
      must(again->valid_to == card->valid_to && again->address.view() == card->address.view());
    }
  }
  // Numbers and names come from keyboards, too.
  auto const typed = text::chars_of(bytes);
  must(check_id_number(typed).valid() || check_id_number(typed).fault.has_value());
  (void)mask_id_number(typed);
  (void)mask_name(typed);
  (void)mask_phone(typed);
  (void)mask_address(typed);
  (void)mask_birth(typed);
  (void)normalise_phone(typed);
  (void)upgrade_citizen15(typed);
  return 0;
}
