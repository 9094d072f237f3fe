#include "shared/office/application.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/domain/forms/form_state.h"
#include "shared/domain/rules/js_text.h"

namespace yizhan::office {

namespace {

using nlohmann::json;
using How = cases::HeldMaterial::How;

/// What the draft says, seen by the form of today: fields the form has lost are left out, fixed ones come from the card.
forms::FormState filled(catalog::Matter const& matter, forms::Form const& form, cases::Draft const& draft,
                        Submission const& submission, calendar::BusinessDay const& today,
                        Matters::State const& matters) {
  catalog::Facts facts;
  facts.set_person(&submission.applicant, today);
  for (auto const& question : matter.questions()) {
    auto const given = draft.answers.find(question.id);
    if (given == draft.answers.end() || !given->is_string()) continue;
    auto const choice = given->get<std::string>();
    bool const offered = std::any_of(question.choices.begin(), question.choices.end(),
                                     [&](catalog::Choice const& one) { return one.id == choice; });
    if (offered) facts.set_answer(question.id, choice);
  }
  forms::FormState state(form, std::move(facts), today, *matters.calendar, matters.divisions.get());
  state.prefill(submission.applicant);
  // A prefilled value that the resident emptied stays empty.
  for (auto const& section : form.sections) {
    for (auto const& field : section.fields) {
      if (!state.fixed(field) && !draft.fields.contains(field.id)) state.set(field.id, nullptr);
    }
  }
  state.restore(draft.fields);
  return state;
}

/// Ids, never values.
template <class Range, class Name>
std::string listed(Range const& range, Name name) {
  std::string text;
  for (auto const& one : range) text.append(text.empty() ? "" : ", ").append(name(one));
  return text;
}

bool may_be_promised(catalog::Material const& material) {
  return material.necessity == catalog::Necessity::tolerated && material.tolerate_days > 0;
}

Result<std::vector<cases::HeldMaterial>> papers(Matters::State& matters, cases::Draft const& draft,
                                                catalog::Verdict const& verdict, Submission const& submission) {
  bool const card_read = submission.applicant.verification == identity::Verification::card_read;
  std::vector<cases::HeldMaterial> held;
  std::vector<std::string> missing;
  for (auto const& material : verdict.materials) {
    auto const found = std::find_if(draft.materials.begin(), draft.materials.end(),
                                    [&](cases::HeldMaterial const& one) { return one.material == material.id; });
    bool fits = false;
    if (found != draft.materials.end()) {
      switch (found->how) {
        case How::promised: fits = may_be_promised(material); break;
        case How::from_card: fits = material.from_card && card_read; break;
        // Nobody at a kiosk has seen an original.
        case How::shown_original: fits = submission.channel != "kiosk"; break;
        case How::photographed:
        case How::file:
        case How::on_file: fits = TRY(complete(matters, *found, draft.id, card_read)); break;
      }
    }
    if (fits) held.push_back(*found);
    if (!fits && material.necessity != catalog::Necessity::optional) missing.push_back(material.id);
  }
  if (missing.empty()) return held;
  return Error::make("materials_incomplete", Retry::no, listed(missing, [](auto const& id) { return id; }));
}

Result<void> check_signature(Submission const& submission) {
  if (submission.signature.empty() || submission.signature_png.empty() || submission.application_pdf.empty()) {
    return Error::make("signature_missing");
  }
  if (submission.signature.document != crypto::sha256_hex(submission.application_pdf)) {
    return Error::make("signature_of_other_document");
  }
  return {};
}

/// RFC 8785; keys here are ASCII, so their order is that of bytes.
void write_canonical(json const& value, std::string& out) {
  if (value.is_object()) {
    out.push_back('{');
    bool first = true;
    for (auto const& [key, member] : value.items()) {
      if (!std::exchange(first, false)) out.push_back(',');
      out.append(json(key).dump()).push_back(':');
      write_canonical(member, out);
    }
    out.push_back('}');
  } else if (value.is_array()) {
    out.push_back('[');
    bool first = true;
    for (auto const& member : value) {
      if (!std::exchange(first, false)) out.push_back(',');
      write_canonical(member, out);
    }
    out.push_back(']');
  } else if (value.is_number_float()) {
    out.append(rules::js::number_text(value.get<double>()));
  } else {
    out.append(value.dump());
  }
}

}  // namespace

bool in_hand(cases::HeldMaterial const& held) { return held.how == How::photographed || held.how == How::file; }

Result<bool> complete(Matters::State& matters, cases::HeldMaterial const& held, Uuid const& owner, bool card_read) {
  if (held.how == How::from_card) return card_read;
  if (held.how == How::promised || held.how == How::shown_original || held.pages.empty()) return false;
  if (held.how == How::on_file) return true;
  for (auto const& page : held.pages) {
    if (!TRY(matters.store.blobs().owns(owner.to_string(), page))) return false;
  }
  return true;
}

Result<Application> check_application(Matters::State& matters, cases::Draft const& draft,
                                      Submission const& submission) {
  Application application;
  auto const& catalog = *submission.catalog;
  application.matter = catalog.matter(draft.matter);
  auto const* const form = application.matter ? catalog.form(application.matter.form()) : nullptr;
  if (form == nullptr) return Error::make("matter_not_here", Retry::no, draft.matter);

  auto const today = TRY(matters.today());
  // The catalogue may have changed since the draft: what it no longer asks is left out, what it asks now is missing.
  auto const state = filled(application.matter, *form, draft, submission, today, matters);
  application.verdict = catalog::judge(catalog, application.matter, state.facts(), today);
  bool const here = application.verdict.eligible && application.verdict.at(catalog::Channel::kiosk);
  if (!here || application.verdict.parts.empty()) return Error::make("matter_not_here", Retry::no, draft.matter);

  if (auto const* open = catalog::next_question(application.matter, state.facts())) {
    return Error::make("form_incomplete", Retry::no, "question " + open->id);
  }
  for (auto const* question : catalog::questions(application.matter, state.facts())) {
    application.answers[question->id] = state.facts().answers().at(question->id);
  }
  if (auto const problems = state.problems(); !problems.empty()) {
    auto const named = [](forms::Problem const& one) { return one.field + ' ' + one.code; };
    return Error::make("form_incomplete", Retry::no, listed(problems, named));
  }
  application.fields = state.fields();
  application.materials = TRY(papers(matters, draft, application.verdict, submission));
  if (application.matter.signature()) TRY(check_signature(submission));
  return application;
}

std::string application_document(cases::Case const& what, Application const& application,
                                 Submission const& submission) {
  auto parts = json::array();
  for (auto const& part : what.parts) parts.push_back({{"part", part.number}, {"item", part.item}});
  cases::Draft handed_in;
  handed_in.materials = application.materials;
  json signature;
  if (!submission.signature.empty()) signature = cases::to_json(submission.signature);
  json document{{"version", 1},
                {"case", what.number},
                {"matter", what.matter},
                {"catalog", what.catalog_version},
                {"submitted_at", text::to_rfc3339(what.submitted_at.time_since_epoch().count())},
                {"channel", submission.channel},
                {"applicant",
                 {{"document", identity::to_string(submission.applicant.kind)},
                  {"number", std::string(submission.applicant.number.view())},
                  {"name", std::string(submission.applicant.name.view())}}},
                {"answers", application.answers},
                {"fields", application.fields},
                {"parts", std::move(parts)},
                {"materials", cases::to_json(handed_in).at("materials")},
                {"pdf", text::to_base64(submission.application_pdf)},
                {"signature", std::move(signature)}};
  std::string text;
  text.reserve(document.at("pdf").get_ref<std::string const&>().size() + 64 * 1024);
  write_canonical(document, text);
  for (auto const* secret : {"number", "name"}) {
    scrub(document.at("applicant").at(secret).get_ref<std::string&>());
  }
  return text;
}

}  // namespace yizhan::office
