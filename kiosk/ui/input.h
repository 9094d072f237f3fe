#pragma once
/// Keys as the widgets know them, so that no screen needs SDL.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yizhan::ui {

enum class Key : std::uint8_t {
  none,
  tab,
  enter,
  escape,
  space,
  up,
  down,
  left,
  right,
  home,
  end,
  page_up,
  page_down,
  backspace,
  del,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  // Keys of an accessible keypad.
  help,
  repeat,
  louder,
  softer,
};

/// "F3", "Enter", "Esc"; for key caps on buttons.
[[nodiscard]] std::string_view key_name(Key key);
/// The reverse, case-insensitive, for scenarios: "f3", "enter".
[[nodiscard]] std::optional<Key> key_from_name(std::string_view name);

struct KeyPress {
  Key key = Key::none;
  bool shift = false;
  std::string text{};  // a typed character instead of a key (key == none)
};

}  // namespace yizhan::ui
