#include "shared/paper/document_flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "shared/paper/printed_text.h"
#include "shared/paper/qr.h"

namespace yizhan::paper {

namespace {

// Points. 20 mm at the sides: what folders' holes and printers' edges take away.
constexpr double k_side = 56.7;
constexpr double k_inner = k_page_width - 2 * k_side;
constexpr double k_first = 48;
constexpr double k_last = k_page_height - 66;  // content ends above the footer
constexpr double k_footer = k_page_height - 56;
constexpr double k_qr = 76;  // 27 mm with its quiet zone
constexpr double k_pad = 4.5;
constexpr double k_line_to_write = 24;
constexpr double k_hairline = 0.6;
constexpr double k_label_share = 0.27;
constexpr double k_label_shade = 0.95;
constexpr double k_head_shade = 0.88;

constexpr double k_signature_room = 96;  // the signature, its line and the air around them
constexpr double k_heading_room = 34;    // a heading of one line, and the air below a part
constexpr FontStyle k_body{10.5, Weight::regular, Align::left};
constexpr FontStyle k_bold{10.5, Weight::bold, Align::left};
constexpr FontStyle k_small{8.5, Weight::regular, Align::left};

/// Without control characters, line breaks kept.
std::string clean_lines(std::string const& text) {
  std::string result;
  std::size_t from = 0;
  while (from <= text.size()) {
    auto const to = std::min(text.find('\n', from), text.size());
    if (from > 0) result.push_back('\n');
    result.append(text::without_controls(std::string_view(text).substr(from, to - from)));
    from = to + 1;
  }
  return std::string(text::trim(result));
}

/// What fits into `height`, and the rest.
std::pair<std::string, std::string> split(TextLayout const& layout, double height) {
  std::string const all = pango_layout_get_text(layout.get());
  auto const count = pango_layout_get_line_count(layout.get());
  double used = 0;
  for (int i = 0; i < count; ++i) {
    used += Sheet::line_height(layout, i);
    if (used <= height || i == 0) continue;
    auto const at = static_cast<std::size_t>(pango_layout_get_line_readonly(layout.get(), i)->start_index);
    return {all.substr(0, at), all.substr(at)};
  }
  return {all, {}};
}

}  // namespace

Result<int> DocumentFlow::draw() {
  begin_page();
  head();
  for (auto const& one : m_document.parts) {
    // Nobody signs an empty page: the last words stay with the signature below them.
    if (&one == &m_document.parts.back() && signed_below()) need(height_of_words(one) + k_signature_room);
    part(one);
    if (m_page > k_most_pages) return Error::make("paper_too_long", Retry::no, fmt::format("{} pages", m_page));
  }
  signature();
  end_page();
  return m_page;
}

void DocumentFlow::begin_page() {
  ++m_page;
  m_sheet.emplace(m_target.begin_page(), m_document.language);
  m_y = k_first;
  if (m_page > 1) {
    auto const title = m_sheet->layout(k_inner * 0.6, clean(m_document.title), k_small);
    auto const number = m_sheet->layout(k_inner * 0.38, clean(m_document.number), {8.5, Weight::regular, Align::right});
    m_sheet->show(title, k_side, m_y - 14);
    m_sheet->show(number, k_side + k_inner * 0.62, m_y - 14);
    m_y += std::max(Sheet::height_of(title), Sheet::height_of(number)) - 8;
    m_sheet->line(k_side, m_y, k_side + k_inner, m_y, k_hairline);
    m_y += 10;
  }
  m_top = m_y;
}

void DocumentFlow::end_page() {
  m_sheet->line(k_side, k_footer, k_side + k_inner, k_footer, k_hairline);
  auto const number = m_document.language == Language::en ? fmt::format("Page {} of {}", m_page, m_pages)
                                                          : fmt::format("第 {} 页 共 {} 页", m_page, m_pages);
  auto const page = m_sheet->layout(90, number, {8.5, Weight::regular, Align::right});
  m_sheet->show(page, k_side + k_inner - 90, k_footer + 4);
  m_sheet->show(m_sheet->layout(k_inner - 100, clean(m_document.footer), k_small), k_side, k_footer + 4);
  m_target.end_page();
}

double DocumentFlow::left() const { return k_last - m_y; }

void DocumentFlow::need(double height) {
  if (height <= left() || m_y <= m_top) return;
  end_page();
  begin_page();
}

void DocumentFlow::head() {
  auto const top = m_y;
  auto const beside = m_qr ? k_qr + 8 : 0.0;
  auto const width = k_inner - 2 * beside;
  auto const put = [&](std::string const& text, FontStyle const& style, double gap) {
    if (text.empty()) return;
    auto const words = m_sheet->layout(width, text, style);
    m_sheet->show(words, k_side + beside, m_y);
    m_y += Sheet::height_of(words) + gap;
  };
  put(clean(m_document.hall), {11, Weight::regular, Align::centre}, 6);
  put(clean(m_document.title), {20, Weight::bold, Align::centre}, 4);
  put(clean(m_document.subtitle), {11, Weight::regular, Align::centre}, 4);
  if (m_qr) {
    auto const x = k_side + k_inner - k_qr;
    auto const quiet = k_qr * k_qr_quiet_zone / (m_qr->width + 2 * k_qr_quiet_zone);
    m_sheet->code(*m_qr, x + quiet, top - 8 + quiet, k_qr - 2 * quiet);
    auto const caption =
        m_sheet->layout(k_qr + 16, clean(m_document.qr_caption), {7.5, Weight::regular, Align::centre});
    m_sheet->show(caption, x - 8, top - 8 + k_qr);
    m_y = std::max(m_y, top - 4 + k_qr + Sheet::height_of(caption));
  }
  m_y += 6;
  auto const number = clean(m_document.number);
  auto const label = m_document.language == Language::en ? "No. " : "编号：";
  auto const left_words = m_sheet->layout(k_inner * 0.6, number.empty() ? number : label + number, k_body);
  auto const right_words =
      m_sheet->layout(k_inner * 0.38, clean(m_document.date_text), {10.5, Weight::regular, Align::right});
  m_sheet->show(left_words, k_side, m_y);
  m_sheet->show(right_words, k_side + k_inner * 0.62, m_y);
  if (!number.empty() || !m_document.date_text.empty()) {
    m_y += std::max(Sheet::height_of(left_words), Sheet::height_of(right_words)) + 4;
  }
  m_sheet->line(k_side, m_y, k_side + k_inner, m_y, 1.2);
  m_y += 12;
  m_top = m_y;
}

bool DocumentFlow::signed_below() const {
  return m_document.signature.has_value() || !clean(m_document.signature_caption).empty();
}

double DocumentFlow::height_of_words(DocumentPart const& part) const {
  if (!part.rows.empty() || part.table) return 0;  // a table may break, and does
  constexpr double k_most = 200;                   // points; longer words may break as well
  auto const words = m_sheet->layout(k_inner, clean_lines(part.text), k_body);
  auto const height = Sheet::height_of(words) + k_heading_room;
  return height <= k_most ? height : 0;
}

void DocumentFlow::part(DocumentPart const& part) {
  heading(clean(part.heading));
  paragraph(clean_lines(part.text));
  rows(part.rows);
  if (part.table) table(*part.table);
  m_y += 6;
}

void DocumentFlow::heading(std::string const& text) {
  if (text.empty()) return;
  auto const words = m_sheet->layout(k_inner - 10, text, {12, Weight::bold, Align::left});
  auto const height = Sheet::height_of(words);
  need(height + 48);  // never alone at the foot of a page
  m_sheet->fill(k_side, m_y + 2, 3.5, height - 4, 0);
  m_sheet->show(words, k_side + 10, m_y);
  m_y += height + 5;
}

void DocumentFlow::paragraph(std::string const& text) {
  if (text.empty()) return;
  auto rest = text;
  while (!rest.empty()) {
    auto words = m_sheet->layout(k_inner, rest, k_body);
    need(Sheet::line_height(words, 0));
    auto const [now, later] = split(words, left());
    if (!later.empty()) words = m_sheet->layout(k_inner, now, k_body);
    m_sheet->show(words, k_side, m_y);
    m_y += Sheet::height_of(words);
    rest = later;
    if (m_page > k_most_pages) return;
    if (!rest.empty()) m_y = k_last;
  }
  m_y += 7;
}

void DocumentFlow::rows(std::vector<DocumentRow> const& rows) {
  if (rows.empty()) return;
  auto const label = k_inner * k_label_share;
  std::vector<Column> const columns{{k_side, label}, {k_side + label, k_inner - label}};
  m_label_column = true;
  for (auto const& [name, value] : rows) row(columns, {clean(name), clean_lines(value)}, false, nullptr);
  m_label_column = false;
  m_y += 8;
}

void DocumentFlow::table(DocumentTable const& table) {
  auto const count = table.head.size();
  if (count == 0) return;
  auto widths = table.widths;
  auto const bad = [](double width) { return !(width > 0); };
  if (widths.size() != count || std::any_of(widths.begin(), widths.end(), bad)) widths.assign(count, 1.0);
  auto const sum = std::accumulate(widths.begin(), widths.end(), 0.0);
  std::vector<Column> columns;
  double x = k_side;
  for (auto const width : widths) {
    columns.push_back({x, k_inner * width / sum});
    x += columns.back().width;
  }
  std::vector<std::string> head;
  for (auto const& cell : table.head) head.push_back(clean(cell));
  need(70);  // the head and a row below it
  row(columns, head, true, nullptr);
  for (auto const& cells : table.rows) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(i < cells.size() ? clean_lines(cells[i]) : std::string());
    row(columns, texts, false, &head);
    if (m_page > k_most_pages) return;
  }
  m_y += 8;
}

