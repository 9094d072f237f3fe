#include "shared/paper/ticket.h"

#include <fmt/format.h>

#include <algorithm>

#include "shared/paper/canvas.h"
#include "shared/paper/printed_text.h"
#include "shared/paper/qr.h"

namespace yizhan::paper {

namespace {

/// What differs between the two widths, in dots.
struct Measures {
  int margin;
  int hall, hall_en, caption, number, service, service_en, fact, fact_caption, note, small;
  int gap;
  int qr_side;    // wished
  int qr_module;  // least; 3 dots are 0.375 mm
  QrLevel qr_level;
};
constexpr Measures k_mm80{24, 36, 21, 22, 168, 44, 24, 42, 21, 23, 22, 18, 290, 4, QrLevel::quartile};
constexpr Measures k_mm58{12, 27, 16, 18, 122, 34, 19, 32, 17, 19, 18, 13, 220, 3, QrLevel::medium};

std::string minutes_range(queue::WaitRange const& wait) {
  return wait.low == wait.high ? fmt::format("{}", wait.high.count())
                               : fmt::format("{}–{}", wait.low.count(), wait.high.count());
}

/// Draws from top to bottom; `y` is where the next thing begins.
class TicketDrawing {
 public:
  TicketDrawing(TicketPaper const& ticket, Measures const& measures, int width)
      : m_ticket(ticket), m(measures), m_canvas(width, 2400), m_inner(width - 2 * measures.margin) {}

  Result<MonoImage> draw() {
    hall();
    number();
    service();
    facts();
    priority();
    TRY(code());
    foot();
    return m_canvas.finish(m_y);
  }

 private:
  void put(std::string_view utf8, TextStyle const& style, int gap_below) {
    auto const used = m_canvas.text(m.margin, m_y, m_inner, utf8, style);
    if (used > 0) m_y += used + gap_below;
  }

  void hall() {
    m_y = m.gap / 2;
    put(clean(m_ticket.hall_zh), {.size = m.hall, .weight = Weight::bold, .max_lines = 2}, 0);
    put(clean(m_ticket.hall_en), {.size = m.hall_en, .max_lines = 2}, 0);
    if (m_y == m.gap / 2) return;
    m_y += m.gap / 2;
    m_canvas.line(m.margin, m_y, m_inner, 3);
    m_y += 3 + m.gap;
  }

  void number() {
    put("您的号码  Your number", {.size = m.caption}, 0);
    // The digits' own leading is worth half a centimetre of paper.
    auto const lead = m.number / 6;
    m_y -= lead;
    auto const label = clean(m_ticket.number);
    put(label, m_canvas.fitted(m_inner, label, {.size = m.number, .weight = Weight::black}), -lead);
  }

  void service() {
    auto const zh = clean(m_ticket.service_zh);
    auto const en = clean(m_ticket.service_en);
    put(zh, {.size = m.service, .weight = Weight::bold, .max_lines = 2}, 2);
    put(en, {.size = zh.empty() ? m.service : m.service_en, .max_lines = 2}, 0);
    m_y += m.gap;
  }

  /// Two columns: how many are ahead, how long it takes.
  void facts() {
    if (!m_ticket.wait) return;
    TextStyle const big{.size = m.fact, .weight = Weight::bold};
    TextStyle const zh{.size = m.fact_caption};
    auto const ahead = fmt::format("{}", m_ticket.wait->ahead);
    auto const minutes = minutes_range(*m_ticket.wait);
    auto const top = m_y;
    auto const half = m_inner / 2;
    auto const pad = m.gap * 2 / 3;
    auto column = [&](int x, std::string const& value, std::string const& unit, char const* caption,
                      char const* english) {
      int y = top + pad;
      y += m_canvas.text(x, y, half, caption, zh);
      y += m_canvas.text(x, y, half, value + unit, m_canvas.fitted(half - m.gap, value + unit, big));
      y += m_canvas.text(x, y, half, english, zh);
      return y;
    };
    auto const left = column(m.margin, ahead, " 人", "前面还有", "people ahead");
    auto const right = column(m.margin + half, minutes, " 分钟", "预计等候", "minutes to wait");
    auto const bottom = std::max(left, right) + pad;
    m_canvas.rounded_box(m.margin, top, m_inner, bottom - top, m.gap, 2);
    m_canvas.line(m.margin + half, top + m.gap, 2, bottom - top - 2 * m.gap);
    m_y = bottom + m.gap;
  }

