#include "shared/store/uploads.h"

#include "shared/store/uploads_table.h"

namespace yizhan::store {
namespace {

Error unknown(std::string_view sha256) { return Error::make("upload_unknown", Retry::no, std::string(sha256)); }

}  // namespace

Result<void> SqliteUploads::add(Uuid const& case_id, std::string_view kind, std::string_view sha256) {
  return m_database.joined([&]() -> Result<void> {
    auto insert = TRY(m_database.prepare(
        "INSERT INTO uploads (sha256, case_id, kind, size, created_at) SELECT b.sha256, ?2, ?3, b.size, ?4 FROM blobs "
        "b "
        "JOIN blob_owners o ON o.sha256 = b.sha256 WHERE b.sha256 = ?1 AND o.owner = ?5 RETURNING number"));
    insert.bind_all(sha256, case_id, kind, m_clock.now().time_since_epoch().count(),
                    std::string_view(upload_owner(case_id)));
    if (!TRY(insert.step())) return Error::make("blob_unknown", Retry::no, std::string(sha256));
    return insert.run();
  });
}

Result<bool> SqliteUploads::all_done(Uuid const& case_id) {
  auto row = TRY(m_database.prepare("SELECT 1 FROM uploads WHERE case_id = ? AND state <> 'done' LIMIT 1"));
  row.bind(1, case_id);
  return !TRY(row.step());
}

Result<bool> SqliteUploads::done(std::string_view sha256) {
  auto row = TRY(m_database.prepare("SELECT 1 FROM uploads WHERE sha256 = ? AND state = 'done'"));
  row.bind(1, sha256);
  return row.step();
}

Result<std::vector<ParkedUpload>> SqliteUploads::parked_uploads() {
  auto rows = TRY(m_database.prepare(
      "SELECT sha256, kind, case_id, coalesce(problem, '') FROM uploads WHERE state = 'parked' ORDER BY number"));
  std::vector<ParkedUpload> parked;
  while (TRY(rows.step())) {
    auto const case_id = TRY(rows.uuid(2));
    parked.push_back({rows.text(0), rows.text(1), case_id, rows.text(3)});
  }
  return parked;
}

Result<void> SqliteUploads::unpark(std::string const& sha256) {
  return m_database.joined([&]() -> Result<void> {
    auto update =
        TRY(m_database.prepare("UPDATE uploads SET state = 'waiting', problem = NULL, sent = 0 WHERE sha256 = ? AND "
                               "state = 'parked' RETURNING number"));
    update.bind(1, std::string_view(sha256));
    if (!TRY(update.step())) return unknown(sha256);
    return update.run();
  });
}

Result<void> SqliteUploads::forget(Uuid const& case_id) {
  bool const alone = !m_database.in_transaction();
  auto const forget_rows = [&]() -> Result<void> {
    auto remove = TRY(m_database.prepare("DELETE FROM uploads WHERE case_id = ?"));
    remove.bind(1, case_id);
    TRY(remove.run());
    return m_blobs.release_all(upload_owner(case_id));
  };
  TRY(m_database.joined(forget_rows));
  return alone ? m_blobs.sweep() : Result<void>();
}

Result<std::optional<line::UploadDue>> SqliteUploads::next_upload() {
  auto row =
      TRY(m_database.prepare("SELECT sha256, size, sent FROM uploads WHERE state = 'waiting' ORDER BY created_at, CASE "
                             "kind WHEN 'application' "
                             "THEN 0 WHEN 'signature' THEN 1 ELSE 2 END, number LIMIT 1"));
  if (!TRY(row.step())) return std::optional<line::UploadDue>();
  return std::optional<line::UploadDue>(line::UploadDue{row.text(0), static_cast<std::uint64_t>(row.integer(1)),
                                                        static_cast<std::uint64_t>(row.integer(2))});
}

Result<std::vector<std::byte>> SqliteUploads::read_upload(std::string const& sha256, std::uint64_t offset,
                                                          std::size_t size) {
  {
    auto row = TRY(m_database.prepare("SELECT 1 FROM uploads WHERE sha256 = ? AND state <> 'done'"));
    row.bind(1, std::string_view(sha256));
    if (!TRY(row.step())) return unknown(sha256);
  }
  return m_blobs.read(sha256, offset, size);
}

Result<void> SqliteUploads::note_upload(std::string const& sha256, std::uint64_t sent) {
  bool const alone = !m_database.in_transaction();
  auto const note = [&]() -> Result<bool> {
    std::optional<Uuid> finished;
    {
      auto row = TRY(m_database.prepare("SELECT case_id, size, state FROM uploads WHERE sha256 = ?"));
      row.bind(1, std::string_view(sha256));
      if (!TRY(row.step())) return unknown(sha256);
      if (row.text(2) == "done") return false;
      if (sent >= static_cast<std::uint64_t>(row.integer(1))) finished = TRY(row.uuid(0));
    }
    auto update =
        TRY(m_database.prepare("UPDATE uploads SET sent = min(?2, size), state = CASE WHEN ?2 >= size THEN 'done' ELSE "
                               "state END WHERE sha256 = ?1"));
    update.bind_all(std::string_view(sha256), sent);
    TRY(update.run());
    if (finished) TRY(m_blobs.release(upload_owner(*finished), sha256));
    return finished.has_value();
  };
  bool const done = TRY(m_database.joined(note));
  return done && alone ? m_blobs.sweep() : Result<void>();
}

Result<void> SqliteUploads::park_upload(std::string const& sha256, std::string const& problem) {
  return m_database.joined([&]() -> Result<void> {
    auto update = TRY(m_database.prepare(
        "UPDATE uploads SET state = 'parked', problem = ? WHERE sha256 = ? AND state = 'waiting' RETURNING number"));
    update.bind_all(std::string_view(problem), std::string_view(sha256));
    if (!TRY(update.step())) return unknown(sha256);
    return update.run();
  });
}

Result<line::UploadStatus> SqliteUploads::upload_status() {
  auto row =
      TRY(m_database.prepare("SELECT count(*) FILTER (WHERE state = 'waiting'), coalesce(sum(size - sent) FILTER "
                             "(WHERE state = 'waiting'), 0), "
                             "count(*) FILTER (WHERE state = 'parked') FROM uploads WHERE state <> 'done'"));
  TRY(row.step());
  return line::UploadStatus{static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1)),
                            static_cast<std::uint64_t>(row.integer(2))};
}

}  // namespace yizhan::store
