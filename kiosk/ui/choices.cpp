// Choosing: one or several of a list, a field that is filled elsewhere, an address step by step, what is wrong.
#include <algorithm>
#include <string>

#include "kiosk/ui/field_parts.h"
#include "kiosk/ui/page_parts.h"
#include "kiosk/ui/widgets_form.h"

namespace yizhan::ui {

namespace {

struct RowLayout {
  TextBlock text{};
  TextBlock line{};
  float padding = 0;
  float mark = 0;
  float left = 0;
  float height = 0;
};

RowLayout lay_out_row(UiState& state, ChoiceSpec const& choice) {
  RowLayout layout;
  TextStyle const style = style_of(state, TextRole::strong);
  layout.padding = state.mm(state.metrics.gap_mm());
  layout.mark = style.em * 1.4F;
  layout.left = layout.padding + layout.mark + layout.padding * 0.8F;
  float const free = state.area().width - layout.left - layout.padding;
  layout.text = lay_out(state, style, choice.text, free);
  layout.line = lay_out(state, style_of(state, TextRole::body), choice.line, free);
  float const words = layout.text.height + (choice.line.empty() ? 0 : layout.line.height);
  layout.height = std::max(words + layout.padding, state.mm(state.metrics.button_mm() * 0.9F));
  return layout;
}

bool choice_row(UiState& state, ChoiceSpec const& choice, bool several) {
  RowLayout const layout = lay_out_row(state, choice);
  Rect const rect =
      place(state, state.area().width, state.area().fill > 0 ? filled(state, layout.height) : layout.height);
  if (state.measuring > 0) return false;
  NodeSpec node;
  node.role = several ? Role::checkbox : Role::radio;
  node.name = choice.text;
  node.value = choice.line;
  node.enabled = choice.enabled;
  node.selected = choice.selected;
  Hit const hit = interact(state, choice.key, rect, node);
  Theme const& theme = *state.theme;
  float const radius = state.mm(state.metrics.radius_mm());
  bool const raised = hit.held || choice.selected;
  fill(rect, !choice.enabled ? theme.disabled : raised ? theme.surface_high : theme.surface, radius);
  Colour const words = choice.enabled ? theme.ink : theme.on_disabled;
  Colour const mark = !choice.enabled ? theme.on_disabled : choice.selected ? accent(state) : theme.ink_soft;
  float const thin = std::max(1.5F, state.mm(state.metrics.gap_mm() * 0.08F));
  outline(rect, mark, choice.selected ? thin * 2 : thin, radius);
  std::string_view const icon = several ? (choice.selected ? "check_box" : "check_box_outline_blank")
                                        : (choice.selected ? "radio_button_checked" : "radio_button_unchecked");
  draw_icon(state, icon, {rect.x + layout.padding + layout.mark / 2, rect.centre().y}, layout.mark, mark);
  float const free = rect.width - layout.left - layout.padding;
  float const height = layout.text.height + (choice.line.empty() ? 0 : layout.line.height);
  float const y = rect.centre().y - height / 2;
  draw_block(state, layout.text, choice.text, {rect.x + layout.left, y, free, layout.text.height}, Align::left, words);
  if (!choice.line.empty())
    draw_block(state, layout.line, choice.line,
               {rect.x + layout.left, y + layout.text.height, free, layout.line.height}, Align::left,
               choice.enabled ? theme.ink_soft : words);
  focus_ring(state, rect, radius, hit);
  return hit.used;
}

/// The button that turns to the other choices; wraps around.
void more_button(Ui& ui, std::string_view key, std::size_t count, std::size_t most) {
  WidgetMemory& memory = ui.state().remember(key);
  std::size_t const pages = (count + most - 1) / most;
  if (memory.page >= pages) memory.page = 0;
  std::string const label = ui.tr("ui.more", fmt::arg("page", memory.page + 1), fmt::arg("pages", pages));
  if (button(ui, sub_key(key, "more"), {.label = label, .icon = "more_horiz"})) memory.page = (memory.page + 1) % pages;
}

}  // namespace

std::optional<std::size_t> choice_list(Ui& ui, std::string_view key, ChoiceListSpec const& spec,
                                       std::span<ChoiceSpec const> choices) {
  UiState& state = ui.state();
  if (!spec.label.empty()) {
    text(ui, sub_key(key, "label"), spec.label, {.role = TextRole::strong});
    if (!spec.hint.empty() || !choices.empty()) space(ui, -state.metrics.gap_mm() * 0.6F);
  }
  if (!spec.hint.empty()) {
    text(ui, sub_key(key, "hint"), spec.hint, {.soft = true});
    space(ui, -state.metrics.gap_mm() * 0.5F);
  }
  bool const paged = choices.size() > spec.most;
  std::size_t first = 0;
  if (paged) {
    first = state.remember(key).page * spec.most;
    if (first >= choices.size()) first = 0;
  }
  auto const shown = choices.subspan(first, std::min(spec.most, choices.size() - first));
  std::optional<std::size_t> used;
  grid(ui, spec.across, shown.size(), [&](std::size_t index) {
    if (choice_row(state, shown[index], spec.several)) used = first + index;
  });
  field_error(ui, key, spec.error);
  if (paged) more_button(ui, key, choices.size(), spec.most);
  return used;
}

bool chosen_field(Ui& ui, std::string_view key, ChosenFieldSpec const& spec) {
  UiState& state = ui.state();
  TextStyle const style = style_of(state, TextRole::heading);
  float const padding = state.mm(state.metrics.gap_mm());
  float const mark = style.em * 1.3F;
  float const free = state.area().width - 2 * padding - mark - padding;
  TextBlock const value = lay_out(state, style, spec.value, free, 3);
  FieldTexts const texts{spec.label, spec.error};
  FieldLayout const layout = lay_out_field(state, texts, value.height + padding);
  Rect const rect = place(state, state.area().width, layout.height);
  if (ui.measuring()) return false;
  NodeSpec node;
  node.role = Role::button;
  node.name = spec.label;
  node.value = spec.value;
  node.expanded = spec.open;
  Hit hit;
  Rect const box = field_frame(state, key, layout, texts, rect, node, hit);
  if (!spec.value.empty())
    draw_block(state, value, spec.value, {box.x + padding, box.centre().y - value.height / 2, free, value.height},
               Align::left, state.theme->ink);
  else
    draw_label(state, key, style_of(state, TextRole::body), spec.hint, {box.x + padding, box.y, free, box.height},
               Align::left, state.theme->ink_soft);
  draw_icon(state, spec.icon, {box.right() - padding - mark / 2, box.centre().y}, mark, accent(state));
  return hit.used;
}

AddressUse address_picker(Ui& ui, std::string_view key, AddressSpec const& spec) {
  UiState& state = ui.state();
  AddressUse use;
  if (!spec.path.empty())
    row(ui, Align::left, [&] {
      for (std::size_t i = 0; i < spec.path.size(); ++i)
        if (chip(ui, sub_key(key, "path." + spec.path[i].code), spec.path[i].name, false, "edit_location_alt"))
          use.keep = i;
    });
  if (spec.children.empty()) return use;
  if (!spec.question.empty()) text(ui, sub_key(key, "question"), spec.question, {.role = TextRole::strong});
  constexpr std::size_t k_most = 6;
  // Another step of the way begins with its first page.
  std::string const page_key = sub_key(key, spec.path.empty() ? "step" : "step." + spec.path.back().code);
  std::size_t const first = spec.children.size() > k_most ? state.remember(page_key).page * k_most : 0;
  auto const shown = spec.children.subspan(std::min(first, spec.children.size()));
  std::size_t const count = std::min(k_most, shown.size());
  grid(ui, width_left(ui) > 400 ? 3 : 2, count, [&](std::size_t index) {
    ButtonSpec spec_of_one;
    spec_of_one.label = shown[index].name;
    if (button(ui, sub_key(key, shown[index].code), spec_of_one)) use.child = first + index;
  });
  if (spec.children.size() > k_most) more_button(ui, page_key, spec.children.size(), k_most);
  return use;
}

std::optional<std::size_t> error_summary(Ui& ui, std::string_view key, std::string_view title,
                                         std::span<ErrorEntry const> entries) {
  if (entries.empty()) return std::nullopt;
  UiState& state = ui.state();
  std::optional<std::size_t> used;
  panel(ui, {.tone = Tone::error, .shadow = false}, [&] {
    TextSpec spec;
    spec.role = TextRole::strong;
    spec.tone = Tone::error;
    text(ui, sub_key(key, "title"), title, spec);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      ErrorEntry const& entry = entries[i];
      TextStyle const style = style_of(state, TextRole::body);
      float const mark = style.em * 1.2F;
      float const free = state.area().width - mark * 1.6F;
      TextBlock const block = lay_out(state, style, entry.text, free);
      constexpr float k_target_mm = 20;
      state.area().y -= state.area().gap * 0.4F;
      Rect const rect = place(state, state.area().width, std::max(block.height, state.mm(k_target_mm)));
      if (ui.measuring()) continue;
      NodeSpec node;
      node.role = Role::button;
      node.name = entry.text;
      Hit const hit = interact(state, entry.key, rect, node);
      if (hit.held) fill(rect, state.theme->surface, state.mm(state.metrics.radius_mm()));
      draw_icon(state, "subdirectory_arrow_right", {rect.x + mark / 2, rect.centre().y}, mark, state.theme->error);
      float const y = rect.centre().y - block.height / 2;
      draw_block(state, block, entry.text, {rect.x + mark * 1.6F, y, free, block.height}, Align::left,
                 state.theme->ink);
      // Underlined, as what leads somewhere.
      float const line = std::max(1.0F, state.mm(0.3F));
      fill({rect.x + mark * 1.6F, y + block.height - style.line * 0.12F, block.width, line}, state.theme->ink, 0);
      focus_ring(state, rect, state.mm(state.metrics.radius_mm()), hit);
      if (hit.used) used = i;
    }
  });
  return used;
}

}  // namespace yizhan::ui
