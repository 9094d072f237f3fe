#pragma once
#include <filesystem>

namespace yizhan {

/// Where a file of assets/ lies, given relative to the project's or the package's top ("assets/catalog/demo/…"): as it
/// stands, beside the program's own build folder, or in /usr/share/yizhan. The path itself where it is in none of them.
[[nodiscard]] std::filesystem::path find_asset(std::filesystem::path const& path);

}  // namespace yizhan
