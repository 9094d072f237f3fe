#include "shared/paper/sheet.h"

#include <algorithm>

#include "shared/paper/fonts.h"

namespace yizhan::paper {

namespace {

/// Noto's CJK lines are 1.45 em high; documents read well at about 1.3.
constexpr float k_line_spacing = 0.9F;

void prepare(PangoContext* context, Language language) {
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, FALSE);
  auto* const options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_language(context, pango_language_from_string(language == Language::en ? "en" : "zh-cn"));
}

}  // namespace

TextLayout Sheet::layout(double width, std::string const& utf8, FontStyle const& style) const {
  TextLayout made(pango_cairo_create_layout(m_context));
  prepare(pango_layout_get_context(made.get()), m_language);
  pango_layout_context_changed(made.get());
  auto* const font = pango_font_description_from_string(k_families);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(font, style.weight == Weight::regular ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(made.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(made.get(), style.align == Align::left     ? PANGO_ALIGN_LEFT
                                         : style.align == Align::centre ? PANGO_ALIGN_CENTER
                                                                        : PANGO_ALIGN_RIGHT);
  pango_layout_set_line_spacing(made.get(), k_line_spacing);
  pango_layout_set_text(made.get(), utf8.data(), static_cast<int>(utf8.size()));
  return made;
}

double Sheet::height_of(TextLayout const& layout) {
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

void Sheet::show(TextLayout const& layout, double x, double y) const {
  cairo_set_source_rgb(m_context, 0, 0, 0);
  cairo_move_to(m_context, x, y);
  pango_cairo_show_layout(m_context, layout.get());
}

double Sheet::line_height(TextLayout const& layout, int line) {
  PangoRectangle extent;
  pango_layout_line_get_extents(pango_layout_get_line_readonly(layout.get(), line), nullptr, &extent);
  return static_cast<double>(extent.height) / PANGO_SCALE * k_line_spacing;
}

void Sheet::line(double x1, double y1, double x2, double y2, double thickness) const {
  cairo_set_source_rgb(m_context, 0, 0, 0);
  cairo_set_line_width(m_context, thickness);
  cairo_move_to(m_context, x1, y1);
  cairo_line_to(m_context, x2, y2);
  cairo_stroke(m_context);
}

void Sheet::box(double x, double y, double width, double height, double thickness) const {
  cairo_set_source_rgb(m_context, 0, 0, 0);
  cairo_set_line_width(m_context, thickness);
  cairo_rectangle(m_context, x, y, width, height);
  cairo_stroke(m_context);
}

void Sheet::fill(double x, double y, double width, double height, double shade) const {
  cairo_set_source_rgb(m_context, shade, shade, shade);
  cairo_rectangle(m_context, x, y, width, height);
  cairo_fill(m_context);
}

void Sheet::code(MonoImage const& qr, double x, double y, double side) const {
  cairo_save(m_context);
  cairo_set_antialias(m_context, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb(m_context, 0, 0, 0);
  auto const module = side / qr.width;
  for (int row = 0; row < qr.height; ++row) {
    for (int from = 0; from < qr.width; ++from) {
      int to = from;
      while (to < qr.width && qr.black(to, row)) ++to;
      if (to > from) cairo_rectangle(m_context, x + from * module, y + row * module, (to - from) * module, module);
      from = to;
    }
  }
  cairo_fill(m_context);
  cairo_restore(m_context);
}

void Sheet::signature(SignaturePicture const& signature, double x, double y, double width, double height) const {
  auto const* const picture = std::get_if<GreyPicture>(&signature);
  auto const* const strokes = std::get_if<Strokes>(&signature);
  auto const own_width = picture != nullptr ? picture->width : strokes->width;
  auto const own_height = picture != nullptr ? picture->height : strokes->height;
  if (own_width <= 0 || own_height <= 0) return;
  auto const scale = std::min(width / own_width, height / own_height);
  cairo_save(m_context);
  cairo_translate(m_context, x + (width - own_width * scale) / 2, y + (height - own_height * scale) / 2);
  cairo_scale(m_context, scale, scale);
  picture != nullptr ? draw(*picture, own_width, own_height) : draw(*strokes, scale);
  cairo_restore(m_context);
}

void Sheet::draw(GreyPicture const& picture, double width, double height) const {
  auto const size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  if (picture.grey.size() != size) return;
  auto* const surface = cairo_image_surface_create(CAIRO_FORMAT_A8, picture.width, picture.height);
  cairo_surface_flush(surface);
  auto* const ink = cairo_image_surface_get_data(surface);
  auto const stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; ink != nullptr && y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      auto const at =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
      ink[y * stride + x] = static_cast<unsigned char>(255 - picture.grey[at]);
    }
  }
  cairo_surface_mark_dirty(surface);
  cairo_rectangle(m_context, 0, 0, width, height);
  cairo_clip(m_context);
  cairo_set_source_rgb(m_context, 0, 0, 0);
  cairo_mask_surface(m_context, surface, 0, 0);
  cairo_surface_destroy(surface);
}

void Sheet::draw(Strokes const& strokes, double scale) const {
  constexpr double k_pen = 1.4;  // points on paper
  cairo_set_source_rgb(m_context, 0, 0, 0);
  cairo_set_line_width(m_context, k_pen / scale);
  cairo_set_line_cap(m_context, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(m_context, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path(m_context);  // text left its point behind
  for (auto const& stroke : strokes.lines) {
    for (auto const& point : stroke) cairo_line_to(m_context, point.x, point.y);
    if (stroke.size() == 1) cairo_line_to(m_context, stroke.front().x, stroke.front().y);  // a dot
    cairo_stroke(m_context);
  }
}

}  // namespace yizhan::paper
