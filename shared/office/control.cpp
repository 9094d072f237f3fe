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

Result<Uuid> event_id(json const& request) {
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
  auto const id = TRY(event_id(request));
  auto const again = TRY(premises.store().outbox().resubmit(id));
  return json{{"id", again.to_string()}};
}

Answer discard(Premises& premises, json const& request) {
  auto const id = TRY(event_id(request));
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
  };
  auto const name = word(request, "ask");
  if (!name) return error_object(name.error());
  auto const found = k_answers.find(*name);
  if (found == k_answers.end()) return error_object(Error::make("request_unknown", Retry::no, *name));
  auto answer = found->second(premises, request);
  return answer ? std::move(*answer) : error_object(answer.error());
}

}  // namespace yizhan::office
