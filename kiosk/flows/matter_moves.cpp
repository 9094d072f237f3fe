// Moves that states of a matter share.
#include <algorithm>

#include "kiosk/flows/matter_step.h"

namespace yizhan::flows {

using namespace matter;
using Effects = MatterFlow::Step::Effects;

namespace {

// Places behind the form, as a draft remembers them; section ids have no slash.
constexpr char const* k_at_materials = "/materials";
constexpr char const* k_at_review = "/review";

}  // namespace

Effects MatterFlow::Step::to(State state, Effects list) {
  flow.m_state = std::move(state);
  return list;
}

Effects MatterFlow::Step::done(Outcome outcome) {
  flow.m_outcome = std::move(outcome);
  return {};
}

Effects MatterFlow::Step::refused(std::string code, Problem::Retry retry) {
  auto list = effects(say("error." + code));
  return to(Problem{std::move(code), retry}, std::move(list));
}

bool MatterFlow::Step::known_by_card() const {
  return flow.m_person && !flow.m_person->number.empty() &&
         flow.m_person->verification == identity::Verification::card_read;
}

// --- guidance -------------------------------------------------------------------------------------------------------

void MatterFlow::Step::judge() {
  flow.m_verdict = catalog::judge(flow.catalog(), flow.what(), flow.facts(), flow.m_world.today);
}

/// The next open question, or what the answers lead to.
Effects MatterFlow::Step::advance() {
  if (auto const* question = catalog::next_question(flow.what(), flow.m_facts)) {
    return to(Asking{question->id}, effects(say("speech.matter.question")));
  }
  judge();
  bool const ticket = std::exchange(flow.m_wants_ticket, false);
  auto* about = std::get_if<About>(&flow.m_state);
  if (about == nullptr || !ticket || !flow.can_take_ticket()) flow.m_state = Notice{};
  if (ticket && flow.can_take_ticket()) return take_ticket();
  return effects(say(!flow.m_verdict.eligible ? "speech.matter.not_eligible"
                     : flow.can_apply()       ? "speech.matter.here"
                                              : "speech.matter.elsewhere"));
}

/// From the notice to the last question, or to the first page.
Effects MatterFlow::Step::back_to_guidance() {
  auto const asked = catalog::questions(flow.what(), flow.m_facts);
  if (asked.empty()) return to(About{});
  return to(Asking{asked.back()->id});
}

Effects MatterFlow::Step::take_ticket() {
  if (!flow.can_take_ticket()) return {};
  return done({Outcome::Kind::take_ticket, flow.m_code, {}});
}

// --- drafts ---------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::apply() {
  if (!flow.can_apply()) return {};
  flow.m_applying = true;
  if (!known_by_card())
    return to(NeedCard{}, effects(say(flow.m_world.reader ? "speech.present_card" : "speech.reader_away")));
  if (flow.m_id.is_nil()) return look();
  // Back from the form to the questions: it goes on where it was.
  if (flow.m_form) flow.m_form->set_answers(flow.m_facts.answers());
  flow.m_dirty = true;
  return go_to_place();
}

Effects MatterFlow::Step::look() {
  auto list = effects(AskOnFile{flow.m_person->clone()});
  if (flow.m_wanted.is_nil()) {
    list.emplace_back(LoadDrafts{flow.m_person->clone(), flow.m_code});
  } else {
    list.emplace_back(OpenDraft{flow.m_person->clone(), flow.m_wanted});
  }
  return to(Looking{}, std::move(list));
}

void MatterFlow::Step::make_form() {
  auto const* form = flow.catalog().form(flow.what().form());
  if (form == nullptr) return;
  flow.m_form.emplace(*form, flow.m_facts, flow.m_world.today, *flow.m_world.calendar, flow.m_world.divisions.get());
  flow.m_form->prefill(*flow.m_person);
}

Effects MatterFlow::Step::begin_form() {
  flow.m_wanted = {};
  flow.m_id = flow.m_world.make_id();
  flow.m_held.clear();
  flow.m_place.clear();
  make_form();
  return go_to_place();
}

Effects MatterFlow::Step::open(cases::Draft draft) {
  flow.m_wanted = {};
  flow.m_id = draft.id;
  flow.m_held = std::move(draft.materials);
  flow.m_place = std::move(draft.section);
  std::vector<std::string> before;
  for (auto const& [question, choice] : flow.m_facts.answers().items()) before.push_back(question);
  for (auto const& question : before) flow.m_facts.forget_answer(question);
  for (auto const& [question, choice] : draft.answers.items()) {
    if (choice.is_string()) flow.m_facts.set_answer(question, choice.get<std::string>());
  }
  make_form();
  if (flow.m_form) flow.m_form->restore(draft.fields);
  // The catalogue, or the day, may be another one than the draft's: what it asks now is asked now.
  if (catalog::next_question(flow.what(), flow.m_facts) != nullptr) return advance();
  judge();
  if (!flow.can_apply()) return advance();
  auto list = go_to_place();
  list.insert(list.begin(), Effect{say("speech.draft_continued")});
  return list;
}

