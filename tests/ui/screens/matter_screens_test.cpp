// The pages of matters, cases and ratings, from every state of those journeys and in every look; and that what is typed,
// picked, photographed and signed on them reaches the journey.
#include "tests/ui/screens/matter_catalog.h"
#include "tests/ui/screens/resident_pages.h"

namespace yizhan {
namespace {

using namespace flows::resident;
namespace matter = flows::matter;
namespace progress = flows::progress;
namespace rating = flows::rating;
using flows::Visit;
using test::ResidentPage;
using ui::TextSize;

ResidentPage at(std::string_view state) {
  return {std::string(state), [state](Visit& visit) { visit.go_to(state); }};
}
template <class... Events>
ResidentPage after(std::string name, std::string_view state, Events... events) {
  auto shared = std::make_shared<std::tuple<Events...>>(std::move(events)...);
  return {std::move(name), [state, shared](Visit& visit) {
            visit.go_to(state);
            std::apply([&](auto&... event) { (visit.on(std::move(event)), ...); }, *shared);
          }};
}
/// A matter chosen by somebody whose card was read.
template <class... Events>
ResidentPage with_matter(std::string name, std::string service, Events... events) {
  return after(std::move(name), "resident.groups", ServiceChosen{std::move(service)}, std::move(events)...);
}

matter::Quality bad(std::string advice) { return {std::move(advice)}; }

/// Five departments, each at another point.
flows::CaseView newborn_case() {
  auto view = flows::case_view("newborn", 3);
  view.what.bundle = true;
  view.what.parts.clear();
  view.qr = "YZ1:NEWBORN";
  using cases::State;
  constexpr State k_states[] = {State::decided, State::supplement, State::accepted, State::refused, State::suspended};
  constexpr char const* k_items[] = {"birth", "household", "medical", "vaccine", "allowance"};
  for (int i = 0; i < 5; ++i) {
    cases::Part part;
    part.number = i + 1;
    part.item = std::string("newborn_") + k_items[i];
    part.state = k_states[i];
    if (part.state == State::decided) part.outcome = cases::Outcome::granted;
    for (auto const act : {cases::Act::submit, cases::Act::receive}) {
      cases::Step step;
      step.act = act;
      part.steps.push_back(step);
    }
    cases::Step last;
    last.act = part.state == State::supplement ? cases::Act::ask_supplement
               : part.state == State::refused  ? cases::Act::refuse
               : part.state == State::decided  ? cases::Act::decide
               : part.state == State::accepted ? cases::Act::accept
                                               : cases::Act::suspend;
    last.reason = part.state == State::refused      ? "condition_unmet"
                  : part.state == State::suspended  ? "appraisal"
                  : part.state == State::supplement ? "never_heard_of"
                                                    : "";
    if (part.state == State::supplement) last.materials = {"birth_proof", "bank_card"};
    part.steps.push_back(last);
    part.promised_materials = {};
    view.what.parts.push_back(part);
  }
  view.overall = cases::overall(view.what);
  view.due.assign(5, calendar::Due{flows::k_today, true});
  view.supplement_due.assign(5, std::nullopt);
  view.supplement_due[1] = calendar::Due{flows::k_today, false};
  return view;
}

flows::CaseView promised_case() {
  auto view = flows::case_view("replace", 4);
  view.qr = "YZ1:PROMISED";
  view.what.parts[0].promise = {5, calendar::TimeUnit::workday};
  view.what.parts[0].promised_materials = {"proof"};
  view.what.parts[0].materials_due = calendar::Due{flows::k_today, false};
  return view;
}

std::vector<ResidentPage> pages() {
  std::vector<ResidentPage> all;
  for (auto const state : flows::k_matter_states) all.push_back(at(state));
  all.push_back(with_matter("about without counter", "hotline"));
  all.push_back(with_matter("notice: by phone", "hotline", Next{}));
  all.push_back(with_matter("notice: at the counter", "card", Next{}));
  all.push_back(with_matter("about a bundle", "newborn"));
  all.push_back(with_matter("notice: not eligible", "replace", Next{}, matter::AnswerChosen{"who", "agent"}));
  all.push_back(with_matter("notice: here", "replace", Next{}, matter::AnswerChosen{"who", "self"},
                            matter::AnswerChosen{"how", "lost"}));
  all.push_back(with_matter("notice: a bundle, printed", "newborn", Next{}, matter::AnswerChosen{"allowance", "yes"},
                            matter::PrintChosen{matter::Paper::notice_slip},
                            matter::PaperPrinted{matter::Paper::notice_slip}));
  all.push_back(with_matter("notice: not printed", "newborn", Next{}, matter::AnswerChosen{"allowance", "yes"},
                            matter::PrintChosen{matter::Paper::notice_document},
                            matter::PaperRefused{matter::Paper::notice_document, "paper_end", false}));
  all.push_back(
      after("question answered before", "resident.matter.question", matter::AnswerChosen{"who", "self"}, Back{}));
  all.push_back(after("draft not stored", "resident.matter.form.applicant", matter::FieldEdited{"phone", "138"},
                      matter::FieldChosen{}, matter::DraftRefused{"disk_full"}));
  all.push_back(
      after("form with problems", "resident.matter.form.applicant", matter::FieldEdited{"phone", "138"}, Next{}));
  all.push_back(after("materials missing", "resident.matter.materials", Next{}));
  all.push_back(after("materials on file", "resident.matter.materials",
                      matter::OnFileKnown{{{"photo", {std::string(64, 'a')}, {}}}}));
  all.push_back(
      after("capture advised against", "resident.matter.capture.taking", matter::PictureTaken{1, bad("page_cut_off")}));
  all.push_back(after("capture of the second page", "resident.matter.capture.checking",
                      matter::PageStored{"photo", std::string(64, 'b')}));
  all.push_back(after("review with something missing", "resident.matter.review", matter::MaterialsChosen{},
                      matter::RemoveChosen{"photo"}, Back{}, Next{}));
  all.push_back(after("sign: not read", "resident.matter.composing", matter::DocumentReady{"d", 3}, Next{}));
  all.push_back(after("sign: not signed", "resident.matter.composing", matter::DocumentReady{"d", 1}, Next{}));
  all.push_back(after("receipt of a bundle", "resident.matter.submitting", matter::Submitted{newborn_case()},
                      matter::PaperPrinted{matter::Paper::receipt_slip}));
  all.push_back(after("receipt with a promise", "resident.matter.submitting", matter::Submitted{promised_case()},
                      matter::PaperRefused{matter::Paper::receipt_slip, "paper_end", false}));
  all.push_back(
      after("cases and drafts", "resident.progress.looking",
            progress::CasesFound{{newborn_case(), promised_case(), flows::asked_view("replace", 5, {"photo"})},
                                 {{flows::uuid(60), "replace", {}}, {flows::uuid(61), "newborn", {}}}},
            progress::PlatformAway{"network_down", WallTime{}}));
  all.push_back(after("no cases", "resident.progress.looking", progress::CasesFound{}, progress::PlatformAnswered{}));
  all.push_back(after("a bundle's way", "resident.progress.looking", progress::CasesFound{{newborn_case()}, {}},
                      progress::EntryChosen{0}));
  all.push_back(after("papers asked for", "resident.progress.looking",
                      progress::CasesFound{{flows::asked_view("replace", 5, {"photo"})}, {}},
                      progress::EntryChosen{0}));
  all.push_back(after("more papers", "resident.progress.looking",
                      progress::CasesFound{{flows::asked_view("replace", 5, {"photo", "proof"})}, {}},
                      progress::EntryChosen{0}, progress::SupplementChosen{1}));
  all.push_back(after("nothing to rate", "resident.rating.looking", rating::RatablesFound{}));
  for (int const grade : {1, 3, 5})
    all.push_back(
        after("reasons of grade " + std::to_string(grade), "resident.rating.grade", rating::GradeChosen{grade}));
  return all;
}

struct Matters : test::ResidentPages {
  Matters() { catalog = test::matter_catalog(); }

