// The widgets of forms, papers and ratings in real windows: used by finger, pen, keyboard and input method.
#include "kiosk/ui/input_method.h"
#include "kiosk/ui/widgets_form.h"
#include "tests/ui/gallery/gallery_fixture.h"

using namespace yizhan;
using namespace yizhan::ui;
using namespace std::chrono_literals;

namespace {

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

}  // namespace
