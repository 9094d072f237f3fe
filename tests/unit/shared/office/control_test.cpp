// What tools are told about ratings, and what they may do about them.
#include "shared/office/control.h"

#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

class RatingControl : public testing::Test {
 protected:
  TempDir m_folder{"control"};
  ManualEnv m_env{k_morning, 1};
  calendar::HallClock m_clock{m_env.clock.wall(), m_env.clock.steady(), k_morning - 24h};
  std::unique_ptr<office::Premises> m_premises;

  void SetUp() override {
    config::Config config;
    config.hall.catalog = "assets/catalog/demo";
    auto opened = office::Premises::open({config, m_folder / "data", crypto::Profile::demo}, m_env.env(), m_clock, {});
    ASSERT_TRUE(opened) << opened.error().to_line();
    m_premises = std::move(*opened);
    ASSERT_TRUE(m_premises->office().add_staff("8002", "supervisor", SecretText(std::string("246810"))));
    feedback::Evaluation one;
    one.subject = Uuid::v7(m_env.env());
    one.matter = "social_card_replace";
    one.grade = feedback::Grade::dissatisfied;
    ASSERT_TRUE(m_premises->matters().evaluate(one));
  }
  json ask(json const& request) { return office::answer_control(*m_premises, request); }
  json follow_up() { return ask({{"ask", "ratings.follow_ups"}}).at("follow_ups").at(0); }
  json step(json const& id, json const& act, json const& staff = "8002") {
    return ask({{"ask", "ratings.step"}, {"id", id}, {"act", act}, {"staff", staff}});
  }
  std::int64_t records(std::string_view action) {
    auto row =
        m_premises->store().database().prepare("SELECT count(*) FROM audit WHERE action = ? AND actor = 'staff:8002'");
    row->bind(1, action);
    EXPECT_TRUE(row->step().value_or(false));
    return row->integer(0);
  }
};

TEST_F(RatingControl, ADeadlineIsAsGoodAsTheClockAndPassesWithTheDay) {
  EXPECT_EQ(follow_up().at("due"), "2026-11-25");
  EXPECT_EQ(follow_up().at("provisional"), true);
  m_clock.learn_offset(Duration{0});
  EXPECT_EQ(follow_up().at("provisional"), false);
  m_env.clock.advance(24h);
  EXPECT_EQ(follow_up().at("overdue"), false) << "its last day";
  m_env.clock.advance(24h);
  EXPECT_EQ(follow_up().at("overdue"), true);
}

TEST_F(RatingControl, EveryStepIsRecordedUnderWhoTookIt) {
  auto const id = follow_up().at("id");
  auto const contacted = step(id, "contact");
  EXPECT_EQ(contacted.at("state"), "contacted") << contacted;
  EXPECT_EQ(records("follow_up.contact"), 1);
  EXPECT_EQ(step(id, "contact").at("error"), "follow_up_out_of_order");
  EXPECT_EQ(records("follow_up.contact"), 1);
  EXPECT_TRUE(m_premises->store().check()->empty());
}

TEST_F(RatingControl, WhatDoesNotFitChangesNothing) {
  auto const id = follow_up().at("id");
  EXPECT_EQ(step(id, "contact", "420106199003070016"), json({{"error", "staff_unknown"}, {"detail", ""}}));
  EXPECT_EQ(step(Uuid::v7(m_env.env()).to_string(), "contact").at("error"), "follow_up_unknown");
  EXPECT_EQ(step("1", "contact").at("error"), "bad_uuid");
  EXPECT_EQ(step(id, "forget").at("error"), "request_malformed");
  for (json const& wrong : {json(3), json(nullptr), json::array(), json::object()}) {
    EXPECT_EQ(step(wrong, "contact").at("error"), "request_malformed") << wrong;
    EXPECT_EQ(step(id, wrong).at("error"), "request_malformed") << wrong;
    EXPECT_EQ(step(id, "contact", wrong).at("error"), "request_malformed") << wrong;
    EXPECT_EQ(ask({{"ask", "ratings.figures"}, {"from", wrong}}).at("error"), "request_malformed") << wrong;
    EXPECT_EQ(ask({{"ask", "ratings.follow_ups"}, {"all", wrong}}).at("follow_ups").size(), 1U) << wrong;
  }
  EXPECT_EQ(ask({{"ask", "ratings.figures"}, {"to", "2026-02-30"}}).at("error"), "bad_date");
  EXPECT_EQ(follow_up().at("state"), "opened");
}

}  // namespace
}  // namespace yizhan::test
