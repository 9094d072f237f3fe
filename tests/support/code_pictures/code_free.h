#pragma once
/// What a camera sees all day and must read nothing in; and codes that were tampered with.
#include <cstdint>

#include "peripherals/code_scanner/grey_image.h"
#include "tests/support/code_pictures/code_pictures.h"

namespace yizhan::test {

/// noise: sensors in the dark, of pixels and of blots. gratings: blinds, fabrics, tiles, also two over each other. faces: soft
/// ovals with dark spots. print: lines of strokes like letters, among them boxes like the corners of a QR code.
enum class CodeFree { noise, gratings, faces, print };
inline constexpr int k_code_free_kinds = 4;
[[nodiscard]] code_scanner::GreyImage code_free_frame(CodeFree kind, int width, int height, std::uint64_t seed);

/// flipped: some modules inverted. cut: a part torn off or covered. mixed: a part comes from `other`, of the same size.
enum class Alteration { flipped, cut, mixed };
inline constexpr int k_alterations = 3;
[[nodiscard]] CodeMatrix altered(CodeMatrix const& code, CodeMatrix const& other, Alteration how, std::uint64_t seed);

/// Upright in the middle, `module` pixels a module, a little noise.
[[nodiscard]] code_scanner::GreyImage flat_frame(CodeMatrix const& code, int module, int width, int height,
                                                 std::uint64_t seed);

}  // namespace yizhan::test
