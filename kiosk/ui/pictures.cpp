// Pictures: of the camera, of paper, of a document's page.
#include "kiosk/ui/pictures.h"

#include <GL/gl.h>
#include <imgui.h>

#include <algorithm>
#include <vector>

#include "kiosk/ui/pen.h"

namespace yizhan::ui {

namespace {

std::vector<std::uint8_t> to_rgba(ImageView const& view) {
  std::size_t const count = static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height);
  std::vector<std::uint8_t> rgba(count * 4, 255);
  for (std::size_t i = 0; i < count; ++i) std::fill_n(&rgba[i * 4], 3, view.pixels[i]);
  return rgba;
}

}  // namespace

unsigned int texture_of(UiState& state, std::string_view key, ImageView const& view, bool crisp) {
  std::size_t const channels = view.format == ImageView::Format::rgba8 ? 4 : 1;
  if (view.width <= 0 || view.height <= 0 ||
      view.pixels.size() < static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height) * channels)
    return 0;
  auto found = state.textures.find(key);
  bool fresh = found == state.textures.end();
  if (fresh) found = state.textures.emplace(std::string(key), Texture{}).first;
  Texture& texture = found->second;
  texture.last_frame = state.frame;
  if (!fresh && texture.revision == view.revision && texture.width == view.width && texture.height == view.height)
    return texture.name;
  if (texture.name == 0) glGenTextures(1, &texture.name);
  glBindTexture(GL_TEXTURE_2D, texture.name);
  GLint const filter = crisp ? GL_NEAREST : GL_LINEAR;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  bool const grey = view.format == ImageView::Format::grey8;
  std::vector<std::uint8_t> const rgba = grey ? to_rgba(view) : std::vector<std::uint8_t>();
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, view.width, view.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               grey ? rgba.data() : view.pixels.data());
  texture.width = view.width;
  texture.height = view.height;
  texture.revision = view.revision;
  return texture.name;
}

void draw_picture(unsigned int texture, Rect const& rect, float radius, bool mirrored) {
  ImGui::GetWindowDrawList()->AddImageRounded(ImTextureRef(static_cast<ImTextureID>(texture)), {rect.x, rect.y},
                                              {rect.right(), rect.bottom()}, {mirrored ? 1.0F : 0.0F, 0},
                                              {mirrored ? 0.0F : 1.0F, 1}, IM_COL32_WHITE, radius);
}

void draw_outline(UiState const& state, Rect const& rect, std::span<Point const> points, Colour colour, bool closed,
                  bool mirrored) {
  std::vector<ImVec2> line;
  for (auto const& point : points)
    line.emplace_back(rect.x + (mirrored ? 1 - point.x : point.x) * rect.width, rect.y + point.y * rect.height);
  auto const flags = closed ? ImDrawFlags_Closed : ImDrawFlags_None;
  float const thick = state.mm(1.6F);
  auto const count = static_cast<int>(line.size());
  // A light line under the coloured one.
  ImGui::GetWindowDrawList()->AddPolyline(line.data(), count, IM_COL32(255, 255, 255, 220), flags, thick * 1.8F);
  ImGui::GetWindowDrawList()->AddPolyline(line.data(), count, pack(colour), flags, thick);
}

void image(Ui& ui, std::string_view key, std::string_view name, ImageView const& view, ImageSpec const& spec) {
  UiState& state = ui.state();
  float const aspect =
      view.width > 0 && view.height > 0 ? static_cast<float>(view.height) / static_cast<float>(view.width) : 0.75F;
  float width = state.area().width;
  if (spec.max_width > 0) width = std::min(width, state.mm(spec.max_width));
  if (spec.max_height > 0) width = std::min(width, state.mm(spec.max_height) / aspect);
  float const height = width * aspect;
  Rect const line = place(state, width, height);
  if (ui.measuring()) return;
  float const slack = line.width - width;
  Rect const rect{line.x + (spec.align == Align::left     ? 0.0F
                            : spec.align == Align::centre ? slack / 2
                                                          : slack),
                  line.y, width, height};
  NodeSpec node;
  node.role = Role::image;
  node.name = name;
  add_node(state, key, rect, node);
  float const radius = spec.framed ? state.mm(state.metrics.radius_mm()) : 0;
  if (spec.framed) surface(state, rect, state.theme->surface, radius);
  unsigned int const texture = texture_of(state, key, view, spec.crisp);
  if (texture == 0) {
    draw_icon(state, "image", rect.centre(), std::min(width, height) * 0.3F, ink_soft(state));
    return;
  }
  draw_picture(texture, rect, radius, spec.mirrored);
  if (!spec.outline.empty()) draw_outline(state, rect, spec.outline, state.theme->good, true, spec.mirrored);
}

}  // namespace yizhan::ui
