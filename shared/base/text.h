#pragma once
/// UTF-8 text. Names are never normalised (NFKC would change people); lengths shown to people count code points.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::text {

/// True for well-formed UTF-8 (no surrogates, no overlong forms, ≤ U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view bytes);
/// Code points; every ill-formed byte counts as one U+FFFD.
[[nodiscard]] std::u32string to_code_points(std::string_view utf8);
[[nodiscard]] std::string from_code_points(std::u32string_view code_points);
/// UTF-16LE bytes → UTF-8. An odd length or a lone surrogate gives U+FFFD there.
[[nodiscard]] std::string from_utf16le(std::span<std::byte const> bytes);
[[nodiscard]] std::vector<std::byte> to_utf16le(std::string_view utf8);
[[nodiscard]] std::size_t length(std::string_view utf8);
/// At most `code_points` of the front.
[[nodiscard]] std::string prefix(std::string_view utf8, std::size_t code_points);
/// ASCII white space, U+0000 and U+3000 off both ends.
[[nodiscard]] std::string_view trim(std::string_view utf8);
/// Without C0/C1 control characters and U+2028/2029.
[[nodiscard]] std::string without_controls(std::string_view utf8);
/// ASCII letters only; other bytes as they are.
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::string to_upper_ascii(std::string_view text);

[[nodiscard]] std::string to_hex(std::span<std::byte const> bytes);
/// Errors: bad_hex.
[[nodiscard]] Result<std::vector<std::byte>> from_hex(std::string_view hex);
/// RFC 4648 §5 without padding.
[[nodiscard]] std::string to_base64url(std::span<std::byte const> bytes);
/// RFC 4648 §4, padded.
[[nodiscard]] std::string to_base64(std::span<std::byte const> bytes);
/// Errors: bad_base64.
[[nodiscard]] Result<std::vector<std::byte>> from_base64url(std::string_view text);

[[nodiscard]] inline std::span<std::byte const> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}
[[nodiscard]] inline std::string_view chars_of(std::span<std::byte const> bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// RFC 3339 in UTC with milliseconds, "2026-11-24T05:39:00.123Z".
[[nodiscard]] std::string to_rfc3339(std::int64_t unix_microseconds);
/// Any offset. Errors: bad_time.
[[nodiscard]] Result<std::int64_t> from_rfc3339(std::string_view text);

}  // namespace yizhan::text
