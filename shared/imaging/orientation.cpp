#include <array>

#include "shared/imaging/codecs.h"

namespace yizhan::imaging {

namespace {

/// TIFF's two byte orders. Reads outside give zero, which is no tag and no orientation.
struct Tiff {
  FileBytes bytes;
  bool big = false;

  [[nodiscard]] std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes.size() || bytes.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes[at + (big ? i : size - 1 - i)];
    return value;
  }
};

}  // namespace

int exif_orientation(FileBytes app1) {
  constexpr std::array<std::uint8_t, 6> k_exif{'E', 'x', 'i', 'f', 0, 0};
  if (app1.size() < k_exif.size() + 8) return 1;
  for (std::size_t i = 0; i < k_exif.size(); ++i) {
    if (app1[i] != k_exif[i]) return 1;
  }
  Tiff tiff{app1.subspan(k_exif.size())};
  tiff.big = tiff.bytes[0] == 'M';
  std::size_t const directory = tiff.number(4, 4);
  auto const entries = tiff.number(directory, 2);
  for (std::uint32_t i = 0; i < entries; ++i) {
    auto const entry = directory + 2 + std::size_t{12} * i;
    if (entry > tiff.bytes.size()) return 1;
    if (tiff.number(entry, 2) != 0x0112) continue;
    auto const value = static_cast<int>(tiff.number(entry + 8, 2));
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

Picture upright(Picture picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  bool const turned = orientation >= 5;
  auto const width = picture.width;
  auto const height = picture.height;
  Picture result{turned ? height : width, turned ? width : height, picture.channels, {}};
  result.pixels.resize(picture.pixels.size());
  auto const channels = static_cast<std::size_t>(picture.channels);
  std::size_t to = 0;
  for (int y = 0; y < result.height; ++y) {
    for (int x = 0; x < result.width; ++x) {
      // Where this pixel was: 5 … 8 are stored on their side, 2, 3, 7, 8 … mirrored along one axis or both.
      auto from_x = turned ? y : x;
      auto from_y = turned ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) from_x = width - 1 - from_x;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) from_y = height - 1 - from_y;
      auto const from =
          (static_cast<std::size_t>(from_y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(from_x)) *
          channels;
      for (std::size_t c = 0; c < channels; ++c) result.pixels[to++] = picture.pixels[from + c];
    }
  }
  return result;
}

}  // namespace yizhan::imaging
