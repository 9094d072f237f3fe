#pragma once
/// What makes a code in a bad picture readable, as plain loops that compilers vectorise. `out` is overwritten and keeps its memory,
/// so that a pass over a camera's frames allocates nothing. Nothing here may read and write one picture.
#include "peripherals/code_scanner/grey_image.h"

namespace yizhan::code_scanner {

/// A rectangle of a picture, in its pixels; empty: all of it.
struct Region {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
  bool operator==(Region const&) const = default;
};

/// The part of `region` that lies in the picture.
[[nodiscard]] Region clipped(Region const& region, GreyImage const& image);
/// REQUIRES: `region` lies in the picture.
void crop(GreyImage const& image, Region const& region, GreyImage& out);
void invert(GreyImage const& image, GreyImage& out);
/// Each pixel the mean of 2 × 2, 3 × 3.
void halve(GreyImage const& image, GreyImage& out);
void shrink_to_third(GreyImage const& image, GreyImage& out);
/// Twice, three times the size by cubic interpolation (Catmull and Rom), which keeps edges steeper than a linear one.
void enlarge_twice(GreyImage const& image, GreyImage& out);
void enlarge_thrice(GreyImage const& image, GreyImage& out);
/// The mean of (2r + 1)²; the border is repeated outwards. REQUIRES: 1 ≤ radius ≤ 100.
void blur(GreyImage const& image, int radius, GreyImage& out);
/// 0 where a pixel is darker than the mean of (2r + 1)² around it by `margin` or more, else 255.
void threshold_locally(GreyImage const& image, int radius, int margin, GreyImage& out);
/// image + strength/4 · (image − blurred).
void sharpen(GreyImage const& image, GreyImage const& blurred, int strength, GreyImage& out);
/// Turned by 45° about the middle, on a sheet that holds all of it; white around.
void turn_eighth(GreyImage const& image, GreyImage& out);

/// Where codes may be: connected parts of the picture with dense edges and a border around each, those with most edges first; none where edges are everywhere or the picture is small.
inline constexpr std::size_t k_most_busy_regions = 3;
[[nodiscard]] std::vector<Region> busy_regions(GreyImage const& image);

}  // namespace yizhan::code_scanner
