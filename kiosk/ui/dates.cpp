// Dates: eight digits in three groups, and a month to choose from.
#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "kiosk/ui/field_parts.h"
#include "kiosk/ui/page_parts.h"
#include "kiosk/ui/widgets_form.h"
#include "shared/base/secret.h"

namespace yizhan::ui {

namespace {

using std::chrono::year_month_day;

int number_in(std::string_view digits) {
  int value = 0;
  for (char const digit : digits) {
    if (digit < '0' || digit > '9') return 0;
    value = value * 10 + (digit - '0');
  }
  return value;
}

/// Of "2026-11-24"; not ok() where it is none.
year_month_day day_of(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return {};
  return {std::chrono::year(number_in(date.substr(0, 4))),
          std::chrono::month(static_cast<unsigned>(number_in(date.substr(5, 2)))),
          std::chrono::day(static_cast<unsigned>(number_in(date.substr(8, 2))))};
}

std::string text_of(year_month_day const& day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

constexpr std::size_t k_digits = 8;
constexpr std::array<std::size_t, 3> k_groups{4, 2, 2};

}  // namespace

std::string date_of_digits(std::string_view digits) {
  if (digits.size() != k_digits) return {};
  std::string date;
  date.append(digits.substr(0, 4)).append("-").append(digits.substr(4, 2)).append("-").append(digits.substr(6, 2));
  return day_of(date).ok() && digits[0] != '0' ? date : std::string();
}

std::string digits_of_date(std::string_view date) {
  std::string digits;
  for (char const one : date)
    if (one >= '0' && one <= '9') digits += one;
  return digits.size() == k_digits ? digits : std::string();
}

FieldEvent date_field(Ui& ui, std::string_view key, TextBuffer& digits, DateFieldSpec const& spec) {
  UiState& state = ui.state();
  FieldTexts const texts{spec.label, spec.error};
  FieldLayout const layout = lay_out_field(state, texts);
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return FieldEvent::none;
  NodeSpec node;
  node.role = Role::field;
  node.name = spec.label.empty() ? spec.hint : spec.label;
  std::string value = date_of_digits(digits.view());
  if (value.empty()) value = digits.view();
  node.value = value;
  Hit hit;
  Rect const box = field_frame(state, key, layout, texts, rect, node, hit);
  scrub(value);
  if (hit.focused) digits.move_to(digits.length());  // it is typed from left to right, and taken back from the right
  FieldEvent const event =
      hit.focused ? take_edits(state, digits, {.max_length = k_digits, .digits_only = true}) : FieldEvent::none;

  TextStyle style = layout.style;
  std::array const units{ui.tr("ui.date.year"), ui.tr("ui.date.month"), ui.tr("ui.date.day")};
  constexpr float k_slot = 0.72F;
  constexpr float k_air = 0.25F;
  auto const width_of = [&](TextStyle const& s) {
    float width = s.em * (k_slot * k_digits + k_air * 5);
    for (auto const unit : units) width += text_width(state, s, unit);
    return width;
  };
  float const free = box.width - 2 * layout.padding;
  if (float const wanted = width_of(style); wanted > free) {
    style.em = std::floor(style.em * free / wanted);
    style.line *= free / wanted;
  }
  float x = box.x + layout.padding;
  float const y = box.centre().y - style.line / 2;
  float const base = box.centre().y + style.em * 0.55F;
  std::string_view const typed = digits.view();
  std::size_t slot = 0;
  for (std::size_t group = 0; group < k_groups.size(); ++group) {
    for (std::size_t i = 0; i < k_groups[group]; ++i, ++slot) {
      float const width = style.em * k_slot;
      bool const next = hit.focused && slot == typed.size();
      float const thick = std::max(1.5F, style.em * (next ? 0.09F : 0.04F));
      fill({x + width * 0.08F, base, width * 0.84F, thick}, next ? state.theme->focus : state.theme->ink_soft, 0);
      if (slot < typed.size()) {
        std::string_view const one = typed.substr(slot, 1);
        draw_line(state, style, one, x + (width - text_width(state, style, one)) / 2, y, pack(state.theme->ink));
      }
      x += width;
    }
    x += style.em * k_air;
    draw_line(state, style, units[group], x, y, pack(state.theme->ink_soft));
    x += text_width(state, style, units[group]) + style.em * k_air;
  }
  return event;
}

namespace {

struct DayLook {
  std::string key;
  std::string name;
  std::string value;
  std::string label;
  std::string_view mark;
  bool enabled = true;
  bool selected = false;
  bool today = false;
};

bool day_button(UiState& state, Rect const& rect, DayLook const& look) {
  Theme const& theme = *state.theme;
  NodeSpec node;
  node.role = Role::key;
  node.name = look.name;
  node.value = look.value;
  node.enabled = look.enabled;
  node.selected = look.selected;
  Hit const hit = interact(state, look.key, rect, node);
  float const radius = state.mm(state.metrics.radius_mm() * 0.8F);
  Colour const ground = look.selected   ? theme.brand
                        : !look.enabled ? theme.disabled
                        : hit.held      ? theme.surface_high
                                        : theme.surface;
  Colour const words = look.selected ? theme.on_brand : look.enabled ? theme.ink : theme.on_disabled;
  fill(rect, ground, radius);
  float const thin = std::max(1.5F, state.mm(0.35F));
  if (look.today || look.enabled)
    outline(rect, look.today ? accent(state) : theme.line, look.today ? thin * 3 : thin, radius);
  TextStyle const style = style_of(state, TextRole::strong);
  if (look.mark.empty()) {
    draw_label(state, look.key, style, look.label, rect.inset(2), Align::centre, words);
  } else {
    // The word stands beside the number: a cell is wider than it is high.
    float const split = rect.width * 0.46F;
    draw_label(state, look.key, style, look.label, {rect.x + 2, rect.y, split - 2, rect.height}, Align::centre, words);
    TextStyle const small = style_of(state, TextRole::caption);
    draw_label(state, look.key, small, look.mark, {rect.x + split, rect.y, rect.width - split - 4, rect.height},
               Align::left, words);
  }
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

std::string_view month_name(Ui const& ui, int month) { return ui.tr(fmt::format("ui.month.{}", month % 12 + 1)); }

/// ‹ November 2026 › : which month is shown.
void month_header(Ui& ui, std::string_view key, WidgetMemory& memory, int first, int last) {
  float const side = ui.metrics().button_mm();
  columns(ui, {side, width_left(ui) - 2 * side - 2 * ui.metrics().gap_mm(), side}, [&](std::size_t column) {
    if (column == 1) {
      std::string const title = ui.tr("ui.calendar.month", fmt::arg("year", memory.month / 12),
                                      fmt::arg("month", month_name(ui, memory.month)));
      space(ui, side * 0.2F);
      heading(ui, sub_key(key, "month"), title, TextRole::heading, Align::centre);
      return;
    }
    bool const before = column == 0;
    bool const possible = before ? memory.month > first : memory.month < last;
    if (icon_button(ui, sub_key(key, before ? "before" : "after"), before ? "chevron_left" : "chevron_right",
                    ui.tr(before ? "ui.calendar.before" : "ui.calendar.after"), possible))
      memory.month += before ? -1 : 1;
  });
}

}  // namespace

FieldEvent calendar(Ui& ui, std::string_view key, TextBuffer& digits, CalendarSpec const& spec) {
  UiState& state = ui.state();
  using namespace std::chrono;
  year_month_day const today = day_of(spec.today);
  std::string const chosen = date_of_digits(digits.view());
  auto const index = [](year_month_day const& day) {
    return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month())) - 1;
  };
  constexpr int k_years = 120;
  int const first = spec.earliest.empty() ? index(today) - 12 * k_years : index(day_of(spec.earliest));
  int const last = std::max(first, spec.latest.empty() ? index(today) + 12 * k_years : index(day_of(spec.latest)));
  WidgetMemory& memory = state.remember(key);
  if (memory.month == 0) memory.month = index(chosen.empty() ? today : day_of(chosen));
  memory.month = std::clamp(memory.month, first, last);
  month_header(ui, key, memory, first, last);

