#include "peripherals/code_scanner/ladder_passes.h"

#include <algorithm>
#include <cmath>

namespace yizhan::code_scanner {

namespace {

constexpr ReadOptions k_qr_local{Effort::harder, Threshold::local, Kinds::qr};
constexpr ReadOptions k_qr_ready{Effort::harder, Threshold::none, Kinds::qr};
constexpr ReadOptions k_square_local{Effort::harder, Threshold::local, Kinds::square};
constexpr ReadOptions k_square_ready{Effort::harder, Threshold::none, Kinds::square};
constexpr ReadOptions k_bars{Effort::turned, Threshold::local, Kinds::bars};

constexpr double k_half = 0.5;
constexpr double k_third = 1.0 / 3;

GreyImage const& light_on_dark(GreyImage const& image, GreyImage& out) {
  invert(image, out);
  return out;
}
/// Radius and margin suit each other: a radius of some modules, a margin above the noise that the picture's size left.
GreyImage const& thresholded(GreyImage const& image, int radius, int margin, GreyImage& out) {
  threshold_locally(image, radius, margin, out);
  return out;
}
GreyImage const& smoothed(GreyImage const& image, int radius, GreyImage& out) {
  blur(image, radius, out);
  return out;
}
GreyImage const& sharpened(GreyImage const& image, int radius, int strength, GreyImage& soft, GreyImage& out) {
  blur(image, radius, soft);
  sharpen(image, soft, strength, out);
  return out;
}
GreyImage const& twice(GreyImage const& image, GreyImage& out) {
  enlarge_twice(image, out);
  return out;
}
GreyImage const& thrice(GreyImage const& image, GreyImage& out) {
  enlarge_thrice(image, out);
  return out;
}
GreyImage const& halved(GreyImage const& image, GreyImage& out) {
  halve(image, out);
  return out;
}

// As it stands: the pass that finds what is held up well.
Prepared plain(PassInput& in) {
  return {&in.full(), in.mapping(Area::frame, 1), {Effort::fast, Threshold::local, Kinds::sound}};
}
Prepared third(PassInput& in) {
  return {&thresholded(in.third(), 8, 1, in.scratch[0]), in.mapping(Area::frame, k_third), k_qr_ready};
}
Prepared light_third(PassInput& in) {
  auto const& light = light_on_dark(in.third(), in.scratch[0]);
  return {&thresholded(light, 8, 2, in.scratch[1]), in.mapping(Area::frame, k_third), k_qr_ready};
}
Prepared half(PassInput& in) {
  return {&thresholded(in.half(), 12, 1, in.scratch[0]), in.mapping(Area::frame, k_half), k_square_ready};
}
Prepared light_half(PassInput& in) {
  return {&light_on_dark(in.half(), in.scratch[0]), in.mapping(Area::frame, k_half), k_square_local};
}

Prepared third_local(PassInput& in) { return {&in.third(), in.mapping(Area::frame, k_third), k_qr_local}; }
Prepared half_smoothed(PassInput& in) {
  auto const& smooth = smoothed(in.half(), 1, in.scratch[0]);
  return {&thresholded(smooth, 12, 1, in.scratch[1]), in.mapping(Area::frame, k_half), k_qr_ready};
}
Prepared full_threshold(PassInput& in) {
  return {&thresholded(in.full(), 24, 4, in.scratch[0]), in.mapping(Area::frame, 1), k_qr_ready};
}
Prepared fixed(PassInput& in) {
  return {&in.full(), in.mapping(Area::frame, 1), {Effort::fast, Threshold::fixed, Kinds::qr}};
}
Prepared half_sharpened(PassInput& in) {
  auto const& sharp = sharpened(in.half(), 2, 8, in.scratch[0], in.scratch[1]);
  return {&thresholded(sharp, 12, 2, in.scratch[2]), in.mapping(Area::frame, k_half), k_qr_ready};
}
Prepared bars(PassInput& in) { return {&smoothed(in.busy(), 1, in.scratch[0]), in.mapping(Area::busy, 1), k_bars}; }
/// Bars are found within some 20° of a picture's sides; turned by an eighth, those between them are.
Prepared aslant(GreyImage const& image, Mapping mapping, PassInput& in) {
  turn_eighth(image, in.scratch[1]);
  constexpr double k_cosine = 0.70710678118654752;  // of 45°
  double const middle = in.scratch[1].width / 2.0, scale = mapping.along_x[0];
  Mapping turned;
  turned.along_x = {scale * k_cosine, -scale * k_cosine};
  turned.along_y = {scale * k_cosine, scale * k_cosine};
  turned.at = {mapping.at[0] + scale * (image.width / 2.0 - 2 * middle * k_cosine),
               mapping.at[1] + scale * image.height / 2.0};
  return {&in.scratch[1], turned, k_bars};
}
Prepared bars_aslant(PassInput& in) { return aslant(in.busy(), in.mapping(Area::busy, 1), in); }
Prepared bars_aslant_half(PassInput& in) {
  return aslant(halved(in.busy(), in.scratch[0]), in.mapping(Area::busy, k_half), in);
}
Prepared light_bars_aslant(PassInput& in) {
  auto const& small = halved(in.busy(), in.scratch[0]);
  return aslant(light_on_dark(small, in.scratch[2]), in.mapping(Area::busy, k_half), in);
}
Prepared squares(PassInput& in) {
  auto const& smooth = smoothed(in.busy(), 1, in.scratch[0]);
  return {&thresholded(smooth, 24, 2, in.scratch[1]), in.mapping(Area::busy, 1), k_square_ready};
}
Prepared full_smoothed(PassInput& in) {
  auto const& smooth = smoothed(in.full(), 2, in.scratch[0]);
  return {&thresholded(smooth, 24, 2, in.scratch[1]), in.mapping(Area::frame, 1), k_qr_ready};
}
Prepared sharpened_full(PassInput& in) {
  auto const& sharp = sharpened(in.busy(), 4, 8, in.scratch[0], in.scratch[1]);
  return {&thresholded(sharp, 24, 4, in.scratch[2]), in.mapping(Area::busy, 1), k_qr_ready};
}
/// Blurred beyond its modules' edges: fewer pixels first, then steeper ones.
Prepared light_blurred(PassInput& in) {
  auto const& light = light_on_dark(halved(in.busy(), in.scratch[0]), in.scratch[1]);
  auto const& sharp = sharpened(twice(light, in.scratch[2]), 4, 8, in.scratch[0], in.scratch[3]);
  return {&thresholded(sharp, 32, 4, in.scratch[1]), in.mapping(Area::busy, 1), k_qr_ready};
}
Prepared enlarged(PassInput& in) {
  auto const& sharp = sharpened(twice(in.busy(), in.scratch[0]), 4, 8, in.scratch[1], in.scratch[2]);
  return {&thresholded(sharp, 32, 4, in.scratch[3]), in.mapping(Area::busy, 2), k_qr_ready};
}
Prepared enlarged_more(PassInput& in) {
  auto const& sharp = sharpened(thrice(in.busy(), in.scratch[0]), 6, 8, in.scratch[1], in.scratch[2]);
  return {&thresholded(sharp, 48, 4, in.scratch[3]), in.mapping(Area::busy, 3), k_qr_ready};
}

}  // namespace

// In the order of what each found per millisecond over the pictures of tools/bench, those behind it given the ones before.
std::array<PassKind, 20> const k_passes{{
    {"plain", Area::frame, 6, 0, plain},
    {"third", Area::frame, 1, 0, third},
    {"light_third", Area::frame, 1, 0, light_third},
    {"half", Area::frame, 2, 0, half},
    {"light_half", Area::frame, 2, 0, light_half},
    {"third_local", Area::frame, 1, 0, third_local},
    {"half_smoothed", Area::frame, 2, 0, half_smoothed},
    {"full_threshold", Area::frame, 5, 0, full_threshold},
    {"squares", Area::busy, 6, 0, squares},
    {"half_sharpened", Area::frame, 3, 0, half_sharpened},
    {"fixed", Area::frame, 2, 0, fixed},
    {"bars", Area::busy, 10, 0, bars},
    {"bars_aslant_half", Area::busy, 8, 0, bars_aslant_half},
    {"sharpened", Area::busy, 8, 0, sharpened_full},
    {"enlarged", Area::busy, 30, 330'000, enlarged},
    {"light_blurred", Area::busy, 8, 0, light_blurred},
    {"full_smoothed", Area::frame, 5, 0, full_smoothed},
    {"light_bars_aslant", Area::busy, 8, 0, light_bars_aslant},
    {"enlarged_more", Area::busy, 70, 100'000, enlarged_more},
    {"bars_aslant", Area::busy, 15, 0, bars_aslant},
}};

std::vector<FoundCode> run_pass(PassKind const& pass, PassInput& input) {
  auto const prepared = pass.prepare(input);
  auto found = read_codes(*prepared.image, prepared.options);
  auto const& map = prepared.mapping;
  for (auto& code : found) {
    for (auto& [x, y] : code.corners) {
      double const px = x, py = y;
      x = static_cast<int>(std::lround(map.at[0] + map.along_x[0] * px + map.along_y[0] * py));
      y = static_cast<int>(std::lround(map.at[1] + map.along_x[1] * px + map.along_y[1] * py));
    }
  }
  return found;
}

}  // namespace yizhan::code_scanner
