#pragma once
/// What the bytes of a code mean where the code does not say.
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace yizhan::code_scanner {

inline constexpr std::size_t k_max_code_bytes = 4096;

/// UTF-8 where they are that, else GB18030 where they are that, else Latin-1.
[[nodiscard]] std::string text_of_bytes(std::string_view bytes);

/// A text as it may be handed on. Errors: code_too_long (over 4096 bytes), code_not_text (control characters:
/// a code must not be able to type).
Result<std::string> accept_text(std::string text);

}  // namespace yizhan::code_scanner
