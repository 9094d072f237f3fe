#include "shared/paper/signature.h"

#include <cairo/cairo.h>

#include <algorithm>
#include <memory>

namespace yizhan::paper {

namespace {

struct SurfaceCloser {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextCloser {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_status_t append(void* sink, unsigned char const* data, unsigned int size) {
  auto const* bytes = reinterpret_cast<std::byte const*>(data);
  static_cast<std::vector<std::byte>*>(sink)->insert(static_cast<std::vector<std::byte>*>(sink)->end(), bytes,
                                                     bytes + size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::vector<std::byte>> render_signature_png(Strokes const& strokes, int width) {
  if (strokes.width <= 0 || strokes.height <= 0) return Error::make("paper_failed", Retry::no, "signature field");
  auto const scale = width / strokes.width;
  auto const height = std::clamp(static_cast<int>(strokes.height * scale), 1, width);
  std::unique_ptr<cairo_surface_t, SurfaceCloser> const surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  std::unique_ptr<cairo_t, ContextCloser> const context(cairo_create(surface.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_set_source_rgb(context.get(), 0, 0, 0);
  cairo_set_line_cap(context.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(context.get(), std::max(2.0, width / 150.0));
  for (auto const& line : strokes.lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i == 0) cairo_move_to(context.get(), line[i].x * scale, line[i].y * scale);
      // A dot is a line of no length: its round caps draw it.
      cairo_line_to(context.get(), line[i].x * scale, line[i].y * scale);
    }
    cairo_stroke(context.get());
  }
  std::vector<std::byte> png;
  auto const status = cairo_surface_write_to_png_stream(surface.get(), &append, &png);
  if (status != CAIRO_STATUS_SUCCESS) return Error::make("paper_failed", Retry::no, cairo_status_to_string(status));
  return png;
}

}  // namespace yizhan::paper
