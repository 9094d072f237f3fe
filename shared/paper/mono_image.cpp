#include "shared/paper/mono_image.h"

#include <png.h>

#include <string>

namespace yizhan::paper {

MonoImage::MonoImage(int w, int h)
    : width(w), height(h), bits(static_cast<std::size_t>((w + 7) / 8) * static_cast<std::size_t>(h)) {}

bool MonoImage::black(int x, int y) const {
  auto const at = static_cast<std::size_t>(y) * static_cast<std::size_t>(row_bytes()) + static_cast<std::size_t>(x / 8);
  return (bits[at] >> (7 - x % 8) & 1) != 0;
}

void MonoImage::set_black(int x, int y) {
  auto const at = static_cast<std::size_t>(y) * static_cast<std::size_t>(row_bytes()) + static_cast<std::size_t>(x / 8);
  bits[at] = static_cast<std::uint8_t>(bits[at] | 0x80 >> x % 8);
}

Result<void> write_png(std::filesystem::path const& path, MonoImage const& image) {
  std::vector<std::uint8_t> grey;
  grey.reserve(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) grey.push_back(image.black(x, y) ? 0 : 255);
  }
  return write_png_grey(path, image.width, image.height, grey);
}

Result<void> write_png_grey(std::filesystem::path const& path, int width, int height,
                            std::span<std::uint8_t const> grey) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(width);
  png.height = static_cast<png_uint_32>(height);
  png.format = PNG_FORMAT_GRAY;
  if (png_image_write_to_file(&png, path.c_str(), 0, grey.data(), 0, nullptr) == 0) {
    return Error::make("png_write", Retry::no, path.string() + ": " + png.message);
  }
  return {};
}

}  // namespace yizhan::paper
