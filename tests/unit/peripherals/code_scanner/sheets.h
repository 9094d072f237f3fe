#pragma once
/// Codes on paper, for tests: drawn by ZXing's writer, then lit, turned, blurred.
#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <cmath>
#include <random>
#include <string>

#include "peripherals/code_scanner/grey_image.h"

namespace yizhan::code_scanner::sheets {

/// `module` pixels a module, a quiet zone of four modules, black on white.
inline GreyImage code(ZXing::BarcodeFormat format, std::string const& text, int module = 4) {
  bool const linear = format == ZXing::BarcodeFormat::EAN13 || format == ZXing::BarcodeFormat::Code128;
  ZXing::MultiFormatWriter writer(format);
  writer.setMargin(0);
  auto const matrix = writer.encode(text, 0, linear ? 30 : 0);
  int const quiet = linear ? 12 : 4;
  GreyImage image{(matrix.width() + 2 * quiet) * module, (matrix.height() + 2 * quiet) * module, {}};
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      int const mx = x / module - quiet, my = y / module - quiet;
      bool const inside = mx >= 0 && my >= 0 && mx < matrix.width() && my < matrix.height();
      image.pixels.push_back(inside && matrix.get(mx, my) ? 0 : 255);
    }
  }
  return image;
}

inline std::uint8_t at(GreyImage const& image, int x, int y, std::uint8_t outside) {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return outside;
  return image.pixels[static_cast<std::size_t>(y * image.width + x)];
}

/// Turned about the middle, on a white sheet of `side`.
inline GreyImage turned(GreyImage const& image, double degrees, int side) {
  GreyImage out{side, side, {}};
  double const a = degrees * 3.14159265358979 / 180;
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      double const dx = x - side / 2.0, dy = y - side / 2.0;
      out.pixels.push_back(
          at(image, static_cast<int>(std::lround(image.width / 2.0 + dx * std::cos(a) + dy * std::sin(a))),
             static_cast<int>(std::lround(image.height / 2.0 - dx * std::sin(a) + dy * std::cos(a))), 255));
    }
  }
  return out;
}

inline GreyImage inverted(GreyImage image) {
  for (auto& pixel : image.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
  return image;
}

/// Darker from left to right, with noise.
inline GreyImage badly_lit(GreyImage image, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      auto& pixel = image.pixels[static_cast<std::size_t>(y * image.width + x)];
      double const light = 1.0 - 0.75 * x / image.width;
      pixel = static_cast<std::uint8_t>(std::min(255.0, 10 + pixel * light * 0.9 + static_cast<double>(random() % 16)));
    }
  }
  return image;
}

inline GreyImage noise(int width, int height, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  GreyImage image{width, height, {}};
  for (int i = 0; i < width * height; ++i) image.pixels.push_back(static_cast<std::uint8_t>(random()));
  return image;
}

}  // namespace yizhan::code_scanner::sheets
