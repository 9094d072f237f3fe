#pragma once
/// A folder of its own for one test, removed with everything in it.
#include <filesystem>
#include <string>
#include <string_view>

namespace yizhan::test {

class TempDir {
 public:
  /// Makes <temporary folder>/yz-<label>-XXXXXX, mode 0700. Short on purpose: Unix sockets below it must fit 107 bytes.
  /// Throws std::runtime_error.
  explicit TempDir(std::string_view label = "test");
  ~TempDir();
  TempDir(TempDir const&) = delete;
  TempDir& operator=(TempDir const&) = delete;

  [[nodiscard]] std::filesystem::path const& path() const { return m_path; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

 private:
  std::filesystem::path m_path;
};

/// Whole file. Throws std::runtime_error.
[[nodiscard]] std::string read_file(std::filesystem::path const& path);
void write_file(std::filesystem::path const& path, std::string_view bytes);

}  // namespace yizhan::test
