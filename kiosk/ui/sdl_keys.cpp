#include "kiosk/ui/sdl_window.h"

namespace yizhan::ui {

namespace {

Key key_of(SDL_Keycode code) {
  static constexpr std::pair<SDL_Keycode, Key> k_keys[] = {
      {SDLK_TAB, Key::tab},
      {SDLK_RETURN, Key::enter},
      {SDLK_KP_ENTER, Key::enter},
      {SDLK_ESCAPE, Key::escape},
      {SDLK_SPACE, Key::space},
      {SDLK_UP, Key::up},
      {SDLK_DOWN, Key::down},
      {SDLK_LEFT, Key::left},
      {SDLK_RIGHT, Key::right},
      {SDLK_HOME, Key::home},
      {SDLK_END, Key::end},
      {SDLK_PAGEUP, Key::page_up},
      {SDLK_PAGEDOWN, Key::page_down},
      {SDLK_BACKSPACE, Key::backspace},
      {SDLK_DELETE, Key::del},
      {SDLK_F1, Key::f1},
      {SDLK_F2, Key::f2},
      {SDLK_F3, Key::f3},
      {SDLK_F4, Key::f4},
      {SDLK_F5, Key::f5},
      {SDLK_F6, Key::f6},
      {SDLK_F7, Key::f7},
      {SDLK_F8, Key::f8},
      {SDLK_F9, Key::f9},
      {SDLK_F10, Key::f10},
      {SDLK_F11, Key::f11},
      {SDLK_F12, Key::f12},
  };
  for (auto const& [sdl, key] : k_keys)
    if (sdl == code) return key;
  return Key::none;
}

bool is_modifier(SDL_Scancode code) {
  return (code >= SDL_SCANCODE_LCTRL && code <= SDL_SCANCODE_RGUI) || code == SDL_SCANCODE_CAPSLOCK ||
         code == SDL_SCANCODE_NUMLOCKCLEAR || code == SDL_SCANCODE_SCROLLLOCK || code == SDL_SCANCODE_MODE;
}

}  // namespace

std::optional<Stroke> stroke_of(SDL_Event const& event, std::map<std::uint16_t, Key> const& mapped) {
  Stroke stroke;
  if (event.type == SDL_TEXTINPUT) {
    stroke.window = event.text.windowID;
    stroke.press.text = event.text.text;
    return stroke;
  }
  if (event.type != SDL_KEYDOWN || is_modifier(event.key.keysym.scancode)) return std::nullopt;
  auto const modifiers = event.key.keysym.mod;
  stroke.down = true;
  stroke.repeat = event.key.repeat != 0;
  stroke.chord = (modifiers & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0;
  stroke.window = event.key.windowID;
  stroke.press.key = key_of(event.key.keysym.sym);
  stroke.press.shift = (modifiers & KMOD_SHIFT) != 0;
  // SDL's scancodes are the usages of HID's keyboard page.
  if (auto const found = mapped.find(static_cast<std::uint16_t>(event.key.keysym.scancode)); found != mapped.end()) {
    stroke.press.key = found->second;
    stroke.silent = true;
  }
  return stroke;
}

}  // namespace yizhan::ui
