#include "tests/ui/screens/pages.h"

#include <SDL.h>

#include <algorithm>

#include "tests/support/demo_pki.h"
#include "tests/support/temp_dir.h"

namespace yizhan::test {

namespace {

/// The panel of setup/terminal.example.toml, a 24-inch monitor, a 55-inch board.
ui::Panel panel_of(ui::Scale scale, bool landscape) {
  ui::Panel panel{1080, 1920, 340, 605};
  if (scale == ui::Scale::counter) panel = {1080, 1920, 299, 531};
  if (scale == ui::Scale::display) panel = {1080, 1920, 680, 1210};
  if (landscape) {
    std::swap(panel.width_px, panel.height_px);
    std::swap(panel.width_mm, panel.height_mm);
  }
  return panel;
}

/// How a page looks is settled without sanitizers; with them, ten times slower, each page is drawn once upright and once
/// across.
std::vector<Look> as_many_as_there_is_time_for(std::vector<Look> all) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define YZ_SLOW
#endif
#endif
#if defined(YZ_SLOW) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  auto const across = std::find_if(all.begin(), all.end(), [](Look const& look) { return look.landscape; });
  return {all.front(), *across};
#else
  return all;
#endif
}

}  // namespace

std::string Look::name() const {
  static constexpr char const* k_sizes[] = {"standard", "elder", "largest"};
  static constexpr char const* k_palettes[] = {"civic", "yellow", "contrast"};
  return std::string(preferences.language == ui::Language::en ? "en " : "zh ") +
         k_sizes[static_cast<int>(preferences.text_size)] + " " + k_palettes[static_cast<int>(preferences.palette)] +
         (landscape ? " landscape" : " portrait");
}

std::vector<Look> looks(std::vector<ui::TextSize> const& sizes) {
  std::vector<Look> all;
  int turn = 0;
  for (bool const landscape : {false, true}) {
    for (auto const size : sizes) {
      for (auto const language : {ui::Language::zh_CN, ui::Language::en}) {
        auto const palette = static_cast<ui::Palette>(turn++ % 3);
        all.push_back({{.language = language, .text_size = size, .palette = palette}, landscape});
      }
    }
  }
  return as_many_as_there_is_time_for(std::move(all));
}

std::vector<Look> hardest_looks() {
  using enum ui::TextSize;
  using enum ui::Palette;
  using ui::Language;
  return as_many_as_there_is_time_for({{{.language = Language::zh_CN, .text_size = largest, .palette = civic}, false},
                                       {{.language = Language::en, .text_size = largest, .palette = contrast}, false},
                                       {{.language = Language::zh_CN, .text_size = standard, .palette = yellow}, false},
                                       {{.language = Language::en, .text_size = elder, .palette = civic}, false},
                                       {{.language = Language::zh_CN, .text_size = largest, .palette = civic}, true},
                                       {{.language = Language::en, .text_size = largest, .palette = yellow}, true},
                                       {{.language = Language::en, .text_size = standard, .palette = civic}, true}});
}

void Screens::open(ui::Scale scale, Look const& look, std::function<void(ui::Ui&)> draw) {
  if (window != nullptr) desktop->close(window);
  ui::WindowSpec spec;
  spec.panel = panel_of(scale, look.landscape);
  spec.scale = scale;
  spec.defaults = look.preferences;
  window = desktop->open(spec).value();
  window->ui().set_chrome({.hall_name = look.preferences.language == ui::Language::en
                                            ? "Shifan Subdistrict Service Centre"
                                            : "示范街道党群服务中心",
                           .clock = "09:41"});
  window->on_draw(std::move(draw));
  window->settle();
}

void Screens::show(Look const& look) {
  window->ui().set_preferences(look.preferences);
  window->request_frames(2);
  window->settle();
}

void Screens::expect_sound(std::string const& what) {
  window->request_frames(2);
  window->settle();
  EXPECT_FALSE(tree().nodes().empty()) << what;
  for (auto const& finding : tree().findings()) {
    ADD_FAILURE() << what << ": " << finding.kind << " " << finding.key << " " << finding.detail;
  }
}

void Screens::expect_keyboard_reaches_all(std::string const& what) {
  std::vector<std::string> usable;
  for (auto const& node : tree().nodes()) {
    if (node.state.interactive && node.state.enabled && !node.state.obscured) usable.push_back(node.key);
  }
  window->ui().focus({});
  window->settle();
  std::vector<std::string> reached;
  for (std::size_t i = 0; i < usable.size(); ++i) {
    window->key({.key = ui::Key::tab});
    window->settle();
    reached.emplace_back(window->ui().focused());
    auto const* node = tree().find(reached.back());
    ASSERT_NE(node, nullptr) << what << ": " << reached.back();
    EXPECT_FALSE(node->state.clipped) << what << ": " << reached.back() << " has the focus but is not in view";
  }
  auto const first = std::ranges::find(usable, reached.empty() ? std::string() : reached.front());
  if (first != usable.end()) std::rotate(usable.begin(), first, usable.end());
  EXPECT_EQ(reached, usable) << what;
}

void Screens::expect_translated() {
  auto const missing = ui::Translations::builtin().missing();
  EXPECT_EQ(missing, std::vector<std::string>());
}

std::vector<std::string> all_error_codes() {
  std::vector<std::string> codes;
  auto const catalog = read_file(source_folder() / "assets/i18n/en.po");
  std::string const begin = "\nmsgid \"remedy.";  // errors that people are told of have one
  for (auto at = catalog.find(begin); at != std::string::npos; at = catalog.find(begin, at + 1)) {
    auto const from = at + begin.size();
    codes.push_back(catalog.substr(from, catalog.find('"', from) - from));
  }
  return codes;
}

int run_on_display(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  VirtualDisplay const display;
  // Held to the end: Mesa's driver stays loaded between the tests' desktops, and a leak checker can name it.
  SDL_InitSubSystem(SDL_INIT_VIDEO);
  SDL_GL_LoadLibrary(nullptr);
  return RUN_ALL_TESTS();
}

}  // namespace yizhan::test
