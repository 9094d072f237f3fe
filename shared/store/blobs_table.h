#pragma once
/// Blobs over the tables `blobs`, `blob_chunks`, `blob_owners`. Internal to shared/store.
#include "shared/domain/calendar/hall_time.h"
#include "shared/store/blobs.h"
#include "shared/store/database.h"

namespace yizhan::store {

class SqliteBlobs final : public Blobs {
 public:
  SqliteBlobs(Database& database, calendar::HallClock& clock) : m_database(database), m_clock(clock) {}
  Result<std::string> put(std::string_view owner, std::span<std::byte const> bytes) override;
  Result<void> share(std::string_view owner, std::string_view sha256) override;
  Result<std::vector<std::byte>> get(std::string_view sha256) override;
  Result<std::vector<std::byte>> read(std::string_view sha256, std::uint64_t offset, std::size_t size) override;
  Result<bool> owns(std::string_view owner, std::string_view sha256) override;
  Result<void> release(std::string_view owner, std::string_view sha256) override;
  Result<void> release_all(std::string_view owner) override;
  Result<void> hand_over(std::string_view from, std::string_view to) override;
  Result<void> sweep() override;

 private:
  /// Bytes. Errors: blob_unknown.
  Result<std::uint64_t> size_of(std::string_view sha256);
  Result<void> write(std::string_view sha256, std::span<std::byte const> bytes);
  Result<void> execute(std::string_view sql, std::initializer_list<std::string_view> texts);
  /// Deletes ownership, and where no transaction is open what nobody owns any more.
  Result<void> let_go(std::string_view sql, std::initializer_list<std::string_view> texts);

  Database& m_database;
  calendar::HallClock& m_clock;
};

}  // namespace yizhan::store
