#pragma once
/// The one way from a picture to codes, for the camera, for files and for tests. ZXing inside.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "peripherals/code_scanner/grey_image.h"
#include "shared/base/result.h"

namespace yizhan::code_scanner {

/// `format` as ZXing's enumeration names it: QRCode, DataMatrix, EAN13 … `text` is UTF-8: by the code's own ECI, else
/// as text_of_bytes() reads it; it may hold control characters (accept_text()). `corners` in the picture's pixels.
struct FoundCode {
  std::string format;
  std::string text;
  std::vector<std::pair<int, int>> corners;
};

/// A look at what is upright, dark on light and well lit: ~ 5 ms for 1280×720. Thread: any.
[[nodiscard]] std::vector<FoundCode> find_codes_fast(GreyImage const& image);
/// Everything: rotated, light on dark, small, large, unevenly lit; tries until something is found. Thread: any.
[[nodiscard]] std::vector<FoundCode> find_codes_thorough(GreyImage const& image);

/// A picture file: fast, then thorough. Errors: those of load_image().
Result<std::vector<FoundCode>> scan_file(std::filesystem::path const& file);

}  // namespace yizhan::code_scanner
