#include "kiosk/app/keypad.h"

#include <SDL.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace yizhan::app {

namespace {

constexpr std::array<std::pair<std::string_view, ui::Key>, 10> k_actions{{{"up", ui::Key::up},
                                                                          {"down", ui::Key::down},
                                                                          {"left", ui::Key::left},
                                                                          {"right", ui::Key::right},
                                                                          {"ok", ui::Key::enter},
                                                                          {"back", ui::Key::escape},
                                                                          {"help", ui::Key::help},
                                                                          {"repeat", ui::Key::repeat},
                                                                          {"louder", ui::Key::louder},
                                                                          {"softer", ui::Key::softer}}};

Error wrong(std::string const& entry, char const* what) {
  return Error::make("config_value", Retry::no, "devices.keypad.keys: \"" + entry + "\": " + what);
}

}  // namespace

Result<std::map<std::uint16_t, ui::Key>> keypad_map(std::vector<std::string> const& entries) {
  std::map<std::uint16_t, ui::Key> keys;
  for (auto const& entry : entries) {
    auto const middle = entry.rfind('=');  // "Keypad ==ok" is a key, too
    if (middle == std::string::npos) return wrong(entry, "must be KEY=ACTION");
    auto const code = SDL_GetScancodeFromName(entry.substr(0, middle).c_str());
    if (code == SDL_SCANCODE_UNKNOWN) return wrong(entry, "SDL knows no key of that name");
    auto const action = std::find_if(k_actions.begin(), k_actions.end(), [&](auto const& known) {
      return known.first == std::string_view(entry).substr(middle + 1);
    });
    if (action == k_actions.end()) {
      return wrong(entry, "must end in up, down, left, right, ok, back, help, repeat, louder or softer");
    }
    if (!keys.emplace(static_cast<std::uint16_t>(code), action->second).second) {
      return wrong(entry, "this key has a meaning already");
    }
  }
  return keys;
}

}  // namespace yizhan::app
