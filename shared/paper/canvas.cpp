#include "shared/paper/canvas.h"

#include <algorithm>
#include <numbers>

#include "shared/paper/fonts.h"

namespace yizhan::paper {

namespace {

// Of 255. A little below the middle: thermal paper burns thin strokes thinner than they are drawn.
constexpr unsigned char k_threshold = 112;
constexpr int k_endless = 100'000;

PangoWeight pango_weight(Weight weight) {
  switch (weight) {
    case Weight::regular: return PANGO_WEIGHT_MEDIUM;
    case Weight::bold: return PANGO_WEIGHT_BOLD;
    case Weight::black: return PANGO_WEIGHT_HEAVY;
  }
  return PANGO_WEIGHT_MEDIUM;
}

PangoAlignment pango_alignment(Align align) {
  switch (align) {
    case Align::left: return PANGO_ALIGN_LEFT;
    case Align::centre: return PANGO_ALIGN_CENTER;
    case Align::right: return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_CENTER;
}

/// The narrowest width with as many lines, so that no line is left with one lonely character.
void balance(PangoLayout* layout, int width) {
  auto const lines = pango_layout_get_line_count(layout);
  if (lines < 2 || pango_layout_is_ellipsized(layout) != 0) return;
  int too_narrow = width / lines / 2;
  int wide_enough = width;
  while (wide_enough - too_narrow > 4) {
    auto const middle = (wide_enough + too_narrow) / 2;
    pango_layout_set_width(layout, middle * PANGO_SCALE);
    bool const fits = pango_layout_get_line_count(layout) == lines && pango_layout_is_ellipsized(layout) == 0;
    (fits ? wide_enough : too_narrow) = middle;
  }
  pango_layout_set_width(layout, wide_enough * PANGO_SCALE);
}

}  // namespace

Canvas::Canvas(int width, int max_height)
    : m_width(width),
      m_max_height(max_height),
      m_surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, max_height)),
      m_context(cairo_create(m_surface.get())) {}

/// The surface holds ink: 255 is black, 0 the paper.
void Canvas::ink() { cairo_set_source_rgba(m_context.get(), 0, 0, 0, m_inverted ? 0 : 1); }

Canvas::Layout Canvas::layout(int width, std::string_view utf8, TextStyle const& style) {
  Layout made(pango_cairo_create_layout(m_context.get()));
  auto* const font = pango_font_description_from_string(k_families);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(font, pango_weight(style.weight));
  pango_layout_set_font_description(made.get(), font);
  pango_font_description_free(font);
  pango_context_set_language(pango_layout_get_context(made.get()), pango_language_from_string("zh-cn"));
  pango_layout_set_width(made.get(), width * PANGO_SCALE);
  pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(made.get(), pango_alignment(style.align));
  // Noto's CJK lines are 1.45 em high; on paper three quarters of a millimetre between lines are enough.
  pango_layout_set_line_spacing(made.get(), 0.86F);
  pango_layout_set_height(made.get(), -style.max_lines);
  pango_layout_set_ellipsize(made.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_text(made.get(), utf8.data(), static_cast<int>(utf8.size()));
  if (style.align == Align::centre) balance(made.get(), width);
  return made;
}

int Canvas::measure(int width, std::string_view utf8, TextStyle const& style) {
  if (utf8.empty()) return 0;
  int height = 0;
  pango_layout_get_pixel_size(layout(width, utf8, style).get(), nullptr, &height);
  return height;
}

TextStyle Canvas::fitted(int width, std::string_view utf8, TextStyle style) {
  constexpr int k_least = 16;
  auto const made = layout(k_endless, utf8, style);
  int natural = 0;
  pango_layout_get_pixel_size(made.get(), &natural, nullptr);
  if (natural > width) style.size = std::max(k_least, style.size * width / natural);
  return style;
}

int Canvas::text(int x, int y, int width, std::string_view utf8, TextStyle const& style) {
  if (utf8.empty()) return 0;
  auto const made = layout(width, utf8, style);
  int height = 0;
  pango_layout_get_pixel_size(made.get(), nullptr, &height);
  cairo_save(m_context.get());
  cairo_set_operator(m_context.get(), m_inverted ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
  cairo_set_source_rgba(m_context.get(), 0, 0, 0, 1);
  cairo_move_to(m_context.get(), x + (width - pango_layout_get_width(made.get()) / PANGO_SCALE) / 2.0, y);
  pango_cairo_show_layout(m_context.get(), made.get());
  cairo_restore(m_context.get());
  return height;
}

void Canvas::line(int x, int y, int width, int thickness) {
  ink();
  cairo_rectangle(m_context.get(), x, y, width, thickness);
  cairo_fill(m_context.get());
}

void Canvas::dashed_line(int y, int dash, int gap, int thickness) {
  for (int x = 0; x < m_width; x += dash + gap) line(x, y, std::min(dash, m_width - x), thickness);
}

void Canvas::rounded_path(double x, double y, double width, double height, double radius) {
  using std::numbers::pi;
  auto* const c = m_context.get();
  cairo_new_sub_path(c);
  cairo_arc(c, x + width - radius, y + radius, radius, -pi / 2, 0);
  cairo_arc(c, x + width - radius, y + height - radius, radius, 0, pi / 2);
  cairo_arc(c, x + radius, y + height - radius, radius, pi / 2, pi);
  cairo_arc(c, x + radius, y + radius, radius, pi, 3 * pi / 2);
  cairo_close_path(c);
}

void Canvas::rounded_box(int x, int y, int width, int height, int radius, int thickness) {
  ink();
  cairo_set_line_width(m_context.get(), thickness);
  auto const half = thickness / 2.0;
  rounded_path(x + half, y + half, width - thickness, height - thickness, radius);
  cairo_stroke(m_context.get());
}

void Canvas::filled_box(int x, int y, int width, int height, int radius) {
  ink();
  rounded_path(x, y, width, height, radius);
  cairo_fill(m_context.get());
}

void Canvas::image(int x, int y, MonoImage const& image) {
  ink();
  cairo_save(m_context.get());
  cairo_set_antialias(m_context.get(), CAIRO_ANTIALIAS_NONE);
  for (int row = 0; row < image.height; ++row) {
    for (int column = 0; column < image.width; ++column) {
      if (image.black(column, row)) cairo_rectangle(m_context.get(), x + column, y + row, 1, 1);
    }
    cairo_fill(m_context.get());
  }
  cairo_restore(m_context.get());
}

Result<MonoImage> Canvas::finish(int height) {
  cairo_surface_flush(m_surface.get());
  if (cairo_status(m_context.get()) != CAIRO_STATUS_SUCCESS) {
    return Error::make("paper_failed", Retry::no, cairo_status_to_string(cairo_status(m_context.get())));
  }
  MonoImage result(m_width, std::clamp(height, 1, m_max_height));
  auto const* const pixels = cairo_image_surface_get_data(m_surface.get());
  auto const stride = cairo_image_surface_get_stride(m_surface.get());
  for (int y = 0; y < result.height; ++y) {
    for (int x = 0; x < m_width; ++x) {
      if (pixels[y * stride + x] >= k_threshold) result.set_black(x, y);
    }
  }
  return result;
}

}  // namespace yizhan::paper
