#include "shared/sync/answer.h"

#include <gtest/gtest.h>

#include "tests/unit/shared/sync/scripted_platform.h"

namespace yizhan::sync {
namespace {

using namespace std::chrono_literals;
using test::html;
using test::problem;
WallTime const k_now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};

std::string code(HttpResponse response, HttpRequest const& request = {"GET", "/v1/position", {}, {}, {}}) {
  auto const answer = interpret(request, std::move(response));
  if (!answer) return std::string(answer.error().code());
  return answer->ok() ? "ok" : answer->problem;
}

TEST(Interpret, AStatusCountsOnlyWithOurProblem) {
  EXPECT_EQ(code(problem(403, "not_a_device")), "urn:yizhan:problem:not_a_device");
  EXPECT_EQ(code(html(403)), "network_not_platform");
  EXPECT_EQ(code(html(500)), "network_not_platform");
  for (char const* body :
       {"", "{", "[]", "{}", "{\"type\":1}", "{\"type\":\"about:blank\"}", "{\"type\":\"urn:yizhan:problem:\"}",
        "{\"type\":\"urn:yizhan:problem:A b\"}", "{\"type\":\"xurn:yizhan:problem:gap\"}"})
    EXPECT_EQ(code({409, "application/problem+json", {}, {}, body}), "network_not_platform") << body;
  auto wrong_type = problem(409, "gap");
  wrong_type.content_type = "application/json";
  EXPECT_EQ(code(wrong_type), "network_not_platform");
}

TEST(Interpret, ARedirectIsAnError) {
  for (int const status : {300, 301, 302, 303, 307, 308}) {
    EXPECT_EQ(code(html(status)), "network_redirect");
    EXPECT_EQ(code(problem(status, "gap")), "network_redirect");
  }
}

TEST(Interpret, NotModifiedCountsOnlyWhereItWasAskedFor) {
  EXPECT_EQ(code({304, {}, {}, {}, {}}), "network_redirect");
  EXPECT_EQ(code({304, {}, {}, {}, {}}, {"GET", "/v1/trust", {{"If-None-Match", "\"1\""}}, {}, {}}), "ok");
}

TEST(Interpret, StatusesThatDoNotExistAreNotThePlatforms) {
  for (int const status : {0, 100, 199, 600, 999}) EXPECT_EQ(code(problem(status, "gap")), "network_not_platform");
}

TEST(Interpret, ProblemsAreNamedExactly) {
  auto const answer = interpret({}, problem(409, "epoch_conflict")).value();
  EXPECT_TRUE(answer.is("epoch_conflict"));
  EXPECT_FALSE(answer.is("conflict"));
  EXPECT_FALSE(answer.is("gap"));
}

TEST(RetryAfter, IsReadAsSecondsOrDate) {
  auto const wait = [](std::string value) {
    return Answer{429, "urn:yizhan:problem:busy", {429, {}, {}, std::move(value), {}}}.retry_after(k_now);
  };
  EXPECT_EQ(wait("120"), 120s);
  EXPECT_EQ(wait(" 0 "), 0s);
  EXPECT_EQ(wait("Tue, 24 Nov 2026 09:00:30 GMT"), 30s);
  EXPECT_EQ(wait("99999999999"), 86400s);
  for (char const* value : {"", "-1", "soon", "1.5", "Tue, 24 Nov 2026", "12 s"})
    EXPECT_EQ(wait(value), std::nullopt) << value;
}

TEST(ParseJson, DeepNestingIsRefusedAndStringsAreNotNesting) {
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  EXPECT_TRUE(parse_json("\"" + std::string(1000, '[') + "\\\"" + std::string(1000, '{') + "\""));
  EXPECT_FALSE(parse_json("\"\xC3\x28\""));
  EXPECT_FALSE(parse_json("{} x"));
}

}  // namespace
}  // namespace yizhan::sync
