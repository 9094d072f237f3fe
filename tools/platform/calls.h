#pragma once
/// The calls of API.md: each turns a request into an answer inside one transaction. Nothing here knows HTTP's wire.
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "shared/base/env.h"
#include "shared/crypto/credential.h"
#include "tools/platform/answer.h"
#include "tools/platform/database.h"

namespace yizhan::platform {

/// A signed document as served.
struct Document {
  std::string bytes;
  std::string etag;  // with its quotes
};

/// What calls need besides the database. Read-only after the start.
struct World {
  WallClock const& wall;
  Document trust;
  crypto::TrustList trusted;  // for codes shown to the platform
};

/// "Nothing yet": hold the request and call again when the hall changes, at the latest after `retry` (a row is held back
/// by a transaction still open) and at the wait's end.
struct Wait {
  std::chrono::seconds limit{};
  std::optional<std::chrono::milliseconds> retry;
  std::string cursor;  // how far was read
};

struct Outcome {
  Answer answer;
  std::optional<Wait> wait;
};

Answer post_events(Request const& request, Database& database);
Answer get_events(Request const& request, Database& database);
Answer get_position(Request const& request, Database& database);
Answer post_epochs(Request const& request, Database& database);
/// `request.query["cursor"]` is where to go on.
Outcome get_changes(Request const& request, Database& database);
Answer get_snapshot(Request const& request, Database& database);
Answer get_trust(Request const& request, World const& world);
Answer get_time(World const& world);
Answer resolve_code(Request const& request, Database& database, World const& world);
Answer claim_appointment(Request const& request, Database& database, World const& world);

/// Finds the call of path and method: 404, 405 with Allow, else its outcome.
Outcome answer_call(Request const& request, Database& database, World const& world);

}  // namespace yizhan::platform
