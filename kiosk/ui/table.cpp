// Table for clerks and technicians.
#include <algorithm>
#include <string>
#include <vector>

#include "kiosk/ui/pen.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

namespace {

/// Widths of the columns, their sum `width`.
std::vector<float> widths_of(std::span<TableColumn const> columns, float width) {
  float total = 0;
  for (TableColumn const& column : columns) total += column.weight;
  std::vector<float> widths;
  for (TableColumn const& column : columns) widths.push_back(width * column.weight / total);
  return widths;
}

void draw_cells(UiState& state, std::string_view key, TextStyle const& style, std::span<TableColumn const> columns,
                std::vector<float> const& widths, Rect const& rect, Colour colour,
                std::span<std::string_view const> cells) {
  float x = rect.x;
  float const pad = state.mm(state.metrics.gap_mm() * 0.6F);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string_view const words = i < cells.size() ? cells[i] : std::string_view();
    Rect const cell{x + pad, rect.y, widths[i] - 2 * pad, rect.height};
    if (!words.empty()) draw_label(state, key, style, words, cell, columns[i].align, colour);
    x += widths[i];
  }
}

}  // namespace

std::optional<std::size_t> table(Ui& ui, std::string_view key, std::span<TableColumn const> columns,
                                 std::span<TableRow const> rows, std::string_view empty) {
  UiState& state = ui.state();
  Theme const& theme = *state.theme;
  TextStyle const head_style = style_of(state, TextRole::caption);
  TextStyle const style = style_of(state, TextRole::body);
  float const head = head_style.line * 1.5F;
  float const row_height = std::max(style.line * 1.5F, state.mm(state.metrics.min_target_mm()));
  float const lines = rows.empty() ? 1.0F : static_cast<float>(rows.size());
  Rect const rect = place(state, state.area().width, head + row_height * lines);
  if (ui.measuring()) return std::nullopt;
  std::vector<float> const widths = widths_of(columns, rect.width);
  std::vector<std::string_view> titles;
  for (TableColumn const& column : columns) titles.push_back(column.title);
  draw_cells(state, key, head_style, columns, widths, {rect.x, rect.y, rect.width, head}, ink_soft(state), titles);
  std::optional<std::size_t> chosen;
  float y = rect.y + head;
  fill({rect.x, y - std::max(1.0F, theme.line_px), rect.width, std::max(1.0F, theme.line_px)}, theme.line, 0);
  if (rows.empty()) {
    NodeSpec node;
    node.name = empty;
    Rect const line{rect.x, y, rect.width, row_height};
    add_node(state, std::string(key) + ".empty", line, node);
    draw_label(state, key, style, empty, line.inset(state.mm(state.metrics.gap_mm() * 0.6F)), Align::left,
               ink_soft(state));
  }
  float const radius = state.mm(state.metrics.radius_mm() * 0.6F);
  for (std::size_t i = 0; i < rows.size(); ++i, y += row_height) {
    TableRow const& row = rows[i];
    Rect const line{rect.x, y, rect.width, row_height};
    NodeSpec node;
    node.role = Role::row;
    node.name = row.cells.empty() ? std::string_view() : row.cells.front();
    std::string rest;
    for (std::size_t cell = 1; cell < row.cells.size(); ++cell)
      rest += (rest.empty() ? "" : " · ") + std::string(row.cells[cell]);
    node.value = rest;
    node.selected = row.selected;
    Hit const hit = interact(state, row.key, line, node);
    if (row.selected || hit.held || hit.pointed) fill(line.inset(1), theme.surface_high, radius);
    if (row.selected) fill({line.x, line.y + 2, state.mm(0.8F), line.height - 4}, accent(state), 0);
    draw_cells(state, row.key, style, columns, widths, line,
               row.tone == Tone::neutral ? theme.ink : theme.tone(row.tone), row.cells);
    fill({line.x, line.bottom() - 1, line.width, 1}, faded(theme.line, 0.7F), 0);
    focus_ring(state, line.inset(2), radius, hit);
    if (hit.used) chosen = i;
  }
  return chosen;
}

}  // namespace yizhan::ui
