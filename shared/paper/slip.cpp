#include "shared/paper/slip.h"

#include <fmt/format.h>

#include <algorithm>

#include "shared/paper/canvas.h"
#include "shared/paper/printed_text.h"
#include "shared/paper/qr.h"

namespace yizhan::paper {

namespace {

constexpr int k_longest = 12'000;  // 1.5 m at 8 dots a millimetre
constexpr int k_many_lines = 60;

/// What differs between the two widths, in dots.
struct Measures {
  int margin;
  int hall, title, subtitle, number, row, heading, item, note, small;
  int gap;
  int box;        // side of an item's box
  int qr_side;    // wished
  int qr_module;  // least; 3 dots are 0.375 mm
  QrLevel qr_level;
};
constexpr Measures k_mm80{24, 26, 46, 24, 64, 27, 29, 28, 23, 21, 16, 26, 290, 4, QrLevel::quartile};
constexpr Measures k_mm58{12, 21, 36, 20, 46, 23, 24, 24, 20, 18, 12, 22, 220, 3, QrLevel::medium};

/// Draws from top to bottom; `m_y` is where the next thing begins.
class SlipDrawing {
 public:
  SlipDrawing(Slip const& slip, Measures const& measures, int width)
      : m_slip(slip), m(measures), m_canvas(width, k_longest), m_inner(width - 2 * measures.margin) {}

  Result<MonoImage> draw() {
    head();
    rows();
    items();
    TRY(code());
    foot();
    if (m_y > k_longest) return Error::make("paper_too_long", Retry::no, fmt::format("{} dots", m_y));
    return m_canvas.finish(m_y);
  }

 private:
  void put(std::string const& text, TextStyle const& style, int gap_below) {
    auto const used = m_canvas.text(m.margin, m_y, m_inner, clean(text), style);
    if (used > 0) m_y += used + gap_below;
  }
  void rule() {
    m_y += m.gap / 2;
    m_canvas.dashed_line(m_y, 8, 6, 2);
    m_y += m.gap;
  }

  void head() {
    m_y = m.gap / 2;
    put(m_slip.hall, {.size = m.hall, .max_lines = 2}, m.gap / 2);
    put(m_slip.title, {.size = m.title, .weight = Weight::bold, .max_lines = 3}, m.gap / 2);
    put(m_slip.subtitle, {.size = m.subtitle, .max_lines = 3}, m.gap / 2);
    auto const number = clean(m_slip.number);
    put(number, m_canvas.fitted(m_inner, number, {.size = m.number, .weight = Weight::black}), m.gap / 2);
    m_canvas.line(m.margin, m_y, m_inner, 3);
    m_y += 3 + m.gap;
  }

  /// The value beside its label, or below where the label leaves no room.
  void rows() {
    TextStyle const name{.size = m.row, .align = Align::left, .max_lines = 3};
    TextStyle const bold{.size = m.row, .weight = Weight::bold, .align = Align::left, .max_lines = k_many_lines};
    auto const column = m_inner * 36 / 100;
    for (auto const& [raw_label, raw_value] : m_slip.rows) {
      auto const label = clean(raw_label);
      auto const value = clean(raw_value);
      if (label.empty() && value.empty()) continue;
      auto const one_line = m_canvas.measure(m_inner, label, {.size = m.row, .align = Align::left});
      bool const beside = m_canvas.measure(column - m.gap, label, name) <= one_line;
      auto const left = m_canvas.text(m.margin, m_y, beside ? column - m.gap : m_inner, label, name);
      if (!beside) m_y += left;
      auto const x = beside && !label.empty() ? column : 0;
      auto const right = m_canvas.text(m.margin + x, m_y, m_inner - x, value, bold);
      m_y += (beside ? std::max(left, right) : right) + m.gap / 3;
    }
    if (!m_slip.rows.empty()) m_y += m.gap / 2;
  }

  void items() {
    if (m_slip.items.empty()) return;
    rule();
    put(m_slip.items_heading, {.size = m.heading, .weight = Weight::bold, .align = Align::left, .max_lines = 3},
        m.gap / 2);
    TextStyle const text{.size = m.item, .align = Align::left, .max_lines = k_many_lines};
    TextStyle const note{.size = m.note, .align = Align::left, .max_lines = k_many_lines};
    auto const indent = m.box + m.gap;
    for (auto const& item : m_slip.items) {
      box(m_y + m.item * 3 / 10, item.checked);
      auto const x = m.margin + indent;
      m_y += std::max(m_canvas.text(x, m_y, m_inner - indent, clean(item.text), text), m.box);
      m_y += m_canvas.text(x, m_y, m_inner - indent, clean(item.note), note) + m.gap / 2;
    }
  }

  void box(int y, bool checked) {
    m_canvas.rounded_box(m.margin, y, m.box, m.box, 3, 2);
    if (checked) m_canvas.filled_box(m.margin + 5, y + 5, m.box - 10, m.box - 10, 2);
  }

  Result<void> code() {
    if (m_slip.qr.empty()) return {};
    m_y += m.gap / 2;
    auto const qr = TRY(make_qr(m_slip.qr, m.qr_level));
    auto const modules = qr.width + 2 * k_qr_quiet_zone;
    auto const module = std::clamp(m.qr_side / modules, m.qr_module, 7);
    if (modules * module > m_canvas.width()) {
      return Error::make("qr_too_long", Retry::no, fmt::format("{} modules", qr.width));
    }
    auto const picture = enlarge_qr(qr, module);
    m_canvas.image((m_canvas.width() - picture.width) / 2, m_y, picture);
    m_y += picture.height;
    put(m_slip.qr_caption, {.size = m.small, .max_lines = 4}, m.gap / 2);
    return {};
  }

  void foot() {
    rule();
    put(m_slip.date_text, {.size = m.small}, m.gap / 3);
    put(m_slip.footer, {.size = m.small, .max_lines = k_many_lines}, 0);
    m_y += m.gap;
  }

  Slip const& m_slip;
  Measures const m;
  Canvas m_canvas;
  int const m_inner;
  int m_y = 0;
};

}  // namespace

Result<MonoImage> render_slip(Slip const& slip, PaperWidth width) {
  if (clean(slip.title).empty()) return Error::make("paper_title_empty");
  return SlipDrawing(slip, width == PaperWidth::mm58 ? k_mm58 : k_mm80, dots(width)).draw();
}

}  // namespace yizhan::paper
