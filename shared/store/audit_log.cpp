#include "shared/store/audit_log.h"

#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::store {
namespace {

struct Record {
  std::int64_t number = 0;
  std::string time, action, actor, subject, details;
};

Result<std::string> link(std::string const& previous, Record const& record) {
  auto const canonical = TRY(line::canonical(nlohmann::json{{"number", record.number},
                                                            {"time", record.time},
                                                            {"action", record.action},
                                                            {"actor", record.actor},
                                                            {"subject", record.subject},
                                                            {"details", record.details}}));
  auto bytes = TRY(text::from_hex(previous));
  auto const tail = text::bytes_of(canonical);
  bytes.insert(bytes.end(), tail.begin(), tail.end());
  return text::to_hex(crypto::sm3(bytes));
}

std::string first_link() { return std::string(64, '0'); }

}  // namespace

Result<void> SqliteAuditLog::append(std::string_view action, std::string_view actor, std::string_view subject,
                                    nlohmann::json const& details) {
  if (!m_database.in_transaction()) return Error::make("no_transaction", Retry::no, std::string(action));
  auto canonical = TRY(line::canonical(details));
  Record record{1,
                text::to_rfc3339(m_clock.now().time_since_epoch().count()),
                std::string(action),
                std::string(actor),
                std::string(subject),
                std::move(canonical)};
  auto previous = first_link();
  {
    auto last = TRY(m_database.prepare("SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1"));
    if (TRY(last.step())) {
      record.number = last.integer(0) + 1;
      previous = last.text(1);
    }
  }
  auto const chain = TRY(link(previous, record));
  auto insert = TRY(m_database.prepare(
      "INSERT INTO audit (number, time, action, actor, subject, details, chain) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  insert.bind_all(record.number, std::string_view(record.time), action, actor, subject,
                  std::string_view(record.details), std::string_view(chain));
  return insert.run();
}

Result<std::int64_t> SqliteAuditLog::verify() {
  auto rows =
      TRY(m_database.prepare("SELECT number, time, action, actor, subject, details, chain FROM audit ORDER BY number"));
  auto chain = first_link();
  std::int64_t count = 0;
  while (TRY(rows.step())) {
    Record const record{rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)};
    chain = TRY(link(chain, record));
    if (record.number != count + 1 || chain != rows.text(6)) {
      return Error::make("audit_broken", Retry::no, "record " + std::to_string(count + 1));
    }
    ++count;
  }
  return count;
}

Result<std::string> SqliteAuditLog::head() {
  auto last = TRY(m_database.prepare("SELECT chain FROM audit ORDER BY number DESC LIMIT 1"));
  return TRY(last.step()) ? last.text(0) : first_link();
}

}  // namespace yizhan::store
