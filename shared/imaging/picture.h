#pragma once
/// Pictures in memory.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace yizhan::imaging {

/// Rows from the top without padding; one byte a pixel (grey) or three (RGB).
struct Picture {
  int width = 0;
  int height = 0;
  int channels = 3;  // 1 or 3
  std::vector<std::uint8_t> pixels;

  [[nodiscard]] bool empty() const { return pixels.empty(); }
  [[nodiscard]] std::size_t row_bytes() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  }
  bool operator==(Picture const&) const = default;
};

/// Corner or point in pixels of a picture, from its top left.
struct Point {
  double x = 0;
  double y = 0;
  bool operator==(Point const&) const = default;
};

}  // namespace yizhan::imaging
