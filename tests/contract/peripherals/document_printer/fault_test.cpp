#include <gtest/gtest.h>

#include "peripherals/document_printer/ipp_link.h"

namespace yizhan::document_printer {
namespace {

std::string fault(bool stopped, std::vector<std::string> reasons, bool accepting = true) {
  auto const error = fault_of({accepting, stopped, std::move(reasons)});
  return error ? std::string(error->code()) : std::string();
}

TEST(PrinterReasons, WarningsAreNoFaultsUntilThePrinterStops) {
  EXPECT_EQ(fault(false, {}), "");
  EXPECT_EQ(fault(false, {"media-low-warning", "toner-low-report"}), "");
  EXPECT_EQ(fault(false, {"media-empty-warning"}), "");
  EXPECT_EQ(fault(true, {"media-empty-warning"}), "tray_empty");
  EXPECT_TRUE(fault_of({true, false, {"media-empty-warning"}}, Warnings::counted)->is("tray_empty"));
  EXPECT_FALSE(fault_of({true, false, {"media-low-warning", "media-empty-report"}}, Warnings::counted));
  EXPECT_EQ(fault(false, {"media-empty-error"}), "tray_empty");
  EXPECT_EQ(fault(false, {"media-empty"}), "tray_empty");
  EXPECT_EQ(fault(false, {"marker-supply-empty-error"}), "toner_empty");
  EXPECT_EQ(fault(false, {"offline-report"}), "printer_unreachable");
  EXPECT_EQ(fault(false, {"cups-waiting-for-job-completed"}), "");
}

TEST(PrinterReasons, WhatStopsItIsNamedBestItCan) {
  EXPECT_EQ(fault(true, {}), "printer_stopped");
  EXPECT_EQ(fault(true, {"paused"}), "printer_stopped");
  EXPECT_EQ(fault(true, {"paused", "media-jam-error"}), "paper_jam");
  EXPECT_EQ(fault(true, {"com.example-confused"}), "printer_stopped");
  EXPECT_EQ(fault(false, {}, false), "printer_stopped");
}

}  // namespace
}  // namespace yizhan::document_printer
