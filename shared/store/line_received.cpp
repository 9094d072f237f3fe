// What comes from the platform: changes, signed documents, the time.
#include "shared/store/sqlite_outbox.h"

namespace yizhan::store {

Result<std::string> SqliteOutbox::cursor() { return TRY(read_line(m_database)).cursor; }

Result<void> SqliteOutbox::apply_changes(std::vector<line::Change> const& changes, std::string const& cursor) {
  return atomically([&]() -> Result<void> {
    // A change that comes twice is stored, and applied, once.
    auto insert = TRY(m_database.prepare(
        "INSERT INTO received_changes (id, type, body, received_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING "
        "RETURNING number"));
    for (auto const& change : changes) {
      insert.reset();
      insert.bind_all(std::string_view(change.id), std::string_view(change.type), std::string_view(change.body),
                      micros(m_clock.now()));
      bool const is_new = TRY(insert.step());
      TRY(insert.run());
      if (is_new) TRY(offer(change));
    }
    return execute_bound("UPDATE line SET cursor = ?", {cursor});
  });
}

Result<void> SqliteOutbox::offer(line::Change const& change) {
  if (!m_received_hook || !TRY(m_received_hook(change))) return {};
  return execute_bound("UPDATE received_changes SET applied = 1 WHERE id = ?", {change.id});
}

Result<void> SqliteOutbox::received_hook(ReceivedHook hook) {
  m_received_hook = std::move(hook);
  std::vector<line::Change> waiting;
  {
    auto rows =
        TRY(m_database.prepare("SELECT id, type, body FROM received_changes WHERE applied = 0 ORDER BY number"));
    while (TRY(rows.step())) waiting.push_back({rows.text(0), rows.text(1), rows.text(2)});
  }
  if (waiting.empty()) return {};
  return atomically([&]() -> Result<void> {
    for (auto const& change : waiting) TRY(offer(change));
    return {};
  });
}

Result<std::optional<std::string>> SqliteOutbox::document(std::string const& name) {
  auto row = TRY(m_database.prepare("SELECT bytes FROM documents WHERE name = ?"));
  row.bind(1, std::string_view(name));
  if (!TRY(row.step())) return std::optional<std::string>();
  return std::optional(row.text(0));
}

Result<std::string> SqliteOutbox::document_etag(std::string const& name) {
  auto row = TRY(m_database.prepare("SELECT etag FROM documents WHERE name = ?"));
  row.bind(1, std::string_view(name));
  return TRY(row.step()) ? row.text(0) : std::string();
}

Result<void> SqliteOutbox::store_document(std::string const& name, std::int64_t version, std::string const& etag,
                                          std::string const& bytes) {
  return atomically([&]() -> Result<void> {
    auto insert = TRY(m_database.prepare(
        "INSERT INTO documents (name, version, etag, bytes, stored_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name) "
        "DO UPDATE SET version = ?2, etag = ?3, bytes = ?4, stored_at = ?5 WHERE ?2 >= version RETURNING version"));
    insert.bind_all(std::string_view(name), version, std::string_view(etag),
                    std::as_bytes(std::span(bytes.data(), bytes.size())), micros(m_clock.now()));
    if (!TRY(insert.step()))
      return Error::make("document_version_back", Retry::no, name + ' ' + std::to_string(version));
    return insert.run();
  });
}

Result<void> SqliteOutbox::store_clock(Duration offset, WallTime highest) {
  return atomically([&]() -> Result<void> {
    auto update = TRY(m_database.prepare("UPDATE line SET clock_offset = ?, highest_time = ?"));
    update.bind_all(offset.count(), micros(highest));
    return update.run();
  });
}

Result<void> SqliteOutbox::touch_contact(WallTime at) {
  return atomically([&]() -> Result<void> {
    auto update = TRY(m_database.prepare("UPDATE line SET last_contact = ?"));
    update.bind_all(micros(at));
    return update.run();
  });
}

}  // namespace yizhan::store
