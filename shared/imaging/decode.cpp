#include <algorithm>
#include <array>
#include <string>

#include "shared/imaging/codecs.h"

namespace yizhan::imaging {

namespace {

bool starts_with(FileBytes bytes, FileBytes magic) {
  return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

}  // namespace

Result<void> check_source_size(std::int64_t width, std::int64_t height, DecodeLimits const& limits) {
  constexpr std::int64_t k_longest_side = 65'500;  // JPEG's own
  if (width < 1 || height < 1) return Error::make("picture_unreadable", Retry::no, "no pixels");
  if (width > k_longest_side || height > k_longest_side || width * height > limits.source_pixels) {
    return Error::make("picture_too_large", Retry::no, std::to_string(width) + "x" + std::to_string(height));
  }
  return {};
}

Result<Picture> decode(std::span<std::byte const> file, DecodeLimits const& limits) {
  constexpr std::array<std::uint8_t, 4> png{0x89, 'P', 'N', 'G'};
  constexpr std::array<std::uint8_t, 3> jpeg{0xFF, 0xD8, 0xFF};
  constexpr std::array<std::uint8_t, 4> riff{'R', 'I', 'F', 'F'};
  constexpr std::array<std::uint8_t, 4> webp{'W', 'E', 'B', 'P'};
  if (file.size() > limits.bytes) return Error::make("picture_too_large", Retry::no, "file");
  FileBytes const bytes(reinterpret_cast<std::uint8_t const*>(file.data()), file.size());
  if (starts_with(bytes, png)) return decode_png(bytes, limits);
  if (starts_with(bytes, jpeg)) return decode_jpeg(bytes, limits);
  if (starts_with(bytes, riff) && bytes.size() >= 12 && starts_with(bytes.subspan(8), webp)) {
    return decode_webp(bytes, limits);
  }
  return Error::make("picture_format", Retry::no, "neither JPEG, PNG nor WebP");
}

}  // namespace yizhan::imaging
