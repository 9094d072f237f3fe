// What clerks, technicians and a waiting hall see.
#include "kiosk/counter/counter_screens.h"
#include "kiosk/display/display_screens.h"
#include "kiosk/technician/technician_screens.h"
#include "tests/support/demo_pki.h"
#include "tests/ui/screens/pages.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using queue::TicketState;
using ui::TextSize;

constexpr WallTime k_now = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 1h;

queue::Ticket ticket(int n, TicketState state, std::string counter = "") {
  queue::Ticket made;
  made.id.bytes[15] = static_cast<std::byte>(n);
  made.number = std::string(1, static_cast<char>('A' + n % 5)) + (n < 10 ? "00" : "0") + std::to_string(n);
  made.service = "residence_permit_renew";
  made.priority = n % 3 == 0 ? queue::PriorityClass::priority : queue::PriorityClass::normal;
  made.state = state;
  made.issued_at = k_now - 90min;
  made.counter = std::move(counter);
  if (!made.counter.empty()) made.called_at = k_now - 3min;
  if (state == TicketState::serving) made.started_at = k_now - 2min;
  made.calls = 2;
  return made;
}

queue::HallView busy_hall() {
  queue::HallView view;
  for (int i = 1; i <= 30; ++i) view.waiting.push_back(ticket(i, TicketState::waiting));
  for (int i = 31; i <= 38; ++i) {
    view.active.push_back(ticket(i, i % 2 == 0 ? TicketState::called : TicketState::serving, std::to_string(i - 20)));
  }
  return view;
}

// --- counter ---------------------------------------------------------------------------------------------------------

struct Counter : test::Screens {
  catalog::Catalog const catalog = catalog::load_catalog(test::source_folder() / "assets/catalog/demo").value();
  std::unique_ptr<flows::CounterFlow> flow;
  counter::CounterScreens screens;
  counter::Surroundings around{.now = k_now};
  std::vector<flows::counter::Event> events;

  void open(test::Look const& look) {
    Screens::open(ui::Scale::counter, look, [this](ui::Ui& ui) {
      if (flow) {
        screens.draw(ui, *flow, around, [this](flows::counter::Event event) { events.push_back(std::move(event)); });
      }
    });
  }
  template <class... Events>
  void after(Events... wanted) {
    screens.wipe();
    flow = std::make_unique<flows::CounterFlow>(std::make_shared<catalog::Catalog const>(catalog), "12");
    (flow->step(std::move(wanted)), ...);
  }
};

TEST_F(Counter, EveryPageIsSoundInEveryLook) {
  using namespace flows::counter;
  for (auto const& look : test::looks({TextSize::standard, TextSize::elder})) {
    if (!look.landscape) continue;  // a monitor
    open(look);
    auto const sound = [&](char const* what) { expect_sound(std::string(what) + ", " + look.name()); };
    SignedIn const in{{"1001", "supervisor"}};
    after();
    sound("signed out");
    after(NumberEdited{"1001"}, SignInRefused{"staff_refused", 3, {}});
    sound("refused");
    after(NumberEdited{"1001"}, SignInRefused{"staff_locked", 0, std::chrono::seconds(3600)});
    sound("locked");
    after(SignedIn{in});
    sound("nobody waits");
    after(SignedIn{in}, ViewArrived{busy_hall()});
    sound("many wait");
    after(SignedIn{in}, ViewArrived{busy_hall()}, CallNext{}, TicketChanged{ticket(33, TicketState::called, "12")});
    sound("called");
    after(SignedIn{in}, Start{});
    sound("wrong key");
    auto view = busy_hall();
    view.active.push_back(ticket(39, TicketState::serving, "12"));
    after(SignedIn{in}, ViewArrived{view}, OpenTake{});
    sound("serving and taking");
    after(SignedIn{in}, ViewArrived{view}, OpenTake{}, PanelEdited{"ju"}, PriorityToggled{});
    sound("taking with results");
    after(SignedIn{in}, ViewArrived{busy_hall()}, OpenNumber{}, PanelEdited{"B012"});
    sound("by number");
    around.hall_away = true;
    after(SignedIn{in}, Refused{"hall_unreachable"});
    sound("hall away");
    around.hall_away = false;
  }
  expect_translated();
}

TEST_F(Counter, EveryRefusalIsExplained) {
  using namespace flows::counter;
  open({{.language = ui::Language::en}, true});
  for (auto const* code : {"counter_busy", "nobody_called", "nobody_served", "queue_empty", "ticket_not_found",
                           "ticket_not_waiting", "ticket_wrong_state", "ticket_other_counter", "recall_limit",
                           "hall_unreachable", "paper_end", "disk_full", "service_unknown"}) {
    after(SignedIn{{"1001", "clerk"}}, Refused{code});
    expect_sound(code);
    ASSERT_NE(tree().find("counter.desk.problem"), nullptr) << code;
  }
  expect_translated();
}

