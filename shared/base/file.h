#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

#include "shared/base/result.h"

namespace yizhan {

/// The whole of a regular file or of what a pipe gives. Errors: file_unreadable, file_too_large (more than `limit`
/// bytes), each with the path.
Result<std::string> read_whole_file(std::filesystem::path const& path, std::size_t limit);

}  // namespace yizhan
