#include <algorithm>

#include "shared/office/application.h"
#include "shared/office/case_table.h"
#include "shared/office/prepared_documents.h"

namespace yizhan::office {

namespace {

cases::Part* part_of(cases::Case& what, int number) {
  auto const found = std::find_if(what.parts.begin(), what.parts.end(),
                                  [&](cases::Part const& part) { return part.number == number; });
  return found == what.parts.end() ? nullptr : &*found;
}

/// The last time the authority asked.
std::vector<std::string> asked(cases::Part const& part) {
  for (auto step = part.steps.rbegin(); step != part.steps.rend(); ++step) {
    if (step->act == cases::Act::ask_supplement) return step->materials;
  }
  return {};
}

bool brings(Supplement const& supplement, std::string const& material) {
  return std::any_of(supplement.materials.begin(), supplement.materials.end(),
                     [&](cases::HeldMaterial const& held) { return held.material == material; });
}

Result<bool> known(store::Store& store, Uuid const& id) {
  auto row = TRY(store.database().prepare("SELECT 1 FROM supplements WHERE id = ?"));
  row.bind_all(id);
  return row.step();
}

/// Everything asked for must come at once; of what was promised each paper may come alone.
Result<void> check_papers(Matters::State& matters, cases::Part const& part, Supplement const& supplement) {
  bool const was_asked = part.state == cases::State::supplement;
  if (!was_asked && (ended(part.state) || part.promised_materials.empty())) {
    return Error::make("case_act_out_of_order", Retry::no, std::string("supplement in ") + to_string(part.state));
  }
  bool const card_read = supplement.applicant.verification == identity::Verification::card_read;
  for (auto const& held : supplement.materials) {
    if (!TRY(complete(matters, held, supplement.id, card_read))) {
      return Error::make("materials_incomplete", Retry::no, held.material);
    }
  }
  if (was_asked) {
    for (auto const& material : asked(part)) {
      if (!brings(supplement, material)) return Error::make("materials_incomplete", Retry::no, material);
    }
  }
  auto const& promised = part.promised_materials;
  bool const brings_promised =
      std::any_of(promised.begin(), promised.end(), [&](auto const& one) { return brings(supplement, one); });
  if (supplement.materials.empty() || (!was_asked && !brings_promised)) return Error::make("materials_incomplete");
  return {};
}

void keep_promises(cases::Part& part, Supplement const& supplement) {
  auto& promised = part.promised_materials;
  promised.erase(
      std::remove_if(promised.begin(), promised.end(), [&](auto const& one) { return brings(supplement, one); }),
      promised.end());
  if (promised.empty()) part.materials_due.reset();
}

}  // namespace

Result<CaseView> Matters::supplement(Supplement const& supplement) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(supplement.applicant));
  auto what = TRY(matters.case_of(supplement.case_id, holder));
  if (TRY(known(matters.store, supplement.id))) {
    TRY(matters.store.blobs().release_all(supplement.id.to_string()));  // pages that came again
    return matters.view_of(std::move(what));
  }
  auto* const part = part_of(what, supplement.part);
  if (part == nullptr) return Error::make("case_act_out_of_order");
  TRY(check_papers(matters, *part, supplement));

  auto documents = TRY(PreparedDocuments::begin(matters, supplement.id));
  TRY(documents.add_pages(supplement.materials));

  auto const now = matters.clock.now();
  auto const day = TRY(calendar::local_day(now, matters.settings.zone));
  if (part->state == cases::State::supplement) {
    TRY(cases::apply(*part, {.act = cases::Act::supplied, .at = now, .day = day}));
  }
  keep_promises(*part, supplement);
  auto const hand_in = [&]() -> Result<void> {
    auto& store = matters.store;
    TRY(update_part(store.database(), what, *part));
    TRY(documents.hand_over(what.id));
    TRY(documents.note_papers(what.id, supplement.materials, now));
    auto row = TRY(store.database().prepare("INSERT INTO supplements (id, case_id, part, at) VALUES (?, ?, ?, ?)"));
    row.bind_all(supplement.id, what.id, part->number, now.time_since_epoch().count());
    TRY(row.run());
    (void)TRY(store.outbox().append("cn.yizhan.case.supplemented.v1", "case/" + what.number,
                                    supplemented_data(what, part->number, supplement.id, documents.documents(),
                                                      on_file_list(supplement.materials))));
    TRY(store.audit().append("case.supplement", "machine", what.id.to_string(), {{"part", part->number}}));
    return store.blobs().release_all(supplement.id.to_string());
  };
  TRY(matters.store.commit(hand_in));
  documents.keep();
  matters.sweep();
  matters.changed();
  return matters.view_of(std::move(what));
}

Result<CaseView> Matters::withdraw(identity::Person const& person, Uuid const& case_id) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(person));
  auto what = TRY(matters.case_of(case_id, holder));
  auto const now = matters.clock.now();
  auto const day = TRY(calendar::local_day(now, matters.settings.zone));
  std::vector<cases::Part const*> withdrawn;
  for (auto& part : what.parts) {
    if (cases::apply(part, {.act = cases::Act::withdraw, .at = now, .day = day})) withdrawn.push_back(&part);
  }
  if (withdrawn.empty()) return Error::make("case_act_out_of_order", Retry::no, "withdraw");
  auto const withdraw_parts = [&]() -> Result<void> {
    auto& store = matters.store;
    for (auto const* part : withdrawn) TRY(update_part(store.database(), what, *part));
    (void)TRY(store.outbox().append("cn.yizhan.case.withdrawn.v1", "case/" + what.number, {{"case", what.number}}));
    return store.audit().append("case.withdraw", "machine", what.id.to_string(), {{"parts", withdrawn.size()}});
  };
  TRY(matters.store.commit(withdraw_parts));
  matters.changed();
  return matters.view_of(std::move(what));
}

}  // namespace yizhan::office
