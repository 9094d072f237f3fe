#pragma once
/// The few file system calls of this room. Internal to shared/store.
#include <filesystem>
#include <utility>

#include "shared/base/result.h"

namespace yizhan::store {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : m_fd(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  [[nodiscard]] int get() const { return m_fd; }
  [[nodiscard]] bool valid() const { return m_fd >= 0; }
  void close();

 private:
  int m_fd = -1;
};

/// `folder`, 0700, made if absent. Errors: folder_unusable.
Result<void> make_private_folder(std::filesystem::path const& folder);
/// The only owner of `folder` while it is held (flock on `<folder>/lock`). Errors: folder_in_use, folder_unusable.
Result<FileDescriptor> lock_folder(std::filesystem::path const& folder);
/// fsync. Errors: database_io.
Result<void> sync_file(std::filesystem::path const& file);
/// Makes creations and renames in it durable. Errors: database_io.
Result<void> sync_folder(std::filesystem::path const& folder);

}  // namespace yizhan::store
