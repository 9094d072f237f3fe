#include <algorithm>

#include "shared/office/case_table.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

namespace {

constexpr std::string_view k_kind = "draft";

bool in_hand(cases::HeldMaterial const& held) {
  return held.how == cases::HeldMaterial::How::photographed || held.how == cases::HeldMaterial::How::file;
}

}  // namespace

Result<std::optional<store::DossierHead>> Matters::State::draft_head(Uuid const& id, identity::Holder const& holder) {
  for (auto& head : TRY(dossiers->list(holder, k_kind, clock.now()))) {
    if (head.id == id) return std::optional<store::DossierHead>(std::move(head));
  }
  return std::optional<store::DossierHead>();
}

Result<cases::Draft> Matters::State::draft(Uuid const& id, identity::Holder const& holder) {
  if (!TRY(draft_head(id, holder))) return Error::make("draft_unknown");
  auto const content = TRY(dossiers->get(id, holder, clock.now()));
  return cases::parse_draft(content);
}

Result<void> Matters::save_draft(identity::Person const& person, cases::Draft const& draft) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(person));
  if (auto const known = TRY(read_case(matters.store.database(), draft.id))) {
    return known->holder == holder ? Result<void>() : Error::make("draft_foreign");
  }
  auto const owner = draft.id.to_string();
  for (auto const& held : draft.materials) {
    if (!in_hand(held)) continue;
    for (auto const& page : held.pages) {
      if (!TRY(matters.store.blobs().owns(owner, page))) return Error::make("page_unknown", Retry::no, page);
    }
  }
  auto const now = matters.clock.now();
  auto const stored = TRY(matters.draft_head(draft.id, holder));
  store::DossierHead const head{draft.id, std::string(k_kind),
                                holder,   stored ? stored->version + 1 : 1,
                                now,      now + std::chrono::hours(matters.settings.keep_draft_hours)};
  auto content = draft;
  content.updated_at = now;
  auto saved = matters.store.commit([&] { return matters.dossiers->put(head, cases::to_json(content)); });
  if (!saved && saved.error().is("dossier_foreign")) return Error::make("draft_foreign");
  return saved;
}

Result<std::vector<DraftHead>> Matters::drafts(identity::Person const& person) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(person));
  std::vector<DraftHead> heads;
  for (auto const& head : TRY(matters.dossiers->list(holder, k_kind, matters.clock.now()))) {
    auto const draft = TRY(matters.draft(head.id, holder));
    heads.push_back({head.id, draft.matter, head.updated_at});
  }
  return heads;
}

Result<cases::Draft> Matters::open_draft(identity::Person const& person, Uuid const& id) {
  auto const holder = TRY(m_state->holder_of(person));
  return m_state->draft(id, holder);
}

Result<void> Matters::discard_draft(identity::Person const& person, Uuid const& id) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(person));
  if (!TRY(matters.draft_head(id, holder))) return Error::make("draft_unknown");
  auto const forget = [&]() -> Result<void> {
    TRY(matters.dossiers->remove(id, holder));
    TRY(matters.store.blobs().release_all(prepared_owner(id)));
    return matters.store.blobs().release_all(id.to_string());
  };
  TRY(matters.store.commit(forget));
  matters.sweep();
  return {};
}

Result<std::string> Matters::put_page(Uuid const& owner, std::span<std::byte const> jpeg) {
  return m_state->store.blobs().put(owner.to_string(), jpeg);
}

Result<void> Matters::drop_page(Uuid const& owner, std::string const& sha256) {
  return m_state->store.blobs().release(owner.to_string(), sha256);
}

Result<std::vector<std::byte>> Matters::page(std::string const& sha256) { return m_state->store.blobs().get(sha256); }

Result<std::vector<OnFile>> Matters::on_file(identity::Person const& person) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(person));
  std::vector<OnFile> papers;
  std::string taken_from;  // the case whose pages the last paper is being made of
  bool complete = true;
  auto rows = TRY(
      matters.store.database().prepare("SELECT p.material, p.case_id, p.sha256, p.added_at, p.document FROM "
                                       "case_papers p JOIN cases c ON c.id = p.case_id WHERE "
                                       "c.holder = ? ORDER BY p.material, p.added_at DESC, p.case_id DESC, p.page"));
  rows.bind_all(std::string_view(holder));
  auto const drop_incomplete = [&] {
    if (!complete) papers.pop_back();
    complete = true;
  };
  while (TRY(rows.step())) {
    auto const material = rows.text(0);
    bool const same = !papers.empty() && papers.back().material == material;
    if (!same || taken_from != rows.text(1)) {
      drop_incomplete();
      // The newest of a material that the platform has whole.
      if (!papers.empty() && papers.back().material == material) continue;
      papers.push_back({material, {}, WallTime(Duration(rows.integer(3)))});
      taken_from = rows.text(1);
    }
    auto const sha256 = rows.text(2);
    auto const document = rows.text(4);
    complete = complete && (document.empty() || TRY(matters.store.uploads().done(document)));
    papers.back().pages.push_back(sha256);
  }
  drop_incomplete();
  return papers;
}

}  // namespace yizhan::office
