#include "peripherals/code_scanner/charset.h"

#include <iconv.h>

#include <array>
#include <optional>

#include "shared/base/text.h"

namespace yizhan::code_scanner {

namespace {

/// Nothing unless every byte converts.
std::optional<std::string> convert(std::string_view bytes, char const* charset) {
  auto const converter = iconv_open("UTF-8", charset);
  // iconv's way to say "no such charset" is a pointer of all ones.
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string input(bytes);
  std::string output;
  char* in = input.data();
  std::size_t in_left = input.size();
  bool ok = true;
  while (ok && in_left > 0) {
    std::array<char, 1024> chunk;
    char* out = chunk.data();
    std::size_t out_left = chunk.size();
    auto const before = in_left;
    iconv(converter, &in, &in_left, &out, &out_left);
    output.append(chunk.data(), chunk.size() - out_left);
    ok = in_left < before;
  }
  iconv_close(converter);
  return ok ? std::optional(std::move(output)) : std::nullopt;
}

}  // namespace

std::string text_of_bytes(std::string_view bytes) {
  if (text::is_utf8(bytes)) return std::string(bytes);
  if (auto chinese = convert(bytes, "GB18030")) return std::move(*chinese);
  std::string latin;
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      latin.push_back(c);
    } else {
      latin.push_back(static_cast<char>(0xC0 | byte >> 6));
      latin.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
    }
  }
  return latin;
}

Result<std::string> accept_text(std::string text) {
  if (text.size() > k_max_code_bytes) return Error::make("code_too_long", Retry::no, std::to_string(text.size()));
  if (!text::is_utf8(text) || text::without_controls(text) != text) return Error::make("code_not_text");
  return text;
}

}  // namespace yizhan::code_scanner
