#include "peripherals/ticket_printer/roll_meter.h"

#include <gtest/gtest.h>

namespace yizhan::ticket_printer {
namespace {

using device::Paper;

TEST(RollMeter, CountsWhatTicketsTakeAndBeginsAnewWithANewRoll) {
  RollMeter meter(80'000, 1'000);
  meter.used(113);
  EXPECT_EQ(meter.used_mm(), 1'113);
  EXPECT_EQ(meter.left_mm(), 78'887);
  EXPECT_FALSE(meter.saw(Paper::near_end));
  EXPECT_FALSE(meter.saw(Paper::end));
  EXPECT_EQ(meter.left_mm(), 0);
  EXPECT_TRUE(meter.saw(Paper::ok));
  EXPECT_EQ(meter.used_mm(), 0);
  EXPECT_FALSE(meter.saw(Paper::ok));
}

TEST(RollMeter, NearItsEndByTheSensorOrByTheCount) {
  RollMeter meter(10'000, 0);
  EXPECT_FALSE(meter.near_end());
  meter.saw(Paper::near_end);
  EXPECT_TRUE(meter.near_end());
  meter.saw(Paper::ok);
  EXPECT_FALSE(meter.near_end());
  meter.used(9'501);
  EXPECT_TRUE(meter.near_end());
  meter.used(9'501);
  EXPECT_EQ(meter.left_mm(), 0);
  meter.changed();
  EXPECT_FALSE(meter.near_end());
}

}  // namespace
}  // namespace yizhan::ticket_printer
