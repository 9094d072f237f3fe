#include "peripherals/panel/input_records.h"

#include <gtest/gtest.h>
#include <linux/input.h>

namespace yizhan::panel {
namespace {

TEST(InputRecords, AreTheKernels) {
  static_assert(sizeof(input_event) == 24);
  input_event event{};
  event.type = EV_SW;
  event.code = SW_FRONT_PROXIMITY;
  event.value = -2;
  std::string const bytes(reinterpret_cast<char const*>(&event), sizeof event);
  InputRecords records;
  EXPECT_TRUE(records.push(bytes.substr(0, 23)).empty());
  EXPECT_TRUE(records.pending());
  auto const found = records.push(bytes.substr(23) + bytes);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].type, k_type_switch);
  EXPECT_EQ(found[1].code, k_front_proximity);
  EXPECT_EQ(found[1].value, -2);
  EXPECT_FALSE(records.pending());
}

}  // namespace
}  // namespace yizhan::panel
