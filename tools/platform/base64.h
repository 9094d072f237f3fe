#pragma once
/// RFC 4648 §4, padded.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/text.h"

namespace yizhan::platform {

[[nodiscard]] inline std::optional<std::vector<std::byte>> from_base64(std::string_view text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) return std::nullopt;
  auto const padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
  std::string url(text.substr(0, text.size() - padding));
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  auto bytes = text::from_base64url(url);
  if (!bytes) return std::nullopt;
  return std::move(bytes).value();
}

}  // namespace yizhan::platform
