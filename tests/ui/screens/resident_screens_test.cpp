// The resident's pages, from every state of the journey, in every language, size and orientation: nothing cut, nothing
// overlapping, nothing untranslated, everything reachable by keypad.
#include "kiosk/ui/widgets.h"
#include "tests/ui/screens/resident_pages.h"

namespace yizhan {
namespace {

using namespace flows::resident;
using namespace std::chrono_literals;
using flows::ticket_view;
using flows::Visit;
using test::ResidentPage;
using ui::TextSize;
using Page = ResidentPage;

Page at(std::string_view state) {
  return {std::string(state), [state](Visit& visit) { visit.go_to(state); }};
}
template <class... Events>
Page after(std::string name, std::string_view state, Events... events) {
  auto shared = std::make_shared<std::tuple<Events...>>(std::move(events)...);
  return {std::move(name), [state, shared](Visit& visit) {
            visit.go_to(state);
            std::apply([&](auto&... event) { (visit.on(std::move(event)), ...); }, *shared);
          }};
}

identity::Person long_name() {
  return {identity::DocumentKind::id_card, SecretText("926840199001010014"),
          SecretText("SMITH, JOHN ALEXANDER MAXIMILIAN"), "1990", identity::Verification::card_read};
}

std::vector<TicketView> three_tickets() {
  std::vector<TicketView> list;
  for (int i = 1; i <= 3; ++i) {
    list.push_back(ticket_view("AK01" + std::to_string(i), i, false, "residence_permit_renew"));
    list.back().wait = {25min, 48min, 12};
  }
  list[0].ticket.counter = "12";
  return list;
}

std::vector<Page> pages() {
  std::vector<Page> all;
  all.push_back({"resident.home", [](Visit& visit) {
                   for (char const queue : {'A', 'B', 'C', 'D', 'E'}) {
                     visit.flow.queue_lengths.push_back({queue, queue == 'C' ? 0 : 23, {35min, 61min, 23}});
                   }
                   visit.flow.unprinted = {{flows::uuid(1), "A012"}, {flows::uuid(2), "BK003"}};
                   visit.flow.reader_usable = false;
                 }});
  for (auto const state : flows::k_resident_states) all.push_back(at(state));
  all.push_back({"identify without devices", [](Visit& visit) {
                   visit.flow.reader_usable = visit.flow.scanner_usable = false;
                   visit.go_to("resident.identify");
                 }});
  all.push_back(after("identify to find", "resident.home", Begin{Purpose::find_ticket}));
  all.push_back(after("code being resolved", "resident.code", CodeSeen{"YZ1:A"}));
  all.push_back(after("phone wrong", "resident.phone", Edited{SecretText("1380000")}, Next{}));
  all.push_back(after("id number wrong", "resident.document", Edited{SecretText("420106199003070017")}, Next{}));
  all.push_back(after("passport wrong", "resident.document", DocumentKindChosen{identity::DocumentKind::passport},
                      Edited{SecretText("E12")}, Next{}));
  using identity::CardWarning;
  all.push_back(after("card with warnings", "resident.home",
                      CardIdentified{long_name(),
                                     {CardWarning::check_digit, CardWarning::expired, CardWarning::birth_mismatch,
                                      CardWarning::private_use}}));
  all.push_back(after("confirm with a wait", "resident.confirm",
                      WaitKnown{"social_card_replace", {125min, 148min, 112}},
                      PriorityChosen{PriorityReason::veteran}));
  all.push_back(after("ticket printed", "resident.ticket.issued", PrintDone{flows::uuid(101)}));
  for (auto const* code : {"paper_end", "cover_open", "printer_offline", "printer_overheated", "cutter_jam",
                           "printer_error", "device_absent"}) {
    all.push_back(after(std::string("ticket not printed: ") + code, "resident.ticket.issued",
                        PrintRefused{flows::uuid(101), code, false}));
  }
  all.push_back(after("no ticket found", "resident.tickets.looking", TicketsFound{}));
  all.push_back(after("three tickets found", "resident.tickets.looking", TicketsFound{three_tickets()}));
  return all;
}

struct Resident : test::ResidentPages {};

TEST_F(Resident, EveryPageIsSoundInEveryLook) {
  bool landscape = false;
  for (auto const& look : test::looks({TextSize::standard, TextSize::elder, TextSize::largest})) {
    if (window == nullptr || landscape != look.landscape) open(look);
    landscape = look.landscape;
    show(look);
    for (auto const& page : pages()) {
      go(page);
      expect_sound(page.name + ", " + look.name());
    }
  }
  expect_translated();
}

TEST_F(Resident, TheDemosWholeCatalogueFits) {
  bool landscape = false;
  for (auto const& look : test::looks({TextSize::largest})) {
    if (window == nullptr || landscape != look.landscape) open(look);
    landscape = look.landscape;
    show(look);
    for (auto const& group : catalog->groups) {
      go({group.id, [&](Visit& to) {
            to.group = group.id;
            to.go_to("resident.services");
          }});
      expect_sound("group " + group.id + ", " + look.name());
    }
    for (auto const& item : catalog->items) {
      go(at("resident.matter.about"), item.code);
      expect_sound("about " + item.code + ", " + look.name());
    }
    for (auto const& bundle : catalog->bundles) {
      go(at("resident.matter.about"), bundle.code);
      expect_sound("about " + bundle.code + ", " + look.name());
    }
  }
  expect_translated();
}

TEST_F(Resident, EveryErrorIsExplainedInFull) {
  auto const codes = test::all_error_codes();
  EXPECT_GT(codes.size(), 100u);
  test::Look look{{.language = ui::Language::en, .text_size = TextSize::largest}, false};
  for (bool const chinese : {false, true}) {
    if (chinese) look = {{.language = ui::Language::zh_CN, .text_size = TextSize::largest}, true};
    open(look);
    for (auto const& code : codes) {
      go(after("problem", "resident.ticket.issuing", TicketRefused{code}));
      expect_sound("error " + code + ", " + look.name());
    }
  }
  expect_translated();
}

TEST_F(Resident, TheCamerasPictureFits) {
  std::vector<std::uint8_t> const grey(640 * 480, 128);
  for (bool const landscape : {false, true}) {
    open({{.text_size = TextSize::largest}, landscape});
    around.preview = {640, 480, ui::ImageView::Format::grey8, grey, 1};
    around.found_code = {{0.3F, 0.3F}, {0.6F, 0.32F}, {0.62F, 0.7F}, {0.28F, 0.68F}};
    for (auto const light : {resident::Surroundings::Light::dark, resident::Surroundings::Light::bright,
                             resident::Surroundings::Light::good}) {
      around.light = light;
      go(at("resident.code"));
      expect_sound("camera");
    }
    EXPECT_NE(tree().find("resident.code.preview"), nullptr);
    go(at("resident.code.problem"));
    expect_sound("camera with a problem");
  }
}

TEST_F(Resident, SearchShowsWhatItFinds) {
  for (auto const& look : test::looks({TextSize::standard, TextSize::largest})) {
    open(look);
    go(at("resident.groups"));
    window->request_frames();
    window->settle();
    tap("resident.groups.find");
    expect_sound("search, " + look.name());
    window->ui().focus("resident.groups.search");
    window->settle();
    window->type("jzz");
    window->settle();
    for (auto& event : std::exchange(events, {})) visit->on(std::move(event));
    expect_sound("search with results, " + look.name());
    EXPECT_NE(tree().find("resident.services.residence_permit"), nullptr) << look.name();
    window->type("qqq");
    window->settle();
    for (auto& event : std::exchange(events, {})) visit->on(std::move(event));
    expect_sound("search without results, " + look.name());
  }
  expect_translated();
}

TEST_F(Resident, HelpLiesOverEveryPageAndIsSound) {
  for (auto const& look : test::looks({TextSize::largest})) {
    open(look);
    go(at("resident.groups"));
    window->request_frames();
    window->settle();
    tap("ui.help");
    expect_sound("help, " + look.name());
    EXPECT_EQ(tree().focus_order(), std::vector<std::string_view>{"resident.help.close"});
    tap("resident.help.close");
    EXPECT_EQ(tree().find("resident.help.close"), nullptr) << look.name();
  }
}

TEST_F(Resident, EverythingOnEveryPageIsReachedByKeypad) {
  for (auto const& look : {test::Look{{}, false}, test::Look{{.text_size = TextSize::largest}, true}}) {
    open(look);
    for (auto const& page : pages()) {
      go(page);
      window->request_frames(2);
      window->settle();
      expect_keyboard_reaches_all(page.name + ", " + look.name());
    }
  }
}

TEST_F(Resident, NamesAndNumbersAreNeverInTheTree) {
  open({});
  for (auto const& page : pages()) {
    go(page);
    window->request_frames(2);
    window->settle();
    for (auto const* secret : {"张三", "王秀英", "420106199003070016", "420106195211020023", "926840199001010014"}) {
      EXPECT_FALSE(tree().shows(secret)) << page.name;
    }
  }
}

TEST_F(Resident, ThisTestWouldFindADefect) {
  open({});
  window->on_draw([](ui::Ui& ui) {
    ui::ScreenSpec const spec{.key = "broken", .title = ui.tr("no.such.text"), .primary = "x"};
    ui::screen(ui, spec, [&] { ui::button(ui, "broken.primary", {.label = "twice the key"}); });
  });
  window->request_frames(2);
  window->settle();
  auto const findings = tree().findings();
  EXPECT_FALSE(findings.empty());
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_on_display(count, arguments); }
