// The field one signs in.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "kiosk/ui/field_parts.h"
#include "kiosk/ui/page_parts.h"
#include "kiosk/ui/widgets_matter.h"

namespace yizhan::ui {

void Ink::clear() {
  for (auto& stroke : strokes) std::ranges::fill(stroke, InkPoint{});
  strokes.clear();
  width = height = 0;
  begun = {};
}

namespace {

// A signature is some hundred points; what follows is somebody painting.
constexpr std::size_t k_most_points = 6000;
constexpr int k_least_step = 200;  // micrometres: closer ones say nothing new
constexpr int k_micrometres = 1000;

struct Writing {
  UiState& state;
  Ink& ink;
  Rect box;

  [[nodiscard]] InkPoint point(TrailPoint const& from) const {
    float const scale = k_micrometres / state.metrics.px_per_mm();
    float const x = std::clamp(from.at.x - box.x, 0.0F, box.width);
    float const y = std::clamp(from.at.y - box.y, 0.0F, box.height);
    auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(from.when - ink.begun).count();
    return {static_cast<int>(std::lround(x * scale)), static_cast<int>(std::lround(y * scale)),
            static_cast<int>(std::max<std::int64_t>(0, ms))};
  }

  void begin(TrailPoint const& at) {
    if (ink.empty()) {
      ink.begun = at.when;
      float const scale = k_micrometres / state.metrics.px_per_mm();
      ink.width = static_cast<int>(std::lround(box.width * scale));
      ink.height = static_cast<int>(std::lround(box.height * scale));
    }
    ink.strokes.push_back({point(at)});
  }

  bool go_on(TrailPoint const& to) {
    auto& stroke = ink.strokes.back();
    InkPoint const next = point(to);
    InkPoint const& before = stroke.back();
    if (std::abs(next.x - before.x) + std::abs(next.y - before.y) < k_least_step) return false;
    stroke.push_back(next);
    return true;
  }

  /// What the pointer did since the last frame.
  bool follow(WidgetMemory& memory) {
    std::size_t points = 0;
    for (auto const& stroke : ink.strokes) points += stroke.size();
    bool changed = false;
    for (TrailPoint const& step : state.trail) {
      if (step.starts) {
        memory.busy = box.contains(step.at) && points < k_most_points;
        if (memory.busy) begin(step), changed = true;
      } else if (!step.down) {
        memory.busy = false;
      } else if (memory.busy && !ink.empty() && points++ < k_most_points) {
        changed = go_on(step) || changed;
      }
    }
    return changed;
  }

  void draw() const {
    float const scale = state.metrics.px_per_mm() / k_micrometres;
    float const pen = state.mm(0.9F);
    ImU32 const colour = pack(state.theme->ink);
    ImDrawList* const list = ImGui::GetWindowDrawList();
    std::vector<ImVec2> line;
    for (auto const& stroke : ink.strokes) {
      line.clear();
      for (InkPoint const& at : stroke)
        line.emplace_back(box.x + static_cast<float>(at.x) * scale, box.y + static_cast<float>(at.y) * scale);
      if (line.size() > 1) list->AddPolyline(line.data(), static_cast<int>(line.size()), colour, 0, pen);
      if (line.empty()) continue;
      list->AddCircleFilled(line.front(), pen / 2, colour);  // a dot is a stroke as well
      list->AddCircleFilled(line.back(), pen / 2, colour);
    }
  }
};

}  // namespace

bool signature_pad(Ui& ui, std::string_view key, Ink& ink, SignatureSpec const& spec) {
  UiState& state = ui.state();
  float const height = spec.height > 0 ? state.mm(spec.height) : state.area().width * 0.36F;
  FieldTexts const texts{spec.label, spec.error};
  FieldLayout const layout = lay_out_field(state, texts, height);
  Rect const rect = place(state, state.area().width, layout.height);
  bool changed = false;
  if (!ui.measuring()) {
    NodeSpec node;
    node.role = Role::canvas;
    node.name = spec.label;
    node.value = ui.tr(ink.empty() ? "ui.signature.empty" : "ui.signature.written");
    Hit hit;
    Rect const box = field_frame(state, key, layout, texts, rect, node, hit);
    state.claims.push_back(box);
    Writing writing{state, ink, box};
    if (!state.inert) changed = writing.follow(state.remember(key));
    float const margin = box.width * 0.08F;
    float const base = box.y + box.height * 0.78F;
    fill({box.x + margin, base, box.width - 2 * margin, std::max(1.0F, state.mm(0.4F))}, state.theme->line, 0);
    if (ink.empty()) {
      TextStyle const style = style_of(state, TextRole::heading);
      draw_label(state, key, style, spec.hint,
                 {box.x + margin, base - style.line * 1.3F, box.width - 2 * margin, style.line}, Align::centre,
                 state.theme->ink_soft);
    }
    writing.draw();
  }
  columns(ui, {1, 1}, [&](std::size_t column) {
    bool const undo = column == 0;
    ButtonSpec take_back;
    take_back.label = ui.tr(undo ? "ui.signature.undo" : "ui.signature.clear");
    take_back.icon = undo ? "undo" : "delete";
    take_back.enabled = !ink.empty();
    if (!button(ui, sub_key(key, undo ? "undo" : "clear"), take_back)) return;
    if (undo && ink.strokes.size() > 1)
      ink.strokes.pop_back();
    else
      ink.clear();
    changed = true;
  });
  if (changed) state.want_frames(2);
  return changed;
}

}  // namespace yizhan::ui
