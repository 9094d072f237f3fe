#pragma once
/// A page of the gallery in a window, and the hands that use it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "kiosk/ui/window.h"
#include "shared/base/manual_env.h"
#include "tests/ui/gallery/gallery_pages.h"

namespace yizhan::ui {

inline constexpr Panel k_portrait{1080, 1920, 398, 708};
inline constexpr Panel k_landscape{1920, 1080, 708, 398};
inline constexpr Panel k_desktop{1920, 1080, 531, 299};
inline constexpr Panel k_hall{1920, 1080, 1210, 680};

inline gallery::Page const& page_named(std::string_view name) {
  auto const pages = gallery::pages();
  return *std::ranges::find(pages, name, &gallery::Page::name);
}

inline Panel panel_for(Scale scale, bool landscape) {
  if (scale == Scale::counter) return k_desktop;
  if (scale == Scale::display) return k_hall;
  return landscape ? k_landscape : k_portrait;
}

struct Gallery : testing::Test {
  ManualClock clock{WallTime{}};
  std::unique_ptr<Desktop> desktop = Desktop::create(clock.steady(), Translations::builtin()).value();
  gallery::State state;
  Window* window = nullptr;
  Scale scale{};

  void open(std::string_view name, Preferences const& preferences = {}, bool landscape = false) {
    gallery::Page const& page = page_named(name);
    if (window != nullptr) desktop->close(window);
    window = desktop->open({.panel = panel_for(page.scale, landscape), .scale = page.scale, .defaults = preferences})
                 .value();
    window->ui().set_chrome({.hall_name = "水果湖街道政务服务中心", .clock = "09:41"});
    window->on_draw([this, &page](Ui& ui) { page.draw(ui, state); });
    window->settle();
  }
  [[nodiscard]] Tree const& tree() const { return window->ui().tree(); }
  /// Until the display server has said all it has to say (exposures come when they like).
  void quiet() {
    int still = 0;
    for (int i = 0; i < 200 && still < 5; ++i) {
      auto const before = window->frames();
      desktop->pump(std::chrono::milliseconds(10));
      still = window->frames() == before ? still + 1 : 0;
    }
  }
  void tap(std::string_view key) {
    auto const tapped = window->tap(key);
    ASSERT_TRUE(tapped) << tapped.error().to_line();
    window->settle();
  }
  void press(Key key, bool shift = false) {
    window->key({.key = key, .shift = shift});
    window->settle();
  }
};

}  // namespace yizhan::ui
