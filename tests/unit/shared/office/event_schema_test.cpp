#include <set>

#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;

/// One event of each type, from real use.
std::vector<StoredEvent> all_kinds(OfficeMachine& m) {
  auto take = [&](std::string const& service, queue::PriorityClass priority, bool with_person) {
    return m.office()
        .take_ticket(
            {.service = service, .person = with_person ? zhang_san() : identity::Person{}, .priority = priority})
        ->ticket;
  };
  auto const a = take("social_card_replace", queue::PriorityClass::normal, true);
  auto const b = take("elder_card", queue::PriorityClass::priority, false);
  auto const c = take("pension_check", queue::PriorityClass::normal, false);
  take("pension_check", queue::PriorityClass::normal, false);
  EXPECT_TRUE(m.office().call_number(a.number));
  EXPECT_TRUE(m.office().recall(a.id));
  EXPECT_TRUE(m.office().start_service(a.id));
  m.advance(1min);
  EXPECT_TRUE(m.office().finish_service(a.id));
  EXPECT_TRUE(m.office().call_number(b.number));
  EXPECT_TRUE(m.office().no_show(b.id));
  EXPECT_TRUE(m.office().cancel(c.id));
  EXPECT_TRUE(m.office().close_day(true));
  return m.events();
}

TEST(EventSchemas, EveryEventOfTheOfficeFitsItsSchemaExactly) {
  OfficeMachine m;
  auto const events = all_kinds(m);
  std::set<std::string> types;
  for (auto const& event : events) {
    EXPECT_EQ(misfit(event.type, event.data), "") << event.type << ' ' << event.data;
    types.insert(event.type);
    // Closed and complete: one member more or less no longer fits.
    auto more = event.data;
    more["extra"] = 1;
    EXPECT_NE(misfit(event.type, more), "") << event.type;
    for (auto const& [name, value] : event.data.items()) {
      auto less = event.data;
      less.erase(name);
      EXPECT_NE(misfit(event.type, less), "") << event.type << " without " << name;
    }
  }
  EXPECT_EQ(types.size(), 8U);
}

TEST(EventSchemas, NoEventHoldsAPerson) {
  OfficeMachine m;
  for (auto const& event : all_kinds(m)) {
    auto const text = event.data.dump() + event.subject;
    EXPECT_EQ(text.find("4201061990"), std::string::npos);
    EXPECT_EQ(text.find("张"), std::string::npos);
  }
}

}  // namespace
}  // namespace yizhan::test
