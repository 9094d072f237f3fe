#pragma once
/// Material icons by their name ("credit_card"), as the catalog and the screens write them. The table is
/// assets/icons/material.codepoints; the shapes come from the font of Debian's
/// fonts-material-design-icons-iconfont (Apache-2.0).
#include <optional>
#include <string_view>

namespace yizhan::ui {

/// The icon's place in the font's private use area. Empty where no icon has that name.
[[nodiscard]] std::optional<char32_t> icon_code_point(std::string_view name);

}  // namespace yizhan::ui
