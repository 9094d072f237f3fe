#include "peripherals/code_scanner/framing.h"

#include <array>
#include <utility>

#include "peripherals/code_scanner/charset.h"

namespace yizhan::code_scanner {

namespace {

/// ISO/IEC 15424: the character after ']'.
std::string_view format_of_aim(char code) {
  constexpr std::array<std::pair<char, std::string_view>, 9> formats{{{'Q', "QRCode"},
                                                                      {'d', "DataMatrix"},
                                                                      {'z', "Aztec"},
                                                                      {'L', "PDF417"},
                                                                      {'C', "Code128"},
                                                                      {'A', "Code39"},
                                                                      {'G', "Code93"},
                                                                      {'I', "ITF"},
                                                                      {'E', "EAN13"}}};
  for (auto const& [known, format] : formats) {
    if (known == code) return format;
  }
  return {};
}

}  // namespace

void Framing::reset() {
  m_bytes.clear();
  m_overlong = false;
}

std::vector<Result<FramedCode>> Framing::push(std::string_view bytes) {
  std::vector<Result<FramedCode>> codes;
  for (char const c : bytes) {
    if (c == '\r' || c == '\n') {
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
  std::string_view text(bytes);
  FramedCode code;
  if (m_options.aim_identifier && text.size() >= 3 && text.front() == ']') {
    code.format = format_of_aim(text[1]);
    text.remove_prefix(3);
  }
  if (text.starts_with(m_options.prefix)) text.remove_prefix(m_options.prefix.size());
  if (text.ends_with(m_options.suffix)) text.remove_suffix(m_options.suffix.size());
  code.text = TRY(accept_text(text_of_bytes(text)));
  if (code.text.empty()) return Error::make("code_not_text", Retry::no, "empty");
  return code;
}

}  // namespace yizhan::code_scanner
