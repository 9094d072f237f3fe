#include "tools/platform/calls.h"

#include <array>
#include <string_view>

#include "shared/base/text.h"

namespace yizhan::platform {

namespace {

struct Route {
  std::string_view path;  // one that ends with '/' is followed by a name
  std::string_view method;
  Outcome (*call)(Request const&, Database&, World const&);
};

constexpr std::array k_routes{
    Route{"/v1/events", "POST",
          [](auto const& r, auto& d, auto const& w) {
            return Outcome{post_events(r, d, w), {}};
          }},
    Route{"/v1/events", "GET",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{get_events(r, d), {}};
          }},
    Route{"/v1/position", "GET",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{get_position(r, d), {}};
          }},
    Route{"/v1/epochs", "POST",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{post_epochs(r, d), {}};
          }},
    Route{"/v1/changes", "GET", [](auto const& r, auto& d, auto const&) { return get_changes(r, d); }},
    Route{"/v1/snapshot", "GET",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{get_snapshot(r, d), {}};
          }},
    Route{"/v1/trust", "GET",
          [](auto const& r, auto&, auto const& w) {
            return Outcome{get_trust(r, w), {}};
          }},
    Route{"/v1/time", "GET",
          [](auto const&, auto&, auto const& w) {
            return Outcome{get_time(w), {}};
          }},
    Route{"/v1/codes/resolve", "POST",
          [](auto const& r, auto& d, auto const& w) {
            return Outcome{resolve_code(r, d, w), {}};
          }},
    Route{"/v1/appointments/claim", "POST",
          [](auto const& r, auto& d, auto const& w) {
            return Outcome{claim_appointment(r, d, w), {}};
          }},
    Route{"/v1/cases/lookup", "POST",
          [](auto const& r, auto& d, auto const& w) {
            return Outcome{look_up_cases(r, d, w), {}};
          }},
    Route{"/v1/catalog", "GET",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{get_published(r, d, "catalog"), {}};
          }},
    Route{"/v1/calendar", "GET",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{get_published(r, d, "calendar"), {}};
          }},
    Route{"/v1/uploads", "POST",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{create_upload(r, d), {}};
          }},
    Route{"/v1/uploads", "OPTIONS",
          [](auto const&, auto&, auto const&) {
            return Outcome{upload_options(), {}};
          }},
    Route{"/v1/uploads/", "HEAD",
          [](auto const& r, auto& d, auto const&) {
            return Outcome{head_upload(r, d), {}};
          }},
    Route{"/v1/uploads/", "PATCH",
          [](auto const& r, auto& d, auto const& w) {
            return Outcome{patch_upload(r, d, w), {}};
          }},
};

bool leads_to(Route const& route, std::string_view path) {
  return route.path.ends_with('/') ? path.starts_with(route.path) && path.size() > route.path.size()
                                   : route.path == path;
}

}  // namespace

Answer serve(Document const& document, Request const& request) {
  Answer answer{.status = 200, .content_type = "application/cose", .body = document.bytes};
  if (request.if_none_match == document.etag || request.if_none_match == "*")
    answer = {.status = 304, .content_type = "", .body = ""};
  answer.headers.emplace_back("ETag", document.etag);
  return answer;
}

Answer get_trust(Request const& request, World const& world) { return serve(world.folder.trust, request); }

Answer get_time(World const& world) {
  auto answer = json_answer(200, {{"now", text::to_rfc3339(world.env.wall.now().time_since_epoch().count())}});
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

Outcome answer_call(Request const& request, Database& database, World const& world) {
  std::string allowed;
  for (auto const& route : k_routes) {
    if (!leads_to(route, request.path)) continue;
    // The body of a HEAD's answer is left out by the server.
    bool const head_of_get = request.method == "HEAD" && route.method == "GET";
    if (route.method == request.method || head_of_get) return route.call(request, database, world);
    allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
  }
  if (allowed.empty()) return {problem(404, "not_found", "No such call in this version."), {}};
  auto answer = problem(405, "method_not_allowed", "The call exists with another method.");
  answer.headers.emplace_back("Allow", allowed);
  return {answer, {}};
}

}  // namespace yizhan::platform
