#pragma once
/// A picture as a thermal printer burns it.
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::paper {

/// One bit a dot, rows padded to bytes, most significant bit left, 1 = black.
struct MonoImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bits;

  MonoImage() = default;
  MonoImage(int width, int height);
  [[nodiscard]] int row_bytes() const { return (width + 7) / 8; }
  /// REQUIRES: inside the picture, for both.
  [[nodiscard]] bool black(int x, int y) const;
  void set_black(int x, int y);
  bool operator==(MonoImage const&) const = default;
};

/// Errors: png_write (path and reason).
Result<void> write_png(std::filesystem::path const& path, MonoImage const& image);
/// Eight bits a pixel, rows without padding. REQUIRES: grey.size() == width × height. Errors: png_write.
Result<void> write_png_grey(std::filesystem::path const& path, int width, int height,
                            std::span<std::uint8_t const> grey);

}  // namespace yizhan::paper
