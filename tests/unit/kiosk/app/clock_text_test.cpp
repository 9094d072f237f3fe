// What screens and paper say of a time and a ticket.
#include <gtest/gtest.h>

#include "kiosk/app/mode.h"
#include "shared/base/manual_env.h"
#include "tests/support/temp_dir.h"

namespace yizhan::app {
namespace {

using namespace std::chrono_literals;

/// A machine that is configured but not started: no thread of it does anything.
struct Texts : testing::Test {
  test::TempDir folder{"texts"};
  ManualEnv env{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 1h};
  UiQueue queue{[] {}};
  DeviceBoard board;
  catalog::Catalog catalog = [] {
    catalog::Catalog made;
    catalog::ServiceItem item;
    item.code = "card";
    item.name = {"补办社保卡", "Replace a card"};
    made.items.push_back(std::move(item));
    return made;
  }();
  config::Config config = [] {
    config::Config made;
    made.devices.speech.enabled = false;
    return made;
  }();
  Machine machine{{config, folder / "data", crypto::Profile::demo}, env.env(), queue};
  std::unique_ptr<Devices> devices =
      Devices::create({.config = config, .emulated = folder / "emulated"}, queue, board).value();
  Services services{machine, *devices, queue, env.env(), ui::Translations::builtin()};

  static WallTime utc(int day, std::chrono::minutes minute) {
    return std::chrono::sys_days(std::chrono::year(2026) / 3 / day) + minute;
  }
};

TEST_F(Texts, ClocksShowTheHallsZoneNotTheMachines) {
  EXPECT_EQ(local_clock(services, utc(2, 1h + 5min)), "09:05");
  EXPECT_EQ(local_clock(services, utc(2, 15h + 59min)), "23:59");
  EXPECT_EQ(local_clock(services, utc(2, 16h)), "00:00") << "local midnight";
  EXPECT_EQ(local_date_time(services, utc(2, 16h)), "03-03 00:00") << "and the next day";
  EXPECT_EQ(local_date_time(services, utc(1, 15h + 59min)), "03-01 23:59");
}

TEST_F(Texts, PaperTellsWhatTheTicketIs) {
  office::IssuedTicket issued;
  issued.ticket.number = "A001";
  issued.ticket.service = "card";
  issued.ticket.issued_at = utc(2, 1h + 12min);
  issued.ticket.priority = queue::PriorityClass::priority;
  issued.wait = {5min, 12min, 3};
  issued.qr = "YZ1:X";
  auto const paper = paper_of(services, catalog, issued);
  EXPECT_EQ(paper.number, "A001");
  EXPECT_EQ(paper.service_zh, "补办社保卡");
  EXPECT_EQ(paper.service_en, "Replace a card");
  EXPECT_EQ(paper.issued_at, "2026-03-02 09:12");
  EXPECT_TRUE(paper.priority);
  ASSERT_TRUE(paper.wait);
  EXPECT_EQ(paper.wait->ahead, 3);
  EXPECT_EQ(paper.qr, "YZ1:X");
  EXPECT_TRUE(paper.masked_name.empty()) << "no name, not even a masked one";
}

TEST_F(Texts, ATicketThatNoLongerWaitsHasNoWaitOnItsPaper) {
  office::IssuedTicket issued;
  issued.ticket.state = queue::TicketState::called;
  issued.wait = {5min, 12min, 3};
  EXPECT_FALSE(paper_of(services, catalog, issued).wait);
}

TEST_F(Texts, AServiceThatLeftTheCatalogueIsPrintedByItsCode) {
  office::IssuedTicket issued;
  issued.ticket.service = "abolished";
  EXPECT_EQ(paper_of(services, catalog, issued).service_en, "abolished");
}

TEST_F(Texts, SpeechFollowsTheLanguageOfTheScreen) {
  EXPECT_EQ(speech_language(ui::Language::zh_CN), device::Language::zh_CN);
  EXPECT_EQ(speech_language(ui::Language::en), device::Language::en);
}

}  // namespace
}  // namespace yizhan::app
