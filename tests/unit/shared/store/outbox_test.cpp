#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

using line::Verdict;

class OutboxLine : public testing::Test {
 protected:
  test::Machine m_machine;
  void SetUp() override { ASSERT_TRUE(m_machine.open()); }
  line::LineStatus status() { return m_machine.outbox().status().value(); }
  Result<void> answer(Uuid const& id, Verdict verdict, std::string const& problem = "") {
    return m_machine.outbox().record_answers("1", {{id, verdict, problem}}, 0, m_machine.clock().now());
  }
};

TEST_F(OutboxLine, CountsFromOneWithoutGapsInAWholeChain) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 5; ++i) m_machine.append();
  auto const events = m_machine.due();
  ASSERT_EQ(events.size(), 6u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].place.sequence, i + 1);
    EXPECT_EQ(events[i].place.epoch, "1");
  }
  EXPECT_EQ(test::first_broken_link(events, std::string(64, '0')), 0u);
  EXPECT_EQ(m_machine.outbox().chain_at(6).value(), events.back().place.chain);
  EXPECT_TRUE(m_machine.outbox().chain_at(7).error().is("not_kept"));
  EXPECT_TRUE(m_machine.store().check()->empty());
}

TEST_F(OutboxLine, FactsCarryHallTimeAndWhatItIsWorth) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  m_machine.append();
  m_machine.clock().learn_offset(std::chrono::hours(2));
  m_machine.append("second");
  auto const events = m_machine.due();
  EXPECT_EQ(events[1].fact.time, "2026-03-02T01:00:00.000Z");
  EXPECT_EQ(events[1].fact.clock_state, calendar::ClockState::unset);
  EXPECT_EQ(events[1].fact.source, test::k_device);
  EXPECT_EQ(events[1].fact.data, R"({"number":"A001","queue":"A"})");
  EXPECT_EQ(events[2].fact.time, "2026-03-02T03:00:00.000Z");
  EXPECT_EQ(events[2].fact.clock_state, calendar::ClockState::trusted);
}

TEST_F(OutboxLine, ARolledBackFactLeavesNoTrace) {
  m_machine.append();
  int signals = 0;
  m_machine.outbox().on_append([&] { ++signals; });
  (void)m_machine.store().commit([&]() -> Result<void> {
    EXPECT_TRUE(m_machine.outbox().append("cn.yizhan.ticket.issued.v1", "x", nlohmann::json::object()));
    return Error::make("changed_my_mind");
  });
  EXPECT_EQ(status().last.sequence, 1u);
  EXPECT_EQ(status().backlog, 1u);
  EXPECT_EQ(m_machine.store().high_water().mark().last_sequence, 1u);
  EXPECT_EQ(signals, 0);
  m_machine.append();
  EXPECT_EQ(signals, 1);
  EXPECT_EQ(m_machine.store().high_water().mark().last_sequence, 2u);
}

TEST_F(OutboxLine, RefusesPersonalDataAndWritesOutsideATransaction) {
  auto const refused = m_machine.store().commit([&] {
    return m_machine.outbox().append("cn.yizhan.ticket.issued.v1", "x", {{"number", "420106199003070016"}});
  });
  EXPECT_TRUE(refused.error().is("personal_data"));
  EXPECT_TRUE(m_machine.outbox()
                  .append("cn.yizhan.ticket.issued.v1", "x", nlohmann::json::object())
                  .error()
                  .is("no_transaction"));
  EXPECT_EQ(status().backlog, 0u);
}

TEST_F(OutboxLine, AnIdIsAppendedOnce) {
  auto const id = Uuid::v7(m_machine.env().env());
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(m_machine.store().commit([&] {
      return m_machine.outbox().append_with_id(id, "cn.yizhan.ticket.called.v1", "x", nlohmann::json::object());
    }));
  }
  EXPECT_EQ(status().backlog, 1u);
  EXPECT_TRUE(m_machine.outbox().contains(id).value());
}

