// Drafts, and the form section by section.
#include <algorithm>

#include "kiosk/flows/matter_step.h"

namespace yizhan::flows {

using namespace matter;
using Effects = MatterFlow::Step::Effects;

// --- drafts ---------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Looking&, DraftsFound event) {
  std::optional<DraftHead> newest;
  for (auto& draft : event.drafts) {
    if (draft.matter == flow.m_code && (!newest || draft.updated_at > newest->updated_at)) newest = draft;
  }
  if (newest) return to(DraftFound{std::move(newest), {}}, effects(say("speech.draft_found")));
  if (event.submitted) return to(DraftFound{{}, std::move(event.submitted)}, effects(say("speech.submitted_before")));
  return begin_form();
}
Effects MatterFlow::Step::on(Looking&, DraftsRefused event) {
  // A draft that is not there any more cannot be looked for again.
  bool const gone = event.code == "draft_unknown" || event.code == "draft_malformed";
  return refused(event.code, gone ? Problem::Retry::none : Problem::Retry::look);
}
Effects MatterFlow::Step::on(Looking&, DraftOpened event) { return open(std::move(event.draft)); }

Effects MatterFlow::Step::on(DraftFound& state, Next) {
  if (state.draft) {
    flow.m_wanted = state.draft->id;
    return look();
  }
  Receipt receipt;
  receipt.view = std::move(*state.submitted);
  receipt.repeated = true;
  return to(std::move(receipt));
}
Effects MatterFlow::Step::on(DraftFound& state, BeginAnew) {
  Effects list;
  if (state.draft) list.emplace_back(DiscardDraft{flow.m_person->clone(), state.draft->id});
  append(list, begin_form());
  return list;
}
Effects MatterFlow::Step::on(DraftFound&, Back) {
  flow.m_applying = false;
  return to(Notice{});
}

// --- form -----------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(FormPage& state, FieldChosen event) {
  if (!event.field.empty()) {
    auto const* section = flow.section();
    bool const here = std::any_of(section->fields.begin(), section->fields.end(), [&](auto const& field) {
      return field.id == event.field && flow.m_form->visible(field) && !flow.m_form->fixed(field);
    });
    if (!here) return {};
  }
  state.field = std::move(event.field);
  return save();
}

Effects MatterFlow::Step::on(FormPage& state, FieldEdited event) {
  auto const* section = flow.section();
  bool const here = std::any_of(section->fields.begin(), section->fields.end(), [&](auto const& field) {
    return field.id == event.field && flow.m_form->visible(field) && !flow.m_form->fixed(field);
  });
  if (!here) return {};
  flow.m_form->set(event.field, std::move(event.value));
  flow.m_dirty = true;
  std::erase_if(state.problems, [&](auto const& problem) { return problem.field == event.field; });
  return {};
}

Effects MatterFlow::Step::on(FormPage& state, Next) {
  auto list = save();
  state.problems = flow.m_form->problems(*flow.section());
  if (!state.problems.empty()) {
    state.field.clear();
    list.emplace_back(say("speech.form_problems"));
    return list;
  }
  // The place is part of the draft.
  auto const id = state.section;
  auto moved = state.to_review ? to_review() : after_section(id);
  flow.m_dirty = true;
  append(moved, save());
  return moved;
}

Effects MatterFlow::Step::on(FormPage& state, Back) {
  auto list = save();
  if (state.to_review) {
    append(list, to_review());
    return list;
  }
  std::string before;
  for (auto const* section : flow.m_form->sections()) {
    if (section->id == state.section) break;
    before = section->id;
  }
  if (!before.empty()) {
    append(list, to_section(before));
    return list;
  }
  judge();
  append(list, to(Notice{}));
  return list;
}

}  // namespace yizhan::flows
