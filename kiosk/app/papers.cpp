#include "kiosk/app/papers.h"

#include "shared/domain/cases/case_number.h"
#include "shared/domain/forms/form_state.h"

namespace yizhan::app {

namespace {

class Writer {
 public:
  explicit Writer(PaperWorld const& world) : m_world(world) {}

  [[nodiscard]] std::string tr(std::string_view key) const {
    return std::string(m_world.texts.get(m_world.language, key));
  }
  template <class... Args>
  [[nodiscard]] std::string tr(std::string_view key, Args const&... args) const {
    return m_world.texts.format(m_world.language, key, args...);
  }
  [[nodiscard]] bool chinese() const { return m_world.language == ui::Language::zh_CN; }
  [[nodiscard]] std::string in(catalog::Text const& text) const { return text.in(chinese()); }

  [[nodiscard]] paper::Document document(std::string_view title, std::string subtitle) const {
    paper::Document document;
    document.title = tr(title);
    document.subtitle = std::move(subtitle);
    document.hall = m_world.hall;
    document.date_text = m_world.date_text;
    document.language = chinese() ? paper::Language::zh_CN : paper::Language::en;
    document.created = std::chrono::floor<std::chrono::seconds>(m_world.now);
    return document;
  }
  [[nodiscard]] paper::Slip slip(std::string_view title, std::string subtitle) const {
    paper::Slip slip;
    slip.title = tr(title);
    slip.subtitle = std::move(subtitle);
    slip.hall = m_world.hall;
    slip.date_text = m_world.date_text;
    return slip;
  }

  [[nodiscard]] std::string period(catalog::Period const& period) const {
    if (period.count == 0) return tr("paper.period.instant");
    using calendar::TimeUnit;
    char const* unit = "paper.period.workday";
    switch (period.unit) {
      case TimeUnit::workday: break;
      case TimeUnit::natural_day: unit = "paper.period.natural_day"; break;
      case TimeUnit::hour: unit = "paper.period.hour"; break;
      case TimeUnit::minute: unit = "paper.period.minute"; break;
      case TimeUnit::month: unit = "paper.period.month"; break;
    }
    return tr(unit, fmt::arg("count", period.count));
  }
  [[nodiscard]] std::string due(calendar::Due const& due) const {
    return due.provisional ? tr("paper.due.provisional", fmt::arg("day", due.day.to_string())) : due.day.to_string();
  }
  [[nodiscard]] std::string local_time(WallTime time) const {
    auto const day = calendar::local_day(time, m_world.zone);
    auto const minute = calendar::local_minute_of_day(time, m_world.zone);
    if (!day || !minute) return {};
    return fmt::format("{} {:02}:{:02}", day->to_string(), minute->count() / 60, minute->count() % 60);
  }
  [[nodiscard]] std::string verdict(catalog::Verdict const& verdict) const {
    if (!verdict.eligible || verdict.places.empty()) return tr("paper.notice.verdict.none");
    return tr(std::string("paper.notice.verdict.") + catalog::to_string(verdict.places.front()->channel));
  }
  [[nodiscard]] std::string place(catalog::Place const& place) const {
    std::string line = in(place.where);
    for (auto const& more : {in(place.hours), place.phone, place.url}) {
      if (more.empty()) continue;
      if (!line.empty()) line += chinese() ? "，" : ", ";
      line += more;
    }
    return line;
  }
  [[nodiscard]] std::string necessity(catalog::Material const& material) const {
    switch (material.necessity) {
      case catalog::Necessity::required: return tr("paper.material.required");
      case catalog::Necessity::optional: return tr("paper.material.optional");
      case catalog::Necessity::tolerated:
        return tr("paper.material.tolerated", fmt::arg("days", material.tolerate_days));
    }
    return {};
  }
  [[nodiscard]] std::string how(cases::HeldMaterial const& held) const {
    using How = cases::HeldMaterial::How;
    switch (held.how) {
      case How::photographed:
      case How::file: return tr("paper.how.pages", fmt::arg("count", held.pages.size()));
      case How::on_file: return tr("paper.how.on_file");
      case How::from_card: return tr("paper.how.from_card");
      case How::promised: return tr("paper.how.promised");
      case How::shown_original: return tr("paper.how.shown");
    }
    return {};
  }
  [[nodiscard]] std::string material_name(std::string const& id) const {
    for (auto const& material : m_world.catalog->materials)
      if (material.id == id) return in(material.name);
    return id;
  }
  [[nodiscard]] std::string matter_name(std::string const& code) const {
    auto const matter = m_world.catalog->matter(code);
    return matter ? in(matter.name()) : code;
  }
  [[nodiscard]] catalog::ServiceItem const* item(std::string const& code) const { return m_world.catalog->find(code); }
  [[nodiscard]] PaperWorld const& world() const { return m_world; }

