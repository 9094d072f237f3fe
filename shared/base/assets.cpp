#include "shared/base/assets.h"

namespace yizhan {

std::filesystem::path find_asset(std::filesystem::path const& path) {
  std::error_code failed;
  if (path.is_absolute() || std::filesystem::exists(path, failed)) return path;
  // <top>/build/bin/program or <top>/build/<preset>/bin/program
  auto folder = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
  constexpr int k_levels = 4;
  for (int i = 0; i < k_levels && !folder.empty(); ++i, folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / path, failed)) return folder / path;
  }
  auto const installed = std::filesystem::path("/usr/share/yizhan") / path;
  return std::filesystem::exists(installed, failed) ? installed : path;
}

}  // namespace yizhan
