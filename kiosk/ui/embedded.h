#pragma once
/// Data the build puts into the program (embed.cmake): compiled catalogs and the table of icons.
#include <cstddef>
#include <span>

namespace yizhan::ui::embedded {

[[nodiscard]] std::span<std::byte const> zh_CN_mo();
[[nodiscard]] std::span<std::byte const> en_mo();
/// Lines of "name hex", sorted by name in byte order.
[[nodiscard]] std::span<std::byte const> icon_code_points();

}  // namespace yizhan::ui::embedded
