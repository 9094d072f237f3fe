#pragma once
/// The accessible keypad: a keyboard to the system, whose few keys mean what the settings say.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kiosk/ui/input.h"
#include "shared/base/result.h"

namespace yizhan::app {

/// "Keypad 8=up": SDL's name of a key, then one of up, down, left, right, ok, back, help, repeat, louder, softer. The
/// map's keys are USB HID usages (page 07h). Errors: config_value with the entry that is wrong.
Result<std::map<std::uint16_t, ui::Key>> keypad_map(std::vector<std::string> const& entries);

}  // namespace yizhan::app
