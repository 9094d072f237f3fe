#pragma once
/// An SQLite VFS over the system's whose operations fail when a test says so.
#include <functional>
#include <string>

namespace yizhan::test {

enum class DiskOperation { open, write, sync, truncate };
/// What happens to an operation that a test picks.
enum class DiskFault {
  none,
  full,        // SQLITE_FULL, nothing written
  error,       // SQLITE_IOERR, nothing done
  error_after  // done, then SQLITE_IOERR: the caller is told of a failure that was none
};

class FaultDisk {
 public:
  /// Registers the VFS `name()` for its lifetime. One at a time.
  FaultDisk();
  ~FaultDisk();
  FaultDisk(FaultDisk const&) = delete;
  FaultDisk& operator=(FaultDisk const&) = delete;
  [[nodiscard]] char const* name() const { return "yizhan-fault"; }

  /// Asked before every operation on a file whose name ends in `file`. Empty: all goes well.
  std::function<DiskFault(DiskOperation operation, std::string const& file)> decide;
  [[nodiscard]] DiskFault ask(DiskOperation operation, std::string const& file) const {
    return decide ? decide(operation, file) : DiskFault::none;
  }
};

}  // namespace yizhan::test
