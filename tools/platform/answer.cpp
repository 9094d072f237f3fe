#include "tools/platform/answer.h"

#include <algorithm>

namespace yizhan::platform {

std::optional<Device> parse_device_urn(std::string_view urn) {
  constexpr std::string_view k_prefix = "urn:yizhan:device:";
  constexpr std::size_t k_hall = 12;
  constexpr std::size_t k_terminal = 3;
  if (!urn.starts_with(k_prefix) || urn.size() != k_prefix.size() + k_hall + 1 + k_terminal) return std::nullopt;
  auto const tail = urn.substr(k_prefix.size());
  auto const digits = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(tail.substr(0, k_hall)) || tail[k_hall] != ':' || !digits(tail.substr(k_hall + 1))) return std::nullopt;
  return Device{std::string(urn), std::string(tail.substr(0, k_hall))};
}

Answer json_answer(int status, nlohmann::json const& body) {
  return {.status = status, .content_type = "application/json", .body = body.dump()};
}

std::string problem_type(std::string_view name) { return "urn:yizhan:problem:" + std::string(name); }

Answer problem(int status, std::string_view name, std::string_view detail, nlohmann::json const& extra) {
  auto body = extra;
  body["type"] = problem_type(name);
  body["status"] = status;
  auto title = std::string(name);
  std::replace(title.begin(), title.end(), '_', ' ');
  body["title"] = title;
  body["detail"] = detail;
  return {.status = status, .content_type = "application/problem+json", .body = body.dump()};
}

Answer unavailable() {
  auto answer = problem(503, "unavailable", "The database is away; nothing was stored or its outcome is unknown.");
  answer.headers.emplace_back("Retry-After", "1");
  return answer;
}

}  // namespace yizhan::platform
