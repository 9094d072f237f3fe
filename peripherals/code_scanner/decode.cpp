#include "peripherals/code_scanner/decode.h"

#include <algorithm>

#include "peripherals/code_scanner/ladder_passes.h"
#include "peripherals/code_scanner/zxing_adapter.h"

namespace yizhan::code_scanner {

namespace {

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
    if (auto found = read_codes(image, {Effort::turned, threshold}); !found.empty()) return found;
  }
  return {};
}

std::vector<FoundCode> with_both_polarities(GreyImage const& image) {
  if (auto found = with_all_binarizers(image); !found.empty()) return found;
  GreyImage inverted;
  invert(image, inverted);
  return with_all_binarizers(inverted);
}

/// The camera's passes over each of the busy regions.
std::vector<FoundCode> with_all_passes(GreyImage const& image) {
  PassInput input;
  for (std::size_t round = 0; round < k_most_busy_regions; ++round) {
    input.take(image, {}, round);
    for (auto const& pass : k_passes) {
      if ((round > 0 && pass.area == Area::frame) || !input.suits(pass)) continue;
      if (auto found = run_pass(pass, input); !found.empty()) return found;
    }
  }
  return {};
}

}  // namespace

std::vector<FoundCode> find_codes_fast(GreyImage const& image) {
  return read_codes(image, {Effort::fast, Threshold::local});
}

std::vector<FoundCode> find_codes_thorough(GreyImage const& image) {
  if (auto found = with_all_passes(image); !found.empty()) return found;
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
    GreyImage doubled;
    enlarge_twice(image, doubled);
    auto found = with_both_polarities(doubled);
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
