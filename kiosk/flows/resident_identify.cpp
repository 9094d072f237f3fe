// Welcome, and saying who one is.
#include "kiosk/flows/resident_step.h"
#include "shared/base/text.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::flows {

using namespace resident;
using Effects = ResidentStep::Effects;

namespace {

/// The code of what is wrong with a typed document number, empty where it may be used.
std::string document_problem(identity::DocumentKind kind, std::string_view typed) {
  if (typed.empty()) return "entry_empty";
  if (kind == identity::DocumentKind::id_card) {
    return identity::check_id_number(typed).valid() ? "" : "id_number_invalid";
  }
  if (typed.size() < 5 || typed.size() > 20) return "document_number_length";
  for (char const c : typed) {
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return "document_number_character";
  }
  return "";
}

}  // namespace

// --- welcome --------------------------------------------------------------------------------------------------------

Effects ResidentStep::on(Welcome&, Begin event) {
  flow.m_purpose = event.purpose;
  return to_method();
}
Effects ResidentStep::on(Welcome&, CardSeen) { return to(PresentCard{true, {}}); }
Effects ResidentStep::on(Welcome&, CardIdentified event) { return card(std::move(event)); }
Effects ResidentStep::on(Welcome&, CardRefused event) { return refused_card(event); }
Effects ResidentStep::on(Welcome&, CodeSeen event) {
  return to(PresentCode{true, {}}, effects(ResolveCode{std::move(event.text)}));
}
Effects ResidentStep::on(Welcome&, ReprintChosen event) { return reprint(event); }

// --- the way --------------------------------------------------------------------------------------------------------

Effects ResidentStep::on(ChooseMethod&, MethodChosen event) {
  if (!flow.offers(event.method)) return {};
  switch (event.method) {
    case Method::card: return to(PresentCard{}, effects(say("speech.present_card")));
    case Method::code: return to(PresentCode{}, effects(StartScanner{}, say("speech.present_code")));
    case Method::phone: return to(EnterPhone{}, effects(say("speech.enter_phone")));
    case Method::document: return to(EnterDocument{}, effects(say("speech.enter_document")));
    case Method::nobody: break;
  }
  flow.m_person.emplace();
  return onward();
}
Effects ResidentStep::on(ChooseMethod&, CardSeen) { return to(PresentCard{true, {}}); }
Effects ResidentStep::on(ChooseMethod&, CardIdentified event) { return card(std::move(event)); }
Effects ResidentStep::on(ChooseMethod&, CardRefused event) { return refused_card(event); }
Effects ResidentStep::on(ChooseMethod&, CodeSeen event) {
  return to(PresentCode{true, {}}, effects(ResolveCode{std::move(event.text)}));
}

// --- card and code --------------------------------------------------------------------------------------------------

Effects ResidentStep::on(PresentCard& state, CardSeen) {
  state = {true, {}};
  return {};
}
Effects ResidentStep::on(PresentCard&, CardIdentified event) { return card(std::move(event)); }
Effects ResidentStep::on(PresentCard&, CardRefused event) { return refused_card(event); }
Effects ResidentStep::on(PresentCard&, CodeSeen event) {
  return to(PresentCode{true, {}}, effects(ResolveCode{std::move(event.text)}));
}

Effects ResidentStep::on(PresentCode& state, CodeSeen event) {
  if (state.resolving) return {};
  state = {true, {}};
  return effects(ResolveCode{std::move(event.text)});
}
Effects ResidentStep::on(PresentCode& state, CodeResolved event) {
  if (!state.resolving) return {};  // of a code shown before the resident went back
  return resolved(std::move(event));
}
Effects ResidentStep::on(PresentCode&, CodeRefused event) {
  return to(PresentCode{false, event.code}, effects(StartScanner{}, say("error." + event.code)));
}
Effects ResidentStep::on(PresentCode&, CardSeen) { return to(PresentCard{true, {}}, effects(StopScanner{})); }
Effects ResidentStep::on(PresentCode&, CardIdentified event) { return card(std::move(event)); }
Effects ResidentStep::on(PresentCode&, CardRefused event) { return refused_card(event); }

// --- typed ----------------------------------------------------------------------------------------------------------

Effects ResidentStep::on(EnterPhone& state, Edited event) {
  state.typed = std::move(event.text);
  state.problem.clear();
  return {};
}
Effects ResidentStep::on(EnterPhone& state, Next) {
  auto phone = identity::normalise_phone(state.typed.view());
  if (!phone) {
    state.problem = phone.error().code();
    return effects(say("error." + state.problem));
  }
  identity::Person person;
  person.kind = identity::DocumentKind::phone;
  person.number = std::move(*phone);
  person.verification = identity::Verification::typed;
  flow.m_person = std::move(person);
  return onward();
}
Effects ResidentStep::on(EnterPhone&, CardIdentified event) { return card(std::move(event)); }
Effects ResidentStep::on(EnterPhone&, CardRefused event) { return refused_card(event); }

Effects ResidentStep::on(EnterDocument& state, Edited event) {
  state.typed = SecretText(text::to_upper_ascii(event.text.view()));
  state.problem.clear();
  return {};
}
Effects ResidentStep::on(EnterDocument& state, DocumentKindChosen event) {
  state = {event.kind, {}, {}};
  return {};
}
Effects ResidentStep::on(EnterDocument& state, Next) {
  state.problem = document_problem(state.kind, state.typed.view());
  if (!state.problem.empty()) return effects(say("error." + state.problem));
  identity::Person person;
  person.kind = state.kind;
  person.number = std::move(state.typed);
  person.verification = identity::Verification::typed;
  if (person.kind == identity::DocumentKind::id_card && person.number.view().size() == 18) {
    person.birth_year = person.number.view().substr(6, 4);
  }
  flow.m_person = std::move(person);
  return onward();
}
Effects ResidentStep::on(EnterDocument&, CardIdentified event) { return card(std::move(event)); }
Effects ResidentStep::on(EnterDocument&, CardRefused event) { return refused_card(event); }

// --- recognised -----------------------------------------------------------------------------------------------------

Effects ResidentStep::on(Recognised&, Begin event) {
  flow.m_purpose = event.purpose;
  return onward();
}
Effects ResidentStep::on(Recognised&, CardIdentified event) { return card(std::move(event)); }

}  // namespace yizhan::flows
