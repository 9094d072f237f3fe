#pragma once
/// A strip of paper that grows downwards. Inside shared/paper only.
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/paper/mono_image.h"

namespace yizhan::paper {

enum class Align { left, centre, right };
enum class Weight { regular, bold, black };

struct TextStyle {
  int size = 24;  // em in dots
  Weight weight = Weight::regular;
  Align align = Align::centre;
  int max_lines = 1;  // the last one ends in … where text is left over; centred lines are balanced
};

/// Dots, from the top left. Whatever is drawn below `max_height` is lost; `finish` cuts at what was used.
class Canvas {
 public:
  Canvas(int width, int max_height);

  [[nodiscard]] int width() const { return m_width; }
  /// Draws within [x, x + width) from y on; returns the height used. Empty text uses none.
  int text(int x, int y, int width, std::string_view utf8, TextStyle const& style);
  /// The height text() would use.
  [[nodiscard]] int measure(int width, std::string_view utf8, TextStyle const& style);
  /// The same style, smaller where the text would not fit into one line of `width`.
  [[nodiscard]] TextStyle fitted(int width, std::string_view utf8, TextStyle style);
  void line(int x, int y, int width, int thickness);
  void dashed_line(int y, int dash, int gap, int thickness);
  void rounded_box(int x, int y, int width, int height, int radius, int thickness);
  void filled_box(int x, int y, int width, int height, int radius);
  void image(int x, int y, MonoImage const& image);
  /// White text from now on, or black again.
  void invert(bool on) { m_inverted = on; }

  /// The picture down to `height`, every dot black or white. Errors: paper_failed.
  Result<MonoImage> finish(int height);

 private:
  struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  };
  using Layout = std::unique_ptr<PangoLayout, Destroy>;
  Layout layout(int width, std::string_view utf8, TextStyle const& style);
  void rounded_path(double x, double y, double width, double height, double radius);
  void ink();

  int m_width;
  int m_max_height;
  bool m_inverted = false;
  std::unique_ptr<cairo_surface_t, Destroy> m_surface;
  std::unique_ptr<cairo_t, Destroy> m_context;
};

}  // namespace yizhan::paper
