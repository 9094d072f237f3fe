#include "shared/domain/cases/case.h"

#include <gtest/gtest.h>

#include <map>

namespace yizhan::cases {
namespace {

constexpr State k_states[] = {State::submitted, State::received, State::accepted, State::supplement,
                              State::suspended, State::decided,  State::refused,  State::withdrawn};
constexpr Act k_acts[] = {Act::submit,  Act::receive, Act::accept, Act::ask_supplement, Act::supplied,
                          Act::suspend, Act::resume,  Act::decide, Act::refuse,         Act::withdraw};

Step step(Act act, std::string source = {}) {
  Step made;
  made.act = act;
  made.source = std::move(source);
  if (act == Act::decide) made.outcome = Outcome::granted;
  return made;
}

Part part_in(State state) {
  Part part;
  part.state = state;
  part.steps.push_back(step(Act::submit));
  return part;
}

TEST(CaseStates, EveryActInEveryStateDoesWhatThePictureSays) {
  std::map<std::pair<State, Act>, State> const picture{
      {{State::submitted, Act::receive}, State::received},
      {{State::received, Act::accept}, State::accepted},
      {{State::accepted, Act::decide}, State::decided},
      {{State::received, Act::ask_supplement}, State::supplement},
      {{State::supplement, Act::supplied}, State::received},
      {{State::supplement, Act::refuse}, State::refused},
      {{State::accepted, Act::suspend}, State::suspended},
      {{State::suspended, Act::resume}, State::accepted},
      {{State::received, Act::refuse}, State::refused},
      {{State::submitted, Act::withdraw}, State::withdrawn},
      {{State::received, Act::withdraw}, State::withdrawn},
      {{State::supplement, Act::withdraw}, State::withdrawn},
  };
  for (auto const state : k_states) {
    for (auto const act : k_acts) {
      auto part = part_in(state);
      auto const result = apply(part, step(act));
      auto const arrow = picture.find({state, act});
      SCOPED_TRACE(std::string(to_string(act)) + " in " + to_string(state));
      if (arrow == picture.end()) {
        ASSERT_FALSE(result);
        EXPECT_TRUE(result.error().is("case_act_out_of_order"));
        EXPECT_EQ(part.state, state);
        EXPECT_EQ(part.steps.size(), 1u);
      } else {
        ASSERT_TRUE(result);
        EXPECT_EQ(part.state, arrow->second);
        EXPECT_EQ(part.steps.back().act, act);
        EXPECT_EQ(part.outcome, act == Act::decide ? Outcome::granted : Outcome::none);
      }
    }
  }
}

TEST(CaseStates, APartBeginsByBeingSubmittedOnce) {
  Part part;
  ASSERT_TRUE(apply(part, step(Act::submit)));
  EXPECT_EQ(part.state, State::submitted);
  EXPECT_FALSE(apply(part, step(Act::submit)));
}

TEST(CaseStates, WhatWasToldBeforeChangesNothing) {
  auto part = part_in(State::submitted);
  ASSERT_TRUE(apply(part, step(Act::receive, "event-1")));
  ASSERT_TRUE(apply(part, step(Act::ask_supplement, "event-2")));
  ASSERT_TRUE(apply(part, step(Act::supplied)));
  ASSERT_TRUE(apply(part, step(Act::ask_supplement, "event-2")));  // told again, although it would fit
  EXPECT_EQ(part.state, State::received);
  ASSERT_TRUE(apply(part, step(Act::receive, "event-1")));  // and where it would not
  EXPECT_EQ(part.steps.size(), 4u);
  EXPECT_FALSE(apply(part, step(Act::supplied)));  // own acts have no source and are judged each time
}

TEST(CaseStates, NamesAreReadBack) {
  for (auto const state : k_states) EXPECT_EQ(parse_state(to_string(state)), state);
  for (auto const act : k_acts) EXPECT_EQ(parse_act(to_string(act)), act);
  for (auto const outcome : {Outcome::none, Outcome::granted, Outcome::denied}) {
    EXPECT_EQ(parse_outcome(to_string(outcome)), outcome);
  }
  EXPECT_FALSE(parse_state("open"));
  EXPECT_FALSE(parse_act(""));
  EXPECT_FALSE(parse_outcome("Granted"));
}

Case bundle(std::vector<State> const& states) {
  Case made;
  for (auto const state : states) {
    auto part = part_in(state);
    part.number = static_cast<int>(made.parts.size()) + 1;
    part.item = "item_" + std::to_string(part.number);
    if (state == State::decided) part.outcome = Outcome::granted;
    made.parts.push_back(std::move(part));
  }
  return made;
}

TEST(CaseOverall, WhatTheResidentMustDoComesFirst) {
  auto const all = overall(bundle({State::submitted, State::supplement, State::decided}));
  EXPECT_EQ(all.state, State::supplement);
  EXPECT_TRUE(all.needs_applicant);
  EXPECT_EQ(all.ended, 1);
  EXPECT_EQ(all.parts, 3);
}

TEST(CaseOverall, ElseThePartFurthestBehindCounts) {
  EXPECT_EQ(overall(bundle({State::accepted, State::received, State::decided})).state, State::received);
  EXPECT_EQ(overall(bundle({State::accepted, State::submitted, State::suspended})).state, State::submitted);
  EXPECT_EQ(overall(bundle({State::accepted, State::suspended})).state, State::suspended);
  EXPECT_EQ(overall(bundle({State::refused, State::withdrawn, State::accepted})).state, State::accepted);
  EXPECT_FALSE(overall(bundle({State::accepted, State::received})).needs_applicant);
}

TEST(CaseOverall, OneDepartmentsRefusalDoesNotEndTheOthers) {
  auto what = bundle({State::refused, State::accepted, State::decided, State::decided});
  what.parts[3].outcome = Outcome::denied;
  EXPECT_EQ(overall(what).state, State::accepted);
  EXPECT_EQ(overall(what).ended, 3);
  EXPECT_EQ(overall(what).granted, 1);
  auto granting = step(Act::decide);
  ASSERT_TRUE(apply(what.parts[1], granting));
  EXPECT_EQ(overall(what).state, State::decided);
  EXPECT_EQ(overall(what).ended, 4);
  EXPECT_EQ(overall(what).granted, 2);
}

TEST(CaseOverall, WithoutAnyDecisionItIsRefusedOrWithdrawn) {
  EXPECT_EQ(overall(bundle({State::withdrawn, State::refused})).state, State::refused);
  EXPECT_EQ(overall(bundle({State::withdrawn, State::withdrawn})).state, State::withdrawn);
  EXPECT_EQ(overall(bundle({State::withdrawn, State::decided, State::refused})).state, State::decided);
  EXPECT_EQ(overall(bundle({})).parts, 0);
}

TEST(CaseOrder, APartWaitsWhileAnotherIsOpen) {
  auto what = bundle({State::accepted, State::submitted, State::submitted});
  what.parts[1].after = {"item_1"};
  what.parts[2].after = {"item_1", "item_2", "item_elsewhere"};
  EXPECT_FALSE(blocked(what, what.parts[0]));
  EXPECT_TRUE(blocked(what, what.parts[1]));
  EXPECT_TRUE(blocked(what, what.parts[2]));
  what.parts[0].state = State::decided;
  EXPECT_FALSE(blocked(what, what.parts[1]));
  EXPECT_TRUE(blocked(what, what.parts[2]));
  what.parts[1].state = State::refused;  // a refused part lets the next one go
  EXPECT_FALSE(blocked(what, what.parts[2]));
}

}  // namespace
}  // namespace yizhan::cases
