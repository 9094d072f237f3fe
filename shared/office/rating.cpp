#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/domain/cases/case_number.h"
#include "shared/office/case_events.h"
#include "shared/office/case_table.h"
#include "shared/office/follow_up_table.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

namespace {

Result<bool> rated(store::Database& database, feedback::About about, Uuid const& subject) {
  auto row = TRY(database.prepare("SELECT 1 FROM evaluations WHERE about = ? AND subject = ?"));
  row.bind_all(std::string_view(to_string(about)), subject);
  return row.step();
}

Ratable visit_of(queue::Ticket const& ticket) {
  return {Ratable::About::visit, ticket.id, ticket.number, ticket.service};
}

bool finished(std::optional<queue::Ticket> const& ticket) {
  return ticket && ticket->state == queue::TicketState::finished;
}

bool ratable_case(cases::Case const& what) {
  return !what.rated && ended(what) && cases::overall(what).state != cases::State::withdrawn;
}

/// The number a case's rating is told under; "" of a visit. Errors: rating_invalid.
Result<std::string> case_number_of(store::Database& database, feedback::Evaluation const& evaluation) {
  if (evaluation.about == feedback::About::visit) return std::string();
  auto const of = TRY(read_case(database, evaluation.subject));
  if (!of || !ended(*of)) return Error::make("rating_invalid", Retry::no, "no such ended case");
  return of->number;
}

Result<void> insert_evaluation(store::Database& database, feedback::Evaluation const& evaluation) {
  auto row = TRY(database.prepare(
      "INSERT INTO evaluations (id, about, subject, matter, grade, options, day, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  row.bind_all(evaluation.id, std::string_view(to_string(evaluation.about)), evaluation.subject,
               std::string_view(evaluation.matter), static_cast<int>(evaluation.grade),
               std::string_view(nlohmann::json(evaluation.options).dump()), evaluation.day.to_string(),
               evaluation.at.time_since_epoch().count());
  TRY(row.run());
  if (evaluation.about == feedback::About::visit) return {};
  auto mark = TRY(database.prepare("UPDATE cases SET rated = 1 WHERE id = ?"));
  return mark.bind_all(evaluation.subject).run();
}

std::string subject_of(Uuid const& evaluation) { return "evaluation/" + evaluation.to_string(); }

}  // namespace

Result<std::vector<Ratable>> Matters::ratable(identity::Person const& person) {
  auto& matters = *m_state;
  auto& database = matters.store.database();
  auto const holder = TRY(matters.holder_of(person));
  auto const today = TRY(matters.today());
  std::vector<Ratable> list;
  std::vector<Uuid> tickets;
  {
    auto rows = TRY(database.prepare("SELECT ticket FROM taken_tickets WHERE holder = ? AND day = ? ORDER BY ticket"));
    rows.bind_all(std::string_view(holder), today.to_string());
    while (TRY(rows.step())) tickets.push_back(TRY(rows.uuid(0)));
  }
  for (auto const& id : tickets) {
    if (matters.hall == nullptr || TRY(rated(database, feedback::About::visit, id))) continue;
    auto const ticket = TRY(matters.hall->find(id));
    if (finished(ticket)) list.push_back(visit_of(*ticket));
  }
  for (auto const& what : TRY(cases_of(database, holder))) {
    if (ratable_case(what)) list.push_back({Ratable::About::case_, what.id, cases::masked(what.number), what.matter});
  }
  return list;
}

Result<Ratable> Matters::ratable_ticket(std::string const& number) {
  auto& matters = *m_state;
  if (matters.hall == nullptr) return Error::make("ticket_not_found");
  auto const today = TRY(matters.today());
  auto const ticket = TRY(matters.hall->find(today, number));
  if (!finished(ticket)) return Error::make("ticket_not_found");
  if (TRY(rated(matters.store.database(), feedback::About::visit, ticket->id))) return Error::make("rated_already");
  return visit_of(*ticket);
}

Result<std::optional<calendar::Due>> Matters::evaluate(feedback::Evaluation const& given) {
  using FollowUpDue = std::optional<calendar::Due>;
  auto& matters = *m_state;
  auto& store = matters.store;
  auto evaluation = given;
  if (evaluation.id.is_nil()) evaluation.id = Uuid::v7(matters.env);
  evaluation.at = matters.clock.now();
  evaluation.day = TRY(matters.today());
  TRY(feedback::check(evaluation));
  if (auto const open = TRY(follow_up_of(store.database(), evaluation.id))) {
    return FollowUpDue(matters.counted_here(feedback::close_due(*open, *matters.calendar)));
  }
  if (TRY(evaluation_stored(store.database(), evaluation.id))) return FollowUpDue();
  if (TRY(rated(store.database(), evaluation.about, evaluation.subject))) return Error::make("rated_already");
  auto const number = TRY(case_number_of(store.database(), evaluation));

  std::optional<feedback::FollowUp> follow_up;
  if (feedback::bad(evaluation.grade)) {
    follow_up = feedback::open_follow_up(Uuid::v7(matters.env), evaluation, matters.settings.follow_up);
  }
  FollowUpDue due;
  if (follow_up) due = matters.counted_here(feedback::contact_due(*follow_up, *matters.calendar));
  auto const give = [&]() -> Result<void> {
    TRY(insert_evaluation(store.database(), evaluation));
    TRY(store.outbox().append_with_id(evaluation.id, "cn.yizhan.evaluation.given.v1", subject_of(evaluation.id),
                                      evaluation_data(evaluation, number)));
    // The grade is nobody's business in the audit log.
    TRY(store.audit().append("evaluation.give", "machine", evaluation.id.to_string(), nlohmann::json::object()));
    if (!follow_up) return {};
    TRY(put_follow_up(store.database(), *follow_up, evaluation.at));
    (void)TRY(store.outbox().append("cn.yizhan.evaluation.followed_up.v1", subject_of(evaluation.id),
                                    follow_up_data(*follow_up, due)));
    return {};
  };
  TRY(store.commit(give));
  if (!follow_up) return FollowUpDue();
  return FollowUpDue(matters.counted_here(feedback::close_due(*follow_up, *matters.calendar)));
}

Result<std::vector<feedback::FollowUp>> Matters::follow_ups(bool open_only) {
  return read_follow_ups(m_state->store.database(), open_only);
}

Result<feedback::FollowUp> Matters::step_follow_up(Uuid const& id, feedback::FollowUpAct act,
                                                   std::string const& staff) {
  auto& matters = *m_state;
  auto& store = matters.store;
  auto follow_up = TRY(read_follow_up(store.database(), id));
  if (!follow_up) return Error::make("follow_up_unknown");
  auto const today = TRY(matters.today());
  TRY(feedback::step(*follow_up, act, today));
  auto const due = next_due(*follow_up);
  auto const take_step = [&]() -> Result<void> {
    TRY(put_follow_up(store.database(), *follow_up, matters.clock.now()));
    (void)TRY(store.outbox().append("cn.yizhan.evaluation.followed_up.v1", subject_of(follow_up->evaluation),
                                    follow_up_data(*follow_up, due)));
    return store.audit().append("follow_up." + std::string(to_string(act)), "staff:" + staff, follow_up->id.to_string(),
                                nlohmann::json::object());
  };
  TRY(store.commit(take_step));
  return std::move(*follow_up);
}

std::optional<calendar::Due> Matters::next_due(feedback::FollowUp const& follow_up) const {
  auto const due = feedback::next_due(follow_up, *m_state->calendar);
  if (!due) return std::nullopt;
  return m_state->counted_here(*due);
}

Result<feedback::Figures> Matters::figures(calendar::BusinessDay const& from, calendar::BusinessDay const& to) {
  auto& database = m_state->store.database();
  std::vector<feedback::Evaluation> evaluations;
  {
    auto rows = TRY(database.prepare("SELECT id, grade FROM evaluations WHERE day BETWEEN ? AND ? ORDER BY at"));
    rows.bind_all(from.to_string(), to.to_string());
    while (TRY(rows.step())) {
      feedback::Evaluation one;
      one.id = TRY(rows.uuid(0));
      auto const grade = feedback::grade_of(static_cast<int>(rows.integer(1)));
      if (!grade) return Error::make("database_corrupt", Retry::no, "evaluations.grade");
      one.grade = *grade;
      evaluations.push_back(std::move(one));
    }
  }
  feedback::Figures figures;
  for (auto const& one : evaluations) {
    auto const follow_up = TRY(follow_up_of(database, one.id));
    figures.add(one, follow_up ? &*follow_up : nullptr);
  }
  return figures;
}

}  // namespace yizhan::office
