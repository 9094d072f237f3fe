#include "peripherals/code_scanner/filters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace yizhan::code_scanner {

namespace {

std::size_t index(int value) { return static_cast<std::size_t>(value); }

void shape(GreyImage& out, int width, int height) {
  out.width = width;
  out.height = height;
  out.pixels.resize(index(width) * index(height));
}
std::uint8_t const* row(GreyImage const& image, int y) { return image.pixels.data() + index(y) * index(image.width); }
std::uint8_t* row(GreyImage& image, int y) { return image.pixels.data() + index(y) * index(image.width); }
std::uint8_t const* near_row(GreyImage const& image, int y) { return row(image, std::clamp(y, 0, image.height - 1)); }

std::uint8_t to_grey(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

/// Calls `use(y, sums)` for each row; sums[x] is the sum of (2r + 1)² pixels around (x, y), the border repeated outwards.
template <class Use>
void for_box_sums(GreyImage const& image, int radius, Use use) {
  int const width = image.width;
  if (width < 1 || image.height < 1) return;
  std::vector<std::uint16_t> columns(index(width), 0);
  std::vector<std::uint32_t> sums(index(width));
  for (int y = -radius; y <= radius; ++y) {
    auto const* pixels = near_row(image, y);
    for (int x = 0; x < width; ++x) columns[index(x)] = static_cast<std::uint16_t>(columns[index(x)] + pixels[x]);
  }
  for (int y = 0; y < image.height; ++y) {
    auto const at = [&](int x) -> std::uint32_t { return columns[index(std::clamp(x, 0, width - 1))]; };
    std::uint32_t sum = 0;
    for (int x = -radius; x <= radius; ++x) sum += at(x);
    int x = 0;
    for (; x < std::min(radius + 1, width); ++x) {
      sums[index(x)] = sum;
      sum += at(x + radius + 1) - at(x - radius);
    }
    auto const* column = columns.data();
    for (; x + radius + 1 < width; ++x) {
      sums[index(x)] = sum;
      sum += static_cast<std::uint32_t>(column[x + radius + 1]) - column[x - radius];
    }
    for (; x < width; ++x) {
      sums[index(x)] = sum;
      sum += at(x + radius + 1) - at(x - radius);
    }
    use(y, sums.data());
    auto const* enters = near_row(image, y + radius + 1);
    auto const* leaves = near_row(image, y - radius);
    auto* into = columns.data();
    for (int i = 0; i < width; ++i) into[i] = static_cast<std::uint16_t>(into[i] + enters[i] - leaves[i]);
  }
}

/// Weights of 128 for the four pixels around a point between the second and the third.
using Cubic = std::array<int, 4>;

std::uint8_t cubic(Cubic const& weights, int a, int b, int c, int d) {
  return to_grey((weights[0] * a + weights[1] * b + weights[2] * c + weights[3] * d + 64) >> 7);
}

/// `first[k]`: where output k of each group begins to read, relative to its pixel.
template <std::size_t Factor>
void enlarge(GreyImage const& image, std::array<Cubic, Factor> const& weights, std::array<int, Factor> const& first,
             GreyImage& out) {
  constexpr int k_factor = static_cast<int>(Factor);
  int const width = image.width;
  if (width < 1) return shape(out, 0, 0);
  shape(out, width * k_factor, image.height * k_factor);
  std::vector<std::uint8_t> line(index(width) + 4);
  std::vector<std::uint8_t> phase(index(width));
  for (int y = 0; y < image.height; ++y) {
    for (std::size_t k = 0; k < Factor; ++k) {
      std::array<std::uint8_t const*, 4> rows{};
      for (int i = 0; i < 4; ++i) rows[index(i)] = near_row(image, y + first[k] + i);
      for (int x = 0; x < width; ++x) {
        line[index(x) + 2] = cubic(weights[k], rows[0][x], rows[1][x], rows[2][x], rows[3][x]);
      }
      line[0] = line[1] = line[2];
      line[index(width) + 2] = line[index(width) + 3] = line[index(width) + 1];
      auto* target = row(out, y * k_factor + static_cast<int>(k));
      for (std::size_t j = 0; j < Factor; ++j) {
        auto const* from = line.data() + 2 + first[j];
        for (int x = 0; x < width; ++x)
          phase[index(x)] = cubic(weights[j], from[x], from[x + 1], from[x + 2], from[x + 3]);
        for (int x = 0; x < width; ++x) target[x * k_factor + static_cast<int>(j)] = phase[index(x)];
      }
    }
  }
}

}  // namespace

Region clipped(Region const& region, GreyImage const& image) {
  if (region.empty()) return {0, 0, image.width, image.height};
  int const x = std::clamp(region.x, 0, image.width), y = std::clamp(region.y, 0, image.height);
  return {x, y, std::clamp(region.x + region.width, x, image.width) - x,
          std::clamp(region.y + region.height, y, image.height) - y};
}

void crop(GreyImage const& image, Region const& region, GreyImage& out) {
  shape(out, region.width, region.height);
  for (int y = 0; y < region.height; ++y) {
    std::copy_n(row(image, region.y + y) + region.x, region.width, row(out, y));
  }
}

void invert(GreyImage const& image, GreyImage& out) {
  shape(out, image.width, image.height);
  auto const* from = image.pixels.data();
  auto* to = out.pixels.data();
  for (std::size_t i = 0; i < image.pixels.size(); ++i) to[i] = static_cast<std::uint8_t>(255 - from[i]);
}

void halve(GreyImage const& image, GreyImage& out) {
  shape(out, image.width / 2, image.height / 2);
  for (int y = 0; y < out.height; ++y) {
    auto const* upper = row(image, 2 * y);
    auto const* lower = row(image, 2 * y + 1);
    auto* to = row(out, y);
    for (int x = 0; x < out.width; ++x) {
      to[x] = static_cast<std::uint8_t>((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) >> 2);
    }
  }
}

void shrink_to_third(GreyImage const& image, GreyImage& out) {
  shape(out, image.width / 3, image.height / 3);
  std::vector<std::uint16_t> sums(index(image.width));
  for (int y = 0; y < out.height; ++y) {
    auto const* a = row(image, 3 * y);
    auto const* b = row(image, 3 * y + 1);
    auto const* c = row(image, 3 * y + 2);
    for (int x = 0; x < image.width; ++x) sums[index(x)] = static_cast<std::uint16_t>(a[x] + b[x] + c[x]);
    auto* to = row(out, y);
    for (int x = 0; x < out.width; ++x) {
      unsigned const sum = sums[index(3 * x)] + sums[index(3 * x + 1)] + sums[index(3 * x + 2)];
      to[x] = static_cast<std::uint8_t>((sum * 7282U + 32768U) >> 16);  // 65536 / 9
    }
  }
}

void enlarge_twice(GreyImage const& image, GreyImage& out) {
  enlarge<2>(image, {Cubic{-3, 29, 111, -9}, Cubic{-9, 111, 29, -3}}, {-2, -1}, out);
}

void enlarge_thrice(GreyImage const& image, GreyImage& out) {
  enlarge<3>(image, {Cubic{-5, 43, 99, -9}, Cubic{0, 128, 0, 0}, Cubic{-9, 99, 43, -5}}, {-2, -1, -1}, out);
}

void blur(GreyImage const& image, int radius, GreyImage& out) {
  shape(out, image.width, image.height);
  auto const area = static_cast<unsigned>((2 * radius + 1) * (2 * radius + 1));
  // Rounded upwards, so that the mean of white is white; the error is below one level up to 201².
  auto const reciprocal = static_cast<std::uint64_t>((1U << 24) / area + 1);
  for_box_sums(image, radius, [&](int y, std::uint32_t const* sums) {
    auto* to = row(out, y);
    for (int x = 0; x < image.width; ++x) to[x] = static_cast<std::uint8_t>((sums[x] * reciprocal) >> 24);
  });
}

void threshold_locally(GreyImage const& image, int radius, int margin, GreyImage& out) {
  shape(out, image.width, image.height);
  int const area = (2 * radius + 1) * (2 * radius + 1);
  for_box_sums(image, radius, [&](int y, std::uint32_t const* sums) {
    auto const* from = row(image, y);
    auto* to = row(out, y);
    for (int x = 0; x < image.width; ++x) {
      to[x] = (from[x] + margin) * area <= static_cast<int>(sums[x]) ? std::uint8_t{0} : std::uint8_t{255};
    }
  });
}

void sharpen(GreyImage const& image, GreyImage const& blurred, int strength, GreyImage& out) {
  shape(out, image.width, image.height);
  auto const* from = image.pixels.data();
  auto const* soft = blurred.pixels.data();
  auto* to = out.pixels.data();
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    to[i] = to_grey(from[i] + (strength * (from[i] - soft[i])) / 4);
  }
}

