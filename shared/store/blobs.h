#pragma once
/// Pictures and documents in the database, in chunks, named by what they hold. Thread: store. Calls join an open
/// transaction or make one of their own.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::store {

class Blobs {
 public:
  virtual ~Blobs() = default;
  /// Stores `bytes` for `owner` (a draft's or case's id); the same content is stored once. Returns its SHA-256, lower-case
  /// hex. Errors: disk_full, blob_too_large (> 32 MiB).
  virtual Result<std::string> put(std::string_view owner, std::span<std::byte const> bytes) = 0;
  /// Another owner of content that is there. Errors: blob_unknown.
  virtual Result<void> share(std::string_view owner, std::string_view sha256) = 0;
  /// Errors: blob_unknown, blob_broken (its hash is another one).
  virtual Result<std::vector<std::byte>> get(std::string_view sha256) = 0;
  virtual Result<std::vector<std::byte>> read(std::string_view sha256, std::uint64_t offset, std::size_t size) = 0;
  virtual Result<bool> owns(std::string_view owner, std::string_view sha256) = 0;
  /// `owner` no longer needs it; content without owners goes: at once, or, in an open transaction, with the next sweep().
  virtual Result<void> release(std::string_view owner, std::string_view sha256) = 0;
  virtual Result<void> release_all(std::string_view owner) = 0;
  /// Everything of `from` becomes that of `to`.
  virtual Result<void> hand_over(std::string_view from, std::string_view to) = 0;
  /// Content nobody owns goes, in transactions of its own of about 8 MiB, so that the log stays short. REQUIRES: no open
  /// transaction.
  virtual Result<void> sweep() = 0;
};

}  // namespace yizhan::store
