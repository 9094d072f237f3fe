// Ratings: once, by whom they concern; bad ones are followed up, with deadlines.
#include "tests/unit/shared/office/matter_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;
using feedback::FollowUpAct;
using feedback::Grade;

queue::Ticket finished_visit(MatterMachine& m, identity::Person const& person) {
  auto& office = m.machine.office();
  auto const ticket = office.take_ticket({.service = "social_card_replace", .person = person.clone()})->ticket;
  EXPECT_TRUE(office.call_number(ticket.number));
  EXPECT_TRUE(office.start_service(ticket.id));
  EXPECT_TRUE(office.finish_service(ticket.id));
  EXPECT_TRUE(office.wipe_session());
  return ticket;
}

feedback::Evaluation rating(office::Ratable const& what, Grade grade, std::vector<std::string> options = {}) {
  feedback::Evaluation one;
  one.about = what.about == office::Ratable::About::visit ? feedback::About::visit : feedback::About::case_;
  one.subject = what.subject;
  one.matter = what.matter;
  one.grade = grade;
  one.options = std::move(options);
  return one;
}

TEST(Rating, AFinishedVisitIsRatedOnceByItsVisitorOrItsTicket) {
  MatterMachine m;
  auto const waiting = m.machine.office().take_ticket({.service = "elder_card", .person = zhang_san()})->ticket;
  auto const ticket = finished_visit(m, zhang_san());
  auto const mine = m.matters().ratable(zhang_san()).value();
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0].label, ticket.number);
  EXPECT_EQ(mine[0].matter, "social_card_replace");
  EXPECT_TRUE(m.matters().ratable(zhang_san('7'))->empty());
  EXPECT_EQ(m.matters().ratable_ticket(ticket.number)->subject, ticket.id);
  EXPECT_EQ(code_of(m.matters().ratable_ticket(waiting.number)), "ticket_not_found") << "not finished";
  EXPECT_EQ(code_of(m.matters().ratable_ticket("Z999")), "ticket_not_found");

  auto evaluation = rating(mine[0], Grade::satisfied, {"411"});
  evaluation.id = Uuid::v7(m.env());
  auto const given = m.matters().evaluate(evaluation);
  ASSERT_TRUE(given) << given.error().to_line();
  EXPECT_FALSE(*given) << "nothing to follow up";
  EXPECT_TRUE(m.matters().evaluate(evaluation)) << "the same again does nothing";
  EXPECT_EQ(code_of(m.matters().evaluate(rating(mine[0], Grade::satisfied))), "rated_already");
  EXPECT_EQ(code_of(m.matters().ratable_ticket(ticket.number)), "rated_already");
  EXPECT_TRUE(m.matters().ratable(zhang_san())->empty());
  auto const events = m.events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(misfit(events[0].type, events[0].data), "") << events[0].data;
  EXPECT_EQ(events[0].data.at("options"), nlohmann::json({411}));
  EXPECT_EQ(events[0].subject, "evaluation/" + evaluation.id.to_string());
}

TEST(Rating, AVisitOfYesterdayIsNotOfferedAndForgotten) {
  MatterMachine m;
  finished_visit(m, zhang_san());
  m.advance(24h);
  EXPECT_TRUE(m.matters().ratable(zhang_san())->empty());
  ASSERT_TRUE(m.matters().keep_house());
  EXPECT_EQ(m.count("SELECT count(*) FROM taken_tickets"), 0);
}

TEST(Rating, ACaseIsRatedOnceItHasEnded) {
  MatterMachine m;
  auto const view = m.submit(zhang_san());
  EXPECT_TRUE(m.matters().ratable(zhang_san())->empty());
  office::Ratable early{office::Ratable::About::case_, view.what.id, "", view.what.matter};
  EXPECT_EQ(code_of(m.matters().evaluate(rating(early, Grade::satisfied))), "rating_invalid");
  ASSERT_TRUE(m.told(view.what.number, "received"));
  ASSERT_TRUE(m.told(view.what.number, "accepted"));
  ASSERT_TRUE(m.told(view.what.number, "decided", {{"outcome", "denied"}, {"reason", "condition_unmet"}}));
  auto const mine = m.matters().ratable(zhang_san()).value();
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0].about, office::Ratable::About::case_);
  EXPECT_EQ(mine[0].label.find("420106001001"), std::string::npos) << "masked";
  ASSERT_TRUE(m.matters().evaluate(rating(mine[0], Grade::very_satisfied, {"517"})));
  EXPECT_TRUE(m.matters().cases(zhang_san())->at(0).what.rated);
  EXPECT_TRUE(m.matters().ratable(zhang_san())->empty());
  auto const event = m.events("evaluation.given").at(0);
  EXPECT_EQ(misfit(event.type, event.data), "") << event.data;
  EXPECT_EQ(event.data.at("case"), view.what.number);
  EXPECT_TRUE(event.data.at("ticket").is_null());
}