void turn_eighth(GreyImage const& image, GreyImage& out) {
  constexpr double k_cosine = 0.70710678118654752;  // of 45°
  int const side = static_cast<int>(std::ceil((image.width + image.height) * k_cosine));
  shape(out, side, side);
  constexpr int k_one = 1 << 16;
  int const step = static_cast<int>(k_cosine * k_one);
  for (int y = 0; y < side; ++y) {
    double const dx = -side / 2.0, dy = y - side / 2.0;
    int sx = static_cast<int>((image.width / 2.0 + (dx + dy) * k_cosine) * k_one);
    int sy = static_cast<int>((image.height / 2.0 + (dy - dx) * k_cosine) * k_one);
    auto* to = row(out, y);
    for (int x = 0; x < side; ++x, sx += step, sy -= step) {
      int const ix = sx >> 16, iy = sy >> 16;
      if (ix < 0 || iy < 0 || ix + 1 >= image.width || iy + 1 >= image.height) {
        to[x] = 255;
        continue;
      }
      int const fx = (sx >> 8) & 255, fy = (sy >> 8) & 255;
      auto const* upper = row(image, iy) + ix;
      auto const* lower = upper + image.width;
      int const above = upper[0] * (256 - fx) + upper[1] * fx, below = lower[0] * (256 - fx) + lower[1] * fx;
      to[x] = static_cast<std::uint8_t>((above * (256 - fy) + below * fy) >> 16);
    }
  }
}

}  // namespace yizhan::code_scanner
