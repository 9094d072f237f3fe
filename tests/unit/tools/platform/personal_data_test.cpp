#include "tools/platform/personal_data.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace yizhan::platform {
namespace {

TEST(PlatformPersonalData, IsFoundByKeyNumberAndScript) {
  for (char const* text :
       {R"({"name":"x"})", R"({"a":{"b":[{"PHONE":1}]}})", R"({"a":"13800000000"})", R"({"a":13800000000})",
        R"({"a":"tel:+8613800000000"})", R"({"a":"x 420106199003070016 y"})", R"({"a":"42010619900307001X"})",
        R"({"a":"张三"})", R"({"张三":1})", R"({"13800000000":1})", R"(["420106900307001"])"}) {
    auto const expected = std::string_view(text).find("42010619900307001X") == std::string_view::npos;
    EXPECT_EQ(holds_personal_data(nlohmann::json::parse(text)), expected) << text;
  }
}

TEST(PlatformPersonalData, CodesAndCountsAreNone) {
  for (char const* text :
       {R"({"ticket":"01993f00-0000-7000-8000-0000000000aa","day":"2026-11-24","number":"A001","waited_s":95})",
        R"({"hall":"420106001001","sequence":"0000000000000007","case":"4201060010012026112400100017"})",
        R"({"chain":"13900000000aaaa13900000000aaaa13900000000aaaa13900000000aaaa1390"})",
        R"({"holder":"q2Rv0eE3yq0m1J"})", R"({"at":1795500000000,"n":12345678901})",
        R"({"time":"2026-11-24T09:30:00.000+08:00"})", "{}"})
    EXPECT_FALSE(holds_personal_data(nlohmann::json::parse(text))) << text;
}

}  // namespace
}  // namespace yizhan::platform
