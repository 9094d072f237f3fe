#pragma once
/// Which key of a keypad means what: a keyboard to the machine, so its keys are known by their codes.
#include <cstdint>
#include <map>
#include <string_view>

#include "peripherals/api/keypad.h"
#include "shared/base/result.h"

namespace yizhan::panel {

/// USB HID usage (keyboard page 07h) → what it means.
using KeypadMap = std::map<std::uint16_t, device::KeypadAction>;

/// "KP_8=up KP_2=down KP_5=ok 0x68=help": blanks or commas between. Keys: A…Z, 0…9, F1…F24, KP_0…KP_9, KP_PLUS, KP_MINUS,
/// KP_STAR, KP_SLASH, KP_ENTER, KP_DOT, UP, DOWN, LEFT, RIGHT, ENTER, ESC, TAB, SPACE, BACKSPACE, HOME, END, PAGE_UP,
/// PAGE_DOWN, VOLUME_UP, VOLUME_DOWN, or a usage in hex, 0x04…0xe7. Actions: up, down, left, right, ok, back, help,
/// repeat, louder, softer. Any case.
/// Errors: keypad_keys (the part that is not understood, or named twice).
Result<KeypadMap> parse_keypad(std::string_view list);

/// A telephone's layout on a numeric pad: 8 up, 2 down, 4 left, 6 right, 5 ok, 0 back, 7 help, 9 repeat, + louder, - softer.
[[nodiscard]] KeypadMap const& default_keypad();

}  // namespace yizhan::panel
