#include <webp/decode.h>

#include <cmath>
#include <string>

#include "shared/imaging/codecs.h"

namespace yizhan::imaging {

Result<Picture> decode_webp(FileBytes file, DecodeLimits const& limits) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0 ||
      WebPGetFeatures(file.data(), file.size(), &config.input) != VP8_STATUS_OK) {
    return Error::make("picture_unreadable", Retry::no, "WebP header");
  }
  if (config.input.has_animation != 0) return Error::make("picture_format", Retry::no, "moving WebP");
  TRY(check_source_size(config.input.width, config.input.height, limits));
  auto const pixels = static_cast<std::int64_t>(config.input.width) * config.input.height;
  // The lossless kind is decoded whole, four bytes a pixel.
  if (static_cast<std::size_t>(pixels) * 4 > limits.decoder_memory) {
    return Error::make("picture_too_large", Retry::no, std::to_string(pixels) + " pixels");
  }
  auto width = config.input.width;
  auto height = config.input.height;
  if (pixels > limits.pixels) {
    auto const scale = std::sqrt(static_cast<double>(limits.pixels) / static_cast<double>(pixels));
    width = std::max(1, static_cast<int>(width * scale));
    height = std::max(1, static_cast<int>(height * scale));
    config.options.use_scaling = 1;
    config.options.scaled_width = width;
    config.options.scaled_height = height;
  }
  config.output.colorspace = MODE_RGBA;
  struct Cleanup {
    WebPDecBuffer& buffer;
    ~Cleanup() { WebPFreeDecBuffer(&buffer); }
  } const cleanup{config.output};
  if (auto const status = WebPDecode(file.data(), file.size(), &config); status != VP8_STATUS_OK) {
    bool const memory = status == VP8_STATUS_OUT_OF_MEMORY;
    return Error::make(memory ? "picture_too_large" : "picture_unreadable", Retry::no,
                       "WebP status " + std::to_string(status));
  }
  Picture picture{width, height, 3, {}};
  picture.pixels.reserve(picture.row_bytes() * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    auto const* pixel = config.output.u.RGBA.rgba + static_cast<std::ptrdiff_t>(y) * config.output.u.RGBA.stride;
    for (int x = 0; x < width; ++x, pixel += 4) {
      unsigned const alpha = pixel[3];
      for (int c = 0; c < 3; ++c) {
        picture.pixels.push_back(static_cast<std::uint8_t>((pixel[c] * alpha + 255U * (255U - alpha) + 127U) / 255U));
      }
    }
  }
  return picture;
}

}  // namespace yizhan::imaging