TEST(Rating, OptionsBelongToTheGrade) {
  MatterMachine m;
  finished_visit(m, zhang_san());
  auto const what = m.matters().ratable(zhang_san())->at(0);
  EXPECT_EQ(code_of(m.matters().evaluate(rating(what, Grade::very_satisfied, {"108"}))), "rating_invalid");
  EXPECT_EQ(code_of(m.matters().evaluate(rating(what, Grade::very_satisfied, {"512", "512"}))), "rating_invalid");
  EXPECT_EQ(m.events().size(), 0U);
}

TEST(FollowUps, ABadGradeOpensOneWithItsDeadlinesInTheSameTransaction) {
  MatterMachine m;
  m.trust_the_clock();
  finished_visit(m, zhang_san());
  auto const what = m.matters().ratable(zhang_san())->at(0);
  auto const due = m.matters().evaluate(rating(what, Grade::dissatisfied, {"209", "213"}));
  ASSERT_TRUE(due && *due);
  EXPECT_EQ((*due)->day.to_string(), "2026-12-01");
  EXPECT_FALSE((*due)->provisional);
  auto const opened = m.events("evaluation.followed_up").at(0);
  EXPECT_EQ(misfit(opened.type, opened.data), "") << opened.data;
  EXPECT_EQ(opened.data.at("state"), "opened");
  EXPECT_EQ(opened.data.at("due"), "2026-11-25") << "until somebody has asked";

  auto const open = m.matters().follow_ups(true).value();
  ASSERT_EQ(open.size(), 1U);
  auto const id = open[0].id;
  EXPECT_EQ(code_of(m.matters().step_follow_up(id, FollowUpAct::close, "8002")), "follow_up_out_of_order");
  EXPECT_EQ(code_of(m.matters().step_follow_up(Uuid::v7(m.env()), FollowUpAct::contact, "8002")), "follow_up_unknown");
  m.restart();
  for (auto const act : {FollowUpAct::contact, FollowUpAct::rectify_at_once, FollowUpAct::close}) {
    ASSERT_TRUE(m.matters().step_follow_up(id, act, "8002"));
  }
  EXPECT_TRUE(m.matters().follow_ups(true)->empty());
  EXPECT_EQ(m.matters().follow_ups(false)->at(0).state, feedback::FollowUpState::closed);
  auto const events = m.events("evaluation.followed_up");
  ASSERT_EQ(events.size(), 4U);
  for (auto const& event : events) EXPECT_EQ(misfit(event.type, event.data), "") << event.data;
  EXPECT_TRUE(events[3].data.at("due").is_null());
  EXPECT_EQ(m.count("SELECT count(*) FROM audit WHERE actor = 'staff:8002'"), 3);
  EXPECT_EQ(m.count("SELECT count(*) FROM audit WHERE details LIKE '%209%'"), 0)
      << "the grade is nobody's business there";
}

TEST(FollowUps, DeadlinesAreProvisionalWithoutATrustedClock) {
  MatterMachine m;
  finished_visit(m, zhang_san());
  auto const due = m.matters().evaluate(rating(m.matters().ratable(zhang_san())->at(0), Grade::very_dissatisfied));
  ASSERT_TRUE(due && *due);
  EXPECT_TRUE((*due)->provisional);
}

TEST(Figures, CountTheHallsRatings) {
  MatterMachine m;
  std::vector<std::pair<char, Grade>> const given{{'1', Grade::very_satisfied},
                                                  {'2', Grade::satisfied},
                                                  {'3', Grade::very_dissatisfied},
                                                  {'4', Grade::dissatisfied}};
  for (auto const& [digit, grade] : given) {
    finished_visit(m, zhang_san(digit));
    ASSERT_TRUE(m.matters().evaluate(rating(m.matters().ratable(zhang_san(digit))->at(0), grade)));
  }
  auto const first = m.matters().follow_ups(true)->at(0);
  ASSERT_TRUE(m.matters().step_follow_up(first.id, FollowUpAct::contact, "8002"));
  auto const today = m.machine.office().today().value();
  auto const figures = m.matters().figures(today, today).value();
  EXPECT_EQ(figures.total(), 4);
  EXPECT_EQ(figures.bad(), 2);
  EXPECT_EQ(figures.contacted, 1);
  EXPECT_EQ(figures.satisfaction(), 500);
  auto const tomorrow = calendar::BusinessDay::parse("2026-11-25").value();
  EXPECT_EQ(m.matters().figures(tomorrow, tomorrow)->total(), 0);
}

}  // namespace
}  // namespace yizhan::test
