// The readiness page.
#include "kiosk/flows/technician_flow.h"

#include <gtest/gtest.h>

namespace yizhan::flows {
namespace {

using namespace technician;

Part part(std::string key, Light light = Light::good, bool testable = false) {
  Part made;
  made.key = std::move(key);
  made.light = light;
  made.testable = testable;
  return made;
}

TEST(Technician, IsReadyOnlyWhereEveryLightIsGood) {
  TechnicianFlow flow;
  flow.step(PartArrived{part("clock")});
  EXPECT_EQ(flow.name(), "technician.ready");
  for (auto const light : {Light::warning, Light::fault, Light::unknown}) {
    flow.step(PartArrived{part("ticket_printer", light)});
    EXPECT_EQ(flow.name(), "technician.attention");
  }
  flow.step(PartArrived{part("ticket_printer")});
  EXPECT_EQ(flow.name(), "technician.ready");
}

TEST(Technician, APartThatComesAgainTakesItsOldPlace) {
  TechnicianFlow flow;
  flow.step(PartArrived{part("clock")});
  flow.step(PartArrived{part("disk")});
  flow.step(PartArrived{part("clock", Light::warning)});
  ASSERT_EQ(flow.parts().size(), 2u);
  EXPECT_EQ(flow.parts()[0].key, "clock");
  EXPECT_EQ(flow.parts()[0].light, Light::warning);
}

TEST(Technician, ATestPassedBeforeAFaultIsNoLongerShown) {
  TechnicianFlow flow;
  flow.step(PartArrived{part("ticket_printer", Light::good, true)});
  flow.step(TestEnded{"ticket_printer", true, {}, "A0T1"});
  flow.step(PartArrived{part("ticket_printer", Light::warning, true)});
  EXPECT_EQ(flow.trials().count("ticket_printer"), 1u);
  flow.step(PartArrived{part("ticket_printer", Light::fault, true)});
  EXPECT_EQ(flow.trials().count("ticket_printer"), 0u);
  // The test that found the fault stands.
  flow.step(TestEnded{"ticket_printer", false, "paper_end", {}});
  flow.step(PartArrived{part("ticket_printer", Light::fault, true)});
  EXPECT_EQ(flow.trials().count("ticket_printer"), 1u);
}

TEST(Technician, TestsAPartOnceAtATime) {
  TechnicianFlow flow;
  flow.step(PartArrived{part("ticket_printer", Light::good, true)});
  auto const effects = flow.step(TestChosen{"ticket_printer"});
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<RunTest>(effects[0]).key, "ticket_printer");
  EXPECT_TRUE(flow.step(TestChosen{"ticket_printer"}).empty()) << "while it runs";
  flow.step(TestEnded{"ticket_printer", false, "paper_end", {}});
  EXPECT_EQ(flow.trials().at("ticket_printer").outcome, Trial::Outcome::failed);
  EXPECT_EQ(flow.trials().at("ticket_printer").code, "paper_end");
  EXPECT_EQ(flow.step(TestChosen{"ticket_printer"}).size(), 1u) << "again, after new paper";
  flow.step(TestEnded{"ticket_printer", true, {}, "A0T1"});
  EXPECT_EQ(flow.trials().at("ticket_printer").outcome, Trial::Outcome::passed);
}

TEST(Technician, WhatCannotBeTestedIsNot) {
  TechnicianFlow flow;
  flow.step(PartArrived{part("clock")});
  EXPECT_TRUE(flow.step(TestChosen{"clock"}).empty());
  EXPECT_TRUE(flow.step(TestChosen{"nothing"}).empty());
}

TEST(Technician, ExportsAReportAndSaysWhere) {
  TechnicianFlow flow;
  ASSERT_EQ(flow.step(ExportChosen{}).size(), 1u);
  flow.step(ExportEnded{"/var/lib/yizhan/report.txt", {}});
  EXPECT_EQ(flow.report(), "/var/lib/yizhan/report.txt");
  flow.step(ExportEnded{"/var/lib/yizhan/report.txt", "disk_full"});
  EXPECT_TRUE(flow.report().empty()) << "an old report is not taken for the one that failed";
}

}  // namespace
}  // namespace yizhan::flows
