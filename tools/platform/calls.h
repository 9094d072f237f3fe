#pragma once
/// The calls of API.md: each turns a request into an answer inside one transaction. Nothing here knows HTTP's wire.
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "shared/base/env.h"
#include "tools/platform/answer.h"
#include "tools/platform/bell.h"
#include "tools/platform/database.h"
#include "tools/platform/documents.h"
#include "tools/platform/rate_limit.h"

namespace yizhan::platform {

/// What calls need besides the database. Outlives all threads.
struct World {
  Env env;
  Folder const& folder;
  Bell& news;          // a document or a case came
  RateLimit& lookups;  // per device
  bool auto_accept = false;
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

Answer post_events(Request const& request, Database& database, World const& world);
Answer get_events(Request const& request, Database& database);
Answer get_position(Request const& request, Database& database);
Answer post_epochs(Request const& request, Database& database);
/// `request.query["cursor"]` is where to go on.
Outcome get_changes(Request const& request, Database& database);
Answer get_snapshot(Request const& request, Database& database);
/// A signed document, or 304.
Answer serve(Document const& document, Request const& request);
Answer get_trust(Request const& request, World const& world);
Answer get_time(World const& world);
Answer resolve_code(Request const& request, Database& database, World const& world);
Answer create_upload(Request const& request, Database& database);
Answer head_upload(Request const& request, Database& database);
Answer patch_upload(Request const& request, Database& database, World const& world);
Answer upload_options();
/// GET /v1/catalog and /v1/calendar: `document` is the name.
Answer get_published(Request const& request, Database& database, std::string const& document);
Answer look_up_cases(Request const& request, Database& database, World const& world);
Answer claim_appointment(Request const& request, Database& database, World const& world);

/// Finds the call of path and method: 404, 405 with Allow, else its outcome.
Outcome answer_call(Request const& request, Database& database, World const& world);

}  // namespace yizhan::platform
