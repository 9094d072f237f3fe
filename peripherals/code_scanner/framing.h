#pragma once
/// Where one code ends on a wire, and what a code's bytes are.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::code_scanner {

/// What ends a code. line: CR, LF or both. Silence ends one in any case.
enum class CodeEnd { line, tab, silence };

/// As set in the scanner itself.
struct FramingOptions {
  std::string prefix;  // taken off where it is there
  std::string suffix;  // before the end, likewise
  CodeEnd end = CodeEnd::line;
  bool aim_identifier = false;  // "]Q1" in front; names the format
};

/// What became of one code: its text and, by its AIM identifier, ZXing's name of the format; or code_too_long (over
/// 4096 bytes), code_not_text (control characters, nothing), code_incomplete (parts of it did not come).
struct FramedCode {
  std::string text;
  std::string format;
};

/// ISO/IEC 15424: "]Q1" in front of `text` is taken off; ZXing's name of the format, empty where it has none.
[[nodiscard]] std::string take_aim_identifier(std::string_view& text);

/// What lies between two ends. Errors: code_too_long, code_not_text.
Result<FramedCode> framed_code(std::string_view bytes, FramingOptions const& options);

/// Bytes of one kind of wire become codes. Thread: any one at a time.
class CodeFramer {
 public:
  virtual ~CodeFramer() = default;
  /// The codes these bytes end, in order.
  virtual std::vector<Result<FramedCode>> push(std::string_view bytes) = 0;
  /// The line has been silent for silence_time(): what has arrived is a code, or will never be one.
  virtual std::optional<Result<FramedCode>> silence() = 0;
  [[nodiscard]] virtual bool pending() const = 0;
  [[nodiscard]] virtual Duration silence_time() const = 0;
  virtual void reset() = 0;
};

/// Serial lines: a code is what lies between two ends, or before 50 ms of silence.
class Framing final : public CodeFramer {
 public:
  explicit Framing(FramingOptions options) : m_options(std::move(options)) {}
  std::vector<Result<FramedCode>> push(std::string_view bytes) override;
  std::optional<Result<FramedCode>> silence() override;
  [[nodiscard]] bool pending() const override { return !m_bytes.empty() || m_overlong; }
  [[nodiscard]] Duration silence_time() const override { return std::chrono::milliseconds(50); }
  void reset() override;

 private:
  [[nodiscard]] bool ends(char c) const;
  Result<FramedCode> take();

  FramingOptions m_options;
  std::string m_bytes;
  bool m_overlong = false;
};

}  // namespace yizhan::code_scanner
