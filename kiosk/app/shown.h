#pragma once
/// What devices and the office tell, in the words of flows and screens.
#include "kiosk/flows/resident_flow.h"
#include "kiosk/resident/resident_screens.h"
#include "peripherals/api/id_reader.h"
#include "shared/office/matters.h"

namespace yizhan::app {

[[nodiscard]] flows::CaseView shown(office::CaseView&& view);
[[nodiscard]] flows::Ratable shown(office::Ratable&& ratable);
/// CardIdentified, or CardRefused with card_unreadable where the card does not say who one is.
[[nodiscard]] flows::resident::Event read_card(device::CardReading const& reading, std::chrono::year_month_day today);
/// Side 0 for a text that fits no code.
[[nodiscard]] resident::CodeModules code_modules(std::string const& text);

}  // namespace yizhan::app
