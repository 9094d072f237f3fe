// Papers: a document's page to look at closely, the document camera, a QR code.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "kiosk/ui/page_parts.h"
#include "kiosk/ui/pictures.h"
#include "kiosk/ui/widgets_matter.h"

namespace yizhan::ui {

namespace {

constexpr std::array<float, 3> k_zooms{1.0F, 1.7F, 2.8F};

/// Dragging and PageUp/PageDown move what is larger than its frame.
void move_picture(Ui& ui, WidgetMemory& memory, Rect const& frame, Point const& slack) {
  UiState& state = ui.state();
  ImGuiIO const& io = ImGui::GetIO();
  Point const pressed{io.MouseClickedPos[0].x, io.MouseClickedPos[0].y};
  if (slack.x > 0 || slack.y > 0) {
    state.claims.push_back(frame);
    if (io.MouseDown[0] && frame.contains(pressed) && !state.inert) {
      memory.pan.x -= io.MouseDelta.x;
      memory.pan.y -= io.MouseDelta.y;
    }
    if (ui.pressed(Key::page_down)) memory.pan.y += frame.height * 0.7F;
    if (ui.pressed(Key::page_up)) memory.pan.y -= frame.height * 0.7F;
  }
  memory.pan.x = std::clamp(memory.pan.x, 0.0F, slack.x);
  memory.pan.y = std::clamp(memory.pan.y, 0.0F, slack.y);
}

}  // namespace

std::optional<std::size_t> page_viewer(Ui& ui, std::string_view key, ImageView const& picture,
                                       PageViewSpec const& spec) {
  UiState& state = ui.state();
  float const bar = state.metrics.button_mm() + state.metrics.gap_mm();
  float const wanted = spec.height > 0 ? spec.height : std::min(height_left(ui), width_left(ui) * 1.42F + bar);
  float const height = state.mm(std::max(wanted - bar, state.metrics.button_mm() * 2));
  Rect const frame = place(state, state.area().width, height);
  std::string const page = ui.tr("ui.page", fmt::arg("page", spec.page + 1), fmt::arg("pages", spec.pages));
  WidgetMemory& memory = state.remember(key);
  if (!ui.measuring()) {
    NodeSpec node;
    node.role = Role::image;
    node.name = spec.name;
    node.value = page;
    add_node(state, key, frame, node);
    fill(frame, state.theme->line, state.mm(state.metrics.radius_mm()));
    bool const there = picture.width > 0 && picture.height > 0;
    float const aspect = there ? static_cast<float>(picture.width) / static_cast<float>(picture.height) : 0.707F;
    float const margin = state.mm(2);
    float const whole = std::min(frame.width - 2 * margin, (frame.height - 2 * margin) * aspect);
    float const wide = std::min(whole * k_zooms[memory.zoom], std::max(whole, (frame.width - 2 * margin) * 1.6F));
    float const high = wide / aspect;
    Point const slack{std::max(0.0F, wide + 2 * margin - frame.width),
                      std::max(0.0F, high + 2 * margin - frame.height)};
    move_picture(ui, memory, frame, slack);
    Rect const paper{slack.x > 0 ? frame.x + margin - memory.pan.x : frame.centre().x - wide / 2,
                     slack.y > 0 ? frame.y + margin - memory.pan.y : frame.centre().y - high / 2, wide, high};
    ImGui::PushClipRect({frame.x, frame.y}, {frame.right(), frame.bottom()}, true);
    fill(paper, {255, 255, 255, 255}, 0);
    if (unsigned int const texture = texture_of(state, key, picture, false); texture != 0)
      draw_picture(texture, paper);
    else
      draw_icon(state, "description", paper.centre(), paper.width * 0.3F, {150, 150, 150, 255});
    ImGui::PopClipRect();
  }
  std::optional<std::size_t> turned;
  bool const several = spec.pages > 1;
  auto const tool = [&](std::string_view part, std::string_view icon_name, bool enabled) {
    return icon_button(ui, sub_key(key, part), icon_name, ui.tr("ui.page." + std::string(part)), enabled);
  };
  row(ui, Align::centre, [&] {
    if (several && tool("before", "navigate_before", spec.page > 0)) turned = spec.page - 1;
    if (several) text(ui, sub_key(key, "page"), page, {.role = TextRole::strong});
    if (several && tool("after", "navigate_next", spec.page + 1 < spec.pages)) turned = spec.page + 1;
    if (several) space(ui, state.metrics.gap_mm());
    if (tool("zoom_out", "zoom_out", memory.zoom > 0)) --memory.zoom;
    if (tool("zoom_in", "zoom_in", memory.zoom + 1 < k_zooms.size())) ++memory.zoom;
  });
  if (turned) memory.pan = {};
  return turned;
}

void camera_view(Ui& ui, std::string_view key, ImageView const& picture, CameraSpec const& spec) {
  UiState& state = ui.state();
  bool const there = picture.width > 0 && picture.height > 0;
  float const aspect = there ? static_cast<float>(picture.height) / static_cast<float>(picture.width) : 0.75F;
  float width = state.area().width;
  if (spec.max_height > 0) width = std::min(width, state.mm(spec.max_height) / aspect);
  Rect const line = place(state, width, width * aspect);
  if (!ui.measuring()) {
    Rect const frame{line.x + (line.width - width) / 2, line.y, width, width * aspect};
    NodeSpec node;
    node.role = Role::image;
    node.name = spec.name;
    add_node(state, key, frame, node);
    float const radius = state.mm(state.metrics.radius_mm());
    surface(state, frame, state.theme->surface, radius);
    if (unsigned int const texture = texture_of(state, key, picture, false); texture != 0)
      draw_picture(texture, frame, radius);
    else
      draw_icon(state, "photo_camera", frame.centre(), frame.height * 0.3F, ink_soft(state));
    Colour const mark = spec.good ? state.theme->good : state.theme->warning;
    if (spec.outline.size() == 4) {
      draw_outline(state, frame, spec.outline, mark, true);
    } else {
      constexpr float k_inset = 0.1F;
      constexpr float k_arm = 0.12F;
      for (float const x : {k_inset, 1 - k_inset})
        for (float const y : {k_inset, 1 - k_inset}) {
          float const to_x = x + (x < 0.5F ? k_arm : -k_arm);
          float const to_y = y + (y < 0.5F ? k_arm : -k_arm);
          draw_outline(state, frame, std::array<Point, 3>{Point{to_x, y}, Point{x, y}, Point{x, to_y}}, mark, false);
        }
    }
  }
  if (spec.hint.empty()) return;
  banner(ui, sub_key(key, "hint"), {.tone = spec.good ? Tone::good : Tone::info, .title = spec.hint});
}

void code_picture(Ui& ui, std::string_view key, std::span<std::uint8_t const> modules, std::size_t side,
                  CodeSpec const& spec) {
  UiState& state = ui.state();
  constexpr float k_quiet = 4;  // modules; ISO/IEC 18004
  auto const across = static_cast<float>(side) + 2 * k_quiet;
  float const most = std::min(state.area().width, spec.side > 0 ? state.mm(spec.side) : state.area().width);
  float const module = std::max(1.0F, std::floor(most / across));
  float const size = module * across;
  Rect const line = place(state, size, size);
  if (!ui.measuring()) {
    bool const in_row = state.area().in_row;
    Rect const box{in_row ? line.x : line.x + (line.width - size) / 2, line.y, size, size};
    NodeSpec node;
    node.role = Role::image;
    node.name = spec.name;
    add_node(state, key, box, node);
    fill(box, {255, 255, 255, 255}, module * 2);
    for (std::size_t y = 0; y < side && modules.size() >= side * side; ++y)
      for (std::size_t x = 0; x < side; ++x) {
        if (modules[y * side + x] == 0) continue;
        std::size_t end = x + 1;  // a run of dark modules in one rectangle: no seams, fewer of them
        while (end < side && modules[y * side + end] != 0) ++end;
        fill({box.x + (k_quiet + static_cast<float>(x)) * module, box.y + (k_quiet + static_cast<float>(y)) * module,
              static_cast<float>(end - x) * module, module},
             {0, 0, 0, 255}, 0);
        x = end;
      }
  }
  if (spec.caption.empty()) return;
  text(ui, sub_key(key, "caption"), spec.caption, {.align = Align::centre, .soft = true});
}

}  // namespace yizhan::ui
