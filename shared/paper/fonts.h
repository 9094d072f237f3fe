#pragma once
/// Inside shared/paper only.

namespace yizhan::paper {

/// Noto Sans CJK for what is common, HanaMin for GB 18030-2022 level 3 (Extensions B to F), BabelStone for the rest.
inline constexpr char const* k_families = "Noto Sans CJK SC,HanaMinA,HanaMinB,BabelStone Han";

}  // namespace yizhan::paper