void DocumentFlow::row(std::vector<Column> const& columns, std::vector<std::string> const& cells, bool head,
                       std::vector<std::string> const* repeat) {
  auto const lay_out = [&](std::vector<std::string> const& texts) {
    std::vector<TextLayout> layouts;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      layouts.push_back(m_sheet->layout(columns[i].width - 2 * k_pad, texts[i], head ? k_bold : k_body));
    }
    return layouts;
  };
  auto const height_of = [](std::vector<TextLayout> const& layouts) {
    double height = k_line_to_write;
    for (auto const& layout : layouts) height = std::max(height, Sheet::height_of(layout) + 2 * k_pad);
    return height;
  };
  auto rest = cells;
  for (;;) {
    auto layouts = lay_out(rest);
    auto height = height_of(layouts);
    auto const page = m_page;
    need(height);
    if (m_page > k_most_pages) return;
    if (m_page != page) {
      if (repeat != nullptr) row(columns, *repeat, true, nullptr);
      layouts = lay_out(rest);
    }
    if (height <= left()) return draw_cells(columns, layouts, height, m_label_column, head);
    // Taller than a whole page.
    std::vector<std::string> now;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      auto [first, second] = split(layouts[i], left() - 2 * k_pad);
      now.push_back(std::move(first));
      rest[i] = std::move(second);
    }
    draw_cells(columns, lay_out(now), left(), m_label_column, head);
  }
}

