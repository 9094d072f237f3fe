#include "peripherals/code_scanner/framing.h"

#include <array>
#include <utility>

#include "peripherals/code_scanner/charset.h"

namespace yizhan::code_scanner {

namespace {

/// ISO/IEC 15424: the character after ']', and for EAN what the modifier tells.
std::string_view format_of_aim(char code, char modifier) {
  constexpr std::array<std::pair<char, std::string_view>, 12> formats{{{'Q', "QRCode"},
                                                                       {'d', "DataMatrix"},
                                                                       {'z', "Aztec"},
                                                                       {'L', "PDF417"},
                                                                       {'U', "MaxiCode"},
                                                                       {'C', "Code128"},
                                                                       {'A', "Code39"},
                                                                       {'G', "Code93"},
                                                                       {'F', "Codabar"},
                                                                       {'I', "ITF"},
                                                                       {'e', "DataBar"},
                                                                       {'E', "EAN13"}}};
  if (code == 'E' && modifier == '4') return "EAN8";
  for (auto const& [known, format] : formats) {
    if (known == code) return format;
  }
  return {};
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string take_aim_identifier(std::string_view& text) {
  if (text.size() < 3 || text[0] != ']' || !is_letter(text[1]) || !(is_letter(text[2]) || is_digit(text[2]))) return {};
  std::string format(format_of_aim(text[1], text[2]));
  text.remove_prefix(3);
  return format;
}

Result<FramedCode> framed_code(std::string_view bytes, FramingOptions const& options) {
  FramedCode code;
  auto text = bytes;
  // The identifier stands before or behind the prefix, by the scanner's make.
  bool const identifier_first = options.aim_identifier && text.starts_with(']');
  if (identifier_first) code.format = take_aim_identifier(text);
  if (text.starts_with(options.prefix)) text.remove_prefix(options.prefix.size());
  if (options.aim_identifier && !identifier_first) code.format = take_aim_identifier(text);
  if (text.ends_with(options.suffix)) text.remove_suffix(options.suffix.size());
  code.text = TRY(accept_text(text_of_bytes(text)));
  if (code.text.empty()) return Error::make("code_not_text", Retry::no, "empty");
  return code;
}

void Framing::reset() {
  m_bytes.clear();
  m_overlong = false;
}

bool Framing::ends(char c) const {
  switch (m_options.end) {
    case CodeEnd::line: return c == '\r' || c == '\n';
    case CodeEnd::tab: return c == '\t';
    case CodeEnd::silence: return false;
  }
  return false;
}

std::vector<Result<FramedCode>> Framing::push(std::string_view bytes) {
  std::vector<Result<FramedCode>> codes;
  for (char const c : bytes) {
    if (ends(c)) {
      if (pending()) codes.push_back(take());
    } else if (m_bytes.size() < k_max_code_bytes) {
      m_bytes.push_back(c);
    } else {
      m_overlong = true;  // the rest is not kept, but still belongs to this code
    }
  }
  return codes;
}

std::optional<Result<FramedCode>> Framing::silence() {
  if (!pending()) return std::nullopt;
  return take();
}

Result<FramedCode> Framing::take() {
  auto const bytes = std::exchange(m_bytes, {});
  if (std::exchange(m_overlong, false)) return Error::make("code_too_long");
  return framed_code(bytes, m_options);
}

}  // namespace yizhan::code_scanner