/// Stores the draft. A supplement has none: what it is made of is stored with the case.
Effects MatterFlow::Step::save() {
  if (!flow.m_dirty || flow.m_case || flow.m_id.is_nil()) return {};
  flow.m_dirty = false;
  return effects(SaveDraft{flow.m_person->clone(), flow.draft()});
}

/// A supplement that is left: its pages belong to nothing.
Effects MatterFlow::Step::drop_pages() {
  Effects list;
  for (auto const& one : flow.m_held) {
    if (one.how != cases::HeldMaterial::How::photographed) continue;
    for (auto const& page : one.pages) list.emplace_back(DropPage{flow.m_id, page});
  }
  return list;
}

Effects MatterFlow::Step::draft_refused(std::string code) {
  bool const told = flow.m_draft_problem == code;
  flow.m_draft_problem = std::move(code);
  flow.m_dirty = true;  // with the next change it is tried again
  if (told) return {};
  return effects(say("error." + flow.m_draft_problem));
}

// --- places ---------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::go_to_place() {
  if (flow.m_place == k_at_materials) return to_materials();
  if (flow.m_place == k_at_review) return to_review();
  if (!flow.m_form) return to_materials();
  auto const sections = flow.m_form->sections();
  if (sections.empty()) return to_materials();
  auto const found =
      std::find_if(sections.begin(), sections.end(), [&](auto const* s) { return s->id == flow.m_place; });
  return to_section(found != sections.end() ? (*found)->id : sections.front()->id);
}

Effects MatterFlow::Step::to_section(std::string const& id, bool to_review) {
  flow.m_place = id;
  return to(FormPage{id, {}, {}, to_review});
}

/// `id` may have become invisible by its own answers.
Effects MatterFlow::Step::after_section(std::string const& id) {
  bool passed = false;
  for (auto const& section : flow.m_form->form().sections) {
    if (passed && flow.m_form->visible(section)) return to_section(section.id);
    passed = passed || section.id == id;
  }
  return to_materials();
}

Effects MatterFlow::Step::to_last_section() {
  if (flow.m_form) {
    auto const sections = flow.m_form->sections();
    if (!sections.empty()) return to_section(sections.back()->id);
  }
  judge();
  return to(Notice{});
}

/// A card that was read is in hand.
void MatterFlow::Step::hold_cards() {
  if (!known_by_card()) return;
  for (auto const& row : flow.rows()) {
    if (row.material.from_card && row.held == nullptr) {
      hold({row.material.id, {}, cases::HeldMaterial::How::from_card});
    }
  }
}

Effects MatterFlow::Step::to_materials(bool to_review) {
  if (!flow.m_case) judge();
  hold_cards();
  if (flow.rows().empty()) return this->to_review();
  flow.m_place = k_at_materials;
  return to(Materials{false, to_review});
}

Effects MatterFlow::Step::to_review() {
  if (!flow.m_case) judge();
  hold_cards();
  flow.m_place = k_at_review;
  return to(Review{}, effects(say("speech.review")));
}

// --- papers ---------------------------------------------------------------------------------------------------------

cases::HeldMaterial* MatterFlow::Step::held(std::string const& material) {
  for (auto& one : flow.m_held) {
    if (one.material == material) return &one;
  }
  return nullptr;
}

void MatterFlow::Step::hold(cases::HeldMaterial material) {
  flow.m_dirty = true;
  if (auto* before = held(material.material)) {
    *before = std::move(material);
  } else {
    flow.m_held.push_back(std::move(material));
  }
}

Effects MatterFlow::Step::print(Paper paper, Printing& printing, std::string& problem) {
  bool const document = paper == Paper::notice_document || paper == Paper::receipt_document;
  if (printing == Printing::waiting || (document && !flow.m_world.document_printer)) return {};
  printing = Printing::waiting;
  problem.clear();
  return effects(PrintPaper{paper});
}

// --- submission -----------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::compose() {
  return to(Composing{}, effects(say("speech.composing"),
                                 ComposeDocument{flow.m_person->clone(), flow.draft(), flow.m_world.catalog}));
}

Effects MatterFlow::Step::submit() {
  if (flow.m_case) {
    return to(Submitting{}, effects(Supplement{flow.m_id, flow.m_case->what.id, flow.m_part, flow.draft().materials,
                                               flow.m_person->clone()}));
  }
  return to(Submitting{}, effects(Submit{flow.m_person->clone(), flow.draft(), flow.m_world.catalog, flow.m_document,
                                         flow.m_signature}));
}

}  // namespace yizhan::flows
