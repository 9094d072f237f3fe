#pragma once
/// What of a text is printed. Inside shared/paper only.
#include <string>

#include "shared/base/text.h"

namespace yizhan::paper {

[[nodiscard]] inline std::string clean(std::string const& text) {
  return std::string(text::trim(text::without_controls(text)));
}

}  // namespace yizhan::paper
