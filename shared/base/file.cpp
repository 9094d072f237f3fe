#include "shared/base/file.h"

#include <array>
#include <cstdio>
#include <memory>

namespace yizhan {

Result<std::string> read_whole_file(std::filesystem::path const& path, std::size_t limit) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> const file(std::fopen(path.c_str(), "rbe"));
  if (!file) return Error::make("file_unreadable", Retry::no, path.string());
  std::string bytes;
  std::array<char, 16384> chunk;
  for (;;) {
    auto const got = std::fread(chunk.data(), 1, chunk.size(), file.get());
    bytes.append(chunk.data(), got);
    if (bytes.size() > limit) return Error::make("file_too_large", Retry::no, path.string());
    if (got == chunk.size()) continue;
    if (std::ferror(file.get()) != 0) return Error::make("file_unreadable", Retry::no, path.string());
    if (std::feof(file.get()) != 0) return bytes;
  }
}

}  // namespace yizhan
