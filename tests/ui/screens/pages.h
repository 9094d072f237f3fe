#pragma once
/// Pages as a test opens them: a window of a mode's scale, drawn from a flow's state.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "kiosk/ui/window.h"
#include "shared/base/manual_env.h"
#include "tests/support/display/virtual_display.h"

namespace yizhan::test {

/// One look of a screen.
struct Look {
  ui::Preferences preferences;
  bool landscape = false;
  [[nodiscard]] std::string name() const;
};
/// Both languages, the text sizes and both orientations; the palettes take turns.
[[nodiscard]] std::vector<Look> looks(std::vector<ui::TextSize> const& sizes);
/// The largest text in both languages and orientations; the other sizes and palettes once each.
[[nodiscard]] std::vector<Look> hardest_looks();

class Screens : public testing::Test {
 protected:
  ManualClock clock{WallTime{}};
  std::unique_ptr<ui::Desktop> desktop = ui::Desktop::create(clock.steady(), ui::Translations::builtin()).value();
  ui::Window* window = nullptr;

  /// Opens the window of a scale, or closes it and opens another.
  void open(ui::Scale scale, Look const& look, std::function<void(ui::Ui&)> draw);
  /// The same window with other settings.
  void show(Look const& look);
  [[nodiscard]] ui::Tree const& tree() const { return window->ui().tree(); }
  /// Draws until nothing changes, then fails for every defect the tree knows of.
  void expect_sound(std::string const& what);
  /// Tab visits everything that can be used, in reading order, and what has the focus is in view.
  void expect_keyboard_reaches_all(std::string const& what);
  /// No text was asked for that a catalog lacks.
  static void expect_translated();
};

/// Every code the catalogs explain to people.
[[nodiscard]] std::vector<std::string> all_error_codes();

/// main() of these tests.
int run_on_display(int count, char** arguments);

}  // namespace yizhan::test