TEST_F(OutboxLine, BatchesKeepTheirLimits) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 9; ++i) m_machine.append();
  auto& outbox = m_machine.outbox();
  EXPECT_EQ(outbox.due(4, 1 << 20, 0)->size(), 4u);
  EXPECT_EQ(outbox.due(100, 1, 0)->size(), 1u) << "at least one, however small the limit";
  EXPECT_EQ(outbox.due(100, 1 << 20, 7)->front().place.sequence, 8u);
  auto const two = line::to_wire(m_machine.due()[0]).size() + line::to_wire(m_machine.due()[1]).size() + 1;
  EXPECT_EQ(outbox.due(100, two, 0)->size(), 2u);
  EXPECT_EQ(outbox.due(100, two - 1, 0)->size(), 1u);
}

TEST_F(OutboxLine, AnswersLeaveTheBacklogAndRejectionsBlockNothing) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 4; ++i) m_machine.append();
  auto const events = m_machine.due();
  ASSERT_TRUE(answer(events[0].fact.id, Verdict::accepted));
  ASSERT_TRUE(answer(events[1].fact.id, Verdict::rejected, "urn:yizhan:problem:conflict"));
  ASSERT_TRUE(answer(events[2].fact.id, Verdict::duplicate));
  EXPECT_EQ(status().backlog, 2u);
  EXPECT_EQ(status().parked, 1u);
  EXPECT_EQ(status().accepted_through, 3u);
  EXPECT_EQ(m_machine.due().front().place.sequence, 4u);
  auto const parked = m_machine.outbox().parked().value();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].id, events[1].fact.id);
  EXPECT_EQ(parked[0].problem, "urn:yizhan:problem:conflict");
  EXPECT_EQ(m_machine.outbox().chain_at(2).value(), events[1].place.chain) << "a rejected event keeps its place";
}

TEST_F(OutboxLine, ABatchNeverSpansAnAnsweredEvent) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 4; ++i) m_machine.append();
  ASSERT_TRUE(answer(m_machine.due()[2].fact.id, Verdict::accepted));
  EXPECT_EQ(m_machine.due().size(), 2u);
  EXPECT_EQ(status().accepted_through, 0u) << "only results answer, and the first two have none";
}

TEST_F(OutboxLine, ALateAnswerOfAnOlderEpochIsNotCounted) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  auto const id = m_machine.append();
  ASSERT_TRUE(m_machine.open_epoch("2", "1"));
  ASSERT_TRUE(answer(id, Verdict::rejected, "x"));
  EXPECT_EQ(status().parked, 0u);
  EXPECT_EQ(status().backlog, 3u);
}

TEST_F(OutboxLine, AWithheldEventGivesItsPlaceAwayAndTheChainFollows) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  auto const bad = m_machine.append("bad");
  m_machine.append("good");
  m_machine.append("better");
  auto const before = m_machine.due();
  ASSERT_TRUE(m_machine.outbox().withhold(bad, "urn:yizhan:problem:invalid"));
  auto const after = m_machine.due();
  ASSERT_EQ(after.size(), 3u);
  EXPECT_EQ(after[0].fact.type, "cn.yizhan.event.withheld.v1");
  EXPECT_EQ(after[0].place.sequence, 2u);
  auto const data = nlohmann::json::parse(after[0].fact.data);
  EXPECT_EQ(data.at("id"), bad.to_string());
  EXPECT_EQ(data.at("type"), before[0].fact.type);
  EXPECT_EQ(data.at("problem"), "urn:yizhan:problem:invalid");
  EXPECT_EQ(test::first_broken_link(after, m_machine.outbox().chain_at(1).value()), 0u);
  EXPECT_NE(after[2].place.chain, before[2].place.chain);
  EXPECT_EQ(status().last.chain, after[2].place.chain);
  EXPECT_EQ(m_machine.outbox().parked()->at(0).id, bad);
  auto const next = m_machine.append("next");
  EXPECT_EQ(test::first_broken_link(m_machine.due(), m_machine.outbox().chain_at(1).value()), 0u);
  EXPECT_TRUE(m_machine.store().check()->empty());
  EXPECT_TRUE(m_machine.outbox().withhold(bad, "x").error().is("event_not_due"));
  ASSERT_TRUE(answer(next, Verdict::accepted));
  EXPECT_TRUE(m_machine.outbox().withhold(after[1].fact.id, "x").error().is("event_not_first"))
      << "the other side has chained on already";
}

