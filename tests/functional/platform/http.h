#pragma once
/// A small HTTPS client for the platform's tests: what a device would send, and what no device should.
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace yizhan::test {

struct HttpRequest {
  std::string url;
  std::string method = "GET";
  std::string ca;
  std::string certificate;  // files; empty: none is shown
  std::string key;
  std::map<std::string, std::string> headers;
  std::string body;
  std::string unix_socket;
  long limit_ms = 30'000;
};

struct HttpAnswer {
  long status = 0;  // 0: no HTTP answer
  std::string error;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  double seconds = 0;

  /// Null where the body is no JSON.
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  /// Name of an RFC 9457 problem of ours; "" for anything else.
  [[nodiscard]] std::string problem() const;
};

[[nodiscard]] HttpAnswer http(HttpRequest const& request);
[[nodiscard]] std::string gzip(std::string_view bytes);
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace yizhan::test
