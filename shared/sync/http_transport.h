#pragma once
/// HTTP as sync needs it: requests under way at once, completions collected by one thread. The real one is
/// curl_transport.h; tests script their own.
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::sync {

struct HttpRequest {
  std::string method;  // GET, POST or PATCH
  std::string path;    // below the platform's URL, with its query: "/v1/position"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::seconds held{0};  // how long the platform may hold the request before it answers (long poll)
};

/// A complete answer: header and body arrived whole.
struct HttpResponse {
  int status = 0;
  std::string content_type;  // lower case, without parameters
  std::string etag;
  std::string retry_after;
  std::string body;
  std::string upload_offset = {};  // tus
};

using RequestId = std::uint64_t;

struct Completion {
  RequestId id = 0;
  Result<HttpResponse> response;
};

/// Thread: the sync thread, but for wake().
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  virtual RequestId start(HttpRequest request) = 0;
  /// No completion comes for it any more.
  virtual void cancel(RequestId id) = 0;
  /// What has completed, waiting for something at most `limit`. Returns early, empty, after wake().
  /// Errors of a response (all but tls_own_certificate and tls_ca_file may pass by themselves):
  /// network_resolve, network_connect: nothing was sent.
  /// network_no_answer, network_slow, network_cut, network_too_large: given up or broken under way; whether the platform
  /// acted is unknown.
  /// tls_wrong_host, tls_unknown_authority, tls_expired, tls_not_yet_valid, tls_pin_mismatch, tls_refused, tls_client_refused,
  /// tls_handshake, tls_own_certificate, tls_ca_file: no request was sent.
  virtual std::vector<Completion> wait(Duration limit) = 0;
  /// Thread: any.
  virtual void wake() = 0;
};

}  // namespace yizhan::sync
