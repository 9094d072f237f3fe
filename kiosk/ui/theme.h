#pragma once
/// Colours by meaning. Every pair that is drawn as text on ground is listed in `text_pairs` and tested: ≥ 4.5:1,
/// high contrast ≥ 7:1 (WCAG 2.2, 1.4.3 and 1.4.6).
#include <cstdint>
#include <string_view>
#include <vector>

namespace yizhan::ui {

/// sRGB, 8 bits a channel.
struct Colour {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  constexpr bool operator==(Colour const&) const = default;
};

/// civic: deep teal on warm white. yellow: dark on yellow (low vision). contrast: white on black, no motion.
enum class Palette { civic, yellow, contrast };

/// What a coloured thing says; never by colour alone: widgets add an icon or a word.
enum class Tone { neutral, info, good, warning, error };

struct Theme {
  Palette palette;
  Colour ground;        // the page
  Colour surface;       // cards, fields, panels
  Colour surface_high;  // pressed or chosen surfaces, key caps
  Colour ink;           // text
  Colour ink_soft;      // secondary text
  Colour line;          // hairlines, borders
  Colour brand;         // header, secondary actions, icons
  Colour brand_deep;    // pressed brand
  Colour on_brand;
  Colour brand_tint;  // quiet areas with brand text on them
  Colour action;      // the ONE primary action of a page
  Colour action_deep;
  Colour on_action;
  Colour focus;  // the ring around the focused node
  Colour info, info_tint;
  Colour good, good_tint;
  Colour warning, warning_tint;
  Colour error, error_tint;
  Colour disabled, on_disabled;
  Colour shadow;      // alpha 0: no shadows
  Colour scrim;       // behind an overlay
  bool motion;        // false: everything appears at once
  bool outlines;      // surfaces get a border instead of a shadow
  float line_px = 1;  // thickness of borders at 3.2 px/mm

  [[nodiscard]] Colour tone(Tone tone) const;
  [[nodiscard]] Colour tone_tint(Tone tone) const;
};

[[nodiscard]] Theme const& theme_of(Palette palette);

/// WCAG 2.2 relative luminance, 0…1; alpha is ignored.
[[nodiscard]] double luminance(Colour colour);
/// WCAG 2.2 contrast ratio, 1…21.
[[nodiscard]] double contrast(Colour a, Colour b);
/// `top` over an opaque `bottom`.
[[nodiscard]] Colour blend(Colour bottom, Colour top);

struct TextPair {
  std::string_view name;
  Colour text;
  Colour ground;
};
/// Every pair of text and ground the widgets use.
[[nodiscard]] std::vector<TextPair> text_pairs(Theme const& theme);

}  // namespace yizhan::ui
