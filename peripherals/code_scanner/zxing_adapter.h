#pragma once
/// ZXing behind one function: the only place that knows its version. Inside peripherals/code_scanner only.
#include <vector>

#include "peripherals/code_scanner/decode.h"

namespace yizhan::code_scanner {

enum class Effort { fast, thorough };
/// How grey becomes black and white: against the neighbourhood, the picture's histogram, or 127.
enum class Threshold { local, global, fixed };
struct ReadOptions {
  Effort effort = Effort::fast;
  Threshold threshold = Threshold::local;
};

/// Codes without errors, none twice. ZXing's exceptions end here as "nothing found".
[[nodiscard]] std::vector<FoundCode> read_codes(GreyImage const& image, ReadOptions options);

}  // namespace yizhan::code_scanner
