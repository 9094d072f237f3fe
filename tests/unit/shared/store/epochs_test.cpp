#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

using line::EpochReason;
using line::Halt;

class Epochs : public testing::Test {
 protected:
  test::Machine m_machine;
  void SetUp() override { ASSERT_TRUE(m_machine.open()); }
  Outbox& outbox() { return m_machine.outbox(); }
  Halt halt() { return outbox().status()->halt; }
};

TEST_F(Epochs, NothingIsSentBeforeTheFirst) {
  m_machine.append();
  EXPECT_EQ(halt(), Halt::no_epoch);
  EXPECT_EQ(outbox().epoch_reason_due().value(), EpochReason::created);
  EXPECT_TRUE(m_machine.due().empty());
  EXPECT_EQ(outbox().status()->backlog, 1u);
  EXPECT_EQ(m_machine.store().high_water().mark().last_sequence, 1u) << "provisional places are watched too";
}

TEST_F(Epochs, GiveEverythingUnansweredNewPlacesInTheOldOrder) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  std::vector<Uuid> ids;
  for (int i = 0; i < 6; ++i) ids.push_back(m_machine.append("e" + std::to_string(i)));
  auto const placed = m_machine.due();
  auto const opened_first = placed[0].fact.id;
  ASSERT_TRUE(outbox().record_answers("1",
                                      {{ids[0], line::Verdict::accepted, ""}, {ids[2], line::Verdict::rejected, "p"}},
                                      0, m_machine.clock().now()));
  auto const request = outbox().epoch_request(EpochReason::platform_lost, "1").value();
  ASSERT_TRUE(request.previous);
  EXPECT_EQ(request.previous->epoch, "1");
  EXPECT_EQ(request.previous->sequence, 7u);
  EXPECT_EQ(request.previous->chain, placed.back().place.chain);
  EXPECT_TRUE(m_machine.due().empty()) << "nothing goes while an epoch is asked for";
  ASSERT_TRUE(outbox().open_epoch(request.request_id, "2"));

  auto const events = m_machine.due();
  ASSERT_EQ(events.size(), 6u);
  EXPECT_EQ(events[0].fact.type, "cn.yizhan.line.opened.v1");
  auto const data = nlohmann::json::parse(events[0].fact.data);
  EXPECT_EQ(data.at("reason"), "platform_lost");
  EXPECT_EQ(data.at("previous").at("epoch"), "1");
  EXPECT_EQ(data.at("previous").at("sequence"), "0000000000000007");
  EXPECT_EQ(data.at("previous").at("chain"), placed.back().place.chain);
  std::vector<Uuid> const expected = {opened_first, ids[1], ids[3], ids[4], ids[5]};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(events[i + 1].fact.id, expected[i]);
    EXPECT_EQ(events[i + 1].place.sequence, i + 2);
    EXPECT_EQ(events[i + 1].place.epoch, "2");
  }
  EXPECT_EQ(line::canonical_fact(events[2].fact), line::canonical_fact(placed[2].fact)) << "facts never change";
  EXPECT_EQ(test::first_broken_link(events, std::string(64, '0')), 0u);
  EXPECT_EQ(halt(), Halt::none);
  EXPECT_EQ(m_machine.store().high_water().mark().epoch, "2");
  EXPECT_EQ(m_machine.store().high_water().mark().last_sequence, 6u);
  EXPECT_TRUE(m_machine.store().check()->empty());
}

TEST_F(Epochs, TheFirstHasNoPrevious) {
  auto const request = outbox().epoch_request(EpochReason::created, "0").value();
  EXPECT_FALSE(request.previous);
  ASSERT_TRUE(outbox().open_epoch(request.request_id, "1"));
  EXPECT_TRUE(nlohmann::json::parse(m_machine.due()[0].fact.data).at("previous").is_null());
}

TEST_F(Epochs, ARequestIsRepeatedWithTheSameIdAlsoAfterARestart) {
  auto const first = outbox().epoch_request(EpochReason::created, "0").value();
  ASSERT_TRUE(m_machine.open());
  auto const again = outbox().epoch_request(EpochReason::created, "0").value();
  EXPECT_EQ(again.request_id, first.request_id);
  ASSERT_TRUE(outbox().forget_epoch_request());
  auto const other = outbox().epoch_request(EpochReason::created, "4").value();
  EXPECT_NE(other.request_id, first.request_id);
  EXPECT_EQ(other.based_on, "4");
  EXPECT_TRUE(outbox().open_epoch(first.request_id, "5").error().is("epoch_request_unknown"));
}

TEST_F(Epochs, OpeningIsIdempotentAndOnlyForward) {
  m_machine.append();
  auto const request = outbox().epoch_request(EpochReason::created, "0").value();
  ASSERT_TRUE(outbox().open_epoch(request.request_id, "3"));
  auto const once = outbox().status().value();
  ASSERT_TRUE(outbox().open_epoch(request.request_id, "3"));
  EXPECT_EQ(outbox().status()->last.chain, once.last.chain);
  EXPECT_EQ(outbox().status()->backlog, once.backlog);
  auto const next = outbox().epoch_request(EpochReason::behind, "3").value();
  EXPECT_TRUE(outbox().open_epoch(next.request_id, "2").error().is("epoch_not_newer"));
}

TEST_F(Epochs, AClonedLineStandsUntilSomebodyResumesIt) {
  ASSERT_TRUE(m_machine.open_epoch("1"));
  ASSERT_TRUE(outbox().set_halt(Halt::cloned));
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(halt(), Halt::cloned);
  EXPECT_TRUE(m_machine.due().empty());
  ASSERT_TRUE(outbox().set_halt(Halt::none));
  ASSERT_TRUE(outbox().require_epoch(EpochReason::behind));
  EXPECT_EQ(halt(), Halt::no_epoch);
  auto const request = outbox().epoch_request(EpochReason::created, "2").value();
  EXPECT_EQ(request.reason, EpochReason::behind);
  ASSERT_TRUE(outbox().open_epoch(request.request_id, "3"));
  EXPECT_EQ(halt(), Halt::none);
}

}  // namespace
}  // namespace yizhan::store
