/// Barcodes cannot type into a real window: SDL's own events, a field that has the focus, and a shortcut.
#include <SDL.h>
#include <gtest/gtest.h>

#include <cstring>

#include "kiosk/ui/layout.h"
#include "kiosk/ui/widgets.h"
#include "kiosk/ui/window.h"
#include "shared/base/manual_env.h"
#include "tests/support/display/virtual_display.h"

namespace yizhan::ui {
namespace {

using namespace std::chrono_literals;

struct TypedWindow : testing::Test {
  ManualClock clock{WallTime{}};
  std::unique_ptr<Desktop> desktop = Desktop::create(clock.steady(), Translations::builtin()).value();
  Window* window = nullptr;
  TextBuffer field;
  int shortcuts = 0;
  int inputs = 0;
  std::vector<KeyBurst> bursts;
  std::uint32_t id = 0;

  void SetUp() override {
    window = desktop->open({.panel = {640, 480, 200, 150}}).value();
    window->on_draw([this](Ui& ui) {
      bare(ui, "page", [&] {
        ui.focus_on_entry("page.field");
        (void)text_field(ui, "page.field", field, {.label = "number"});
      });
      for (auto const key : {Key::escape, Key::f2, Key::f4, Key::help}) shortcuts += ui.pressed(key) ? 1 : 0;
    });
    window->on_input([this] { ++inputs; });
    desktop->on_burst([this](KeyBurst burst) { bursts.push_back(std::move(burst)); });
    window->settle();
    for (std::uint32_t one = 1; one < 100 && id == 0; ++one) {
      if (SDL_GetWindowFromID(one) != nullptr) id = one;
    }
    desktop->pump(0ms);
  }
  void push(SDL_Keycode key, SDL_Scancode code, std::uint16_t modifiers, std::string_view text) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.windowID = id;
    event.key.keysym.sym = key;
    event.key.keysym.scancode = code;
    event.key.keysym.mod = modifiers;
    SDL_PushEvent(&event);
    if (!text.empty()) {
      event = {};
      event.type = SDL_TEXTINPUT;
      event.text.windowID = id;
      std::memcpy(event.text.text, text.data(), text.size());
      SDL_PushEvent(&event);
    }
    desktop->pump(0ms);
  }
  void type(std::string_view characters, Duration apart) {
    for (char const c : characters) {
      clock.advance(apart);
      desktop->pump(0ms);
      push(c, SDL_SCANCODE_UNKNOWN, 0, std::string_view(&c, 1));
    }
  }
  void rest() {
    clock.advance(200ms);
    desktop->pump(0ms);
    window->settle();
  }
};

TEST_F(TypedWindow, APersonTypesAndUsesShortcuts) {
  type("420106", 80ms);
  clock.advance(80ms);
  push(SDLK_F2, SDL_SCANCODE_F2, 0, "");
  rest();
  EXPECT_EQ(field.view(), "420106");
  EXPECT_EQ(shortcuts, 1);
  EXPECT_EQ(inputs, 7);
  EXPECT_TRUE(bursts.empty());
}

TEST_F(TypedWindow, ACodeReachesNeitherFieldNorShortcut) {
  type("12", 80ms);
  rest();
  int const before = inputs;
  for (int i = 0; i < 100; ++i) {
    type("~#A0", 5ms);
    clock.advance(3ms);
    push(SDLK_F2, SDL_SCANCODE_F2, 0, "");
    push(SDLK_ESCAPE, SDL_SCANCODE_ESCAPE, 0, "");
    push(SDLK_F4, SDL_SCANCODE_F4, KMOD_LALT, "");
    push(SDLK_RETURN, SDL_SCANCODE_RETURN, 0, "");
    rest();
  }
  EXPECT_EQ(field.view(), "12");
  EXPECT_EQ(shortcuts, 0);
  EXPECT_EQ(inputs, before);
  EXPECT_EQ(bursts.size(), 100U);
  EXPECT_FALSE(bursts[0].plain);
  type("3", 80ms);
  rest();
  EXPECT_EQ(field.view(), "123");
}

TEST_F(TypedWindow, AKeypadsKeyMeansWhatIsConfigured) {
  desktop->map_keys({{SDL_SCANCODE_KP_5, Key::help}});
  clock.advance(80ms);
  push(SDLK_KP_5, SDL_SCANCODE_KP_5, KMOD_NUM, "5");
  rest();
  EXPECT_EQ(shortcuts, 1);
  EXPECT_EQ(field.view(), "");
}

TEST_F(TypedWindow, ACloseByTheWindowManagerEndsAWindowedProgramOnly) {
  SDL_Event event{};
  event.type = SDL_WINDOWEVENT;
  event.window.event = SDL_WINDOWEVENT_CLOSE;
  event.window.windowID = id;
  SDL_SetWindowFullscreen(SDL_GetWindowFromID(id), SDL_WINDOW_FULLSCREEN_DESKTOP);
  SDL_PushEvent(&event);
  desktop->pump(0ms);
  EXPECT_FALSE(desktop->closing());
  SDL_SetWindowFullscreen(SDL_GetWindowFromID(id), 0);
  SDL_PushEvent(&event);
  desktop->pump(0ms);
  EXPECT_TRUE(desktop->closing());
}

}  // namespace
}  // namespace yizhan::ui

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  yizhan::test::VirtualDisplay const display;
  // Held to the end: Mesa's driver stays loaded between the tests' desktops, and a leak checker can name it.
  SDL_InitSubSystem(SDL_INIT_VIDEO);
  SDL_GL_LoadLibrary(nullptr);
  return RUN_ALL_TESTS();
}
