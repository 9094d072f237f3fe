#pragma once
/// Uploads over the table `uploads`. Internal to shared/store.
#include "shared/store/blobs_table.h"
#include "shared/store/uploads.h"

namespace yizhan::store {

class SqliteUploads final : public Uploads {
 public:
  SqliteUploads(Database& database, SqliteBlobs& blobs, calendar::HallClock& clock)
      : m_database(database), m_blobs(blobs), m_clock(clock) {}
  Result<void> add(Uuid const& case_id, std::string_view kind, std::string_view sha256) override;
  Result<bool> all_done(Uuid const& case_id) override;
  Result<bool> done(std::string_view sha256) override;
  Result<std::vector<ParkedUpload>> parked_uploads() override;
  Result<void> unpark(std::string const& sha256) override;
  Result<void> forget(Uuid const& case_id) override;

  Result<std::optional<line::UploadDue>> next_upload() override;
  Result<std::vector<std::byte>> read_upload(std::string const& sha256, std::uint64_t offset,
                                             std::size_t size) override;
  Result<void> note_upload(std::string const& sha256, std::uint64_t sent) override;
  Result<void> park_upload(std::string const& sha256, std::string const& problem) override;
  Result<line::UploadStatus> upload_status() override;

 private:
  Database& m_database;
  SqliteBlobs& m_blobs;
  calendar::HallClock& m_clock;
};

}  // namespace yizhan::store
