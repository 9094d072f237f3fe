// GET /v1/changes and /v1/snapshot: what a hall must know, in an order that no late commit can upset.
#include <fmt/format.h>

#include "shared/base/text.h"
#include "tools/platform/calls.h"
#include "tools/platform/event.h"

namespace yizhan::platform {

namespace {

constexpr std::size_t k_page = 500;
constexpr std::uint64_t k_wait_limit = 25;  // seconds
/// How often to look again while a transaction that is still open holds rows back: its end sends no notification of its own.
constexpr std::chrono::milliseconds k_held_retry{100};

/// Everything up to and with (transaction, ordinal) was read. `instance` is the database's.
struct Cursor {
  std::string instance;
  std::uint64_t transaction = 0;
  std::uint64_t ordinal = 0;
};

std::string to_text(Cursor const& cursor) {
  return text::to_base64url(
      text::bytes_of(fmt::format("{}.{}.{}", cursor.instance, cursor.transaction, cursor.ordinal)));
}

std::optional<Cursor> parse_cursor(std::string_view encoded) {
  auto const bytes = text::from_base64url(encoded);
  if (!bytes) return std::nullopt;
  auto const plain = text::chars_of(*bytes);
  auto const second = plain.rfind('.');
  if (second == std::string_view::npos || second == 0) return std::nullopt;
  auto const first = plain.rfind('.', second - 1);
  if (first == std::string_view::npos) return std::nullopt;
  auto const transaction = parse_decimal(plain.substr(first + 1, second - first - 1));
  auto const ordinal = parse_decimal(plain.substr(second + 1));
  if (!transaction || !ordinal) return std::nullopt;
  return Cursor{std::string(plain.substr(0, first)), *transaction, *ordinal};
}

Answer bad_cursor() { return problem(400, "bad_request", "The cursor is none that the platform gave."); }

struct Page {
  std::string events;  // joined by commas
  bool more = false;
  bool held = false;  // rows are there that an open transaction keeps back
};

/// Moves `cursor` over what it reads, the caller's own facts included, and stops at the first row that may still be
/// overtaken: its transaction is not below the snapshot's xmin.
Page read_page(pqxx::transaction_base& transaction, Device const& device, Cursor& cursor) {
  Page page;
  std::size_t taken = 0;
  do {
    auto const rows = query(transaction,
                            "SELECT transaction, ordinal, CASE WHEN source <> $2 THEN fact END,"
                            " transaction < pg_snapshot_xmin(pg_current_snapshot()) FROM platform_facts"
                            " WHERE hall = $1 AND (transaction, ordinal) > ($3::text::xid8, $4::bigint)"
                            " ORDER BY transaction, ordinal LIMIT 501",
                            device.hall, device.urn, std::to_string(cursor.transaction), cursor.ordinal);
    page.more = false;
    std::size_t scanned = 0;
    for (auto const& row : rows) {
      if (!row[3].as<bool>()) {
        page.held = true;
        return page;
      }
      page.more = scanned == k_page || taken == k_page;
      if (page.more) break;
      ++scanned;
      cursor.transaction = row[0].as<std::uint64_t>();
      cursor.ordinal = row[1].as<std::uint64_t>();
      if (row[2].is_null()) continue;
      page.events += (taken++ == 0 ? "" : ",") + row[2].as<std::string>();
    }
  } while (page.more && taken == 0);
  return page;
}

Answer cursor_expired() {
  return problem(410, "cursor_expired",
                 "The cursor is of another database or of a lost part of it; take /v1/snapshot.");
}

/// False where the cursor belongs to another database, or to one that was set back since.
bool is_current(pqxx::transaction_base& transaction, Cursor& cursor) {
  auto const rows = query(transaction,
                          "SELECT instance, $1::text::xid8 <= pg_snapshot_xmax(pg_current_snapshot())"
                          " FROM platform_meta",
                          std::to_string(cursor.transaction));
  auto const instance = rows[0][0].as<std::string>();
  if (cursor.instance.empty()) cursor.instance = instance;
  return cursor.instance == instance && rows[0][1].as<bool>();
}

std::string parameter(Request const& request, char const* name) {
  auto const found = request.query.find(name);
  return found == request.query.end() ? std::string() : found->second;
}

}  // namespace

Outcome get_changes(Request const& request, Database& database) {
  auto const given = parameter(request, "cursor");
  auto const wait_text = parameter(request, "wait");
  auto const wait = parse_decimal(wait_text.empty() ? "0" : wait_text);
  if (!wait) return {problem(400, "bad_request", "wait is whole seconds."), {}};
  Cursor start;
  if (!given.empty()) {
    auto const parsed = parse_cursor(given);
    if (!parsed) return {bad_cursor(), {}};
    start = *parsed;
  }
  Outcome outcome;
  outcome.answer = database.run([&](pqxx::transaction_base& transaction) {
    auto cursor = start;
    outcome.wait.reset();
    if (!is_current(transaction, cursor)) return cursor_expired();
    auto const page = read_page(transaction, request.device, cursor);
    if (page.events.empty() && *wait > 0) {
      outcome.wait.emplace();
      outcome.wait->limit = std::chrono::seconds(std::min(*wait, k_wait_limit));
      outcome.wait->cursor = to_text(cursor);
      if (page.held) outcome.wait->retry = k_held_retry;
    }
    return Answer{
        .status = 200,
        .content_type = "application/json",
        .body = fmt::format(R"({{"events":[{}],"cursor":"{}","more":{}}})", page.events, to_text(cursor), page.more)};
  });
  return outcome;
}

Answer get_snapshot(Request const& request, Database& database) {
  return database.run_on_snapshot([&](pqxx::transaction_base& transaction) {
    Cursor cursor;
    auto devices = nlohmann::json::array();
    for (auto const& row :
         query(transaction, "SELECT source, epoch, sequence FROM platform_devices WHERE hall = $1 ORDER BY source",
               request.device.hall))
      devices.push_back({{"source", row[0].as<std::string>()},
                         {"epoch", std::to_string(row[1].as<std::uint64_t>())},
                         {"sequence", padded(row[2].as<std::uint64_t>())}});
    // Ordinals count from 1: what the transaction at xmin itself wrote is still to come.
    auto const rows =
        query(transaction, "SELECT instance, pg_snapshot_xmin(pg_current_snapshot())::text FROM platform_meta");
    cursor.instance = rows[0][0].as<std::string>();
    cursor.transaction = rows[0][1].as<std::uint64_t>();
    return json_answer(200,
                       {{"state", {{"hall", request.device.hall}, {"devices", devices}}}, {"cursor", to_text(cursor)}});
  });
}

}  // namespace yizhan::platform
