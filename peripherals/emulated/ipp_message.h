#pragma once
/// IPP on the wire (RFC 8010), as a printer reads and writes it.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::emulated {

struct IppAttribute {
  std::uint8_t tag = 0;  // of the values
  std::string name;
  std::vector<std::string> values;  // raw
  bool operator==(IppAttribute const&) const = default;
};
struct IppGroup {
  std::uint8_t tag = 0;
  std::vector<IppAttribute> attributes;
  bool operator==(IppGroup const&) const = default;
};

struct IppMessage {
  std::uint8_t major = 2;
  std::uint8_t minor = 0;
  std::uint16_t code = 0;  // operation, or status
  std::uint32_t request = 0;
  std::vector<IppGroup> groups;
  std::size_t size = 0;  // of what was parsed; a document follows

  /// The first value of an attribute of the first group, or empty.
  [[nodiscard]] std::string_view operation_value(std::string_view name) const;
  bool operator==(IppMessage const&) const = default;
};

/// Errors: ipp_malformed.
Result<IppMessage> parse_ipp(std::string_view bytes);
[[nodiscard]] std::string to_bytes(IppMessage const& message);

/// Delimiters and value tags used here (RFC 8010 §3.5).
namespace ipp_tag {
inline constexpr std::uint8_t operation = 0x01, job = 0x02, end = 0x03, printer = 0x04;
inline constexpr std::uint8_t integer = 0x21, boolean = 0x22, enumeration = 0x23, text = 0x41, name = 0x42,
                              keyword = 0x44, uri = 0x45, charset = 0x47, language = 0x48, mime = 0x49;
}  // namespace ipp_tag

[[nodiscard]] std::string ipp_integer(std::uint32_t value);
/// 0 where it is none.
[[nodiscard]] std::uint32_t ipp_number(std::string_view raw);

}  // namespace yizhan::emulated
