/// What a lamp promises (peripherals/api/lamp.h), by the driver of the kernel's LEDs over files as they are in sysfs.
#include <gtest/gtest.h>

#include <fstream>
#include <variant>

#include "peripherals/panel/led_lamp.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::Health;
using device::LampSignal;

class LampContract : public testing::Test {
 protected:
  LampContract() {
    plug();
    panel::LedLampOptions options;
    options.led = "status";
    options.leds = m_folder.path();
    m_driver = panel::make_led_lamp(m_thread, m_env.env(), options,
                                    [tell = m_events.listener()](Health health) { tell(std::move(health)); });
  }
  void plug() {
    std::filesystem::create_directories(m_folder / "status");
    std::ofstream(m_folder / "status" / "max_brightness") << 255;
    std::ofstream(m_folder / "status" / "brightness") << 7;
  }
  [[nodiscard]] int brightness() const {
    int now = -1;
    std::ifstream(m_folder / "status" / "brightness") >> now;
    return now;
  }
  bool becomes(int wanted) {
    return test::eventually([&] { return brightness() == wanted; });
  }
  bool wait_for_state(device::State state) {
    return m_events.next<Health>([&](auto const& health) { return health.state == state; }).has_value();
  }

  test::TempDir m_folder{"lamp"};
  RealEnv m_env;
  test::EventLog<std::variant<Health>> m_events;
  ThreadExecutor m_thread{"lamp"};
  std::unique_ptr<device::Lamp> m_driver;
};

TEST_F(LampContract, ReadyIsSteadyAndOffIsDark) {
  m_driver->show(LampSignal::ready);
  EXPECT_TRUE(becomes(255));
  m_driver->show(LampSignal::off);
  EXPECT_TRUE(becomes(0));
}

TEST_F(LampContract, AttentionAndFaultBlink) {
  for (auto const signal : {LampSignal::attention, LampSignal::fault}) {
    m_driver->show(signal);
    for (int i = 0; i < 2; ++i) {
      EXPECT_TRUE(becomes(255));
      EXPECT_TRUE(becomes(0));
    }
  }
  m_driver->show(LampSignal::ready);
  EXPECT_TRUE(becomes(255));
}

TEST_F(LampContract, AMissingLampIsAbsentAndShowsItsSignalWhenItReturns) {
  std::filesystem::remove_all(m_folder / "status");
  m_driver->show(LampSignal::ready);
  ASSERT_TRUE(wait_for_state(device::State::absent));
  plug();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_TRUE(becomes(255));
}

TEST_F(LampContract, HealthIsToldWhenAsked) {
  m_driver->check_health();
  ASSERT_TRUE(wait_for_state(device::State::ready));
}

TEST_F(LampContract, IsDarkAfterItsEnd) {
  m_driver->show(LampSignal::fault);
  ASSERT_TRUE(becomes(255));
  m_driver.reset();
  EXPECT_TRUE(becomes(0));
  m_thread.stop();
  EXPECT_EQ(brightness(), 0);
}

}  // namespace
}  // namespace yizhan
