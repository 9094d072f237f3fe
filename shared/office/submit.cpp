#include <algorithm>
#include <charconv>

#include "shared/base/text.h"
#include "shared/domain/cases/case_number.h"
#include "shared/office/application.h"
#include "shared/office/case_table.h"
#include "shared/office/prepared_documents.h"

namespace yizhan::office {

namespace {

constexpr int k_last_serial = 9999;
/// Case numbers' family in the high-water mark: no queue has this letter.
constexpr char k_family = '#';

/// A new data folder on a machine that had another one today knows none of its numbers, but the platform gave it another
/// epoch: each epoch counts in a block of its own.
int serial_floor(std::string const& epoch) {
  constexpr std::uint64_t k_block = 1000;
  constexpr std::uint64_t k_blocks = 9;  // the last one has what is left
  std::uint64_t number = 0;
  std::from_chars(epoch.data(), epoch.data() + epoch.size(), number);
  return number == 0 ? 0 : static_cast<int>((number - 1) % k_blocks * k_block);
}

/// Serial numbers are given out once, also after the database was rolled back. Errors: numbers_exhausted.
Result<int> next_serial(store::Store& store, calendar::BusinessDay const& day) {
  auto row = TRY(store.database().prepare("SELECT last FROM case_numbers WHERE day = ?"));
  row.bind_all(day.to_string());
  int const known = TRY(row.step()) ? static_cast<int>(row.integer(0)) : 0;
  auto const floor = serial_floor(TRY(store.outbox().status()).last.epoch);
  int const serial = std::max({known, store.high_water().highest(day, k_family, ""), floor}) + 1;
  if (serial > k_last_serial) return Error::make("numbers_exhausted");
  return serial;
}

Result<void> use_serial(store::Store& store, calendar::BusinessDay const& day, int serial) {
  auto row = TRY(store.database().prepare(
      "INSERT INTO case_numbers (day, last) VALUES (?1, ?2) ON CONFLICT (day) DO UPDATE SET last = max(last, ?2)"));
  row.bind_all(day.to_string(), serial);
  TRY(row.run());
  return store.high_water().raise_number(day, k_family, "", serial);
}

bool uses(catalog::ServiceItem const& item, std::string const& material) {
  return std::any_of(item.materials.begin(), item.materials.end(),
                     [&](catalog::Material const& one) { return one.id == material; });
}

/// Items of this case that `item` waits for.
std::vector<std::string> awaited(Application const& application, std::string const& item) {
  std::vector<std::string> items;
  if (application.matter.bundle == nullptr) return items;
  for (auto const& part : application.matter.bundle->parts) {
    if (part.item != item) continue;
    for (auto const& before : part.after) {
      bool const here = std::any_of(application.verdict.parts.begin(), application.verdict.parts.end(),
                                    [&](catalog::ServiceItem const* one) { return one->code == before; });
      if (here) items.push_back(before);
    }
  }
  return items;
}

std::vector<Promised> promises(Application const& application, calendar::BusinessDay const& today,
                               Matters::State const& matters) {
  std::vector<Promised> promised;
  for (auto const& held : application.materials) {
    if (held.how != cases::HeldMaterial::How::promised) continue;
    auto const material = std::find_if(application.verdict.materials.begin(), application.verdict.materials.end(),
                                       [&](catalog::Material const& one) { return one.id == held.material; });
    auto const due = calendar::add_workdays(*matters.calendar, today, material->tolerate_days);
    promised.push_back({held.material, matters.counted_here(due)});
  }
  return promised;
}

/// Each part with the step that began it, its periods as the catalogue promised them today, and what is brought later.
std::vector<cases::Part> parts_of(Application const& application, std::vector<Promised> const& promised,
                                  cases::Step const& submitted) {
  std::vector<cases::Part> parts;
  for (auto const* item : application.verdict.parts) {
    cases::Part part;
    part.number = static_cast<int>(parts.size()) + 1;
    part.item = item->code;
    part.after = awaited(application, item->code);
    part.promise = item->promise;
    part.legal = item->legal;
    part.steps.push_back(submitted);
    for (auto const& one : promised) {
      if (!uses(*item, one.material)) continue;
      part.promised_materials.push_back(one.material);
      if (!part.materials_due || one.due.day < part.materials_due->day) part.materials_due = one.due;
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

/// What is kept of the person for as long as the case is, sealed.
nlohmann::json dossier_of(Submission const& submission, Application const& application) {
  return {{"applicant",
           {{"document", identity::to_string(submission.applicant.kind)},
            {"number", std::string(submission.applicant.number.view())},
            {"name", std::string(submission.applicant.name.view())}}},
          {"answers", application.answers},
          {"fields", application.fields}};
}

}  // namespace

Result<CaseView> Matters::submit(Submission const& submission) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(submission.applicant));
  if (auto known = TRY(read_case(matters.store.database(), submission.draft))) {
    if (known->holder != holder) return Error::make("draft_unknown");
    TRY(matters.store.blobs().release_all(submission.draft.to_string()));  // pages that came late
    return matters.view_of(std::move(*known));
  }
  auto const draft = TRY(matters.draft(submission.draft, holder));
  auto const application = TRY(check_application(matters, draft, submission));

  auto const now = matters.clock.now();
  auto const day = TRY(calendar::local_day(now, matters.settings.zone));
  if (TRY(matters.store.numbers_withheld(day))) return Error::make("numbers_withheld");
  int const serial = TRY(next_serial(matters.store, day));

  auto const promised = promises(application, day, matters);
  cases::Step const submitted{.act = cases::Act::submit, .at = now, .day = day};
  cases::Case what;
  what.id = draft.id;
  what.number = cases::case_number(matters.settings.hall, day, matters.settings.terminal, serial);
  what.matter = draft.matter;
  what.bundle = application.matter.bundle != nullptr;
  what.holder = holder;
  what.catalog_version = submission.catalog->version;
  what.submitted_at = now;
  what.parts = parts_of(application, promised, submitted);

  auto documents = TRY(PreparedDocuments::begin(matters, draft.id));
  auto text = application_document(what, application, submission);
  auto const added = documents.add("application", text::bytes_of(text));
  scrub(text);
  TRY(Result<void>(added));
  if (!submission.signature.empty()) TRY(documents.add("signature", submission.signature_png));
  TRY(documents.add_pages(application.materials));

  auto const event = Uuid::v7(matters.env);
  auto const hand_in = [&]() -> Result<void> {
    auto& store = matters.store;
    TRY(use_serial(store, day, serial));
    TRY(insert_case(store.database(), what, event));
    TRY(documents.hand_over(what.id));
    TRY(documents.note_papers(what.id, application.materials, now));
    TRY(store.outbox().append_with_id(event, "cn.yizhan.case.submitted.v1", "case/" + what.number,
                                      submitted_data({.what = what,
                                                      .channel = submission.channel,
                                                      .documents = documents.documents(),
                                                      .on_file = on_file_list(application.materials),
                                                      .promised = promised})));
    TRY(store.audit().append("case.submit", "machine", what.id.to_string(), {{"number", what.number}}));
    TRY(store.blobs().release_all(draft.id.to_string()));
    TRY(matters.dossiers->remove(draft.id, holder));
    return matters.dossiers->put({.id = what.id, .kind = "case", .holder = holder, .version = 1, .updated_at = now},
                                 dossier_of(submission, application));
  };
  TRY(matters.store.commit(hand_in));
  documents.keep();
  matters.sweep();
  matters.changed();
  return matters.view_of(std::move(what));
}

}  // namespace yizhan::office