  void priority() {
    if (!m_ticket.priority) return;
    auto const minutes = m_ticket.ageing.count();
    auto const zh = fmt::format("优先号 · 排在早取号不超过 {} 分钟的普通号之前", minutes);
    auto const en = fmt::format("Priority: before ordinary tickets taken up to {} min earlier", minutes);
    TextStyle const first{.size = m.note, .weight = Weight::bold, .max_lines = 2};
    TextStyle const second{.size = m.note - 2, .max_lines = 2};
    auto const pad = m.gap / 2;
    auto const inner = m_inner - 2 * m.gap;
    auto const height = m_canvas.measure(inner, zh, first) + m_canvas.measure(inner, en, second) + 2 * pad;
    m_canvas.filled_box(m.margin, m_y, m_inner, height, m.gap);
    m_canvas.invert(true);
    auto y = m_y + pad;
    y += m_canvas.text(m.margin + m.gap, y, inner, zh, first);
    m_canvas.text(m.margin + m.gap, y, inner, en, second);
    m_canvas.invert(false);
    m_y += height + m.gap / 2;
  }

  Result<void> code() {
    if (m_ticket.qr.empty()) return {};
    auto const qr = TRY(make_qr(m_ticket.qr, m.qr_level));
    auto const modules = qr.width + 2 * k_qr_quiet_zone;
    auto const module = std::clamp(m.qr_side / modules, m.qr_module, 7);
    if (modules * module > m_canvas.width()) {
      return Error::make("qr_too_long", Retry::no, fmt::format("{} modules", qr.width));
    }
    auto const picture = enlarge_qr(qr, module);
    m_canvas.image((m_canvas.width() - picture.width) / 2, m_y, picture);
    m_y += picture.height;
    put("到窗口请出示此码", {.size = m.small - 1}, 0);
    put("Show this code at the counter", {.size = m.small - 2}, m.gap / 2);
    return {};
  }

  void foot() {
    m_y += m.gap / 2;
    m_canvas.dashed_line(m_y, 8, 6, 2);
    m_y += m.gap;
    auto const name = clean(m_ticket.masked_name);
    auto const time = clean(m_ticket.issued_at);
    auto const left = m_canvas.text(m.margin, m_y, m_inner, name, {.size = m.small, .align = Align::left});
    auto const right = m_canvas.text(m.margin, m_y, m_inner, time,
                                     {.size = m.small, .align = name.empty() ? Align::centre : Align::right});
    if (std::max(left, right) > 0) m_y += std::max(left, right) + m.gap / 3;
    put("请留意叫号，当日有效", {.size = m.small, .weight = Weight::bold}, 0);
    put("Please watch the display. Valid today only.", {.size = m.small - 2, .max_lines = 2}, 0);
    m_y += m.gap;
  }

  TicketPaper const& m_ticket;
  Measures const m;
  Canvas m_canvas;
  int const m_inner;
  int m_y = 0;
};

}  // namespace

Result<MonoImage> render_ticket(TicketPaper const& ticket, PaperWidth width) {
  if (clean(ticket.number).empty()) return Error::make("paper_number_empty");
  if (clean(ticket.service_zh).empty() && clean(ticket.service_en).empty()) return Error::make("paper_service_empty");
  return TicketDrawing(ticket, width == PaperWidth::mm58 ? k_mm58 : k_mm80, dots(width)).draw();
}

}  // namespace yizhan::paper
