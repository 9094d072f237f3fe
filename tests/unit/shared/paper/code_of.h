#pragma once
#include "peripherals/code_scanner/decode.h"
#include "shared/paper/mono_image.h"

namespace yizhan::paper {

/// What a scanner reads off the paper; empty: nothing.
inline std::string code_of(MonoImage const& image) {
  code_scanner::GreyImage grey{image.width, image.height, {}};
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) grey.pixels.push_back(image.black(x, y) ? 0 : 255);
  }
  auto const found = code_scanner::find_codes_fast(grey);
  return found.empty() ? std::string() : found.front().text;
}

}  // namespace yizhan::paper
