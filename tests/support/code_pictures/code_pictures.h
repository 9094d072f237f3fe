#pragma once
/// What a terminal's camera sees when a code is held up to it: codes drawn, tilted, lit, blurred and sampled into grey frames of
/// 1280×720. The same number gives the same picture on every machine; only the sensor's noise is new in each frame.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "peripherals/code_scanner/grey_image.h"

namespace yizhan::test {

/// What makes a picture difficult. `other` holds Data Matrix, EAN-13 and Code 128, the rest QR codes.
enum class Difficulty {
  rotation,
  perspective,
  blur,
  motion,
  noise,
  glare,
  low_contrast,
  inverted,
  screen_grid,
  small,
  uneven_light,
  jpeg,
  combined,
  other,
};
inline constexpr int k_difficulties = 14;
[[nodiscard]] char const* to_string(Difficulty difficulty);

/// One module matrix, row by row.
struct CodeMatrix {
  int width = 0;
  int height = 0;
  bool linear = false;  // wants a wider quiet zone at its ends: 11 modules instead of four
  std::vector<bool> black;
  [[nodiscard]] bool at(int x, int y) const {
    return black[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};
/// `format` as FoundCode names it: QRCode (level Q), DataMatrix, EAN13, Code128. REQUIRES: a text that fits.
[[nodiscard]] CodeMatrix code_matrix(std::string_view format, std::string const& text);

/// How a code stands before the camera.
struct View {
  double module = 5;  // pixels
  double centre_x = 640;
  double centre_y = 360;
  double roll = 0;  // degrees, in the picture's plane
  double tilt_x = 0;
  double tilt_y = 0;
  double black = 25;  // grey of ink and paper
  double white = 215;
  bool light_on_dark = false;
  double grid_pixels = 0;  // a screen's pixels a module; 0: paper
  double grid_depth = 0;   // how dark a screen is between its pixels, 0 … 1
  double blur = 0.6;       // standard deviation, pixels
  double motion = 0;       // pixels
  double motion_angle = 0;
  double glare = 0;        // 0 … 1, over a corner of the code that QR can do without or not
  double light_slope = 0;  // 0 … 1: what the dark end lacks
  double shadow = 0;       // 0 … 1: a hard-edged shadow over a part of the code
  double noise = 2;        // standard deviation, grey levels
  double impulses = 0;     // share of dead pixels
  int jpeg_quality = 0;    // 0: not compressed
};

/// A still scene, sampled as often as one likes.
class CodeScene {
 public:
  CodeScene(CodeMatrix const& code, View view, std::uint64_t seed);
  /// Frame `number`: same picture, fresh noise.
  [[nodiscard]] code_scanner::GreyImage frame(std::uint64_t number) const;

 private:
  View m_view;
  std::uint64_t m_seed;
  std::vector<float> m_light;  // what falls on the sensor
};

struct CodePicture {
  Difficulty difficulty = Difficulty::rotation;
  int severity = 0;  // 0 easiest … k_pictures_each - 1
  std::string format;
  std::string text;
  View view;
  std::uint64_t seed = 0;
  [[nodiscard]] CodeScene scene() const { return {code_matrix(format, text), view, seed}; }
};
inline constexpr int k_pictures_each = 24;
/// Picture `severity` of a difficulty.
[[nodiscard]] CodePicture code_picture(Difficulty difficulty, int severity, std::uint64_t seed);

/// "YZ1:" and `length` letters of Base45's alphabet: as long as a ticket's code, but signed by nobody.
[[nodiscard]] std::string ticket_like_text(std::uint64_t seed, int length);

/// Splitmix64: the same numbers everywhere.
class PictureRandom {
 public:
  explicit PictureRandom(std::uint64_t seed) : m_state(seed) {}
  std::uint64_t next();
  double uniform(double low, double high);
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }

 private:
  std::uint64_t m_state;
};

}  // namespace yizhan::test
