#pragma once
/// QR codes to be printed or shown (ISO/IEC 18004), black modules on white.
#include <string_view>

#include "shared/base/result.h"
#include "shared/paper/mono_image.h"

namespace yizhan::paper {

/// How much of the code may be lost: 15 % or 25 %.
enum class QrLevel { medium, quartile };

/// One dot a module, without a quiet zone. Text of digits, capitals and " $%*+-./:" is written in alphanumeric mode,
/// everything else as bytes (UTF-8). Errors: qr_too_long, qr_empty.
Result<MonoImage> make_qr(std::string_view text, QrLevel level);

/// Modules of `module` dots with the quiet zone of four modules around.
[[nodiscard]] MonoImage enlarge_qr(MonoImage const& qr, int module);
inline constexpr int k_qr_quiet_zone = 4;

}  // namespace yizhan::paper