TEST_F(OutboxLine, AParkedEventGoesAgainUnderANewIdOrIsLetGo) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  auto const first = m_machine.append("first");
  auto const second = m_machine.append("second");
  for (auto const& id : {first, second}) ASSERT_TRUE(answer(id, Verdict::rejected, "p"));
  m_machine.env().clock.advance(std::chrono::hours(1));
  auto const again = m_machine.outbox().resubmit(first).value();
  EXPECT_NE(again, first);
  auto const event = m_machine.due().back();
  EXPECT_EQ(event.fact.id, again);
  EXPECT_EQ(event.fact.replaces, first.to_string());
  EXPECT_EQ(event.fact.subject, "first");
  EXPECT_EQ(event.fact.time, "2026-03-02T01:00:00.000Z") << "it is still what happened then";
  EXPECT_NE(line::to_wire(event).find("\"replaces\":\"" + first.to_string() + "\""), std::string::npos);
  ASSERT_TRUE(m_machine.outbox().discard(second, "typed by mistake"));
  EXPECT_TRUE(m_machine.outbox().parked()->empty());
  EXPECT_TRUE(m_machine.outbox().resubmit(first).error().is("event_not_parked"));
  EXPECT_TRUE(m_machine.outbox().discard(second, "x").error().is("event_not_parked"));
}

TEST_F(OutboxLine, OnlyOldAnsweredEventsAreForgotten) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 3; ++i) m_machine.append();
  auto events = m_machine.due();
  ASSERT_TRUE(answer(events[2].fact.id, Verdict::rejected, "p"));
  events.erase(events.begin() + 2);
  ASSERT_TRUE(m_machine.accept(events));
  m_machine.append("due");
  m_machine.env().clock.advance(std::chrono::hours(24 * 29));
  EXPECT_EQ(m_machine.outbox().forget_answered(30).value(), 0u);
  m_machine.env().clock.advance(std::chrono::hours(24 * 2));
  EXPECT_EQ(m_machine.outbox().forget_answered(30).value(), 2u);
  EXPECT_EQ(m_machine.one("SELECT group_concat(sequence || state) FROM (SELECT * FROM outbox ORDER BY sequence)"),
            "3parked,4accepted,5due");
  EXPECT_EQ(m_machine.outbox().chain_at(4).value(), events.back().place.chain) << "the next chains to it";
  EXPECT_TRUE(m_machine.store().check()->empty());
}

TEST_F(OutboxLine, WhatAPlatformLostIsDueAgainAtItsOldPlaces) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 4; ++i) m_machine.append();
  auto const sent = m_machine.due();
  ASSERT_TRUE(m_machine.accept(sent));
  m_machine.append();
  auto const last = status().last;
  ASSERT_TRUE(m_machine.outbox().reopen_from(3));
  auto const again = m_machine.due();
  ASSERT_EQ(again.size(), 4u);
  EXPECT_EQ(line::to_wire(again[0]), line::to_wire(sent[2]));
  EXPECT_EQ(test::first_broken_link(again, sent[1].place.chain), 0u);
  EXPECT_EQ(status().last.chain, last.chain);
  EXPECT_EQ(status().last.sequence, last.sequence);
  EXPECT_EQ(status().accepted_through, 2u);
  EXPECT_TRUE(m_machine.store().check()->empty());
  // After a restart, too.
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(m_machine.due().size(), 4u);
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  EXPECT_EQ(status().backlog, 0u);
  EXPECT_EQ(status().accepted_through, 6u);
}