  [[nodiscard]] flows::MatterFlow const& flow() const { return *visit->flow.matter(); }
  [[nodiscard]] nlohmann::json const& value(std::string_view field) const { return flow().form()->value(field); }
  [[nodiscard]] std::string focused() const { return std::string(window->ui().focused()); }
  /// The form of every field, at its section.
  void go_to_form(std::string const& section) {
    go(with_matter("form", "every", Next{}, matter::ApplyHere{}, matter::DraftsFound{}), "every");
    while (flow().section() != nullptr && flow().section()->id != section) {
      if (flow().section()->id == "choices") visit->on(matter::FieldEdited{"birth", "2020-02-29"});
      visit->on(Next{});
    }
    ASSERT_NE(flow().section(), nullptr);
    answer();
  }
};

TEST_F(Matters, EveryPageIsSoundInEveryLook) {
  bool landscape = false;
  for (auto const& look : test::hardest_looks()) {
    if (window == nullptr || landscape != look.landscape) open(look);
    landscape = look.landscape;
    show(look);
    for (auto const& page : pages()) {
      go(page, "replace");
      expect_sound(page.name + ", " + look.name());
    }
  }
  expect_translated();
}

TEST_F(Matters, EveryFieldsEditorIsSoundInEveryLook) {
  bool landscape = false;
  for (auto const& look : test::hardest_looks()) {
    if (window == nullptr || landscape != look.landscape) open(look);
    landscape = look.landscape;
    show(look);
    for (std::string const section : {"texts", "choices", "people"}) {
      go_to_form(section);
      for (auto const& field : flow().section()->fields) {
        visit->on(matter::FieldChosen{field.id});
        answer();
        expect_sound(section + " " + field.id + ", " + look.name());
      }
    }
  }
  expect_translated();
}

TEST_F(Matters, EverythingOnEveryPageIsReachedByKeypad) {
  for (auto const& look : {test::Look{{}, false}, test::Look{{.text_size = TextSize::largest}, true}}) {
    open(look);
    for (auto const& page : pages()) {
      go(page, "replace");
      expect_keyboard_reaches_all(page.name + ", " + look.name());
    }
  }
}

TEST_F(Matters, WhoSomebodyIsIsNeverInTheTree) {
  open({});
  for (auto const& page : pages()) {
    if (page.name.find("form") != std::string::npos) continue;  // what is being typed can be read
    go(page, "replace");
    for (auto const* secret : {"张三", "420106199003070016", "13800000000"}) {
      EXPECT_FALSE(tree().shows(secret)) << page.name;
    }
  }
}

TEST_F(Matters, WhatIsTypedReachesTheFormAndItsErrorsComeBack) {
  open({});
  go_to_form("texts");
  EXPECT_EQ(focused(), "resident.form.phone");  // the first empty field has the keyboard
  EXPECT_NE(tree().find("resident.form.keys.7"), nullptr);
  window->type("1380000");
  window->settle();
  answer();
  EXPECT_EQ(value("phone"), "1380000");
  tap("resident.form.keys.5");
  EXPECT_EQ(value("phone"), "13800005");
  type("resident.form.reason", "jia");
  EXPECT_EQ(value("reason"), "jia");
  tap("resident.form.keys.shift");
  tap("resident.form.keys.b");
  EXPECT_EQ(value("reason"), "jiaB");
  type("resident.form.income", "12x.5");
  EXPECT_EQ(value("income"), "12.5");
  tap("resident.matter.form.texts.primary");
  ASSERT_EQ(flow().section()->id, "texts");
  EXPECT_NE(tree().find("resident.form.phone.error"), nullptr);
  tap("resident.matter.form.texts.wrong.phone");
  EXPECT_EQ(focused(), "resident.form.phone");
  window->type("000");
  window->settle();
  answer();
  EXPECT_EQ(tree().find("resident.form.phone.error"), nullptr);
  tap("resident.matter.form.texts.primary");
  EXPECT_EQ(flow().section()->id, "choices");
}

TEST_F(Matters, DatesAreTypedOrPickedAmongWorkingDays) {
  open({});
  go_to_form("choices");
  EXPECT_EQ(focused(), "resident.form.birth");
  window->type("20200230");
  window->settle();
  answer();
  EXPECT_EQ(value("birth"), "20200230");  // no such day: said by the form, not swallowed
  tap("resident.matter.form.choices.primary");
  EXPECT_NE(tree().find("resident.form.birth.error"), nullptr);
  window->ui().focus("resident.form.birth");
  answer();
  for (int i = 0; i < 2; ++i) window->key({.key = ui::Key::backspace});
  window->type("29");
  window->settle();
  answer();
  EXPECT_EQ(value("birth"), "2020-02-29");
  window->ui().focus("resident.form.day");
  answer();
  ASSERT_NE(tree().find("resident.form.calendar.2026-11-25"), nullptr);
  EXPECT_FALSE(tree().find("resident.form.calendar.2026-11-28")->state.enabled);
  tap("resident.form.calendar.2026-11-25");
  EXPECT_EQ(value("day"), "2026-11-25");
}

TEST_F(Matters, ManyChoicesOpenWhereTheKeyboardIsAndFewStandInThePage) {
  open({});
  go_to_form("choices");
  EXPECT_EQ(tree().find("resident.form.nation.han"), nullptr);
  tap("resident.form.nation");
  tap("resident.form.nation.tujia");
  EXPECT_EQ(value("nation"), "tujia");
  tap("resident.form.notify.sms");
  tap("resident.form.notify.letter");
  tap("resident.form.notify.sms");
  EXPECT_EQ(value("notify"), nlohmann::json::array({"letter"}));
}

TEST_F(Matters, AnAddressBeginsWhereTheHallIsAndEndsAtTheDoor) {
  open({});
  go_to_form("people");
  tap("resident.form.home");
  EXPECT_NE(tree().find("resident.form.address.path.420106"), nullptr);
  tap("resident.form.address.420106001");
  tap("resident.form.address.420106001003");
  EXPECT_EQ(focused(), "resident.form.home.detail");
  window->type("8-301");
  window->settle();
  answer();
  EXPECT_EQ(value("home")["codes"].back(), "420106001003");
  EXPECT_EQ(value("home")["detail"], "8-301");
  tap("resident.form.home");
  tap("resident.form.address.path.420106");
  EXPECT_EQ(value("home")["codes"], nlohmann::json::array({"42", "4201"}));
  EXPECT_EQ(value("home")["detail"], "8-301");
}

TEST_F(Matters, AnotherPersonHasANameADocumentAndANumber) {
  open({});
  go_to_form("people");
  type("resident.form.spouse.name", "LI");
  type("resident.form.spouse.number", "42010619900307001x");
  EXPECT_EQ(value("spouse")["number"], "42010619900307001X");
  EXPECT_NE(tree().find("resident.form.keys.X"), nullptr);
  tap("resident.form.spouse.passport");
  EXPECT_EQ(value("spouse")["document"], "passport");
  EXPECT_EQ(value("spouse")["name"], "LI");
}

TEST_F(Matters, EveryPageOfTheDocumentIsTurnedAndSigned) {
  for (bool const landscape : {false, true}) {
    open({{}, landscape});
    go(after("sign", "resident.matter.composing", matter::DocumentReady{"d", 2}), "replace");
    tap("resident.matter.sign.primary");
    EXPECT_NE(tree().find("resident.matter.sign.problem"), nullptr);
    tap("resident.matter.sign.document.after");
    EXPECT_EQ(visit->matter<matter::Sign>().seen, 2u);
    auto const pad = tree().find("resident.matter.sign.pad")->rect;
    window->drag({pad.x + 60, pad.y + 60}, {pad.x + 400, pad.y + 160});
    window->settle();
    answer();
    auto const& signature = visit->matter<matter::Sign>().signature;
    ASSERT_EQ(signature.strokes.size(), 1u);
    EXPECT_EQ(signature.document, "d");
    EXPECT_GT(signature.strokes[0].back().x - signature.strokes[0].front().x, 50'000);
    tap("resident.matter.sign.primary");
    EXPECT_EQ(visit->name(), "resident.matter.submitting");
    EXPECT_EQ(tree().find("resident.matter.sign.pad"), nullptr);
  }
}

TEST_F(Matters, WhoCannotSignThereGoesToACounter) {
  open({});
  go(after("sign", "resident.matter.composing", matter::DocumentReady{"d", 1}), "replace");
  tap("resident.matter.sign.secondary");
  EXPECT_EQ(visit->name(), "resident.confirm");
}

TEST_F(Matters, WhatWasTypedIsGoneWithTheSession) {
  open({});
  go_to_form("texts");
  window->type("13800001111");
  window->settle();
  answer();
  screens.wipe();
  visit = std::make_unique<Visit>(catalog);
  window->ui().wipe();
  answer();
  EXPECT_FALSE(tree().shows("13800001111"));
  go_to_form("texts");
  EXPECT_EQ(tree().find("resident.form.phone")->value, "");
}

TEST_F(Matters, AFaceIsAGradeAndReasonsAreOptional) {
  open({});
  go(at("resident.rating.grade"), "replace");
  tap("resident.rating.grade.2");
  EXPECT_EQ(visit->name(), "resident.rating.options");
  tap("resident.rating.options.213");
  tap("resident.rating.options.primary");
  EXPECT_EQ(visit->name(), "resident.rating.sending");
  EXPECT_EQ(std::get<rating::Sending>(visit->flow.rating()->state()).chosen, std::vector<std::string>{"213"});
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_on_display(count, arguments); }
