// The widgets in real windows (Xvfb, Mesa's software rasteriser): what the accessible tree finds on every page of the
// gallery, and that fingers, keys and scenarios reach everything.
#include <SDL.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "kiosk/ui/input_method.h"
#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/widgets_form.h"
#include "kiosk/ui/window.h"
#include "shared/base/manual_env.h"
#include "tests/support/display/virtual_display.h"
#include "tests/support/temp_dir.h"
#include "tests/ui/gallery/gallery_pages.h"

using namespace yizhan;
using namespace yizhan::ui;
using namespace std::chrono_literals;

namespace {

constexpr Panel k_portrait{1080, 1920, 398, 708};
constexpr Panel k_landscape{1920, 1080, 708, 398};
constexpr Panel k_desktop{1920, 1080, 531, 299};
constexpr Panel k_hall{1920, 1080, 1210, 680};

gallery::Page const& page_named(std::string_view name) {
  auto const pages = gallery::pages();
  return *std::ranges::find(pages, name, &gallery::Page::name);
}

Panel panel_for(Scale scale, bool landscape) {
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
      desktop->pump(10ms);
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

struct Variant {
  bool landscape;
  Preferences preferences;
};

TEST_F(Gallery, NoPageHasAFindingInAnyFormat) {
  Variant const variants[] = {{false, {}},
                              {false, {.language = Language::en, .text_size = TextSize::largest}},
                              {false, {.text_size = TextSize::elder, .reach = true}},
                              {true, {.language = Language::en, .palette = Palette::contrast}},
                              {true, {.text_size = TextSize::elder, .palette = Palette::yellow}}};
  state.phone.set("1380000000");
  for (gallery::Page const& page : gallery::pages())
    for (Variant const& variant : variants) {
      state.overlay = false;
      open(page.name, variant.preferences, variant.landscape);
      EXPECT_FALSE(tree().nodes().empty());
      for (Finding const& finding : tree().findings())
        ADD_FAILURE() << page.name << (variant.landscape ? " landscape: " : " portrait: ") << finding.kind << " "
                      << finding.key << " " << finding.detail;
    }
  EXPECT_TRUE(Translations::builtin().missing().empty());
}

TEST_F(Gallery, ABareImGuiItemIsFound) {
  open("home");
  window->on_draw([&](Ui& ui) {
    page_named("home").draw(ui, state);
    ImGui::InvisibleButton("stray", {50, 50});
  });
  window->request_frames();
  window->settle();
  auto const findings = tree().findings();
  EXPECT_TRUE(std::ranges::any_of(findings, [](Finding const& f) { return f.kind == "no_node"; }));
}

TEST_F(Gallery, KeypadReachesEverythingInReadingOrder) {
  for (std::string_view const name :
       {"home", "ticket", "search", "type", "desk", "choices", "dates", "address", "signature", "viewer", "rating"}) {
    open(name);
    auto const order = tree().focus_order();
    std::vector<std::string> const expected(order.begin(), order.end());
    std::vector<std::string> reached;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      press(Key::tab);
      reached.emplace_back(window->ui().focused());
      Node const* const node = tree().find(reached.back());
      ASSERT_NE(node, nullptr);
      EXPECT_FALSE(node->state.clipped) << reached.back() << " has the focus but is not in view";
    }
    EXPECT_EQ(reached, expected) << name;
    press(Key::tab, true);
    EXPECT_EQ(window->ui().focused(), expected[expected.size() - 2]);
  }
}

TEST_F(Gallery, EnterActsLikeATap) {
  open("home");
  tap("gallery.home.take_ticket");
  EXPECT_EQ(state.taps, 1);
  window->ui().focus("gallery.home.appointment");
  window->settle();
  press(Key::enter);
  EXPECT_EQ(state.taps, 2);
  press(Key::space);
  EXPECT_EQ(state.taps, 3);
}

TEST_F(Gallery, DisabledAndUnknownNodesCannotBeTapped) {
  open("home");
  EXPECT_TRUE(window->tap("gallery.home.closed").error().is("node_disabled"));
  EXPECT_TRUE(window->tap("gallery.home.nowhere").error().is("no_such_node"));
  EXPECT_TRUE(window->is_settled());
}

TEST_F(Gallery, AFunctionKeyUsesItsButtonAndADisabledOneDoesNot) {
  open("desk");
  press(Key::f1);
  EXPECT_EQ(state.taps, 1);
  press(Key::f5);
  EXPECT_EQ(state.taps, 1);
  tap("gallery.desk.row.B003");
  EXPECT_EQ(state.taps, 2);
}

TEST_F(Gallery, PhysicalAndOnScreenKeyboardTypeIntoTheSameField) {
  open("phone");
  EXPECT_EQ(window->ui().focused(), "gallery.phone.field");
  window->type("13a8");
  window->settle();
  EXPECT_EQ(state.phone.view(), "138");
  tap("gallery.phone.keys.7");
  press(Key::left);
  press(Key::backspace);
  EXPECT_EQ(state.phone.view(), "137");
  press(Key::home);
  window->type("0");
  window->settle();
  EXPECT_EQ(state.phone.view(), "0137");
  EXPECT_EQ(tree().find("gallery.phone.field")->value, "0137");
  tap("gallery.phone.keys.clear");
  EXPECT_TRUE(state.phone.empty());
}

TEST_F(Gallery, APinIsNeitherInTheTreeNorCounted) {
  open("phone");
  tap("gallery.phone.pin");
  window->type("4711");
  window->settle();
  EXPECT_EQ(state.pin.view(), "4711");
  EXPECT_TRUE(tree().find("gallery.phone.pin")->value.empty());
  EXPECT_FALSE(tree().shows("4711"));
}

TEST_F(Gallery, AMaskedValueIsShownOnlyWhileHeldAndNeverInTheTree) {
  open("ticket");
  test::TempDir folder("capture");
  auto const bytes = [&](std::string const& name) {
    EXPECT_TRUE(window->capture(folder / (name + ".png")));
    std::ifstream file(folder / (name + ".png"), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  std::string const before = bytes("before");
  ASSERT_TRUE(window->press("gallery.ticket.id.show"));
  window->settle();
  std::string const held = bytes("held");
  EXPECT_NE(held, before);
  EXPECT_EQ(tree().find("gallery.ticket.id")->value, "420106********0016");
  EXPECT_FALSE(tree().shows("420106199003070016"));
  window->release();
  window->settle();
  EXPECT_EQ(bytes("after"), before);
}

TEST_F(Gallery, AnOverlayTakesTheScreenUntilItIsAnswered) {
  open("idle");
  EXPECT_TRUE(tree().find("gallery.type.primary")->state.obscured);
  EXPECT_TRUE(window->tap("gallery.type.primary").error().is("node_disabled"));
  EXPECT_EQ(tree().focus_order(), std::vector<std::string_view>{"gallery.idle.continue"});
  window->on_draw([this](Ui& ui) { page_named("type").draw(ui, state); });
  tap("gallery.idle.continue");
  EXPECT_FALSE(state.overlay);
  EXPECT_EQ(tree().find("gallery.idle.continue"), nullptr);
  tap("gallery.type.primary");
  EXPECT_EQ(state.taps, 1);
}

TEST_F(Gallery, ADraggedListScrollsAndTapsNothing) {
  open("search");
  Rect const first = tree().find("gallery.search.item.1")->rect;
  Node const* last = tree().find("gallery.search.item.8");
  ASSERT_TRUE(last->state.clipped);
  EXPECT_TRUE(window->tap("gallery.search.item.8").error().is("node_not_visible"));
  Point const from = tree().find("gallery.search.item.3")->rect.centre();
  window->drag(from, {from.x, from.y - 200});
  window->settle();
  EXPECT_EQ(state.taps, 0);
  EXPECT_NEAR(tree().find("gallery.search.item.1")->rect.y, first.y - 200, 2);
  ASSERT_TRUE(window->reveal("gallery.search.item.8"));
  window->settle();
  tap("gallery.search.item.8");
  EXPECT_EQ(state.taps, 1);
}

TEST_F(Gallery, LanguageTextSizeAndContrastSwitchLive) {
  open("home");
  EXPECT_TRUE(tree().shows("取号排队"));
  float const before = tree().find("gallery.home.title")->rect.height;
  tap("ui.language");
  EXPECT_TRUE(tree().shows("Take a number"));
  EXPECT_FALSE(tree().shows("取号排队"));
  tap("ui.text_size");
  EXPECT_TRUE(window->ui().elder());
  EXPECT_GT(tree().find("gallery.home.title")->rect.height, before);
  tap("ui.contrast");
  tap("ui.contrast");
  EXPECT_EQ(window->ui().theme().palette, Palette::contrast);
}

TEST_F(Gallery, WipeForgetsTheSession) {
  open("ticket");
  tap("ui.language");
  window->ui().focus("gallery.ticket.primary");
  window->settle();
  ASSERT_TRUE(tree().shows("A012"));
  window->ui().wipe();
  EXPECT_TRUE(tree().nodes().empty());
  EXPECT_TRUE(window->ui().focused().empty());
  window->on_draw([this](Ui& ui) { page_named("home").draw(ui, state); });
  window->settle();
  EXPECT_EQ(window->ui().language(), Language::zh_CN);
  EXPECT_FALSE(tree().shows("A012"));
}

TEST_F(Gallery, AChangeCostsAtMostThreeFramesAndRestCostsNone) {
  open("home");
  quiet();
  auto const before = window->frames();
  Chrome chrome = window->ui().chrome();
  chrome.clock = "09:42";
  window->ui().set_chrome(chrome);
  while (!window->is_settled()) desktop->pump(Duration(0));
  EXPECT_LE(window->frames() - before, 3);
  EXPECT_TRUE(tree().shows("09:42"));
  auto const settled = window->frames();
  window->ui().set_chrome(chrome);
  for (int i = 0; i < 5; ++i) desktop->pump(Duration(0));
  EXPECT_EQ(window->frames(), settled);
  EXPECT_FALSE(window->oldest_request());
}

TEST_F(Gallery, AWishForALaterFrameIsKept) {
  open("home");
  quiet();
  window->ui().wake_after(2s);
  auto const before = window->frames();
  desktop->pump(Duration(0));
  EXPECT_EQ(window->frames(), before);
  clock.advance(2s);
  desktop->pump(Duration(0));
  EXPECT_EQ(window->frames(), before + 1);
}

TEST_F(Gallery, FontsForRareCharactersAreLoadedOnFirstUse) {
  open("home");
  EXPECT_FALSE(window->ui().state().fonts->rare_loaded());
  open("type");  // has characters of extensions B and C that Noto lacks
  EXPECT_TRUE(window->ui().state().fonts->rare_loaded());
  // Names that people have: 䶮 𬭎 𠮷 𰻞, and 𠀁 𪛖 𪜂, which are in HanaMin and BabelStone alone.
  for (char32_t const rare : {U'\x4DAE', U'\x2CB4E', U'\x20BB7', U'\x30EDE', U'\x20001', U'\x2A6D6', U'\x2A702'})
    EXPECT_TRUE(window->ui().state().fonts->face_of(rare, false).font->IsGlyphInFont(rare)) << std::hex << int(rare);
}

TEST_F(Gallery, SeveralWindowsLiveInOneProgram) {
  open("home");
  Window* const kiosk = window;
  gallery::State counter_state;
  Window* const counter = desktop->open({.panel = k_desktop, .scale = Scale::counter}).value();
  counter->on_draw([&](Ui& ui) { page_named("desk").draw(ui, counter_state); });
  counter->settle();
  ASSERT_TRUE(kiosk->tap("gallery.home.take_ticket"));
  ASSERT_TRUE(counter->tap("gallery.desk.call"));
  for (int i = 0; i < 40 && !(kiosk->is_settled() && counter->is_settled()); ++i) desktop->pump(Duration(0));
  EXPECT_EQ(state.taps, 1);
  EXPECT_EQ(counter_state.taps, 1);
  desktop->close(counter);
  tap("gallery.home.appointment");
  EXPECT_EQ(state.taps, 2);
}

TEST_F(Gallery, OneOfAListOrSeveralByFingerAndByKey) {
  open("choices");
  EXPECT_TRUE(tree().find("gallery.choices.reason.broken")->state.selected);
  EXPECT_EQ(tree().find("gallery.choices.reason.broken")->role, Role::radio);
  tap("gallery.choices.reason.lost");
  EXPECT_EQ(state.radio, 0u);
  window->ui().focus("gallery.choices.box.0");
  window->settle();
  press(Key::space);
  EXPECT_TRUE(state.boxes[0]);
  EXPECT_TRUE(window->tap("gallery.choices.box.3").error().is("node_disabled"));
  EXPECT_EQ(tree().find("gallery.choices.box.7"), nullptr);
  tap("gallery.choices.box.more");
  tap("gallery.choices.box.7");
  EXPECT_TRUE(state.boxes[7]);
  tap("gallery.choices.wrong.1");
  EXPECT_EQ(state.field_used, 1u);
}

TEST_F(Gallery, ADateIsTypedAsDigitsOrChosenAmongWorkingDays) {
  open("dates");
  window->ui().focus("gallery.dates.birth");
  window->settle();
  window->type("1990-03x07");
  window->settle();
  EXPECT_EQ(tree().find("gallery.dates.birth")->value, "1990-03-07");
  press(Key::home);
  press(Key::backspace);
  EXPECT_EQ(state.birth.view(), "1990030");
  EXPECT_TRUE(window->tap("gallery.dates.month.2026-11-28").error().is("node_disabled"));
  EXPECT_EQ(tree().find("gallery.dates.month.2026-12-01"), nullptr);
  tap("gallery.dates.month.after");
  tap("gallery.dates.month.2026-12-01");
  EXPECT_EQ(date_of_digits(state.day.view()), "2026-12-01");
  EXPECT_TRUE(tree().find("gallery.dates.month.2026-12-01")->state.selected);
  EXPECT_EQ(date_of_digits("20260229"), "");
  EXPECT_EQ(date_of_digits("20240229"), "2024-02-29");
}

TEST_F(Gallery, AnAddressGoesForwardStepByStepAndBackByItsChips) {
  open("address");
  tap("gallery.address.picker.420106001");
  EXPECT_EQ(state.way, 3u);
  tap("gallery.address.picker.path.42");
  EXPECT_EQ(state.way, 0u);
  tap("gallery.address.picker.step.more");
  EXPECT_EQ(tree().find("gallery.address.picker.420106001"), nullptr);
  tap("gallery.address.picker.420106008");
  EXPECT_EQ(state.way, 1u);
}

TEST_F(Gallery, AStrokeIsKeptInMicrometresWithItsTime) {
  open("signature");
  Rect const pad = tree().find("gallery.signature.pad")->rect;
  Point const from{pad.x + 40, pad.y + 50};
  window->drag(from, {from.x + 240, from.y + 60});
  for (int i = 0; i < 12; ++i) {
    clock.advance(10ms);
    desktop->pump(Duration(0));
  }
  window->settle();
  ASSERT_EQ(state.ink.strokes.size(), 1u);
  auto const& stroke = state.ink.strokes.front();
  ASSERT_GE(stroke.size(), 6u);
  float const px_per_mm = window->ui().metrics().px_per_mm();
  EXPECT_NEAR(stroke.front().x, 40 / px_per_mm * 1000, 500);
  EXPECT_NEAR(stroke.back().x - stroke.front().x, 240 / px_per_mm * 1000, 500);
  EXPECT_NEAR(stroke.back().y - stroke.front().y, 60 / px_per_mm * 1000, 500);
  EXPECT_EQ(stroke.front().ms, 0);
  EXPECT_GT(stroke.back().ms, 20);
  EXPECT_NEAR(state.ink.width, pad.width / px_per_mm * 1000, 500);
  window->drag({pad.x + 10, pad.y - 30}, {pad.x + 60, pad.y + 60});  // begins outside: no stroke
  window->settle();
  EXPECT_EQ(state.ink.strokes.size(), 1u);
  tap("gallery.signature.pad");  // a dot
  EXPECT_EQ(state.ink.strokes.size(), 2u);
  tap("gallery.signature.pad.undo");
  EXPECT_EQ(state.ink.strokes.size(), 1u);
  tap("gallery.signature.pad.clear");
  EXPECT_TRUE(state.ink.empty());
  EXPECT_TRUE(window->tap("gallery.signature.pad.undo").error().is("node_disabled"));
}

TEST_F(Gallery, APageIsTurnedAndLookedAtCloser) {
  open("viewer");
  EXPECT_EQ(tree().find("gallery.viewer.page")->value, "第 1 页，共 3 页");
  tap("gallery.viewer.page.after");
  EXPECT_EQ(state.page, 1u);
  tap("gallery.viewer.page.zoom_in");
  tap("gallery.viewer.page.zoom_in");
  EXPECT_FALSE(tree().find("gallery.viewer.page.zoom_in")->state.enabled);
  EXPECT_TRUE(tree().findings().empty());
}

TEST_F(Gallery, AFaceIsAGradeWithAWord) {
  open("rating");
  EXPECT_TRUE(tree().find("gallery.rating.4")->state.selected);
  EXPECT_EQ(tree().find("gallery.rating.5")->name, "非常满意");
  tap("gallery.rating.1");
  EXPECT_EQ(state.grade, 1);
}

/// "ni" is 你 or 尼.
struct TwoWords final : InputMethod {
  std::string letters;
  [[nodiscard]] std::string_view name() const override { return "拼音"; }
  bool take(std::string_view character) override {
    if (character != "n" && character != "i") return false;
    letters += character;
    return true;
  }
  bool erase() override {
    if (letters.empty()) return false;
    letters.pop_back();
    return true;
  }
  [[nodiscard]] std::string_view composing() const override { return letters; }
  [[nodiscard]] std::vector<std::string> candidates() const override {
    return letters == "ni" ? std::vector<std::string>{"你", "尼"} : std::vector<std::string>{};
  }
  std::string choose(std::size_t candidate) override {
    std::string const word = candidates()[candidate];
    letters.clear();
    return word;
  }
  void reset() override { letters.clear(); }
};

TEST_F(Gallery, AnInputMethodTakesLettersOfBothKeyboardsAndOffersWords) {
  TwoWords method;
  open("writing");
  EXPECT_EQ(tree().find("gallery.writing.keys.input_method"), nullptr);
  window->ui().set_input_method(&method);
  window->ui().focus("gallery.writing.reason");
  window->settle();
  tap("gallery.writing.keys.n");
  EXPECT_TRUE(state.reason.empty());
  window->ui().focus("gallery.writing.reason");
  window->settle();
  window->type("i");
  window->settle();
  EXPECT_EQ(tree().find("gallery.writing.keys.word.composing")->name, "ni");
  EXPECT_TRUE(tree().findings().empty());
  tap("gallery.writing.keys.word.1");
  EXPECT_EQ(state.reason.view(), "尼");
  tap("gallery.writing.keys.a");  // not the method's
  EXPECT_EQ(state.reason.view(), "尼a");
  tap("gallery.writing.keys.n");
  tap("gallery.writing.keys.backspace");
  EXPECT_EQ(method.letters, "");
  tap("gallery.writing.keys.input_method");
  tap("gallery.writing.keys.n");
  EXPECT_EQ(state.reason.view(), "尼an");
  method.letters = "n";
  window->ui().wipe();
  EXPECT_EQ(method.letters, "");
}

TEST_F(Gallery, InputIsToldToTheIdleNavigator) {
  open("home");
  int inputs = 0;
  window->on_input([&] { ++inputs; });
  tap("gallery.home.take_ticket");
  EXPECT_GE(inputs, 1);
  int const after_tap = inputs;
  press(Key::tab);
  EXPECT_GT(inputs, after_tap);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  yizhan::test::VirtualDisplay const display;
  // Held to the end: Mesa's driver stays loaded between the tests' desktops, and a leak checker can name it.
  SDL_InitSubSystem(SDL_INIT_VIDEO);
  SDL_GL_LoadLibrary(nullptr);
  return RUN_ALL_TESTS();
}