  auto const month_of = year(memory.month / 12) / month(static_cast<unsigned>(memory.month % 12 + 1));
  auto const day_one = sys_days(month_of / 1);
  int const lead = static_cast<int>(weekday(day_one).iso_encoding()) - 1;
  auto const days = static_cast<int>(static_cast<unsigned>((month_of / std::chrono::last).day()));
  float const gap = state.mm(std::max(3.0F, state.metrics.gap_mm() * 0.5F));
  float const cell = (state.area().width - 6 * gap) / 7;
  float const high = state.mm(20.0F);
  TextStyle const style = style_of(state, TextRole::caption);
  int const weeks = (lead + days + 6) / 7;
  auto const rows = static_cast<float>(weeks);
  Rect const rect = place(state, state.area().width, style.line + gap + rows * high + (rows - 1) * gap);
  if (ui.measuring()) return FieldEvent::none;
  for (int i = 0; i < 7; ++i)
    draw_label(state, key, style, ui.tr(fmt::format("ui.weekday.{}", i + 1)),
               {rect.x + static_cast<float>(i) * (cell + gap), rect.y, cell, style.line}, Align::centre,
               ink_soft(state));
  FieldEvent event = FieldEvent::none;
  float const top = rect.y + style.line + gap;
  for (int day = 0; day < days; ++day) {
    int const at = lead + day;
    Rect const box{rect.x + static_cast<float>(at % 7) * (cell + gap), top + static_cast<float>(at / 7) * (high + gap),
                   cell, high};
    std::string const date = text_of(year_month_day(day_one + std::chrono::days(day)));
    bool const rest = spec.is_workday && !spec.is_workday(date);
    bool const inside =
        (spec.earliest.empty() || date >= spec.earliest) && (spec.latest.empty() || date <= spec.latest);
    DayLook look;
    look.key = sub_key(key, date);
    look.name = ui.tr("ui.calendar.day", fmt::arg("month", month_name(ui, memory.month)), fmt::arg("day", day + 1));
    look.label = std::to_string(day + 1);
    look.today = date == spec.today;
    look.mark = rest ? ui.tr("ui.calendar.rest") : look.today ? ui.tr("ui.calendar.today") : std::string_view();
    look.value = rest ? ui.tr("ui.calendar.rest.name") : look.mark;
    look.enabled = inside && !(rest && spec.workdays_only);
    look.selected = date == chosen;
    if (!day_button(state, box, look)) continue;
    digits.set(digits_of_date(date));
    event = FieldEvent::changed;
  }
  return event;
}

}  // namespace yizhan::ui
