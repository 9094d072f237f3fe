#include "peripherals/panel/keypad_map.h"

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "shared/base/text.h"

namespace yizhan::panel {

namespace {

using device::KeypadAction;

/// USB HID Usage Tables 1.5, chapter 10.
constexpr std::pair<std::string_view, std::uint16_t> k_keys[] = {
    {"enter", 0x28},       {"esc", 0x29},     {"backspace", 0x2A}, {"tab", 0x2B},       {"space", 0x2C},
    {"home", 0x4A},        {"page_up", 0x4B}, {"end", 0x4D},       {"page_down", 0x4E}, {"right", 0x4F},
    {"left", 0x50},        {"down", 0x51},    {"up", 0x52},        {"kp_slash", 0x54},  {"kp_star", 0x55},
    {"kp_minus", 0x56},    {"kp_plus", 0x57}, {"kp_enter", 0x58},  {"kp_dot", 0x63},    {"volume_up", 0x80},
    {"volume_down", 0x81},
};

constexpr std::pair<std::string_view, KeypadAction> k_actions[] = {
    {"up", KeypadAction::up},         {"down", KeypadAction::down},     {"left", KeypadAction::left},
    {"right", KeypadAction::right},   {"ok", KeypadAction::ok},         {"back", KeypadAction::back},
    {"help", KeypadAction::help},     {"repeat", KeypadAction::repeat}, {"louder", KeypadAction::louder},
    {"softer", KeypadAction::softer},
};

template <class Value, std::size_t N>
std::optional<Value> named(std::pair<std::string_view, Value> const (&list)[N], std::string_view name) {
  for (auto const& [known, value] : list) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::optional<int> number_of(std::string_view digits, int base) {
  int value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const read = std::from_chars(digits.data(), end, value, base);
  if (digits.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

/// Digits stand in the order 1…9, 0 from `first` on.
std::uint16_t digit_key(int first, int digit) { return static_cast<std::uint16_t>(first + (digit + 9) % 10); }

std::optional<std::uint16_t> key_of(std::string_view name) {
  if (auto const key = named(k_keys, name)) return key;
  if (name.size() == 1 && name[0] >= 'a' && name[0] <= 'z') return static_cast<std::uint16_t>(0x04 + (name[0] - 'a'));
  if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') return digit_key(0x1E, name[0] - '0');
  if (name.size() == 4 && name.starts_with("kp_") && name[3] >= '0' && name[3] <= '9')
    return digit_key(0x59, name[3] - '0');
  if (name.starts_with("0x")) {
    auto const usage = number_of(name.substr(2), 16);
    if (usage && *usage >= 0x04 && *usage <= 0xE7) return static_cast<std::uint16_t>(*usage);
  }
  if (name.starts_with('f')) {
    auto const number = number_of(name.substr(1), 10);
    if (number && *number >= 1 && *number <= 12) return static_cast<std::uint16_t>(0x3A + *number - 1);
    if (number && *number >= 13 && *number <= 24) return static_cast<std::uint16_t>(0x68 + *number - 13);
  }
  return std::nullopt;
}

}  // namespace

Result<KeypadMap> parse_keypad(std::string_view list) {
  constexpr std::string_view k_between = " ,\t";
  KeypadMap map;
  while (true) {
    auto const begin = list.find_first_not_of(k_between);
    if (begin == std::string_view::npos) return map;
    list.remove_prefix(begin);
    auto const part = list.substr(0, list.find_first_of(k_between));
    list.remove_prefix(part.size());
    auto const equals = part.find('=');
    if (equals == std::string_view::npos) return Error::make("keypad_keys", Retry::no, std::string(part));
    auto const key = key_of(text::to_lower_ascii(part.substr(0, equals)));
    auto const action = named(k_actions, text::to_lower_ascii(part.substr(equals + 1)));
    if (!key || !action || !map.emplace(*key, *action).second)
      return Error::make("keypad_keys", Retry::no, std::string(part));
  }
}

KeypadMap const& default_keypad() {
  static KeypadMap const map =
      parse_keypad(
          "KP_8=up KP_2=down KP_4=left KP_6=right KP_5=ok KP_ENTER=ok KP_0=back KP_7=help KP_9=repeat KP_PLUS=louder "
          "KP_MINUS=softer")
          .value();
  return map;
}

}  // namespace yizhan::panel
