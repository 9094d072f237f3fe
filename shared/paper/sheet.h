#pragma once
/// One A4 page with the tools to draw on it, in points (1/72 inch) from the top left. Inside shared/paper only.
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

#include "shared/paper/canvas.h"
#include "shared/paper/document.h"
#include "shared/paper/mono_image.h"

namespace yizhan::paper {

inline constexpr double k_page_width = 595.276;   // 210 mm
inline constexpr double k_page_height = 841.890;  // 297 mm

struct FreeLayout {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using TextLayout = std::unique_ptr<PangoLayout, FreeLayout>;

struct FontStyle {
  double size = 10.5;  // points
  Weight weight = Weight::regular;
  Align align = Align::left;
};

/// Draws on the context it is given, which it does not own.
class Sheet {
 public:
  Sheet(cairo_t* context, Language language) : m_context(context), m_language(language) {}

  /// Text is broken the same way on every surface: nothing is hinted to a grid of dots.
  [[nodiscard]] TextLayout layout(double width, std::string const& utf8, FontStyle const& style) const;
  [[nodiscard]] static double height_of(TextLayout const& layout);
  void show(TextLayout const& layout, double x, double y) const;
  [[nodiscard]] static double line_height(TextLayout const& layout, int line);

  void line(double x1, double y1, double x2, double y2, double thickness) const;
  void box(double x, double y, double width, double height, double thickness) const;
  /// 0 is black, 1 white.
  void fill(double x, double y, double width, double height, double shade) const;
  void code(MonoImage const& qr, double x, double y, double side) const;
  /// As large as it fits, in the middle, its paper transparent.
  void signature(SignaturePicture const& signature, double x, double y, double width, double height) const;

 private:
  void draw(GreyPicture const& picture, double width, double height) const;
  void draw(Strokes const& strokes, double scale) const;

  cairo_t* m_context;
  Language m_language;
};

}  // namespace yizhan::paper