TEST_F(OutboxLine, WhatIsSentAgainIsNotForgottenByItsFirstAnswersAge) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 3; ++i) m_machine.append();
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  m_machine.env().clock.advance(std::chrono::hours(24 * 31));
  ASSERT_TRUE(m_machine.outbox().reopen_from(1));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  EXPECT_EQ(m_machine.outbox().forget_answered(30).value(), 0u);
}

TEST_F(OutboxLine, ASecondRejectionParksAnewButLeavesWhatStaffDid) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  auto const waiting = m_machine.append("waiting");
  auto const corrected = m_machine.append("corrected");
  auto const dropped = m_machine.append("dropped");
  auto const wrong = m_machine.append("wrong");
  for (auto const& id : {waiting, corrected, dropped, wrong}) ASSERT_TRUE(answer(id, Verdict::rejected, "p"));
  ASSERT_TRUE(m_machine.outbox().resubmit(corrected));
  ASSERT_TRUE(m_machine.outbox().discard(dropped, "typed by mistake"));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));

  ASSERT_TRUE(m_machine.outbox().reopen_from(2));
  EXPECT_EQ(m_machine.due().size(), 5u);
  EXPECT_EQ(status().parked, 0u);
  EXPECT_TRUE(m_machine.outbox().discard(waiting, "x").error().is("event_not_parked")) << "it is under way";
  for (auto const& id : {waiting, corrected, dropped}) ASSERT_TRUE(answer(id, Verdict::rejected, "q"));
  ASSERT_TRUE(answer(wrong, Verdict::accepted));
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  auto const parked = m_machine.outbox().parked().value();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].id, waiting);
  EXPECT_EQ(parked[0].problem, "q");
  EXPECT_EQ(m_machine.one("SELECT group_concat(state) FROM (SELECT * FROM outbox ORDER BY sequence)"),
            "accepted,parked,resubmitted,discarded,accepted,accepted");
  EXPECT_EQ(m_machine.one("SELECT problem IS NULL FROM outbox WHERE sequence = 5"), "1");
}

TEST_F(OutboxLine, NothingIsReopenedWhereAnEventOfTheRunIsGone) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 3; ++i) m_machine.append();
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  m_machine.env().clock.advance(std::chrono::hours(24 * 31));
  EXPECT_EQ(m_machine.outbox().forget_answered(30).value(), 3u);
  EXPECT_TRUE(m_machine.outbox().reopen_from(3).error().is("not_kept"));
  EXPECT_TRUE(m_machine.outbox().reopen_from(0).error().is("not_kept"));
  EXPECT_TRUE(m_machine.outbox().reopen_from(5).error().is("not_kept"));
  EXPECT_EQ(status().backlog, 0u);
  EXPECT_TRUE(m_machine.outbox().reopen_from(4));
  EXPECT_EQ(status().backlog, 1u);
}

TEST_F(OutboxLine, EventsOfEarlierEpochsStayAnswered) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  m_machine.append();
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  ASSERT_TRUE(m_machine.open_epoch("2", "1"));
  m_machine.append();
  ASSERT_TRUE(m_machine.accept(m_machine.due()));
  ASSERT_TRUE(m_machine.outbox().reopen_from(1));
  auto const due = m_machine.due();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].place.epoch, "2");
}

TEST_F(OutboxLine, ADamagedChainIsFoundByNumber) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  for (int i = 0; i < 3; ++i) m_machine.append();
  ASSERT_TRUE(m_machine.store().database().execute("UPDATE outbox SET subject = 'other' WHERE sequence = 3"));
  auto const findings = m_machine.store().check().value();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(findings[0].find("0000000000000003"), std::string::npos);
}

}  // namespace
}  // namespace yizhan::store
