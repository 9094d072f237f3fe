#pragma once
/// Scanners of QR and bar codes: serial/CDC modules, the camera, image files.
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "peripherals/api/device.h"

namespace yizhan::device {

/// Where a text came from matters to nobody but the technician. `format` is ZXing's name ("QRCode"), empty where a
/// serial scanner does not tell. `text` is untrusted: at most 4096 bytes, UTF-8, never opened, run or put into SQL.
struct CodeScanned {
  std::string text;
  std::string format;
};
/// Codes: code_too_long, code_not_text.
struct CodeUnusable {
  Error error;
};
/// Whether codes can be told from their ground where they are looked for.
enum class Light { good, dark, bright };
/// A small live picture for the screen (8-bit grey, row by row), with the corners of a found code in its pixels.
struct ScannerPreview {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> grey;
  std::vector<std::pair<int, int>> found_corners;
  Light light = Light::good;
};
struct ScannerHealth {
  Health health;
};
using CodeScannerEvent = std::variant<CodeScanned, CodeUnusable, ScannerPreview, ScannerHealth>;

class CodeScanner {
 public:
  using Listener = std::function<void(CodeScannerEvent)>;
  virtual ~CodeScanner() = default;

  /// Full rate while a screen asks for a code; idle closes the camera or looks ≤ 2 times a second. Thread: any.
  virtual void start_scanning() = 0;
  virtual void stop_scanning() = 0;
  virtual void check_health() = 0;
};

}  // namespace yizhan::device
