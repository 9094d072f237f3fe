#pragma once
/// Keys of an accessible keypad (EN 301 549, 5.5; JIS X 8341): what each is for, whatever code it sends.
#include <cstdint>

namespace yizhan::device {

enum class KeypadAction : std::uint8_t { up, down, left, right, ok, back, help, repeat, louder, softer };

}  // namespace yizhan::device
