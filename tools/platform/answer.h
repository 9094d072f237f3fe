#pragma once
/// What a call is and what it is answered with, free of the HTTP library.
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yizhan::platform {

/// Who calls, from the URI SAN of a certificate that the CA signed.
struct Device {
  std::string urn;   // urn:yizhan:device:<hall>:<terminal>
  std::string hall;  // 12 digits
};
/// nullopt where `urn` is not a device's.
[[nodiscard]] std::optional<Device> parse_device_urn(std::string_view urn);

struct Request {
  std::string method;
  std::string path;
  std::map<std::string, std::string> query;  // decoded; of a repeated name the first counts
  std::string content_type;
  std::string content_encoding;
  std::string if_none_match;
  std::map<std::string, std::string> upload;  // headers of tus, names in lower case
  std::string body;
  Device device;
};

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  bool commit_refusal = false;  // a refusal (status ≥ 400) that changed something on purpose
};

[[nodiscard]] Answer json_answer(int status, nlohmann::json const& body);

/// RFC 9457: type urn:yizhan:problem:<name>. `extra` are further members. `detail` is for integrators.
/// REQUIRES: nothing of a request's values in `detail`; it is logged on the other side.
[[nodiscard]] Answer problem(int status, std::string_view name, std::string_view detail,
                             nlohmann::json const& extra = nlohmann::json::object());
[[nodiscard]] std::string problem_type(std::string_view name);
/// 503 with Retry-After: the database is away.
[[nodiscard]] Answer unavailable();

}  // namespace yizhan::platform
