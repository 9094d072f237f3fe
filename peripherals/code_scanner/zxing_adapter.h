#pragma once
/// ZXing behind one function: the only place that knows its version. Inside peripherals/code_scanner only.
#include <vector>

#include "peripherals/code_scanner/decode.h"

namespace yizhan::code_scanner {

/// fast: some lines, as the picture stands. harder: every line. turned: also the picture turned by 90°, which bars need.
enum class Effort { fast, harder, turned };
/// How grey becomes black and white: against the neighbourhood, the picture's histogram, or 127; none: it is that already.
enum class Threshold { local, global, fixed, none };
/// What to look for. `sound`: formats that check themselves (square codes, PDF417, EAN-13, Code 128); others find texts
/// in stripes and in print.
enum class Kinds { all, sound, qr, square, bars };
struct ReadOptions {
  Effort effort = Effort::fast;
  Threshold threshold = Threshold::local;
  Kinds kinds = Kinds::all;
};

/// Codes without errors, none twice. ZXing's exceptions end here as "nothing found".
[[nodiscard]] std::vector<FoundCode> read_codes(GreyImage const& image, ReadOptions options);

}  // namespace yizhan::code_scanner