 private:
  PaperWorld const& m_world;
};

std::string fee_of(Writer const& writer, catalog::Verdict const& verdict) {
  std::string fees;
  for (auto const* part : verdict.parts) {
    if (!part->charged) continue;
    if (!fees.empty()) fees += "\n";
    fees += writer.in(part->fee);
  }
  return fees.empty() ? writer.tr("paper.fee.free") : fees;
}

paper::DocumentTable parts_table(Writer const& writer, catalog::Verdict const& verdict) {
  paper::DocumentTable table{{writer.tr("paper.parts.item"), writer.tr("paper.parts.department"),
                              writer.tr("paper.parts.period"), writer.tr("paper.parts.legal")},
                             {},
                             {4, 3, 2, 2}};
  for (auto const* part : verdict.parts) {
    table.rows.push_back(
        {writer.in(part->name), writer.in(part->department), writer.period(part->promise), writer.period(part->legal)});
  }
  return table;
}

paper::DocumentTable materials_table(Writer const& writer, catalog::Verdict const& verdict) {
  paper::DocumentTable table{{writer.tr("paper.materials.name"), writer.tr("paper.materials.need"),
                              writer.tr("paper.materials.from"), writer.tr("paper.materials.note")},
                             {},
                             {4, 2, 3, 4}};
  for (auto const& material : verdict.materials) {
    auto const standard = writer.in(material.standard);
    table.rows.push_back({writer.in(material.name), writer.necessity(material), writer.in(material.issuer),
                          standard.empty() ? writer.in(material.note) : standard});
  }
  return table;
}

std::string answers_text(catalog::Matter const& matter, catalog::Facts const& facts, Writer const& writer) {
  std::string text;
  for (auto const* question : catalog::questions(matter, facts)) {
    auto const& answers = facts.answers();
    auto const chosen = answers.find(question->id);
    if (chosen == answers.end() || !chosen->is_string()) continue;
    for (auto const& choice : question->choices) {
      if (choice.id != chosen->get_ref<std::string const&>()) continue;
      if (!text.empty()) text += "\n";
      text += writer.in(question->text) + " " + writer.in(choice.text);
    }
  }
  return text;
}

/// The first of several sub-cases stands for all where they are alike; what is next is said by state.
paper::DocumentTable case_table(Writer const& writer, flows::CaseView const& view) {
  paper::DocumentTable table{{writer.tr("paper.parts.item"), writer.tr("paper.parts.department"),
                              writer.tr("paper.parts.state"), writer.tr("paper.parts.due")},
                             {},
                             {4, 3, 2, 3}};
  for (std::size_t i = 0; i < view.what.parts.size(); ++i) {
    auto const& part = view.what.parts[i];
    auto const* item = writer.item(part.item);
    std::string due = writer.period(part.promise);
    if (i < view.due.size() && view.due[i]) due = writer.due(*view.due[i]);
    table.rows.push_back({writer.matter_name(part.item), item ? writer.in(item->department) : std::string(),
                          writer.tr(std::string("case.state.") + cases::to_string(part.state)), due});
  }
  return table;
}

std::vector<std::string> promises(Writer const& writer, cases::Case const& what) {
  std::vector<std::string> lines;
  for (auto const& part : what.parts) {
    for (auto const& material : part.promised_materials) {
      auto line = writer.material_name(material);
      if (part.materials_due)
        line += " " + writer.tr("paper.promise.until", fmt::arg("day", writer.due(*part.materials_due)));
      if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace

paper::Document notice_document(PaperWorld const& world, catalog::Matter const& matter, catalog::Verdict const& verdict,
                                catalog::Facts const& facts) {
  Writer const writer(world);
  auto document = writer.document("paper.notice.title", writer.in(matter.name()));
  paper::DocumentPart head{writer.verdict(verdict), {}, {}, {}};
  if (verdict.outcome != nullptr) {
    head.text = writer.in(verdict.outcome->reason);
    auto const instead = writer.in(verdict.outcome->instead);
    if (!instead.empty()) head.text += (head.text.empty() ? "" : "\n") + instead;
  }
  document.parts.push_back(std::move(head));
  if (auto answers = answers_text(matter, facts, writer); !answers.empty()) {
    document.parts.push_back({writer.tr("paper.notice.answers"), std::move(answers), {}, {}});
  }
  paper::DocumentPart places{writer.tr("paper.notice.places"), {}, {}, {}};
  for (auto const* place : verdict.places) {
    places.rows.push_back(
        {writer.tr(std::string("channel.") + catalog::to_string(place->channel)), writer.place(*place)});
  }
  document.parts.push_back(std::move(places));
  if (!verdict.eligible) return document;
  document.parts.push_back({writer.tr("paper.notice.parts"),
                            {},
                            {{writer.tr("paper.notice.fee"), fee_of(writer, verdict)}},
                            parts_table(writer, verdict)});
  if (!verdict.materials.empty()) {
    document.parts.push_back({writer.tr("paper.notice.materials"), {}, {}, materials_table(writer, verdict)});
  }
  std::string conditions;
  std::string basis;
  for (auto const* part : verdict.parts) {
    for (auto const& condition : part->conditions)
      conditions += (conditions.empty() ? "" : "\n") + writer.in(condition);
    auto const law = writer.in(part->basis);
    if (!law.empty() && basis.find(law) == std::string::npos) basis += (basis.empty() ? "" : "\n") + law;
  }
  if (!conditions.empty()) document.parts.push_back({writer.tr("paper.notice.conditions"), conditions, {}, {}});
  if (!basis.empty()) document.parts.push_back({writer.tr("paper.notice.basis"), basis, {}, {}});
  document.footer = writer.tr("paper.notice.footer");
  return document;
}

paper::Slip notice_slip(PaperWorld const& world, catalog::Matter const& matter, catalog::Verdict const& verdict) {
  Writer const writer(world);
  auto slip = writer.slip("paper.notice.title", writer.in(matter.name()));
  slip.rows.push_back({writer.verdict(verdict), verdict.outcome ? writer.in(verdict.outcome->instead) : std::string()});
  if (!verdict.places.empty()) {
    auto const& place = *verdict.places.front();
    slip.rows.push_back({writer.tr(std::string("channel.") + catalog::to_string(place.channel)), writer.place(place)});
  }
  if (verdict.eligible) {
    slip.rows.push_back({writer.tr("paper.notice.fee"), fee_of(writer, verdict)});
    slip.items_heading = writer.tr("paper.notice.materials");
    for (auto const& material : verdict.materials) {
      slip.items.push_back({writer.in(material.name), writer.necessity(material), false});
    }
  }
  slip.footer = writer.tr("paper.notice.footer");
  return slip;
}

paper::Document application_document(PaperWorld const& world, cases::Draft const& draft,
                                     identity::Person const& applicant) {
  Writer const writer(world);
  auto const matter = world.catalog->matter(draft.matter);
  auto document = writer.document("paper.application.title", writer.matter_name(draft.matter));
  document.parts.push_back({writer.tr("paper.application.applicant"),
                            {},
                            {{writer.tr("paper.application.name"), std::string(applicant.name.view())},
                             {writer.tr("paper.application.number"), std::string(applicant.number.view())}},
                            {}});
  catalog::Facts facts;
  facts.set_person(&applicant, world.today);
  for (auto const& [question, choice] : draft.answers.items()) {
    if (choice.is_string()) facts.set_answer(question, choice.get<std::string>());
  }
  if (matter) {
    if (auto answers = answers_text(matter, facts, writer); !answers.empty()) {
      document.parts.push_back({writer.tr("paper.notice.answers"), std::move(answers), {}, {}});
    }
    auto const verdict = catalog::judge(*world.catalog, matter, facts, world.today);
    if (matter.bundle != nullptr) {
      document.parts.push_back({writer.tr("paper.notice.parts"), {}, {}, parts_table(writer, verdict)});
    }
  }
  auto const* form = matter ? world.catalog->form(matter.form()) : nullptr;
  if (form != nullptr) {
    forms::FormState state(*form, facts, world.today, *world.holidays);
    state.prefill(applicant);
    state.restore(draft.fields);
    for (auto const* section : state.sections()) {
      paper::DocumentPart part{writer.in(section->title), {}, {}, {}};
      for (auto const& field : section->fields) {
        using forms::FieldKind;
        if (!state.visible(field) || field.kind == FieldKind::note || field.kind == FieldKind::signature ||
            field.kind == FieldKind::attachment) {
          continue;
        }
        auto value = forms::shown(field, state.value(field.id), writer.chinese());
        part.rows.push_back({writer.in(field.label), value.empty() ? std::string("—") : std::move(value)});
      }
      if (!part.rows.empty()) document.parts.push_back(std::move(part));
    }
  }
  if (!draft.materials.empty()) {
    paper::DocumentPart part{writer.tr("paper.application.materials"), {}, {}, {}};
    for (auto const& held : draft.materials)
      part.rows.push_back({writer.material_name(held.material), writer.how(held)});
    document.parts.push_back(std::move(part));
  }
  bool const promised = std::any_of(draft.materials.begin(), draft.materials.end(),
                                    [](auto const& held) { return held.how == cases::HeldMaterial::How::promised; });
  auto declaration = writer.tr("paper.application.declaration");
  if (promised) declaration += "\n" + writer.tr("paper.application.promise");
  document.parts.push_back({writer.tr("paper.application.declares"), std::move(declaration), {}, {}});
  document.signature_caption = writer.tr("paper.application.signature");
  return document;
}

paper::Document receipt_document(PaperWorld const& world, flows::CaseView const& view) {
  Writer const writer(world);
  auto document = writer.document("paper.receipt.title", writer.matter_name(view.what.matter));
  document.number = cases::grouped(view.what.number);
  document.parts.push_back(
      {{}, {}, {{writer.tr("paper.receipt.submitted"), writer.local_time(view.what.submitted_at)}}, {}});
  document.parts.push_back({writer.tr("paper.receipt.parts"), {}, {}, case_table(writer, view)});
  if (auto const lines = promises(writer, view.what); !lines.empty()) {
    std::string text;
    for (auto const& line : lines) text += (text.empty() ? "" : "\n") + line;
    document.parts.push_back({writer.tr("paper.receipt.promised"), std::move(text), {}, {}});
  }
  document.parts.push_back({writer.tr("paper.receipt.next"), writer.tr("paper.receipt.next.text"), {}, {}});
  document.qr = view.qr;
  document.qr_caption = writer.tr("paper.receipt.qr");
  document.footer = writer.tr("paper.receipt.footer");
  return document;
}

paper::Slip receipt_slip(PaperWorld const& world, flows::CaseView const& view) {
  Writer const writer(world);
  auto slip = writer.slip("paper.receipt.title", writer.matter_name(view.what.matter));
  slip.rows.push_back({writer.tr("paper.receipt.case"), cases::grouped(view.what.number)});
  slip.rows.push_back({writer.tr("paper.receipt.submitted"), writer.local_time(view.what.submitted_at)});
  for (std::size_t i = 0; i < view.what.parts.size(); ++i) {
    auto const& part = view.what.parts[i];
    slip.rows.push_back({writer.matter_name(part.item),
                         i < view.due.size() && view.due[i] ? writer.due(*view.due[i]) : writer.period(part.promise)});
  }
  if (auto const lines = promises(writer, view.what); !lines.empty()) {
    slip.items_heading = writer.tr("paper.receipt.promised");
    for (auto const& line : lines) slip.items.push_back({line, {}, false});
  }
  slip.qr = view.qr;
  slip.qr_caption = writer.tr("paper.receipt.qr");
  slip.footer = writer.tr("paper.receipt.footer");
  return slip;
}

}  // namespace yizhan::app
