#pragma once
/// Every widget of kiosk/ui on a few pages: looked at by people, checked by gallery_test.
#include <span>
#include <string_view>

#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/ui.h"

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
};

struct Page {
  std::string_view name;
  ui::Scale scale;
  void (*draw)(ui::Ui&, State&);
};

[[nodiscard]] std::span<Page const> pages();

}  // namespace yizhan::gallery
