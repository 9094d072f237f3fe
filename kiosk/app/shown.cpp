#include "kiosk/app/shown.h"

#include "shared/domain/identity/card_text.h"
#include "shared/paper/qr.h"

namespace yizhan::app {

flows::CaseView shown(office::CaseView&& view) {
  return {std::move(view.what),           view.overall,   std::move(view.due),
          std::move(view.supplement_due), view.delivered, std::move(view.qr)};
}

flows::Ratable shown(office::Ratable&& ratable) {
  using flows::Ratable;
  return {ratable.about == office::Ratable::About::visit ? Ratable::About::visit : Ratable::About::case_,
          ratable.subject, std::move(ratable.label), std::move(ratable.matter)};
}

flows::resident::Event read_card(device::CardReading const& reading, std::chrono::year_month_day today) {
  using namespace flows::resident;
  auto card = identity::decode_card_text(reading.text.view(), today);
  if (!card || card->number.empty()) return CardRefused{"card_unreadable"};
  identity::Person person;
  person.kind = identity::DocumentKind::id_card;
  person.number = std::move(card->number);
  person.name = card->name.empty() ? std::move(card->name_en) : std::move(card->name);
  person.birth_year = std::string(card->birth.view().substr(0, 4));
  person.birth = std::move(card->birth);
  // Where one lives now, where the card was told.
  person.address = reading.newest_address.empty() ? std::move(card->address) : reading.newest_address.clone();
  person.sex = SecretText(identity::to_string(card->sex));
  person.ethnic = SecretText(card->ethnic);
  person.verification = identity::Verification::card_read;
  return CardIdentified{std::move(person), std::move(card->warnings)};
}

resident::CodeModules code_modules(std::string const& text) {
  resident::CodeModules code;
  auto const qr = paper::make_qr(text, paper::QrLevel::medium);
  if (!qr) return code;
  code.side = static_cast<std::size_t>(qr->width);
  code.modules.reserve(code.side * code.side);
  for (int y = 0; y < qr->height; ++y) {
    for (int x = 0; x < qr->width; ++x) code.modules.push_back(qr->black(x, y) ? 1 : 0);
  }
  return code;
}

}  // namespace yizhan::app
