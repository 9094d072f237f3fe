#include "shared/store/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace yizhan::store {
namespace {

std::string with_errno(std::filesystem::path const& path) { return path.string() + ", errno " + std::to_string(errno); }

Result<void> sync(std::filesystem::path const& path, int flags) {
  FileDescriptor const fd(::open(path.c_str(), flags | O_CLOEXEC));
  if (!fd.valid() || ::fsync(fd.get()) != 0) return Error::make("database_io", Retry::later, with_errno(path));
  return {};
}

}  // namespace

FileDescriptor::~FileDescriptor() { close(); }

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    close();
    m_fd = std::exchange(other.m_fd, -1);
  }
  return *this;
}

void FileDescriptor::close() {
  if (m_fd >= 0) ::close(std::exchange(m_fd, -1));
}

Result<void> make_private_folder(std::filesystem::path const& folder) {
  std::error_code failed;
  if (!folder.has_parent_path() || std::filesystem::is_directory(folder.parent_path(), failed) ||
      std::filesystem::create_directories(folder.parent_path(), failed)) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      return Error::make("folder_unusable", Retry::no, with_errno(folder));
    }
  }
  struct stat found {};
  if (::lstat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
    return Error::make("folder_unusable", Retry::no, folder.string() + " is not a folder");
  }
  if (found.st_uid != ::geteuid()) {
    return Error::make("folder_unusable", Retry::no, folder.string() + " belongs to another user");
  }
  if ((found.st_mode & 0777) != 0700 && ::chmod(folder.c_str(), 0700) != 0) {
    return Error::make("folder_unusable", Retry::no, with_errno(folder));
  }
  return {};
}

Result<FileDescriptor> lock_folder(std::filesystem::path const& folder) {
  auto const path = folder / "lock";
  FileDescriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd.valid()) return Error::make("folder_unusable", Retry::no, with_errno(path));
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return Error::make("folder_in_use", Retry::later, folder.string());
    return Error::make("folder_unusable", Retry::no, with_errno(path));
  }
  return fd;
}

Result<void> sync_file(std::filesystem::path const& file) { return sync(file, O_RDONLY); }

Result<void> sync_folder(std::filesystem::path const& folder) {
  return sync(folder.empty() ? std::filesystem::path(".") : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace yizhan::store
