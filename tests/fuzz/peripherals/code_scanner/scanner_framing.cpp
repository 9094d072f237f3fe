// Bytes from a serial scanner: what comes out is short UTF-8 without control characters, or an error.
#include <cstdint>
#include <cstdlib>

#include "peripherals/code_scanner/charset.h"
#include "peripherals/code_scanner/framing.h"
#include "shared/base/text.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  using namespace yizhan::code_scanner;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto check = [](Result<FramedCode> const& code) {
    if (!code) return;
    if (code->text.empty() || code->text.size() > k_max_code_bytes || !text::is_utf8(code->text)) std::abort();
    for (char const c : code->text) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) std::abort();
    }
  };
  Framing framing({.prefix = "<", .suffix = ">", .aim_identifier = true});
  // In pieces, as a line delivers them.
  for (std::size_t at = 0; at < size; at += 61) {
    for (auto const& code : framing.push(bytes.substr(at, 61))) check(code);
  }
  if (auto const code = framing.silence()) check(*code);
  if (framing.pending()) std::abort();
  return 0;
}
