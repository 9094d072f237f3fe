#pragma once
/// The bodies of the platform API (tools/platform/API.md), both ways. Readers take only what has the whole expected shape; a member
/// they do not know is left alone. All readers' error: platform_answer.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/domain/line/line_port.h"

namespace yizhan::sync {

/// application/cloudevents-batch+json.
[[nodiscard]] std::string write_batch(std::span<line::PlacedEvent const> events);
/// RFC 1952.
[[nodiscard]] std::string gzip(std::string_view text);

struct BatchAnswer {
  std::vector<line::Answer> answers;  // of events of this batch only, each once
  std::uint64_t accepted_through = 0;
};
/// An id that was not sent or a status that is not known answers nothing.
Result<BatchAnswer> read_batch_answer(std::string_view body, std::span<line::PlacedEvent const> sent);

Result<line::Place> read_position(std::string_view body);

[[nodiscard]] std::string write_epoch_request(line::EpochRequest const& request);
/// The new epoch.
Result<std::string> read_epoch(std::string_view body);

struct Changes {
  std::vector<line::Change> events;
  std::string cursor;
  bool more = false;
};
Result<Changes> read_changes(std::string_view body);
/// GET /v1/snapshot, as one change: what this version cannot apply is kept like an event of an unknown type.
Result<Changes> read_snapshot(std::string_view body);

Result<WallTime> read_time(std::string_view body);

/// "version" of a signed document's JSON.
Result<std::int64_t> read_version(std::string_view json);

/// Decimal digits only, as the wire writes epochs and sequences. Errors: platform_answer.
Result<std::uint64_t> parse_decimal(std::string_view digits);
/// For a query: what RFC 3986 does not leave as it is becomes %XX.
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace yizhan::sync
