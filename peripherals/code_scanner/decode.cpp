#include "peripherals/code_scanner/decode.h"

#include <algorithm>

#include "peripherals/code_scanner/zxing_adapter.h"

namespace yizhan::code_scanner {

namespace {

GreyImage inverted(GreyImage image) {
  for (auto& pixel : image.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
  return image;
}

/// Twice the size, halfway pixels between their neighbours: codes whose modules are one or two pixels.
GreyImage doubled(GreyImage const& image) {
  GreyImage large{image.width * 2, image.height * 2, {}};
  large.pixels.reserve(static_cast<std::size_t>(large.width) * static_cast<std::size_t>(large.height));
  auto at = [&](int x, int y) -> unsigned {
    return image
        .pixels[static_cast<std::size_t>(std::min(y, image.height - 1)) * static_cast<std::size_t>(image.width) +
                static_cast<std::size_t>(std::min(x, image.width - 1))];
  };
  for (int y = 0; y < large.height; ++y) {
    for (int x = 0; x < large.width; ++x) {
      int const x0 = x / 2, y0 = y / 2, x1 = x0 + x % 2, y1 = y0 + y % 2;
      large.pixels.push_back(static_cast<std::uint8_t>((at(x0, y0) + at(x1, y0) + at(x0, y1) + at(x1, y1)) / 4));
    }
  }
  return large;
}

/// Numerator and denominator by which found corners grow back to the original picture.
void rescale(std::vector<FoundCode>& found, int numerator, int denominator) {
  for (auto& code : found) {
    for (auto& [x, y] : code.corners) {
      x = x * numerator / denominator;
      y = y * numerator / denominator;
    }
  }
}

std::vector<FoundCode> with_all_binarizers(GreyImage const& image) {
  for (auto const threshold : {Threshold::local, Threshold::global, Threshold::fixed}) {
    if (auto found = read_codes(image, {Effort::thorough, threshold}); !found.empty()) return found;
  }
  return {};
}

std::vector<FoundCode> with_both_polarities(GreyImage const& image) {
  auto found = with_all_binarizers(image);
  return found.empty() ? with_all_binarizers(inverted(image)) : found;
}

}  // namespace

std::vector<FoundCode> find_codes_fast(GreyImage const& image) {
  return read_codes(image, {Effort::fast, Threshold::local});
}

std::vector<FoundCode> find_codes_thorough(GreyImage const& image) {
  // Passes over a telephone's 48 megapixels take seconds; a code in such a picture is large enough for a quarter.
  constexpr std::int64_t k_comfortable = 3'000'000;
  constexpr std::int64_t k_small = 800'000;
  auto const pixels = std::int64_t{image.width} * image.height;
  int factor = 1;
  while (pixels / (std::int64_t{factor} * factor) > k_comfortable) ++factor;
  if (factor > 1) {
    auto found = with_both_polarities(shrunk(image, factor));
    rescale(found, factor, 1);
    if (!found.empty()) return found;
  }
  if (auto found = with_both_polarities(image); !found.empty()) return found;
  if (pixels <= k_small) {
    auto found = with_both_polarities(doubled(image));
    rescale(found, 1, 2);
    if (!found.empty()) return found;
  }
  // Blurred or noisy codes with large modules gain from fewer pixels.
  if (factor == 1 && std::min(image.width, image.height) >= 200) {
    auto found = with_both_polarities(shrunk(image, 2));
    rescale(found, 2, 1);
    return found;
  }
  return {};
}

Result<std::vector<FoundCode>> scan_file(std::filesystem::path const& file) {
  auto const image = TRY(load_image(file));
  auto found = find_codes_fast(image);
  return found.empty() ? find_codes_thorough(image) : found;
}

}  // namespace yizhan::code_scanner
