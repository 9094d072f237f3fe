// The hall's display: every call announced once, in order, one after another.
#include "kiosk/flows/display_flow.h"

#include <gtest/gtest.h>

namespace yizhan::flows {
namespace {

using namespace display;

calendar::BusinessDay day(unsigned d) {
  return {std::chrono::year(2026) / std::chrono::month(3) / std::chrono::day(d)};
}

queue::Announcement call(std::int64_t sequence, bool recall = false) {
  queue::Announcement made;
  made.sequence = sequence;
  made.number = "A" + std::to_string(100 + sequence);
  made.counter = "3";
  made.recall = recall;
  return made;
}

queue::HallView view_of(calendar::BusinessDay const& when) {
  queue::HallView view;
  view.day = when;
  return view;
}

/// Steps, and speaks everything it is asked to; the sequences spoken.
std::vector<std::int64_t> speak_all(DisplayFlow& flow, Event event) {
  std::vector<std::int64_t> spoken;
  auto effects = flow.step(std::move(event));
  while (!effects.empty()) {
    EXPECT_EQ(effects.size(), 1u) << "never two at once";
    spoken.push_back(std::get<Announce>(effects[0]).call.sequence);
    effects = flow.step(Spoken{});
  }
  return spoken;
}

TEST(Display, AnnouncesTenCallsInOneSecondTenTimesInOrder) {
  DisplayFlow flow;
  std::vector<Effect> effects;
  std::vector<std::string> spoken;
  for (int i = 1; i <= 10; ++i) {
    for (auto const& effect : flow.step(AnnouncementsArrived{{call(i)}})) effects.push_back(effect);
  }
  ASSERT_EQ(effects.size(), 1u) << "the others wait until the first is spoken";
  while (!effects.empty()) {
    spoken.push_back(std::get<Announce>(effects[0]).call.number);
    EXPECT_EQ(flow.announcing()->number, spoken.back());
    EXPECT_EQ(flow.name(), "display.calling");
    effects = flow.step(Spoken{});
  }
  EXPECT_EQ(spoken,
            (std::vector<std::string>{"A101", "A102", "A103", "A104", "A105", "A106", "A107", "A108", "A109", "A110"}));
  EXPECT_EQ(flow.name(), "display.quiet");
}

TEST(Display, AnnouncesWhatArrivesTogetherInOrder) {
  DisplayFlow flow;
  EXPECT_EQ(speak_all(flow, AnnouncementsArrived{{call(1), call(2), call(3)}}), (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(Display, AnnouncesNothingTwice) {
  DisplayFlow flow;
  speak_all(flow, AnnouncementsArrived{{call(1), call(2)}});
  EXPECT_EQ(speak_all(flow, AnnouncementsArrived{{call(1), call(2), call(3)}}), (std::vector<std::int64_t>{3}));
  EXPECT_EQ(flow.last_sequence(), 3);
}

TEST(Display, RepeatsARecall) {
  DisplayFlow flow;
  speak_all(flow, AnnouncementsArrived{{call(1)}});
  auto again = call(2, true);
  again.number = "A101";
  auto const effects = flow.step(AnnouncementsArrived{{again}});
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<Announce>(effects[0]).call.number, "A101");
  EXPECT_TRUE(flow.announcing()->recall);
}

TEST(Display, RestartedInTheMiddleOfADayDoesNotShoutTheMorning) {
  DisplayFlow flow(day(2), 7);
  flow.step(ViewArrived{view_of(day(2)), {}});
  EXPECT_EQ(speak_all(flow, AnnouncementsArrived{{call(6), call(7), call(8)}}), (std::vector<std::int64_t>{8}));
}

TEST(Display, CountsAnewOnANewDay) {
  DisplayFlow flow(day(2), 7);
  flow.step(ViewArrived{view_of(day(2)), {}});
  flow.step(ViewArrived{view_of(day(3)), {}});
  EXPECT_EQ(flow.last_sequence(), 0);
  EXPECT_EQ(speak_all(flow, AnnouncementsArrived{{call(1)}}), (std::vector<std::int64_t>{1}));
}

TEST(Display, SaysWhenItsSourceIsAwayAndSince) {
  DisplayFlow flow;
  WallTime const then{std::chrono::hours(24)};
  flow.step(ViewArrived{view_of(day(2)), then});
  EXPECT_FALSE(flow.source_lost());
  flow.step(SourceLost{});
  EXPECT_TRUE(flow.source_lost());
  EXPECT_EQ(flow.updated_at(), then) << "what is shown is as old as it says";
  EXPECT_EQ(flow.view().day, day(2));
  flow.step(ViewArrived{view_of(day(2)), then + std::chrono::minutes(1)});
  EXPECT_FALSE(flow.source_lost());
}

TEST(Display, GoesOnSpeakingWhatItHasWhileTheSourceIsAway) {
  DisplayFlow flow;
  flow.step(AnnouncementsArrived{{call(1), call(2)}});
  flow.step(SourceLost{});
  EXPECT_EQ(flow.step(Spoken{}).size(), 1u);
}

TEST(Display, ASpokenNobodyAskedForIsHarmless) {
  DisplayFlow flow;
  EXPECT_TRUE(flow.step(Spoken{}).empty());
}

}  // namespace
}  // namespace yizhan::flows
