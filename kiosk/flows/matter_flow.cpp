#include "kiosk/flows/matter_flow.h"

#include <algorithm>

#include "kiosk/flows/matter_step.h"

namespace yizhan::flows {

using namespace matter;

MatterFlow::MatterFlow(World world, std::string code, identity::Person const* person)
    : m_world(std::move(world)), m_code(std::move(code)) {
  if (person != nullptr) m_person = person->clone();
  m_facts.set_person(person, m_world.today);
}

MatterFlow MatterFlow::begin(World world, std::string code, identity::Person const* person) {
  MatterFlow flow(std::move(world), std::move(code), person);
  Step{flow}.judge();
  return flow;
}

MatterFlow MatterFlow::resume(World world, DraftHead const& draft, identity::Person const& person,
                              std::vector<Effect>& list) {
  auto flow = begin(std::move(world), draft.matter, &person);
  flow.m_applying = true;
  flow.m_wanted = draft.id;
  list = Step{flow}.look();
  return flow;
}

MatterFlow MatterFlow::supplement(World world, CaseView view, int part, identity::Person const& person,
                                  std::vector<Effect>& list) {
  MatterFlow flow(std::move(world), view.what.matter, &person);
  flow.m_id = flow.m_world.make_id();
  flow.m_case = std::move(view);
  flow.m_part = part;
  list = Step{flow}.to(Materials{}, Step::effects(AskOnFile{person.clone()}, say("speech.supplement")));
  return flow;
}

std::vector<Effect> MatterFlow::step(Event event) {
  Step step{*this};
  return std::visit([&](auto& state, auto& what) { return step.on(state, std::move(what)); }, m_state, event);
}

std::vector<Effect> MatterFlow::identified(identity::Person const& person) {
  bool const same = m_person && m_person->verification == person.verification && m_person->kind == person.kind &&
                    m_person->number.view() == person.number.view();
  if (same) return {};
  m_person = person.clone();
  m_facts.set_person(&person, m_world.today);
  Step step{*this};
  if (std::holds_alternative<About>(m_state)) {
    step.judge();
    return {};
  }
  bool const applying = std::holds_alternative<NeedCard>(m_state);
  if (!applying && !std::holds_alternative<Asking>(m_state) && !std::holds_alternative<Notice>(m_state)) return {};
  // A card may open questions, and close the way.
  if (catalog::next_question(what(), m_facts) != nullptr) return step.advance();
  step.judge();
  if (applying && can_apply()) return step.apply();
  return step.advance();
}

std::vector<Effect> MatterFlow::leave() {
  Step step{*this};
  bool const sent = std::holds_alternative<Submitting>(m_state) || std::holds_alternative<Receipt>(m_state);
  auto list = sent ? Step::Effects{} : step.save();
  if (m_case && !sent) {
    for (auto& effect : step.drop_pages()) list.push_back(std::move(effect));
  }
  if (std::holds_alternative<Capture>(m_state)) list.emplace_back(StopDocumentCamera{});
  return list;
}

void MatterFlow::devices_changed(bool reader, bool document_camera, bool document_printer) {
  m_world.reader = reader;
  m_world.camera = document_camera;
  m_world.document_printer = document_printer;
}

bool MatterFlow::waits_for_camera() const {
  auto const* capture = std::get_if<Capture>(&m_state);
  return capture != nullptr && (capture->phase == Capture::Phase::looking || capture->phase == Capture::Phase::failed);
}

bool MatterFlow::busy() const {
  if (auto const* capture = std::get_if<Capture>(&m_state)) return capture->phase == Capture::Phase::checking;
  return std::holds_alternative<Composing>(m_state) || std::holds_alternative<Submitting>(m_state);
}

// --- what the pages ask ---------------------------------------------------------------------------------------------

catalog::Facts const& MatterFlow::facts() const { return m_form ? m_form->facts() : m_facts; }

std::string MatterFlow::answer(std::string const& question) const {
  auto const& answers = m_facts.answers();
  auto const found = answers.find(question);
  return found != answers.end() && found->is_string() ? found->get<std::string>() : "";
}

std::pair<std::size_t, std::size_t> MatterFlow::question_place() const {
  auto const asked = catalog::questions(what(), m_facts);
  auto const* state = std::get_if<Asking>(&m_state);
  std::size_t place = 0;
  for (std::size_t i = 0; state != nullptr && i < asked.size(); ++i) {
    if (asked[i]->id == state->question) place = i + 1;
  }
  return {place, asked.size()};
}

bool MatterFlow::can_apply() const {
  return !m_case && m_world.applications && m_verdict.eligible && m_verdict.at(catalog::Channel::kiosk) &&
         catalog().form(what().form()) != nullptr;
}

/// A matter that names no place is done at the hall's counters. Before the questions nobody knows better.
bool MatterFlow::can_take_ticket() const {
  auto const& places = what().places();
  bool const counter = places.empty() || std::any_of(places.begin(), places.end(), [](auto const& place) {
                         return place.channel == catalog::Channel::counter;
                       });
  if (!counter) return false;
  bool const open = catalog::next_question(what(), m_facts) != nullptr;
  if (open) return true;
  return m_verdict.eligible && (m_verdict.at(catalog::Channel::counter) || places.empty());
}

std::string MatterFlow::instead() const {
  if (m_verdict.outcome == nullptr || m_verdict.outcome->service == m_code) return "";
  return catalog().matter(m_verdict.outcome->service) ? m_verdict.outcome->service : "";
}

forms::Section const* MatterFlow::section() const {
  auto const* page = std::get_if<FormPage>(&m_state);
  if (page == nullptr || !m_form) return nullptr;
  for (auto const& section : m_form->form().sections) {
    if (section.id == page->section) return &section;
  }
  return nullptr;
}

cases::Draft MatterFlow::draft() const {
  cases::Draft draft;
  draft.id = m_id;
  draft.matter = m_code;
  draft.catalog_version = catalog().version;
  draft.answers = m_facts.answers();
  if (m_form) draft.fields = m_form->fields();
  for (auto const& row : rows()) {
    if (row.held != nullptr) draft.materials.push_back(*row.held);
  }
  draft.section = m_place;
  return draft;
}

std::string MatterFlow::name() const {
  using Name = std::string;
  return std::visit(
      Overloaded{
          [](About const&) -> Name { return "about"; },
          [](Asking const&) -> Name { return "question"; },
          [](Notice const&) -> Name { return "notice"; },
          [](NeedCard const& s) -> Name {
            return s.reading ? "need_card.reading" : s.problem.empty() ? "need_card" : "need_card.problem";
          },
          [](Looking const&) -> Name { return "looking"; },
          [](DraftFound const& s) -> Name { return s.draft ? "draft" : "draft.submitted"; },
          [](FormPage const& s) -> Name { return "form." + s.section; },
          [](Materials const&) -> Name { return "materials"; },
          [](Capture const& s) -> Name {
            switch (s.phase) {
              case Capture::Phase::taking: return "capture.taking";
              case Capture::Phase::checking: return "capture.checking";
              case Capture::Phase::accept: return "capture.accept";
              case Capture::Phase::failed: return "capture.failed";
              case Capture::Phase::looking: break;
            }
            return "capture";
          },
          [](Promise const&) -> Name { return "promise"; },
          [](Review const&) -> Name { return "review"; },
          [](Composing const&) -> Name { return "composing"; },
          [](Sign const&) -> Name { return "sign"; },
          [](Submitting const&) -> Name { return "submitting"; },
          [](Receipt const&) -> Name { return "receipt"; },
          [](Problem const&) -> Name { return "problem"; },
      },
      m_state);
}

}  // namespace yizhan::flows
