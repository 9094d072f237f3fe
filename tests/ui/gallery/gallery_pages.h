#pragma once
/// Every widget of kiosk/ui on a few pages: looked at by people, checked by gallery_test.
#include <span>
#include <string_view>

#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widgets_matter.h"

namespace yizhan::gallery {

/// What the pages remember, as a flow would.
struct State {
  ui::TextBuffer phone;
  ui::TextBuffer id_number;
  ui::TextBuffer search;
  ui::TextBuffer pin;
  int filter = 0;
  int taps = 0;
  bool overlay = false;
  ui::TextBuffer birth;
  ui::TextBuffer day;
  ui::TextBuffer reason;
  ui::TextBuffer amount;
  std::size_t radio = 1;
  bool boxes[8] = {false, true};
  std::size_t field_used = 99;
  std::size_t way = 2;  // steps of the address
  ui::Ink ink;
  std::size_t page = 0;
  int grade = 4;
};

struct Page {
  std::string_view name;
  ui::Scale scale;
  void (*draw)(ui::Ui&, State&);
};

[[nodiscard]] std::span<Page const> pages();

// gallery_forms.cpp
void choices(ui::Ui& ui, State& state);
void dates(ui::Ui& ui, State& state);
void writing(ui::Ui& ui, State& state);
void address(ui::Ui& ui, State& state);
// gallery_matters.cpp
void signature(ui::Ui& ui, State& state);
void viewer(ui::Ui& ui, State& state);
void camera(ui::Ui& ui, State& state);
void rating(ui::Ui& ui, State& state);
void way(ui::Ui& ui, State& state);

/// Chinese or English, as the window says.
[[nodiscard]] std::string_view say(ui::Ui const& ui, std::string_view chinese, std::string_view english);

}  // namespace yizhan::gallery
