#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

class Received : public testing::Test {
 protected:
  test::Machine m_machine;
  void SetUp() override { ASSERT_TRUE(m_machine.open()); }
  Outbox& outbox() { return m_machine.outbox(); }
};

TEST_F(Received, ChangesAndTheirCursorAreStoredTogetherAndOnce) {
  EXPECT_EQ(outbox().cursor().value(), "");
  std::vector<line::Change> const changes = {{"c1", "cn.yizhan.future.thing.v1", "{\"id\":\"c1\"}"},
                                             {"c2", "cn.yizhan.future.thing.v1", "{\"id\":\"c2\"}"}};
  ASSERT_TRUE(outbox().apply_changes(changes, "k1"));
  ASSERT_TRUE(outbox().apply_changes(changes, "k2"));
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(outbox().cursor().value(), "k2");
  EXPECT_EQ(m_machine.one("SELECT group_concat(id || applied) FROM received_changes"), "c10,c20")
      << "types this version does not know wait unapplied";
}

TEST_F(Received, AKnownChangeIsAppliedInTheTransactionThatStoresIt) {
  std::vector<std::string> applied;
  ASSERT_TRUE(m_machine.store().received_hook([&](line::Change const& change) -> Result<bool> {
    EXPECT_TRUE(m_machine.store().database().in_transaction());
    if (change.id == "bad") return Error::make("database_io");
    applied.push_back(change.id);
    return change.type == "known";
  }));
  ASSERT_TRUE(outbox().apply_changes({{"c1", "known", "{}"}, {"c2", "future", "{}"}}, "k1"));
  ASSERT_TRUE(outbox().apply_changes({{"c1", "known", "{}"}}, "k2"));
  EXPECT_EQ(applied, (std::vector<std::string>{"c1", "c2"})) << "once each";
  EXPECT_EQ(m_machine.one("SELECT group_concat(id || applied) FROM received_changes"), "c11,c20");
  EXPECT_TRUE(outbox().apply_changes({{"c3", "known", "{}"}, {"bad", "known", "{}"}}, "k3").error().is("database_io"));
  EXPECT_EQ(outbox().cursor().value(), "k2") << "the platform tells it again";
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM received_changes"), "2");
}

TEST_F(Received, WhatAnEarlierProgramStoredIsAppliedByALaterOne) {
  ASSERT_TRUE(outbox().apply_changes({{"c1", "known", "{}"}, {"c2", "future", "{}"}}, "k1"));
  ASSERT_TRUE(m_machine.store().received_hook(
      [&](line::Change const& change) -> Result<bool> { return change.type == "known"; }));
  EXPECT_EQ(m_machine.one("SELECT group_concat(id || applied) FROM received_changes"), "c11,c20");
}

TEST_F(Received, DocumentsNeverGoBack) {
  EXPECT_FALSE(outbox().document("trust").value());
  EXPECT_EQ(outbox().document_etag("trust").value(), "");
  std::string const bytes("\0\xff cose", 7);
  ASSERT_TRUE(outbox().store_document("trust", 5, "\"e5\"", bytes));
  EXPECT_TRUE(outbox().store_document("trust", 4, "\"e4\"", "old").error().is("document_version_back"));
  EXPECT_EQ(outbox().document("trust")->value(), bytes);
  EXPECT_EQ(outbox().document_etag("trust").value(), "\"e5\"");
  ASSERT_TRUE(outbox().store_document("trust", 6, "\"e6\"", "new"));
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(outbox().document("trust")->value(), "new");
}

TEST_F(Received, TheClockSurvivesARestartWithADeadBattery) {
  ASSERT_TRUE(outbox().store_clock(std::chrono::minutes(5), test::k_morning + std::chrono::hours(1)));
  m_machine.env().clock.set_wall(WallTime{});
  ASSERT_TRUE(m_machine.open());
  EXPECT_GE(m_machine.clock().now(), test::k_morning + std::chrono::hours(1));
  EXPECT_EQ(m_machine.clock().state(), calendar::ClockState::estimated);
}

TEST_F(Received, HallTimeNeverFallsBehindTheLastEvent) {
  m_machine.env().clock.advance(std::chrono::hours(3));
  m_machine.append();
  m_machine.env().clock.set_wall(WallTime{});
  ASSERT_TRUE(m_machine.open());
  EXPECT_GE(m_machine.clock().now(), test::k_morning + std::chrono::hours(3));
}

TEST_F(Received, TheLastContactIsKept) {
  EXPECT_FALSE(outbox().status()->last_contact);
  ASSERT_TRUE(outbox().touch_contact(test::k_morning));
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(outbox().status()->last_contact, test::k_morning);
}

TEST_F(Received, SettingsComeBack) {
  EXPECT_FALSE(m_machine.store().setting("a").value());
  ASSERT_TRUE(m_machine.store().set_setting("a", "1"));
  ASSERT_TRUE(m_machine.store().set_setting("a", "2"));
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(m_machine.store().setting("a").value(), "2");
}

}  // namespace
}  // namespace yizhan::store
