#pragma once
/// Request bodies: size, type, gzip.
#include <optional>
#include <string>

#include "tools/platform/answer.h"

namespace yizhan::platform {

constexpr std::size_t k_body_limit = std::size_t{1} << 20;  // bytes, as sent and inflated

struct Body {
  std::string bytes;
  std::optional<Answer> refusal;  // 400, 413, 415
};
/// The inflated body. Never holds more than the limit and one block in memory, whatever gzip promises.
[[nodiscard]] Body read_body(Request const& request, std::string_view content_type);

}  // namespace yizhan::platform
