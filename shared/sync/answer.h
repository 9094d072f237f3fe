#pragma once
/// What an HTTP answer counts for. A proxy's 403 page and a captive portal's 200 say nothing about the platform: they are
/// errors of the network.
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/sync/http_transport.h"

namespace yizhan::sync {

/// A counted answer: 2xx, 304 to a conditional request, or a problem (RFC 9457) of type urn:yizhan:problem:<name>.
struct Answer {
  int status = 0;
  std::string problem;  // the whole type; "" for success
  HttpResponse response;

  [[nodiscard]] bool ok() const { return problem.empty(); }
  /// True for the problem of this name.
  [[nodiscard]] bool is(std::string_view name) const;
  /// Retry-After in seconds or as an HTTP date.
  [[nodiscard]] std::optional<Duration> retry_after(WallTime now) const;
};

/// Errors: the transport's; network_redirect; network_not_platform (a status without our problem).
Result<Answer> interpret(HttpRequest const& request, Result<HttpResponse> response);

/// What a problem means for whoever asked: platform_refused (401, 403), platform_busy (408, 429), platform_failed (5xx),
/// platform_rejected (the rest). REQUIRES: !answer.ok().
[[nodiscard]] Error error_of(Answer const& answer);

/// JSON of at most 64 levels. Errors: platform_answer.
Result<nlohmann::json> parse_json(std::string_view text);

}  // namespace yizhan::sync
