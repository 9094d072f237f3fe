// Devices that go and come back within a visit.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;

/// The device of a page, gone or back.
void turn(Visit& visit, bool ResidentFlow::*device, bool usable) {
  visit.flow.*device = usable;
  visit.effects = visit.flow.devices_changed();
}

struct Page {
  char const* state;
  bool ResidentFlow::*device;
  char const* away;
  char const* back;
};
constexpr Page k_pages[] = {
    {"resident.card", &ResidentFlow::reader_usable, "speech.reader_away", "speech.present_card"},
    {"resident.card.problem", &ResidentFlow::reader_usable, "speech.reader_away", "speech.present_card"},
    {"resident.code", &ResidentFlow::scanner_usable, "speech.scanner_away", "speech.present_code"},
    {"resident.matter.need_card", &ResidentFlow::reader_usable, "speech.reader_away", "speech.present_card"},
    {"resident.matter.capture", &ResidentFlow::document_camera_usable, "speech.camera_away", "speech.capture"},
};

TEST(ResidentDevices, APageThatWaitsForOneSaysOnceThatItIsGoneAndThatItIsBack) {
  for (auto const& page : k_pages) {
    Visit visit;
    visit.go_to(page.state);
    turn(visit, page.device, false);
    EXPECT_TRUE(visit.said(page.away)) << page.state;
    EXPECT_EQ(visit.name(), page.state) << "the page stays: the device may come back";
    turn(visit, page.device, false);
    EXPECT_TRUE(visit.effects.empty()) << page.state;
    turn(visit, page.device, true);
    EXPECT_TRUE(visit.said(page.back)) << page.state;
  }
}

TEST(ResidentDevices, PagesThatDoNotWaitForThemSayNothing) {
  for (auto const* state : {"resident.home", "resident.groups", "resident.confirm", "resident.matter.materials"}) {
    Visit visit;
    visit.go_to(state);
    for (auto const device :
         {&ResidentFlow::reader_usable, &ResidentFlow::scanner_usable, &ResidentFlow::document_camera_usable}) {
      turn(visit, device, false);
      EXPECT_TRUE(visit.effects.empty()) << state;
    }
  }
}

TEST(ResidentDevices, WhatAMatterOffersFollowsThem) {
  Visit visit;
  visit.go_to("resident.matter.materials");
  turn(visit, &ResidentFlow::document_camera_usable, false);
  visit.on(matter::PhotographChosen{"photo"});
  EXPECT_EQ(visit.name(), "resident.matter.materials");
  turn(visit, &ResidentFlow::document_camera_usable, true);
  visit.on(matter::PhotographChosen{"photo"});
  EXPECT_EQ(visit.name(), "resident.matter.capture");
}

TEST(ResidentDevices, WithoutAPrinterTheTicketIsAnnouncedForTheScreen) {
  Visit visit;
  visit.flow.ticket_printer_usable = false;
  visit.go_to("resident.confirm");
  EXPECT_TRUE(visit.said("speech.confirm_without_paper"));
}

TEST(ResidentDevices, WhoseCasesWantAReaderThatIsGoneIsSentToTheCounter) {
  Visit visit;
  visit.flow.reader_usable = visit.flow.scanner_usable = false;
  visit.on(Begin{Purpose::progress});
  EXPECT_FALSE(visit.flow.offers_any_method());
  EXPECT_TRUE(visit.said("error.identify_impossible"));
  Visit ticket;
  ticket.flow.reader_usable = ticket.flow.scanner_usable = false;
  ticket.on(Begin{});
  EXPECT_TRUE(ticket.flow.offers_any_method()) << "a phone number is enough for a ticket";
}

}  // namespace
}  // namespace yizhan::flows
