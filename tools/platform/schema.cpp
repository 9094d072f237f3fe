#include "tools/platform/schema.h"

#include <array>
#include <pqxx/transaction>
#include <stdexcept>
#include <string>

namespace yizhan::platform {

namespace {

// Notes on version 1:
// - platform_facts.transaction: readers of /v1/changes go no further than pg_snapshot_xmin(), below which every
//   transaction has ended. Ordered by (transaction, ordinal), a row that commits late is therefore never passed by; a
//   serial number alone would be handed out before the commit and skipped.
// - platform_line keeps a rejected event's place and chain but not its content.
// - platform_meta.instance tells cursors of this database from those of another one.
// - json, not jsonb: a fact is kept byte for byte, and jsonb refuses \u0000.
constexpr char const* k_version_1 = R"sql(
CREATE TABLE platform_meta (
  instance text NOT NULL,
  cluster bigint
);
INSERT INTO platform_meta VALUES ('');

CREATE TABLE platform_devices (
  source text PRIMARY KEY,
  hall text NOT NULL,
  epoch bigint NOT NULL DEFAULT 0,
  sequence bigint NOT NULL DEFAULT 0,
  chain text NOT NULL DEFAULT repeat('0', 64)
);

CREATE TABLE platform_epochs (
  source text NOT NULL REFERENCES platform_devices,
  epoch bigint NOT NULL,
  request_id uuid NOT NULL,
  request text NOT NULL,
  opened timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, epoch),
  UNIQUE (source, request_id)
);

CREATE TABLE platform_facts (
  source text NOT NULL REFERENCES platform_devices,
  id uuid NOT NULL,
  sha256 text NOT NULL,
  hall text NOT NULL,
  type text NOT NULL,
  fact text NOT NULL,
  received timestamptz NOT NULL DEFAULT now(),
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (source, id)
);
CREATE INDEX platform_facts_changes ON platform_facts (hall, transaction, ordinal);

CREATE TABLE platform_line (
  source text NOT NULL REFERENCES platform_devices,
  epoch bigint NOT NULL,
  sequence bigint NOT NULL,
  chain text NOT NULL,
  id uuid NOT NULL,
  sha256 text NOT NULL,
  status text NOT NULL CHECK (status IN ('accepted', 'duplicate', 'rejected')),
  problem text,
  PRIMARY KEY (source, epoch, sequence),
  CHECK ((status = 'rejected') = (problem IS NOT NULL))
);
CREATE INDEX platform_line_id ON platform_line (source, id);

CREATE TABLE platform_codes (
  code text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('person', 'appointment', 'case', 'ticket')),
  hall text NOT NULL DEFAULT '',
  subject json NOT NULL,
  expires timestamptz NOT NULL
);

CREATE TABLE platform_appointments (
  token text PRIMARY KEY,
  hall text NOT NULL,
  subject json NOT NULL,
  claimed_by text,
  claimed timestamptz
);

CREATE FUNCTION platform_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('platform_changes', hall) FROM (SELECT DISTINCT hall FROM fresh) AS halls;
  RETURN NULL;
END $$;
CREATE TRIGGER platform_facts_tell AFTER INSERT ON platform_facts
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION platform_tell();

CREATE VIEW platform_events AS
SELECT f.hall, f.source, f.id, f.type, f.fact::json->>'subject' AS subject, f.fact::json->>'time' AS time,
       f.fact::json->>'clockstate' AS clockstate, l.epoch::text AS epoch, lpad(l.sequence::text, 16, '0') AS sequence,
       l.chain, f.sha256, f.received, f.fact::json->'data' AS data, f.transaction, f.ordinal
  FROM platform_facts f JOIN platform_line l ON l.source = f.source AND l.id = f.id AND l.status = 'accepted';
)sql";

constexpr std::array k_versions{k_version_1};

// A dump restored into another cluster brings transaction numbers that mean nothing there: its rows become the oldest
// of all, in their old order, and cursors from before expire.
constexpr char const* k_adopt = R"sql(
WITH adopted AS (
  UPDATE platform_meta SET cluster = c.system_identifier, instance = gen_random_uuid()::text
    FROM pg_control_system() AS c WHERE platform_meta.cluster IS DISTINCT FROM c.system_identifier RETURNING 1
)
UPDATE platform_facts SET transaction = '3' WHERE EXISTS (SELECT 1 FROM adopted)
)sql";

}  // namespace

void migrate(pqxx::connection& connection) {
  pqxx::work work(connection);
  constexpr auto k_lock = "SELECT pg_advisory_xact_lock(7957462)";  // any number, the same in every process
  work.exec(k_lock);
  work.exec("CREATE TABLE IF NOT EXISTS platform_schema (version integer NOT NULL)");
  auto const rows = work.exec("SELECT coalesce(max(version), 0) FROM platform_schema");
  auto const version = rows[0][0].as<std::size_t>();
  if (version > k_versions.size()) throw std::runtime_error("the database belongs to a newer yizhan-platform");
  for (std::size_t next = version; next < k_versions.size(); ++next) {
    work.exec(k_versions[next]);
    work.exec("INSERT INTO platform_schema VALUES (" + std::to_string(next + 1) + ")");
  }
  work.exec(k_adopt);
  work.commit();
}

}  // namespace yizhan::platform
