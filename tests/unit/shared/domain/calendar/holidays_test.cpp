#include <nlohmann/json.hpp>

#include "tests/unit/shared/domain/calendar/calendars.h"

namespace yizhan::calendar {
namespace {

using nlohmann::json;

TEST(HolidayCalendar, IsDeliveredForTwoYears) {
  auto const calendar = delivered();
  EXPECT_EQ(calendar.version(), 1);
  EXPECT_FALSE(calendar.covers(std::chrono::year{2024}));
  EXPECT_TRUE(calendar.covers(std::chrono::year{2025}));
  EXPECT_TRUE(calendar.covers(std::chrono::year{2026}));
  EXPECT_FALSE(calendar.covers(std::chrono::year{2027}));
  EXPECT_TRUE(calendar.is_workday(day("2025-01-26")));
  EXPECT_FALSE(calendar.is_workday(day("2025-10-08")));
  EXPECT_FALSE(calendar.is_workday(day("2026-01-02")));
  EXPECT_TRUE(calendar.is_workday(day("2026-01-04")));
}

TEST(HolidayCalendar, AYearThatIsAnnouncedEmptyIsNotKnown) {
  auto const calendar = HolidayCalendar::parse(R"({"version":3,"years":[{"year":2027,"off":[],"work":[]}]})");
  ASSERT_TRUE(calendar && true);
  EXPECT_FALSE(calendar->covers(std::chrono::year{2027}));
  EXPECT_TRUE(add_workdays(*calendar, day("2027-03-01"), 1).provisional);
}

TEST(HolidayCalendar, EveryFaultIsNamedWithItsPlace) {
  json const good = {{"version", 1}, {"years", {{{"year", 2026}, {"off", {"2026-01-01"}}, {"work", {"2026-01-04"}}}}}};
  ASSERT_TRUE(HolidayCalendar::parse(good.dump()) && true);
  struct Fault {
    char const* patch;
    char const* place;
  };
  for (auto const& [patch, place] :
       {Fault{R"([{"op":"remove","path":"/version"}])", "/version: "},
        Fault{R"([{"op":"replace","path":"/version","value":0}])", "/version: "},
        Fault{R"([{"op":"replace","path":"/version","value":1.5}])", "/version: "},
        Fault{R"([{"op":"replace","path":"/years","value":{}}])", "/years: "},
        Fault{R"([{"op":"replace","path":"/years/0","value":2026}])", "/years/0: "},
        Fault{R"([{"op":"replace","path":"/years/0/year","value":"2026"}])", "/years/0/year: "},
        Fault{R"([{"op":"replace","path":"/years/0/year","value":20260}])", "/years/0/year: "},
        Fault{R"([{"op":"remove","path":"/years/0/off"}])", "/years/0/off: "},
        Fault{R"([{"op":"remove","path":"/years/0/work"}])", "/years/0/work: "},
        Fault{R"([{"op":"replace","path":"/years/0/off/0","value":20260101}])", "/years/0/off/0: "},
        Fault{R"([{"op":"replace","path":"/years/0/off/0","value":"2026-02-29"}])", "/years/0/off/0: "},
        Fault{R"([{"op":"replace","path":"/years/0/off/0","value":"2026-1-1"}])", "/years/0/off/0: "},
        Fault{R"([{"op":"replace","path":"/years/0/off/0","value":"2025-11-30"}])", "/years/0/off/0: "},
        Fault{R"([{"op":"replace","path":"/years/0/off/0","value":"2027-01-01"}])", "/years/0/off/0: "},
        Fault{R"([{"op":"add","path":"/years/0/off/-","value":"2026-01-01"}])", "/years/0/off/1: "},
        Fault{R"([{"op":"replace","path":"/years/0/work","value":["2026-01-04","2026-01-01"]}])",
              "/years/0/work"
              "/1: "},
        Fault{R"([{"op":"copy","from":"/years/0","path":"/years/1"}])", "/years/1/year: "}}) {
    auto const parsed = HolidayCalendar::parse(good.patch(json::parse(patch)).dump());
    ASSERT_FALSE(parsed && true) << patch;
    EXPECT_TRUE(parsed.error().is("calendar_invalid")) << patch;
    EXPECT_TRUE(parsed.error().detail().starts_with(place)) << patch << parsed.error().detail();
  }
}

TEST(HolidayCalendar, WhatIsNoDocumentIsRefused) {
  for (std::string const& text : {std::string(), std::string("[]"), std::string("{"), std::string("\xff"),
                                  std::string(500'000, '['), std::string(2'000'000, ' ')}) {
    EXPECT_FALSE(HolidayCalendar::parse(text) && true) << text.substr(0, 20);
  }
}

}  // namespace
}  // namespace yizhan::calendar
