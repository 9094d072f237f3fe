// The widgets in real windows (Xvfb, Mesa's software rasteriser): what the accessible tree finds on every page of the
// gallery, and that fingers, keys and scenarios reach everything.
#include <SDL.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/widgets.h"
#include "kiosk/ui/window.h"
#include "shared/base/manual_env.h"
#include "tests/support/display/virtual_display.h"
#include "tests/support/temp_dir.h"
#include "tests/ui/gallery/gallery_fixture.h"

using namespace yizhan;
using namespace yizhan::ui;
using namespace std::chrono_literals;

namespace {

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
