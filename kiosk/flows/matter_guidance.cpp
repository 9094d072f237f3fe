// What a matter is, its questions, the notice, and who applies.
#include <algorithm>

#include "kiosk/flows/matter_step.h"

namespace yizhan::flows {

using namespace matter;
using Effects = MatterFlow::Step::Effects;

namespace {

/// Whether any answer can lead away from the counters. Otherwise nobody is asked anything before a ticket.
bool decides_counter(catalog::Matter const& matter) {
  auto const& outcomes = matter.outcomes();
  return std::any_of(outcomes.begin(), outcomes.end(), [](auto const& outcome) {
    auto const& channels = outcome.channels;
    return !outcome.eligible ||
           std::find(channels.begin(), channels.end(), catalog::Channel::counter) == channels.end();
  });
}

}  // namespace

Effects MatterFlow::Step::on(About&, Next) {
  flow.m_wants_ticket = false;
  return advance();
}
Effects MatterFlow::Step::on(About&, TakeTicket) {
  if (!flow.can_take_ticket()) return {};
  if (!decides_counter(flow.what())) return take_ticket();
  flow.m_wants_ticket = true;
  return advance();
}
Effects MatterFlow::Step::on(About&, Back) { return done({Outcome::Kind::services, {}, {}}); }

Effects MatterFlow::Step::on(Asking& state, AnswerChosen event) {
  if (event.question != state.question) return {};
  auto const matter = flow.what();
  bool known = false;
  bool later = false;
  // What was answered behind this question was answered to another question before it.
  for (auto const& question : matter.questions()) {
    if (later) flow.m_facts.forget_answer(question.id);
    if (question.id != event.question) continue;
    later = true;
    known = std::any_of(question.choices.begin(), question.choices.end(),
                        [&](auto const& choice) { return choice.id == event.choice; });
    if (!known) return {};
  }
  flow.m_facts.set_answer(event.question, event.choice);
  return advance();
}
Effects MatterFlow::Step::on(Asking& state, Next) {
  auto const chosen = flow.answer(state.question);
  if (chosen.empty()) return {};
  return on(state, AnswerChosen{state.question, chosen});
}
Effects MatterFlow::Step::on(Asking& state, Back) {
  auto const asked = catalog::questions(flow.what(), flow.m_facts);
  auto const here =
      std::find_if(asked.begin(), asked.end(), [&](auto const* question) { return question->id == state.question; });
  if (here == asked.begin() || here == asked.end()) return to(About{});
  return to(Asking{(*std::prev(here))->id});
}

Effects MatterFlow::Step::on(Notice&, Next) {
  if (flow.can_apply()) return apply();
  if (flow.can_take_ticket()) return take_ticket();
  return done({Outcome::Kind::services, {}, {}});
}
Effects MatterFlow::Step::on(Notice&, ApplyHere) { return apply(); }
Effects MatterFlow::Step::on(Notice&, InsteadChosen) {
  auto const other = flow.instead();
  if (other.empty()) return {};
  auto const* person = flow.m_person ? &*flow.m_person : nullptr;
  auto next = MatterFlow::begin(flow.m_world, other, person);
  flow = std::move(next);
  return effects(say("speech.matter.about"));
}
Effects MatterFlow::Step::on(Notice& state, PrintChosen event) {
  if (event.paper == Paper::notice_slip) return print(event.paper, state.slip, state.problem);
  if (event.paper == Paper::notice_document) return print(event.paper, state.document, state.document_problem);
  return {};
}
Effects MatterFlow::Step::on(Notice& state, PaperPrinted event) {
  if (event.paper == Paper::notice_slip) state.slip = Printing::printed;
  if (event.paper == Paper::notice_document) state.document = Printing::printed;
  return {};
}
Effects MatterFlow::Step::on(Notice& state, PaperRefused event) {
  auto const outcome = event.unknown ? Printing::unknown : Printing::failed;
  if (event.paper == Paper::notice_slip) {
    state.slip = outcome;
    state.problem = event.code;
  } else if (event.paper == Paper::notice_document) {
    state.document = outcome;
    state.document_problem = event.code;
  } else {
    return {};
  }
  return effects(say("error." + event.code));
}

Effects MatterFlow::Step::on(NeedCard& state, CardSeen) {
  state = {true, {}};
  return {};
}
Effects MatterFlow::Step::on(NeedCard& state, CardRefused event) {
  state = {false, event.code};
  return effects(say("error." + event.code));
}
Effects MatterFlow::Step::on(NeedCard&, Back) {
  flow.m_applying = false;
  return to(Notice{});
}

}  // namespace yizhan::flows
