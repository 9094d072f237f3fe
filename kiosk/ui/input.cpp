#include "kiosk/ui/input.h"

#include <array>
#include <utility>

#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

constexpr std::array<std::pair<Key, std::string_view>, 30> k_names{{
    {Key::tab, "Tab"},
    {Key::enter, "Enter"},
    {Key::escape, "Esc"},
    {Key::space, "Space"},
    {Key::up, "Up"},
    {Key::down, "Down"},
    {Key::left, "Left"},
    {Key::right, "Right"},
    {Key::home, "Home"},
    {Key::end, "End"},
    {Key::page_up, "PageUp"},
    {Key::page_down, "PageDown"},
    {Key::backspace, "Backspace"},
    {Key::del, "Delete"},
    {Key::f1, "F1"},
    {Key::f2, "F2"},
    {Key::f3, "F3"},
    {Key::f4, "F4"},
    {Key::f5, "F5"},
    {Key::f6, "F6"},
    {Key::f7, "F7"},
    {Key::f8, "F8"},
    {Key::f9, "F9"},
    {Key::f10, "F10"},
    {Key::f11, "F11"},
    {Key::f12, "F12"},
    {Key::help, "Help"},
    {Key::repeat, "Repeat"},
    {Key::louder, "Louder"},
    {Key::softer, "Softer"},
}};

}  // namespace

std::string_view key_name(Key key) {
  for (auto const& [known, name] : k_names)
    if (known == key) return name;
  return {};
}

std::optional<Key> key_from_name(std::string_view name) {
  std::string const wanted = text::to_lower_ascii(name);
  for (auto const& [key, known] : k_names)
    if (text::to_lower_ascii(known) == wanted) return key;
  if (wanted == "escape") return Key::escape;
  return std::nullopt;
}

}  // namespace yizhan::ui
