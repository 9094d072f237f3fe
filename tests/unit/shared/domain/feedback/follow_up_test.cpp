#include <gtest/gtest.h>

#include <set>

#include "shared/base/file.h"
#include "shared/domain/feedback/evaluation.h"

namespace yizhan::feedback {
namespace {

using State = FollowUpState;
using Act = FollowUpAct;

calendar::BusinessDay day(char const* text) { return calendar::BusinessDay::parse(text).value(); }

calendar::HolidayCalendar holidays() {
  return calendar::HolidayCalendar::parse(read_whole_file("assets/calendar/holidays.json", 1 << 20).value()).value();
}

FollowUp opened_on(char const* text, FollowUpPolicy const& policy = {}) {
  Evaluation evaluation;
  evaluation.grade = Grade::dissatisfied;
  evaluation.matter = "social_card_new";
  evaluation.day = day(text);
  return open_follow_up({}, evaluation, policy);
}

constexpr std::array k_states = {State::opened,    State::contacted, State::appealed, State::rectifying,
                                 State::explained, State::excluded,  State::closed};
constexpr std::array k_acts = {Act::contact,     Act::rectify_at_once, Act::rectify_by_list,
                               Act::explain,     Act::appeal_mistaken, Act::appeal_malicious,
                               Act::deny_appeal, Act::exclude,         Act::close};

TEST(FollowUp, EveryActInEveryState) {
  std::set<std::pair<State, Act>> const fits = {
      {State::opened, Act::contact},
      {State::contacted, Act::rectify_at_once},
      {State::contacted, Act::rectify_by_list},
      {State::contacted, Act::explain},
      {State::contacted, Act::appeal_mistaken},
      {State::contacted, Act::appeal_malicious},
      {State::appealed, Act::deny_appeal},
      {State::appealed, Act::exclude},
      {State::rectifying, Act::close},
      {State::explained, Act::close},
      {State::excluded, Act::close},
  };
  for (auto const state : k_states) {
    for (auto const act : k_acts) {
      auto follow_up = opened_on("2026-03-02");
      follow_up.state = state;
      auto const stepped = step(follow_up, act, day("2026-03-03"));
      bool const expected = fits.count({state, act}) > 0;
      EXPECT_EQ(stepped.has_value(), expected) << to_string(state) << " " << to_string(act);
      auto const acts = possible_acts(state);
      EXPECT_EQ(std::find(acts.begin(), acts.end(), act) != acts.end(), expected);
      if (expected) continue;
      EXPECT_TRUE(stepped.error().is("follow_up_out_of_order"));
      EXPECT_EQ(follow_up.state, state);
      EXPECT_FALSE(follow_up.contacted || follow_up.closed || follow_up.measure || follow_up.appeal);
    }
  }
}

TEST(FollowUp, NobodyExcludesARatingWithoutAskingAndAnAppeal) {
  auto follow_up = opened_on("2026-03-02");
  EXPECT_FALSE(step(follow_up, Act::exclude, day("2026-03-02")) && true);
  ASSERT_TRUE(step(follow_up, Act::contact, day("2026-03-02")) && true);
  EXPECT_FALSE(step(follow_up, Act::exclude, day("2026-03-02")) && true);
  ASSERT_TRUE(step(follow_up, Act::appeal_malicious, day("2026-03-02")) && true);
  ASSERT_TRUE(step(follow_up, Act::deny_appeal, day("2026-03-03")) && true);
  EXPECT_EQ(follow_up.state, State::contacted);
  EXPECT_EQ(follow_up.appeal, Act::deny_appeal);
  EXPECT_FALSE(follow_up.measure);
}

TEST(FollowUp, KeepsWhatWasDoneAndWhen) {
  auto follow_up = opened_on("2026-03-02");
  ASSERT_TRUE(step(follow_up, Act::contact, day("2026-03-03")) && true);
  ASSERT_TRUE(step(follow_up, Act::rectify_by_list, day("2026-03-04")) && true);
  ASSERT_TRUE(step(follow_up, Act::close, day("2026-03-06")) && true);
  EXPECT_EQ(follow_up.state, State::closed);
  EXPECT_EQ(follow_up.measure, Act::rectify_by_list);
  EXPECT_EQ(follow_up.contacted, day("2026-03-03"));
  EXPECT_EQ(follow_up.closed, day("2026-03-06"));
}

TEST(FollowUp, DeadlinesAreWorkingDaysUnlessThePolicySaysOtherwise) {
  auto const calendar = holidays();
  auto const follow_up = opened_on("2026-09-30");
  EXPECT_EQ(contact_due(follow_up, calendar).day, day("2026-10-08"));
  EXPECT_EQ(close_due(follow_up, calendar).day, day("2026-10-13"));
  FollowUpPolicy const natural{{7, calendar::TimeUnit::natural_day}, {15, calendar::TimeUnit::natural_day}};
  auto const other = opened_on("2026-09-30", natural);
  EXPECT_EQ(contact_due(other, calendar).day, day("2026-10-08"));  // the 7th is a holiday
  EXPECT_EQ(close_due(other, calendar).day, day("2026-10-15"));
  EXPECT_TRUE(close_due(opened_on("2026-12-28"), calendar).provisional);
}

TEST(FollowUp, IsOverdueAfterTheDayThatIsNext) {
  auto const calendar = holidays();
  auto follow_up = opened_on("2026-03-02");  // a Monday
  EXPECT_FALSE(overdue(follow_up, calendar, day("2026-03-03")));
  EXPECT_TRUE(overdue(follow_up, calendar, day("2026-03-04")));
  ASSERT_TRUE(step(follow_up, Act::contact, day("2026-03-04")) && true);
  EXPECT_FALSE(overdue(follow_up, calendar, day("2026-03-09")));
  EXPECT_TRUE(overdue(follow_up, calendar, day("2026-03-10")));
  ASSERT_TRUE(step(follow_up, Act::explain, day("2026-03-10")) && true);
  EXPECT_TRUE(overdue(follow_up, calendar, day("2026-03-10")));
  ASSERT_TRUE(step(follow_up, Act::close, day("2026-03-10")) && true);
  EXPECT_FALSE(overdue(follow_up, calendar, day("2026-06-01")));
  EXPECT_EQ(next_due(follow_up, calendar), std::nullopt);
}

TEST(FollowUp, NamesAreReadAsTheyAreWritten) {
  for (auto const state : k_states) EXPECT_EQ(parse_follow_up_state(to_string(state)), state);
  for (auto const act : k_acts) EXPECT_EQ(parse_follow_up_act(to_string(act)), act);
  for (auto const about : {About::visit, About::case_}) EXPECT_EQ(parse_about(to_string(about)), about);
  EXPECT_EQ(parse_follow_up_state("contact"), std::nullopt);
  EXPECT_EQ(parse_follow_up_act(""), std::nullopt);
  EXPECT_EQ(parse_about("case_"), std::nullopt);
}

}  // namespace
}  // namespace yizhan::feedback
