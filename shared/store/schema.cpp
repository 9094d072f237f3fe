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

constexpr char const* k_version_2 = R"sql(
-- Pictures and documents, in chunks of 256 KiB; content nobody owns goes with the next sweep. An owner is a draft, a
-- supplement ("<id>"), what is being made ready for it ("prepared/<id>"), or a case's uploads ("upload/<id>").
CREATE TABLE blobs (
  sha256 TEXT    PRIMARY KEY,
  size   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_chunks (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT    NOT NULL REFERENCES blobs (sha256),
  number INTEGER NOT NULL,
  bytes  BLOB    NOT NULL,
  UNIQUE (sha256, number)
) STRICT;
CREATE TABLE blob_owners (
  owner      TEXT    NOT NULL,
  sha256     TEXT    NOT NULL REFERENCES blobs (sha256),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (owner, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_owners_sha256 ON blob_owners (sha256);

-- What belongs to one person; `sealed` under the hall key.
CREATE TABLE dossiers (
  id         TEXT    PRIMARY KEY,
  kind       TEXT    NOT NULL,
  holder     TEXT    NOT NULL CHECK (holder <> ''),
  version    INTEGER NOT NULL,
  sealed     BLOB    NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX dossiers_holder ON dossiers (holder, kind);
CREATE INDEX dossiers_expiry ON dossiers (expires_at) WHERE expires_at IS NOT NULL;

-- Documents for the platform, by the SHA-256 of their ciphertext. done: the platform has all of it.
CREATE TABLE uploads (
  number     INTEGER PRIMARY KEY,  -- in order of hand-over
  sha256     TEXT    NOT NULL UNIQUE,
  case_id    TEXT    NOT NULL,
  kind       TEXT    NOT NULL CHECK (kind IN ('application', 'signature', 'material')),
  size       INTEGER NOT NULL,
  sent       INTEGER NOT NULL DEFAULT 0,
  state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'parked')),
  problem    TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_waiting ON uploads (created_at, number) WHERE state = 'waiting';
CREATE INDEX uploads_case ON uploads (case_id);

-- Highest case number given out here on a day.
CREATE TABLE case_numbers (
  day  TEXT    PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Cases handed in here, without anything personal. `event`: the event that told the platform.
CREATE TABLE cases (
  id              TEXT    PRIMARY KEY,
  number          TEXT    NOT NULL UNIQUE,
  matter          TEXT    NOT NULL,
  bundle          INTEGER NOT NULL,
  holder          TEXT    NOT NULL,
  catalog_version INTEGER NOT NULL,
  submitted_at    INTEGER NOT NULL,
  province_number TEXT    NOT NULL DEFAULT '',
  event           TEXT    NOT NULL,
  rated           INTEGER NOT NULL DEFAULT 0,
  ended_at        INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_holder ON cases (holder, submitted_at);
CREATE INDEX cases_ended ON cases (ended_at) WHERE ended_at IS NOT NULL;

-- `terms`: JSON of what was promised when the part was applied for; `steps`: JSON of what happened to it since.
CREATE TABLE case_parts (
  case_id TEXT    NOT NULL REFERENCES cases (id),
  number  INTEGER NOT NULL,
  item    TEXT    NOT NULL,
  state   TEXT    NOT NULL,
  outcome TEXT    NOT NULL,
  terms   TEXT    NOT NULL,
  steps   TEXT    NOT NULL,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;

-- Papers the platform was given for a case, by the SHA-256 under which it has them.
CREATE TABLE case_papers (
  case_id  TEXT    NOT NULL REFERENCES cases (id),
  material TEXT    NOT NULL,
  page     INTEGER NOT NULL,
  sha256   TEXT    NOT NULL,   -- of the page itself
  document TEXT    NOT NULL,   -- it was sent as; '' the platform had it
  added_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, material, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE supplements (
  id      TEXT    PRIMARY KEY,
  case_id TEXT    NOT NULL REFERENCES cases (id),
  part    INTEGER NOT NULL,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Tickets taken here by people who may rate the visit later that day.
CREATE TABLE taken_tickets (
  ticket TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  day    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX taken_tickets_holder ON taken_tickets (holder);

-- Ratings given here; id: the event's. Nothing in them tells who gave them.
CREATE TABLE evaluations (
  id      TEXT    PRIMARY KEY,
  about   TEXT    NOT NULL CHECK (about IN ('visit', 'case')),
  subject TEXT    NOT NULL,  -- a ticket's or case's id
  matter  TEXT    NOT NULL,
  grade   INTEGER NOT NULL,
  options TEXT    NOT NULL,  -- JSON array of option codes
  day     TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  UNIQUE (about, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX evaluations_day ON evaluations (day);

-- What was done about a bad grade.
CREATE TABLE follow_ups (
  id         TEXT    PRIMARY KEY,
  evaluation TEXT    NOT NULL UNIQUE REFERENCES evaluations (id),
  body       TEXT    NOT NULL,  -- JSON
  open       INTEGER NOT NULL,
  opened_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_ups_open ON follow_ups (opened_at) WHERE open = 1;
)sql";

constexpr std::array k_migrations{
    Migration{1, k_version_1},
    Migration{2, k_version_2},
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
