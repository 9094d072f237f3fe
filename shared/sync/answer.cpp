#include "shared/sync/answer.h"

#include <algorithm>
#include <charconv>
#include <ctime>

#include "shared/base/text.h"

namespace yizhan::sync {
namespace {

constexpr std::string_view k_problem_prefix = "urn:yizhan:problem:";

// A problem's name ends up in logs and in the database.
bool is_problem_type(std::string_view type) {
  if (!type.starts_with(k_problem_prefix) || type.size() == k_problem_prefix.size() || type.size() > 120) return false;
  return std::ranges::all_of(type.substr(k_problem_prefix.size()), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

bool Answer::is(std::string_view name) const {
  return problem.size() == k_problem_prefix.size() + name.size() && problem.ends_with(name);
}

std::optional<Duration> Answer::retry_after(WallTime now) const {
  auto const value = text::trim(response.retry_after);
  if (value.empty()) return std::nullopt;
  long seconds = 0;
  auto const parsed = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (parsed.ec == std::errc{} && parsed.ptr == value.data() + value.size() && seconds >= 0)
    return std::chrono::seconds(std::min(seconds, 86400L));
  std::tm fields{};
  std::string const text(value);
  auto const* const end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &fields);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return WallTime(std::chrono::seconds(::timegm(&fields))) - now;
}

Result<Answer> interpret(HttpRequest const& request, Result<HttpResponse> response) {
  if (!response) return std::move(response).error();
  Answer answer{response->status, {}, std::move(*response)};
  auto const& got = answer.response;
  auto const not_platform = [&] {
    return Error::make("network_not_platform", Retry::later, "status " + std::to_string(answer.status));
  };
  if (answer.status >= 200 && answer.status < 300) return answer;
  if (answer.status == 304 &&
      std::ranges::any_of(request.headers, [](auto const& h) { return h.first == "If-None-Match"; }))
    return answer;
  if (answer.status >= 300 && answer.status < 400)
    return Error::make("network_redirect", Retry::later, "status " + std::to_string(answer.status));
  if (answer.status < 400 || answer.status > 599 || got.content_type != "application/problem+json")
    return not_platform();
  auto const problem = parse_json(got.body);
  if (!problem || !problem->is_object()) return not_platform();
  auto const type = problem->find("type");
  if (type == problem->end() || !type->is_string() || !is_problem_type(type->get_ref<std::string const&>()))
    return not_platform();
  answer.problem = type->get<std::string>();
  return answer;
}

Error error_of(Answer const& answer) {
  auto const detail = std::to_string(answer.status) + ' ' + answer.problem;
  if (answer.status == 401 || answer.status == 403) return Error::make("platform_refused", Retry::no, detail);
  if (answer.status == 408 || answer.status == 429) return Error::make("platform_busy", Retry::later, detail);
  if (answer.status >= 500) return Error::make("platform_failed", Retry::later, detail);
  return Error::make("platform_rejected", Retry::no, detail);
}

Result<nlohmann::json> parse_json(std::string_view text) {
  // nlohmann writes JSON recursively; whatever is read here may be written again.
  constexpr int k_deepest = 64;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > k_deepest) return Error::make("platform_answer", Retry::later, "nested too deep");
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  auto value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) return Error::make("platform_answer", Retry::later, "not JSON");
  return value;
}

}  // namespace yizhan::sync
