#include "tests/support/store/fault_disk.h"

#include <sqlite3.h>

#include <cstring>
#include <new>

namespace yizhan::test {
namespace {

FaultDisk* g_disk = nullptr;
sqlite3_vfs* g_real = nullptr;

struct FaultFile {
  sqlite3_file base;
  std::string* name;
  // The real file follows.
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<FaultFile*>(file) + 1);
}
std::string const& name_of(sqlite3_file* file) { return *reinterpret_cast<FaultFile*>(file)->name; }

template <class Work>
int guarded(DiskOperation operation, std::string const& name, int error, Work&& work) {
  switch (g_disk->ask(operation, name)) {
    case DiskFault::none: return work();
    case DiskFault::full: return SQLITE_FULL;
    case DiskFault::error: return error;
    case DiskFault::error_after: {
      int const code = work();
      return code == SQLITE_OK ? error : code;
    }
  }
  return error;
}

int file_close(sqlite3_file* file) {
  int const code = real(file)->pMethods != nullptr ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
  delete reinterpret_cast<FaultFile*>(file)->name;
  return code;
}
int file_read(sqlite3_file* file, void* to, int amount, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, amount, at);
}
int file_write(sqlite3_file* file, void const* from, int amount, sqlite3_int64 at) {
  return guarded(DiskOperation::write, name_of(file), SQLITE_IOERR_WRITE,
                 [&] { return real(file)->pMethods->xWrite(real(file), from, amount, at); });
}
int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  return guarded(DiskOperation::truncate, name_of(file), SQLITE_IOERR_TRUNCATE,
                 [&] { return real(file)->pMethods->xTruncate(real(file), size); });
}
int file_sync(sqlite3_file* file, int flags) {
  return guarded(DiskOperation::sync, name_of(file), SQLITE_IOERR_FSYNC,
                 [&] { return real(file)->pMethods->xSync(real(file), flags); });
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->pMethods->xFileSize(real(file), size); }
int file_lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int file_unlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int file_reserved(sqlite3_file* file, int* out) { return real(file)->pMethods->xCheckReservedLock(real(file), out); }
int file_control(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int file_sector(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int file_traits(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

// Version 1: no shared memory, so that a WAL index outside the heap would fail the test.
constexpr sqlite3_io_methods k_methods = {
    1,         file_close,  file_read,     file_write,   file_truncate, file_sync,   file_size,
    file_lock, file_unlock, file_reserved, file_control, file_sector,   file_traits, nullptr,
    nullptr,   nullptr,     nullptr,       nullptr,      nullptr};

int vfs_open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  std::string const text = name != nullptr ? name : "";
  return guarded(DiskOperation::open, text, SQLITE_CANTOPEN, [&] {
    real(file)->pMethods = nullptr;
    int const code = g_real->xOpen(g_real, name, real(file), flags, out_flags);
    if (code != SQLITE_OK) return code;
    auto* const mine = reinterpret_cast<FaultFile*>(file);
    mine->name = new std::string(text);
    mine->base.pMethods = &k_methods;
    return SQLITE_OK;
  });
}

sqlite3_vfs g_vfs{};

}  // namespace

FaultDisk::FaultDisk() {
  g_disk = this;
  g_real = sqlite3_vfs_find(nullptr);
  g_vfs = *g_real;  // everything but opening goes straight to the system's
  g_vfs.zName = name();
  g_vfs.pNext = nullptr;
  g_vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + g_real->szOsFile;
  g_vfs.xOpen = vfs_open;
  sqlite3_vfs_register(&g_vfs, 0);
}

FaultDisk::~FaultDisk() {
  sqlite3_vfs_unregister(&g_vfs);
  g_disk = nullptr;
}

}  // namespace yizhan::test
