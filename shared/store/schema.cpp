#include "shared/store/schema.h"

#include <array>
#include <string>

#include "shared/store/database.h"

namespace yizhan::store {
namespace {

constexpr char const* k_version_1 = R"sql(
-- Small values of this machine, by name.
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where the line to the platform stands: one row. Epoch "0" is provisional: its places count (so that a loss is
-- noticed) but are never sent.
CREATE TABLE line (
  one          INTEGER PRIMARY KEY CHECK (one = 1),
  epoch        TEXT    NOT NULL DEFAULT '0',
  sequence     INTEGER NOT NULL DEFAULT 0,
  chain        TEXT    NOT NULL DEFAULT '0000000000000000000000000000000000000000000000000000000000000000',
  halt         TEXT    NOT NULL DEFAULT 'none' CHECK (halt IN ('none', 'cloned', 'refused')),
  reason_due   TEXT    DEFAULT 'created' CHECK (reason_due IN ('created', 'restored', 'behind', 'platform_lost')),
  cursor       TEXT    NOT NULL DEFAULT '',
  last_contact INTEGER,
  clock_offset INTEGER,
  highest_time INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO line (one) VALUES (1);

-- Facts and their places. due: unanswered; accepted: accepted or a duplicate; parked: rejected, keeps its place;
-- withheld: could not be sent, its place went to another event; resubmitted, discarded: what staff did with those two.
CREATE TABLE outbox (
  id          TEXT    PRIMARY KEY,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  time        TEXT    NOT NULL,
  clock_state TEXT    NOT NULL,
  data        TEXT    NOT NULL,
  replaces    TEXT,
  epoch       TEXT,
  sequence    INTEGER,
  chain       TEXT,
  state       TEXT    NOT NULL DEFAULT 'due'
              CHECK (state IN ('due', 'accepted', 'parked', 'withheld', 'resubmitted', 'discarded')),
  problem     TEXT,
  discarded   TEXT,      -- why staff let it go
  answered_at INTEGER,
  CHECK ((sequence IS NULL) = (epoch IS NULL) AND (sequence IS NULL) = (chain IS NULL)),
  CHECK (sequence IS NOT NULL OR state <> 'due')
) STRICT;
CREATE UNIQUE INDEX outbox_place ON outbox (epoch, sequence);
CREATE INDEX outbox_due ON outbox (sequence) WHERE state = 'due';
CREATE INDEX outbox_parked ON outbox (id) WHERE state IN ('parked', 'withheld');
CREATE INDEX outbox_answered ON outbox (answered_at) WHERE answered_at IS NOT NULL;

CREATE TABLE epochs (
  request_id        TEXT    PRIMARY KEY,
  reason            TEXT    NOT NULL,
  based_on          TEXT    NOT NULL,
  previous_epoch    TEXT,
  previous_sequence INTEGER,
  previous_chain    TEXT,
  epoch             TEXT    UNIQUE,   -- NULL: asked for, not yet answered
  opened_at         INTEGER
) STRICT;
CREATE UNIQUE INDEX epochs_pending ON epochs (epoch IS NULL) WHERE epoch IS NULL;

-- What the platform told, in order of arrival. applied 0: of a type this version does not know.
CREATE TABLE received_changes (
  number      INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  type        TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  applied     INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  name      TEXT    PRIMARY KEY,
  version   INTEGER NOT NULL,
  etag      TEXT    NOT NULL,
  bytes     BLOB    NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  number  INTEGER PRIMARY KEY,
  time    TEXT NOT NULL,
  action  TEXT NOT NULL,
  actor   TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  chain   TEXT NOT NULL
) STRICT;

-- The embedded hall (shared/hall).
CREATE TABLE tickets (
  id         TEXT    PRIMARY KEY,
  day        TEXT    NOT NULL,
  number     TEXT    NOT NULL,
  queue      TEXT    NOT NULL,
  series     TEXT    NOT NULL DEFAULT '',
  serial     INTEGER NOT NULL,
  service    TEXT    NOT NULL,
  priority   TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  holder     TEXT    NOT NULL DEFAULT '',
  issued_at  INTEGER NOT NULL,
  issued_by  TEXT    NOT NULL,
  counter    TEXT    NOT NULL DEFAULT '',
  called_at  INTEGER,
  started_at INTEGER,
  ended_at   INTEGER,
  calls      INTEGER NOT NULL DEFAULT 0,
  UNIQUE (day, queue, series, serial)
) STRICT;
CREATE UNIQUE INDEX tickets_number ON tickets (day, number);
CREATE INDEX tickets_state ON tickets (day, state);
CREATE INDEX tickets_holder ON tickets (holder, day) WHERE holder <> '';
-- One number at one counter.
CREATE UNIQUE INDEX tickets_counter ON tickets (day, counter) WHERE state IN ('called', 'serving');

CREATE TABLE hall_numbers (
  day    TEXT    NOT NULL,
  queue  TEXT    NOT NULL,
  series TEXT    NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (day, queue, series)
) STRICT, WITHOUT ROWID;

-- version: grows with every change of the queue. One row.
CREATE TABLE hall_state (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO hall_state (one, version) VALUES (1, 0);

-- Results by command id; a repeat gets the stored one.
CREATE TABLE hall_commands (
  id     TEXT    PRIMARY KEY,
  result TEXT    NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX hall_commands_at ON hall_commands (at);

CREATE TABLE announcements (
  day      TEXT    NOT NULL,
  sequence INTEGER NOT NULL,
  ticket   TEXT    NOT NULL,
  number   TEXT    NOT NULL,
  counter  TEXT    NOT NULL,
  recall   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (day, sequence)
) STRICT, WITHOUT ROWID;

-- Commands on their way to a hall elsewhere (shared/office), gone when their result is recorded here. told 1: whoever asked
-- heard that the hall is away; such a command is looked up later but never carried out late.
CREATE TABLE intents (
  command    TEXT    PRIMARY KEY,
  body       TEXT    NOT NULL,
  event      TEXT    NOT NULL,
  told       INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who came for a ticket; `personal` is sealed under the hall key and goes when the visit ends.
CREATE TABLE visits (
  ticket     TEXT    PRIMARY KEY,
  holder     TEXT    NOT NULL DEFAULT '',
  personal   BLOB,
  created_at INTEGER NOT NULL
) STRICT;

-- Tickets may live in another database, hence no reference.
CREATE TABLE print_jobs (
  id          TEXT    PRIMARY KEY,
  ticket      TEXT    NOT NULL,
  state       TEXT    NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'printed', 'failed', 'unknown')),
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX print_jobs_ticket ON print_jobs (ticket);
CREATE INDEX print_jobs_open ON print_jobs (created_at) WHERE state <> 'printed';

CREATE TABLE staff (
  number   TEXT    PRIMARY KEY,
  role     TEXT    NOT NULL,
  verifier TEXT    NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Lock-outs count steady time, which a restart resets: what remains is stored and counted on from there.
CREATE TABLE login_locks (
  number       TEXT    PRIMARY KEY,
  failures     INTEGER NOT NULL DEFAULT 0,
  remaining_us INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Number of the last committed transaction: tells after an I/O error in COMMIT whether it happened. One row.
CREATE TABLE transactions (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT;
INSERT INTO transactions (one, number) VALUES (1, 0);
)sql";

constexpr std::array k_migrations{
    Migration{1, k_version_1},
};

}  // namespace

std::span<Migration const> migrations() { return k_migrations; }

Result<void> migrate(Database& database) {
  TRY(database.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT"));
  std::int64_t current = 0;
  {
    auto statement = TRY(database.prepare("SELECT coalesce(max(version), 0) FROM schema_version"));
    TRY(statement.step());
    current = statement.integer(0);
  }
  auto const all = migrations();
  if (current > all.back().version) {
    return Error::make(
        "database_too_new", Retry::no,
        "version " + std::to_string(current) + ", this program knows " + std::to_string(all.back().version));
  }
  for (auto const& migration : all) {
    if (migration.version <= current) continue;
    // Not Database::transaction: its numbering needs the tables made here.
    auto const script = std::string("BEGIN IMMEDIATE;") + migration.sql + ";INSERT INTO schema_version VALUES (" +
                        std::to_string(migration.version) + ");COMMIT";
    if (auto done = database.execute(script); !done) {
      if (database.in_transaction()) (void)database.execute("ROLLBACK");
      return std::move(done).error();
    }
  }
  return {};
}

}  // namespace yizhan::store