void DocumentFlow::draw_cells(std::vector<Column> const& columns, std::vector<TextLayout> const& cells, double height,
                              bool first_is_label, bool head) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto const [x, width] = columns[i];
    if (head) m_sheet->fill(x, m_y, width, height, k_head_shade);
    if (first_is_label && i == 0) m_sheet->fill(x, m_y, width, height, k_label_shade);
    m_sheet->box(x, m_y, width, height, k_hairline);
    auto const text = Sheet::height_of(cells[i]);
    // One line stands in the middle of its cell, more begin at the top.
    bool const one_line = pango_layout_get_line_count(cells[i].get()) == 1;
    m_sheet->show(cells[i], x + k_pad, m_y + (one_line ? std::min((height - text) / 2, k_pad + 2) : k_pad));
  }
  m_y += height;
}

void DocumentFlow::signature() {
  if (!signed_below()) return;
  auto const caption = clean(m_document.signature_caption);
  constexpr double k_width = 190;
  constexpr double k_height = 62;
  need(k_signature_room);
  m_y += 10;
  auto const x = k_side + k_inner - k_width;
  if (m_document.signature) m_sheet->signature(*m_document.signature, x, m_y, k_width, k_height);
  auto const words = m_sheet->layout(k_inner - k_width - 10, caption, {10.5, Weight::regular, Align::right});
  m_sheet->show(words, k_side, m_y + k_height - Sheet::height_of(words));
  m_sheet->line(x, m_y + k_height, x + k_width, m_y + k_height, k_hairline);
  m_y += k_height + 12;
}

}  // namespace yizhan::paper
