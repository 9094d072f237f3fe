#pragma once
#include <string>
#include <string_view>

namespace yizhan::office {

/// The setting that says that a code which counts once (hex id) has been used on this machine.
[[nodiscard]] inline std::string used_code(std::string_view credential) {
  return "code.used." + std::string(credential);
}

}  // namespace yizhan::office
