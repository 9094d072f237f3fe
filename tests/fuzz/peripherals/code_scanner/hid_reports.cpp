// Bytes from a HID scanner: what comes out is short UTF-8 without control characters, or an error; silence ends all.
#include <cstdint>
#include <cstdlib>

#include "peripherals/code_scanner/charset.h"
#include "peripherals/code_scanner/hid_pos.h"
#include "shared/base/text.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  using namespace yizhan::code_scanner;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const check = [](Result<FramedCode> const& code) {
    if (!code) return;
    if (code->text.empty() || code->text.size() > k_max_code_bytes || !text::is_utf8(code->text)) std::abort();
    for (char const c : code->text) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) std::abort();
    }
  };
  std::size_t whole = 0;
  for (std::size_t const piece : {std::size_t{13}, std::size_t{64}}) {
    HidPosFraming framing({.prefix = "<", .aim_identifier = true});
    std::size_t codes = 0;
    for (std::size_t at = 0; at < size; at += piece) {
      for (auto const& code : framing.push(bytes.substr(at, piece))) {
        check(code);
        ++codes;
      }
    }
    if (auto const code = framing.silence()) check(*code);
    if (framing.pending()) std::abort();
    if (piece == 13)
      whole = codes;
    else if (whole != codes)
      std::abort();  // how the bytes were cut must not matter
  }
  return 0;
}
