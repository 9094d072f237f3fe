#include "tests/unit/shared/office/matter_machine.h"

#include "shared/crypto/envelope.h"
#include "shared/crypto/hash.h"
#include "shared/domain/rules/json_logic.h"
#include "shared/store/blobs.h"
#include "shared/store/uploads.h"

namespace yizhan::test {
namespace {

using nlohmann::json;

catalog::Condition rule(json const& logic) {
  return std::make_shared<rules::Rule const>(rules::Rule::parse(logic).value());
}

catalog::Material material(std::string id, catalog::Necessity necessity) {
  catalog::Material one;
  one.id = std::move(id);
  one.name = {one.id, one.id};
  one.necessity = necessity;
  one.required = necessity != catalog::Necessity::optional;
  return one;
}

forms::Field field(std::string id, forms::FieldKind kind, bool required) {
  forms::Field one;
  one.id = std::move(id);
  one.kind = kind;
  one.label = {one.id, one.id};
  one.required = required;
  return one;
}

forms::Form social_form(std::int64_t version) {
  auto name = field("name", forms::FieldKind::text, true);
  name.prefill = forms::Prefill::name;
  name.locked = true;
  auto const phone = field("phone", forms::FieldKind::phone, true);
  auto const reason = field("reason", forms::FieldKind::text, false);
  forms::Form form;
  form.id = "social_card";
  if (version == 1) {
    form.sections.push_back({"contact", {}, {}, {}, {name, phone}});
    form.sections.push_back({"more", {}, {}, {}, {reason}});
  } else {
    form.sections.push_back({"all", {}, {}, {}, {name, phone, field("bank", forms::FieldKind::text, true)}});
  }
  return form;
}

}  // namespace

std::shared_ptr<catalog::Catalog const> matters_catalog(std::int64_t version) {
  auto all = hall_catalog();
  all.version = version;
  auto card = material("id_card", catalog::Necessity::required);
  card.from_card = true;
  auto proof = material("proof", catalog::Necessity::tolerated);
  proof.tolerate_days = 5;
  auto const household = material("household_register", catalog::Necessity::required);

  auto& social = all.items[0];
  social.form = "social_card";
  social.materials = {card, household, proof, material("photo_1in", catalog::Necessity::optional)};
  social.places = {{catalog::Channel::kiosk, {}, {}, "", ""}, {catalog::Channel::counter, {}, {}, "", ""}};
  social.questions = {{"lost", {}, {}, {}, {{"yes", {}, {}, ""}, {"no", {}, {}, ""}}}};
  social.outcomes = {{rule({{"==", {{{"var", "answers.lost"}}, "no"}}}), true, {catalog::Channel::counter}, {}, {}, ""},
                     {nullptr, true, {catalog::Channel::kiosk, catalog::Channel::counter}, {}, {}, ""}};
  social.promise = {5, calendar::TimeUnit::workday};
  social.legal = {20, calendar::TimeUnit::workday};

  auto& pension = all.items[1];
  pension.places = {{catalog::Channel::counter, {}, {}, "", ""}};
  pension.form = "social_card";
  auto& elder = all.items[2];
  elder.places = {{catalog::Channel::kiosk, {}, {}, "", ""}};
  elder.materials = {household};
  elder.promise = {3, calendar::TimeUnit::workday};

  catalog::Bundle retirement;
  retirement.code = "retirement";
  retirement.form = "social_card";
  retirement.places = {{catalog::Channel::kiosk, {}, {}, "", ""}};
  retirement.parts = {
      {"social_card_replace", {}, {}}, {"elder_card", {}, {"social_card_replace"}}, {"pension_check", {}, {}}};
  all.bundles = {retirement};
  all.forms = {social_form(version)};
  return std::make_shared<catalog::Catalog const>(std::move(all));
}

std::shared_ptr<calendar::HolidayCalendar const> holidays_2026() {
  return std::make_shared<calendar::HolidayCalendar const>(
      calendar::HolidayCalendar::parse(
          R"({"version":1,"years":[{"year":2026,"off":["2026-10-01"],"work":[]},{"year":2027,"off":["2027-01-01"],"work":[]}]})")
          .value());
}

std::vector<std::byte> page_of(std::string const& content, std::size_t size) {
  std::vector<std::byte> bytes(size);
  ManualEnv noise(WallTime{}, std::hash<std::string>{}(content));
  noise.secure_rng.fill(bytes);
  return bytes;
}

MatterMachine::MatterMachine(std::uint64_t seed)
    : machine("", "001", seed), platform(self_signed("urn:yizhan:platform", k_morning)) {
  settings.device = machine.machine.device;
  settings.hall = "420106001001";
  settings.terminal = "001";
  open();
}

void MatterMachine::open() {
  std::optional<office::Signer> signer;
  if (device) signer = office::Signer{device->key(), device->certificate()};
  std::vector<std::byte> const holder_key(32, std::byte{7});
  m_matters = std::make_unique<office::Matters>(env(), *machine.machine.store, *machine.machine.clock,
                                                office::HolderIndex(holder_key), settings, std::move(signer), hall_key);
  m_matters->use_calendar(holidays_2026());
  m_matters->use_upload_key(platform.certificate());
  m_matters->use_hall(*machine.hall);
  m_matters->on_change([this] { ++changes; });
  EXPECT_TRUE(
      machine.machine.store->received_hook([this](line::Change const& change) { return m_matters->apply(change); }));
}

void MatterMachine::restart(char const* vfs) {
  m_matters.reset();
  machine.machine.vfs = vfs;
  machine.restart();
  open();
}

cases::Draft MatterMachine::ready_draft(identity::Person const& person, std::string const& matter) {
  using How = cases::HeldMaterial::How;
  cases::Draft draft;
  draft.id = Uuid::v7(env());
  draft.matter = matter;
  draft.catalog_version = 1;
  draft.answers = {{"lost", "yes"}};
  draft.fields = {{"name", "张三"}, {"phone", "13800000000"}, {"reason", "lost on the bus"}};
  auto const first = matters().put_page(draft.id, page_of("household 1"));
  auto const second = matters().put_page(draft.id, page_of("household 2", 400000));
  draft.materials = {{"id_card", {}, How::from_card},
                     {"household_register", {first.value(), second.value()}, How::photographed},
                     {"proof", {}, How::promised}};
  auto const saved = matters().save_draft(person, draft);
  EXPECT_TRUE(saved) << saved.error().to_line();
  return draft;
}

office::Submission MatterMachine::submission(cases::Draft const& draft, identity::Person person) {
  office::Submission all;
  all.draft = draft.id;
  all.catalog = matters_catalog();
  all.applicant = std::move(person);
  all.application_pdf = page_of("pdf of " + draft.id.to_string(), 20000);
  all.signature.strokes = {{{1000, 2000, 0}, {1500, 2500, 16}}};
  all.signature.width = 80000;
  all.signature.height = 30000;
  all.signature.document = crypto::sha256_hex(all.application_pdf);
  all.signature_png = page_of("signature", 900);
  return all;
}

office::CaseView MatterMachine::submit(identity::Person const& person, std::string const& matter) {
  auto view = matters().submit(submission(ready_draft(person, matter), person.clone()));
  EXPECT_TRUE(view) << view.error().to_line();
  return view ? std::move(*view) : office::CaseView{};
}

bool MatterMachine::told(std::string const& number, std::string const& act, json more) {
  json data{{"case", number}, {"part", 1}, {"at", "2026-11-25T02:00:00.000Z"}};
  data.update(more);
  auto const id = "told-" + std::to_string(++m_told);
  json const event{{"specversion", "1.0"},
                   {"id", id},
                   {"source", "urn:yizhan:platform"},
                   {"type", "cn.yizhan.case." + act + ".v1"},
                   {"subject", "case/" + number},
                   {"data", data}};
  auto const stored = machine.machine.store->outbox().apply_changes(
      {{id, "cn.yizhan.case." + act + ".v1", event.dump()}}, "after " + id);
  EXPECT_TRUE(stored) << stored.error().to_line();
  return count("SELECT applied FROM received_changes WHERE id = '" + id + "'") == 1;
}

void MatterMachine::deliver() {
  auto& store = *machine.machine.store;
  auto& outbox = store.outbox();
  if (outbox.status()->halt == line::Halt::no_epoch) {
    auto const request = outbox.epoch_request(line::EpochReason::created, "0");
    EXPECT_TRUE(outbox.open_epoch(request->request_id, "1"));
  }
  auto const due = outbox.due(1000, 1 << 30, 0).value();
  std::vector<line::Answer> answers;
  for (auto const& event : due) answers.push_back({event.fact.id, line::Verdict::accepted, ""});
  if (!due.empty()) {
    EXPECT_TRUE(outbox.record_answers(due.back().place.epoch, answers, due.back().place.sequence, k_morning));
  }
  while (auto const next = store.uploads().next_upload().value()) {
    EXPECT_TRUE(store.uploads().note_upload(next->sha256, next->size));
  }
}

std::vector<std::string> MatterMachine::documents(json const& data) {
  std::vector<std::string> plain;
  auto& uploads = machine.machine.store->uploads();
  for (auto const& one : data.at("documents")) {
    auto const envelope = uploads.read_upload(one.at("sha256"), 0, one.at("size").get<std::size_t>());
    EXPECT_TRUE(envelope) << envelope.error().to_line();
    if (!envelope) continue;
    EXPECT_EQ(crypto::sha256_hex(*envelope), one.at("sha256"));
    auto const opened = crypto::decrypt_envelope(*envelope, platform.key(), platform.certificate());
    EXPECT_TRUE(opened) << opened.error().to_line();
    if (opened) plain.emplace_back(text::chars_of(opened->view()));
  }
  return plain;
}

std::vector<StoredEvent> MatterMachine::events(std::string const& type) {
  auto rows = machine.machine.store->database().prepare(
      "SELECT type, subject, data FROM outbox WHERE type LIKE 'cn.yizhan.case.%' OR type LIKE 'cn.yizhan.evaluation.%' "
      "ORDER BY sequence");
  std::vector<StoredEvent> all;
  while (rows->step().value_or(false)) {
    if (type.empty() || rows->text(0) == "cn.yizhan." + type + ".v1")
      all.push_back({rows->text(0), rows->text(1), json::parse(rows->text(2))});
  }
  return all;
}

}  // namespace yizhan::test
