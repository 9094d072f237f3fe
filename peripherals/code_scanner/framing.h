#pragma once
/// Where one code ends on a serial line: at CR or LF, or where the scanner falls silent.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::code_scanner {

/// As set in the scanner itself.
struct FramingOptions {
  std::string prefix;           // taken off where it is there
  std::string suffix;           // before the CR or LF, likewise
  bool aim_identifier = false;  // "]Q1" in front; names the format
};

/// What became of one code: its text and, by its AIM identifier, ZXing's name of the format; or code_too_long (over
/// 4096 bytes), code_not_text (control characters).
struct FramedCode {
  std::string text;
  std::string format;
};

/// Thread: any one at a time.
class Framing {
 public:
  explicit Framing(FramingOptions options) : m_options(std::move(options)) {}
  /// The codes these bytes end, in order.
  std::vector<Result<FramedCode>> push(std::string_view bytes);
  /// The line has been silent for 50 ms: what has arrived is a code.
  std::optional<Result<FramedCode>> silence();
  [[nodiscard]] bool pending() const { return !m_bytes.empty() || m_overlong; }
  void reset();

 private:
  Result<FramedCode> take();

  FramingOptions m_options;
  std::string m_bytes;
  bool m_overlong = false;
};

}  // namespace yizhan::code_scanner