TEST_F(Counter, EverythingIsReachedByKeyboard) {
  using namespace flows::counter;
  open({{}, true});
  after();
  expect_sound("signed out");
  expect_keyboard_reaches_all("signed out");
  after(SignedIn{{"1001", "clerk"}}, OpenTake{});
  expect_sound("taking");
  expect_keyboard_reaches_all("taking");
}

// --- display ---------------------------------------------------------------------------------------------------------

struct Board : test::Screens {
  flows::DisplayFlow flow;
  display::Surroundings around{.updated_at = "09:38"};
};

TEST_F(Board, IsSoundQuietCallingAndCutOff) {
  using namespace flows::display;
  for (auto const& look : test::looks({TextSize::standard})) {
    flow = {};
    open(ui::Scale::display, look, [this](ui::Ui& ui) { display::draw(ui, flow, around); });
    expect_sound("quiet, " + look.name());
    flow.step(ViewArrived{busy_hall(), k_now});
    expect_sound("full, " + look.name());
    queue::Announcement call{1, {}, "AK012", "12", false};
    flow.step(AnnouncementsArrived{{call}});
    expect_sound("calling, " + look.name());
    EXPECT_TRUE(tree().shows("AK012"));
    flow.step(Spoken{});
    call.sequence = 2;
    call.recall = true;
    flow.step(AnnouncementsArrived{{call}});
    expect_sound("calling again, " + look.name());
    flow.step(SourceLost{});
    expect_sound("source lost, " + look.name());
    EXPECT_TRUE(tree().shows("09:38"));
  }
  expect_translated();
}

TEST_F(Board, HasNothingToTouch) {
  using namespace flows::display;
  open(ui::Scale::display, {{}, true}, [this](ui::Ui& ui) { display::draw(ui, flow, around); });
  flow.step(ViewArrived{busy_hall(), k_now});
  window->request_frames();
  window->settle();
  EXPECT_TRUE(tree().focus_order().empty());
}

// --- technician ------------------------------------------------------------------------------------------------------

struct Readiness : test::Screens {
  flows::TechnicianFlow flow;
  technician::Surroundings around{.local_time = [](WallTime) { return std::string("11-24 10:42"); }};

  void open(test::Look const& look) {
    Screens::open(ui::Scale::technician, look,
                  [this](ui::Ui& ui) { technician::draw(ui, flow, around, [](flows::technician::Event const&) {}); });
  }
  void fill() {
    using namespace flows::technician;
    flow = {};
    struct Line {
      char const* key;
      Light light;
      char const* state;
      char const* fault;
      bool testable;
    };
    for (auto const& line :
         {Line{"id_reader", Light::good, "ready", "", true},
          Line{"code_scanner", Light::fault, "absent", "device_absent", true},
          Line{"ticket_printer", Light::fault, "faulted", "cover_open", true},
          Line{"speech", Light::good, "ready", "", true}, Line{"database", Light::good, "good", "", false},
          Line{"platform", Light::warning, "backlog", "", false},
          Line{"certificate", Light::warning, "warning", "", false}, Line{"clock", Light::good, "trusted", "", false},
          Line{"disk", Light::good, "good", "", false}, Line{"document_printer", Light::good, "busy", "", true},
          Line{"document_camera", Light::fault, "faulted", "camera_silent", true},
          Line{"documents", Light::warning, "warning", "documents_parked", false},
          Line{"matters", Light::warning, "warning", "upload_key_unknown", false},
          Line{"catalog", Light::good, "ready", "", false},
          Line{"calendar", Light::warning, "warning", "holidays_unknown", false}}) {
      Part part;
      part.key = line.key;
      part.light = line.light;
      part.state = line.state;
      part.fault = line.fault;
      if (!part.fault.empty()) part.fault_at = k_now;
      part.detail = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0  05.01-20171401-0001234567";
      part.testable = line.testable;
      flow.step(PartArrived{std::move(part)});
    }
  }
};

TEST_F(Readiness, IsSoundWithFaultsAndTests) {
  using namespace flows::technician;
  for (auto const& look : test::looks({TextSize::standard, TextSize::largest})) {
    fill();
    open(look);
    expect_sound("all parts, " + look.name());
    flow.step(TestChosen{"id_reader"});
    flow.step(TestChosen{"ticket_printer"});
    flow.step(TestChosen{"speech"});
    flow.step(TestEnded{"ticket_printer", false, "cover_open", {}});
    flow.step(TestEnded{"speech", true, {}, "420106********0016"});
    flow.step(ExportEnded{"/var/lib/yizhan/report-2026-11-24.txt", {}});
    expect_sound("tests, " + look.name());
  }
  expect_translated();
}

TEST_F(Readiness, EverythingIsReachedByKeyboard) {
  fill();
  open({{}, true});
  expect_keyboard_reaches_all("technician");
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_on_display(count, arguments); }
