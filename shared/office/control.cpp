#include "shared/office/control.h"

#include <map>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/store/uploads.h"

namespace yizhan::office {

namespace {

using nlohmann::json;
using Answer = Result<json>;

Result<std::string> word(json const& request, char const* name) {
  auto const found = request.find(name);
  if (found == request.end() || !found->is_string()) return Error::make("request_malformed", Retry::no, name);
  return found->get<std::string>();
}

Result<Uuid> id_of(json const& request) {
  auto const text = TRY(word(request, "id"));
  return Uuid::parse(text);
}

/// What pages and chains tell, and what the high-water mark knows to be missing.
Answer check(Premises& premises, json const&) {
  auto findings = TRY(premises.store().check());
  if (auto const& missing = premises.store().missing()) {
    if (missing->last_missing > 0) {
      findings.push_back("missing: events " + std::to_string(missing->first_missing) + ".." +
                         std::to_string(missing->last_missing) + " of epoch " + missing->epoch);
    }
    for (auto const& family : missing->number_families) findings.push_back("missing: last numbers of series " + family);
    if (missing->restored) findings.push_back("restored: what was issued since the copy is not known");
  }
  return json{{"findings", std::move(findings)}};
}

Answer back_up(Premises& premises, json const& request) {
  auto const file = TRY(word(request, "file"));
  TRY(premises.store().backup(file));
  return json{{"file", file}};
}

Answer parked(Premises& premises, json const&) {
  auto list = json::array();
  for (auto const& event : TRY(premises.store().outbox().parked())) {
    list.push_back(
        {{"id", event.id.to_string()}, {"type", event.type}, {"problem", event.problem}, {"time", event.time}});
  }
  return json{{"parked", std::move(list)}};
}

Answer resubmit(Premises& premises, json const& request) {
  auto const id = TRY(id_of(request));
  auto const again = TRY(premises.store().outbox().resubmit(id));
  return json{{"id", again.to_string()}};
}

Answer discard(Premises& premises, json const& request) {
  auto const id = TRY(id_of(request));
  auto const reason = TRY(word(request, "reason"));
  TRY(premises.store().outbox().discard(id, reason));
  return json::object();
}

Answer adopt(Premises& premises, json const&) {
  auto& outbox = premises.store().outbox();
  auto const status = TRY(outbox.status());
  if (status.halt != line::Halt::cloned) return Error::make("line_not_cloned");
  TRY(outbox.set_halt(line::Halt::none));
  TRY(outbox.require_epoch(line::EpochReason::behind));
  return json::object();
}

Answer add_staff(Premises& premises, json const& request) {
  SecretText const pin(TRY(word(request, "pin")));
  auto const number = TRY(word(request, "number"));
  auto const role = TRY(word(request, "role"));
  TRY(premises.office().add_staff(number, role, pin));
  return json::object();
}

Answer hall_view(Premises& premises, json const&) {
  auto const view = TRY(premises.office().view());
  return json{{"day", view.day.to_string()}, {"waiting", view.waiting.size()}, {"active", view.active.size()}};
}

Answer matters_status(Premises& premises, json const&) {
  auto const counts = TRY(premises.matters().counts());
  auto parked = json::array();
  for (auto const& document : TRY(premises.matters().parked_documents())) {
    parked.push_back({{"case", document.case_number}, {"kind", document.kind}, {"problem", document.problem}});
  }
  auto const follow_ups = TRY(premises.matters().follow_ups(true));
  return json{{"drafts", counts.drafts},         {"open_cases", counts.open_cases},
              {"cases", counts.cases},           {"undelivered", counts.undelivered},
              {"follow_ups", follow_ups.size()}, {"parked_documents", std::move(parked)}};
}

Result<calendar::BusinessDay> day_or(json const& request, char const* name, calendar::BusinessDay const& otherwise) {
  if (!request.contains(name)) return otherwise;
  auto const text = TRY(word(request, name));
  return calendar::BusinessDay::parse(text);
}

Answer rating_figures(Premises& premises, json const& request) {
  auto const today = TRY(premises.office().today());
  auto const to = TRY(day_or(request, "to", today));
  calendar::BusinessDay const first{to.date.year() / to.date.month() / std::chrono::day{1}};
  auto const from = TRY(day_or(request, "from", first));
  if (to < from) return Error::make("request_malformed", Retry::no, "from is after to");
  auto const figures = TRY(premises.matters().figures(from, to));
  auto grades = json::object();
  for (auto const grade : feedback::k_grades) grades[std::to_string(static_cast<int>(grade))] = figures.count(grade);
  auto const rate = [](std::optional<int> const& per_mille) { return per_mille ? json(*per_mille) : json(); };
  return json{{"from", from.to_string()},
              {"to", to.to_string()},
              {"grades", std::move(grades)},
              {"total", figures.total()},
              {"bad", figures.bad()},
              {"excluded", figures.excluded},
              {"contacted", figures.contacted},
              {"closed", figures.closed},
              {"satisfaction", rate(figures.satisfaction())},
              {"bad_rate", rate(figures.bad_rate())},
              {"follow_up_rate", rate(figures.follow_up_rate())}};
}

/// Its subject stays here: with the ticket or the case one would know who rated.
Answer follow_up_object(Premises& premises, feedback::FollowUp const& follow_up) {
  auto const today = TRY(premises.office().today());
  auto const due = premises.matters().next_due(follow_up);
  auto acts = json::array();
  for (auto const act : feedback::possible_acts(follow_up.state)) acts.push_back(to_string(act));
  return json{{"id", follow_up.id.to_string()},
              {"about", to_string(follow_up.about)},
              {"item", follow_up.matter},
              {"grade", static_cast<int>(follow_up.grade)},
              {"state", to_string(follow_up.state)},
              {"opened", follow_up.opened.to_string()},
              {"due", due ? json(due->day.to_string()) : json()},
              {"provisional", due && due->provisional},
              {"overdue", due && due->day < today},
              {"acts", std::move(acts)}};
}

Answer follow_ups(Premises& premises, json const& request) {
  bool const all = request.contains("all") && request["all"] == true;
  auto list = json::array();
  for (auto const& follow_up : TRY(premises.matters().follow_ups(!all))) {
    list.push_back(TRY(follow_up_object(premises, follow_up)));
  }
  return json{{"follow_ups", std::move(list)}};
}

/// Only a known number is recorded: what else was typed may be anything, a person's ID number too.
Result<void> check_staff(Premises& premises, std::string const& number) {
  auto row = TRY(premises.store().database().prepare("SELECT 1 FROM staff WHERE number = ? AND active = 1"));
  row.bind_all(number);
  if (!TRY(row.step())) return Error::make("staff_unknown");
  return {};
}

Answer step_follow_up(Premises& premises, json const& request) {
  auto const id = TRY(id_of(request));
  auto const name = TRY(word(request, "act"));
  auto const act = feedback::parse_follow_up_act(name);
  if (!act) return Error::make("request_malformed", Retry::no, "act");
  auto const staff = TRY(word(request, "staff"));
  TRY(check_staff(premises, staff));
  auto const follow_up = TRY(premises.matters().step_follow_up(id, *act, staff));
  return follow_up_object(premises, follow_up);
}

char const* state_of(line::LineStatus const& status) {
  switch (status.halt) {
    case line::Halt::no_epoch: return "no_epoch";
    case line::Halt::cloned: return "cloned";
    case line::Halt::refused: return "refused";
    case line::Halt::none: break;
  }
  return status.backlog > 0 ? "backlog" : "idle";
}

}  // namespace

json error_object(Error const& error) { return {{"error", error.code()}, {"detail", error.detail()}}; }

Result<json> line_status(Premises& premises) {
  auto const status = TRY(premises.store().outbox().status());
  auto const uploads = TRY(premises.store().uploads().upload_status());
  auto count = TRY(premises.store().database().prepare("SELECT count(*) FROM outbox"));
  TRY(count.step());
  json contact;
  if (status.last_contact) contact = text::to_rfc3339(status.last_contact->time_since_epoch().count());
  return json{{"epoch", status.last.epoch},
              {"sequence", line::padded(status.last.sequence)},
              {"accepted_through", line::padded(status.accepted_through)},
              {"backlog", status.backlog},
              {"parked", status.parked},
              {"uploads_waiting", uploads.waiting},
              {"uploads_bytes", uploads.bytes},
              {"uploads_parked", uploads.parked},
              {"committed", count.integer(0)},
              {"last_contact", std::move(contact)},
              {"state", state_of(status)}};
}

json answer_control(Premises& premises, json const& request) {
  static std::map<std::string, Answer (*)(Premises&, json const&)> const k_answers = {
      {"db.check", check},
      {"db.backup", back_up},
      {"sync.status", [](Premises& p, json const&) { return line_status(p); }},
      {"sync.parked", parked},
      {"sync.resubmit", resubmit},
      {"sync.discard", discard},
      {"sync.adopt", adopt},
      {"staff.add", add_staff},
      {"hall.view", hall_view},
      {"matters.status", matters_status},
      {"ratings.figures", rating_figures},
      {"ratings.follow_ups", follow_ups},
      {"ratings.step", step_follow_up},
  };
  auto const name = word(request, "ask");
  if (!name) return error_object(name.error());
  auto const found = k_answers.find(*name);
  if (found == k_answers.end()) return error_object(Error::make("request_unknown", Retry::no, *name));
  auto answer = found->second(premises, request);
  return answer ? std::move(*answer) : error_object(answer.error());
}

}  // namespace yizhan::office
