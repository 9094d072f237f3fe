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

// Notes on version 2:
// - Documents are kept in the pieces they came in; they are ciphertext, which nothing compresses.
// - platform_cases.pending: documents are awaited or not looked at yet. fault: what is wrong with them, '' nothing.
// - platform_cases.person is an HMAC of document kind and number under the platform's own key; the name is masked.
// - The platform speaks in the changes as a device of no hall: its facts obey the same order as everybody's.
constexpr char const* k_version_2 = R"sql(
INSERT INTO platform_devices (source, hall) VALUES ('urn:yizhan:platform', '');

CREATE TABLE platform_uploads (
  hall text NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
  kind text NOT NULL,
  creator text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  completed timestamptz,
  PRIMARY KEY (hall, sha256)
);

CREATE TABLE platform_upload_pieces (
  hall text NOT NULL,
  sha256 text NOT NULL,
  position bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (hall, sha256, position),
  FOREIGN KEY (hall, sha256) REFERENCES platform_uploads ON DELETE CASCADE
);
ALTER TABLE platform_upload_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE platform_cases (
  number text PRIMARY KEY,
  hall text NOT NULL,
  source text NOT NULL REFERENCES platform_devices,
  matter text NOT NULL,
  bundle boolean NOT NULL,
  catalog bigint NOT NULL,
  channel text NOT NULL,
  holder text NOT NULL,
  submitted timestamptz NOT NULL,
  province_number text,
  pending boolean NOT NULL DEFAULT true,
  fault text NOT NULL DEFAULT '',
  person text,
  name text NOT NULL DEFAULT '',
  counted bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX platform_cases_person ON platform_cases (person) WHERE person IS NOT NULL;
CREATE INDEX platform_cases_pending ON platform_cases (number) WHERE pending;

CREATE TABLE platform_case_parts (
  number text NOT NULL REFERENCES platform_cases,
  part integer NOT NULL,
  item text NOT NULL,
  after json NOT NULL,
  state text NOT NULL DEFAULT 'submitted',
  outcome text NOT NULL DEFAULT 'none',
  promise_count integer,
  promise_unit integer,
  PRIMARY KEY (number, part)
);

CREATE TABLE platform_case_steps (
  ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL,
  part integer NOT NULL,
  act text NOT NULL,
  at timestamptz NOT NULL,
  reason text NOT NULL DEFAULT '',
  materials json NOT NULL DEFAULT '[]',
  days integer NOT NULL DEFAULT 0,
  FOREIGN KEY (number, part) REFERENCES platform_case_parts
);
CREATE INDEX platform_case_steps_part ON platform_case_steps (number, part, ordinal);

CREATE TABLE platform_case_documents (
  number text NOT NULL REFERENCES platform_cases,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  kind text NOT NULL,
  material text NOT NULL,
  page integer NOT NULL,
  supplement uuid,
  plain_sha256 text,
  plain_size bigint,
  PRIMARY KEY (number, sha256)
);
CREATE INDEX platform_case_documents_name ON platform_case_documents (sha256);

CREATE TABLE platform_case_on_file (
  number text NOT NULL REFERENCES platform_cases,
  material text NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (number, material, sha256)
);

CREATE TABLE platform_case_supplements (
  number text NOT NULL REFERENCES platform_cases,
  supplement uuid NOT NULL,
  part integer NOT NULL,
  PRIMARY KEY (number, supplement)
);

CREATE TABLE platform_published (
  document text NOT NULL CHECK (document IN ('catalog', 'calendar')),
  hall text NOT NULL,
  version bigint NOT NULL,
  content text NOT NULL,
  cose bytea NOT NULL,
  etag text NOT NULL,
  promises json NOT NULL DEFAULT '{}',
  published timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (document, hall)
);
)sql";

// Note on version 3: what may be brought later (容缺) stands in the fact; cases from before get it from there.
constexpr char const* k_version_3 = R"sql(
CREATE TABLE platform_case_promised (
  number text NOT NULL REFERENCES platform_cases,
  material text NOT NULL,
  PRIMARY KEY (number, material)
);
INSERT INTO platform_case_promised
SELECT c.number, p.value->>'material' FROM platform_cases c
  JOIN platform_facts f ON f.hall = c.hall AND f.type = 'cn.yizhan.case.submitted.v1'
   AND f.fact::json->'data'->>'case' = c.number
 CROSS JOIN json_array_elements(f.fact::json->'data'->'promised') AS p
    ON CONFLICT DO NOTHING;
)sql";

constexpr std::array k_versions{k_version_1, k_version_2, k_version_3};

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
