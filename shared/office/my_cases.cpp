#include "shared/base/log.h"
#include "shared/crypto/credential.h"
#include "shared/domain/cases/case_number.h"
#include "shared/office/case_table.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

namespace {

/// A receipt's code is good for as long as a case can reasonably take; its number is good for ever.
constexpr std::chrono::days k_code_valid{400};

std::int64_t unix_seconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

std::string Matters::State::code_of(cases::Case const& what) {
  if (!signer) return what.number;
  crypto::Credential credential{.kind = crypto::CredentialKind::case_,
                                .issuer = settings.device,
                                .issued_at = unix_seconds(what.submitted_at),
                                .expires_at = unix_seconds(what.submitted_at + k_code_valid)};
  credential.id = what.id.bytes;
  credential.body = nlohmann::json{{"case", what.number}, {"hall", settings.hall}}.dump();
  auto code = crypto::sign_credential(credential, signer->key, signer->certificate);
  if (code) return std::move(*code);
  log::error("case code not signed: {}", code.error().to_line());
  return what.number;
}

Matters::State::ReadNumber Matters::State::read_number(std::string const& text) {
  if (crypto::is_our_code(text)) {
    // Only codes of this machine can be of a case of this machine.
    if (!signer) return {};
    crypto::TrustList const own{{signer->certificate, {"case"}, {settings.hall}, false}};
    auto const code = crypto::verify_credential(text, own, clock.now(), settings.hall, {crypto::CredentialKind::case_});
    if (!code) return {};
    auto const body = nlohmann::json::parse(code->body, nullptr, false);
    if (!body.is_object() || !body.contains("case") || !body["case"].is_string()) return {};
    return {body["case"].get<std::string>(), true};
  }
  std::string number;  // printed in groups
  for (char const c : text) {
    if (c != ' ') number.push_back(c);
  }
  return {cases::is_case_number(number) ? number : std::string(), false};
}

Result<bool> Matters::State::delivered(Uuid const& case_id) {
  if (!TRY(store.uploads().all_done(case_id))) return false;
  // An event the platform rejected may have been sent again under another id; one that is gone was answered long ago.
  auto rows =
      TRY(store.database().prepare("WITH RECURSIVE told (id) AS (SELECT event FROM cases WHERE id = ?1 UNION SELECT "
                                   "o.id FROM outbox o JOIN told t ON "
                                   "o.replaces = t.id) SELECT count(o.id), count(o.id) FILTER (WHERE o.state = "
                                   "'accepted') FROM told t LEFT JOIN outbox "
                                   "o ON o.id = t.id"));
  rows.bind_all(case_id);
  TRY(rows.step());
  return rows.integer(0) == 0 || rows.integer(1) > 0;
}

Result<CaseView> Matters::State::view_of(cases::Case what) {
  CaseView view;
  view.overall = cases::overall(what);
  for (auto const& part : what.parts) {
    view.due.push_back(cases::due(part, *calendar));
    view.supplement_due.push_back(cases::supplement_due(part, *calendar));
  }
  view.delivered = TRY(delivered(what.id));
  view.qr = code_of(what);
  view.what = std::move(what);
  return view;
}

Result<cases::Case> Matters::State::case_of(Uuid const& id, identity::Holder const& holder) {
  auto found = TRY(read_case(store.database(), id));
  if (!found || found->holder != holder) return Error::make("case_unknown");
  return std::move(*found);
}

Result<std::vector<CaseView>> Matters::cases(identity::Person const& person) {
  auto& matters = *m_state;
  auto const holder = TRY(matters.holder_of(person));
  std::vector<CaseView> views;
  for (auto& one : TRY(cases_of(matters.store.database(), holder))) {
    views.push_back(TRY(matters.view_of(std::move(one))));
  }
  return views;
}

Result<CaseView> Matters::find_case(std::string const& number, identity::Person const* person) {
  auto& matters = *m_state;
  auto const read = matters.read_number(number);
  if (read.number.empty() || (person == nullptr && !read.proven)) return Error::make("case_unknown");
  auto found = TRY(read_case(matters.store.database(), read.number));
  if (!found) return Error::make("case_unknown");
  if (person != nullptr && found->holder != TRY(matters.holder_of(*person))) return Error::make("case_unknown");
  return matters.view_of(std::move(*found));
}

Result<std::vector<Matters::ParkedDocument>> Matters::parked_documents() {
  auto& matters = *m_state;
  std::vector<ParkedDocument> parked;
  for (auto const& one : TRY(matters.store.uploads().parked_uploads())) {
    auto const of = TRY(read_case(matters.store.database(), one.case_id));
    parked.push_back({of ? of->number : std::string(), one.kind, one.problem});
  }
  return parked;
}

Result<Matters::Counts> Matters::counts() {
  auto& matters = *m_state;
  Counts counts;
  std::vector<Uuid> ids;
  {
    auto row = TRY(
        matters.store.database().prepare("SELECT (SELECT count(*) FROM dossiers WHERE kind = 'draft' AND (expires_at "
                                         "IS NULL OR expires_at > ?)), (SELECT "
                                         "count(*) FROM cases WHERE ended_at IS NULL), (SELECT count(*) FROM cases)"));
    row.bind_all(matters.clock.now().time_since_epoch().count());
    TRY(row.step());
    counts.drafts = static_cast<int>(row.integer(0));
    counts.open_cases = static_cast<int>(row.integer(1));
    counts.cases = static_cast<int>(row.integer(2));
    auto rows = TRY(matters.store.database().prepare("SELECT id FROM cases"));
    while (TRY(rows.step())) ids.push_back(TRY(rows.uuid(0)));
  }
  for (auto const& id : ids) counts.undelivered += TRY(matters.delivered(id)) ? 0 : 1;
  return counts;
}

}  // namespace yizhan::office
