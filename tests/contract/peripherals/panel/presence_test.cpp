/// What a presence sensor promises (peripherals/api/presence.h), by the driver of input devices over a pseudo terminal.
#include <gtest/gtest.h>

#include "peripherals/emulated/presence.h"
#include "peripherals/panel/evdev_presence.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::PresenceChanged;
using device::PresenceHealth;

/// No devices but those a path leads to.
class NoBus final : public host::Bus {
 public:
  std::vector<host::Place> list(host::Kind) override { return {}; }
  std::unique_ptr<host::Watch> watch(Listener arrived) override { return m_watchers.add(std::move(arrived)); }

 private:
  host::Watchers m_watchers;
};

class PresenceContract : public testing::Test {
 protected:
  PresenceContract() {
    m_sensor = std::move(*emulated::EmulatedPresence::create(m_folder / "event7"));
    panel::EvdevPresenceOptions options;
    host::PortSettings settings;
    settings.kinds = {host::Kind::input};
    options.port =
        host::make_port(std::make_shared<NoBus>(), host::PathAddress{(m_folder / "event7").string()}, settings);
    m_driver = panel::make_evdev_presence(m_thread, m_env.env(), options, m_events.listener());
  }
  bool wait_for_state(device::State state) {
    return m_events.next<PresenceHealth>([&](auto const& event) { return event.health.state == state; }).has_value();
  }
  std::string next_change() {
    auto const change = m_events.next<PresenceChanged>();
    return !change ? "nothing" : change->present ? "comes" : "goes";
  }

  test::TempDir m_folder{"presence"};
  RealEnv m_env;
  test::EventLog<device::PresenceEvent> m_events;
  std::unique_ptr<emulated::EmulatedPresence> m_sensor;
  ThreadExecutor m_thread{"presence"};
  std::unique_ptr<device::PresenceSensor> m_driver;
};

TEST_F(PresenceContract, ComingAndGoingAreToldOnce) {
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_sensor->set(true);
  EXPECT_EQ(next_change(), "comes");
  m_sensor->set(true);
  m_sensor->send_record(1, 30, 1);  // a key: not its switch
  m_sensor->set(false);
  EXPECT_EQ(next_change(), "goes");
  EXPECT_EQ(m_events.count<PresenceChanged>(), 2);
}

TEST_F(PresenceContract, ARecordCutShortIsForgotten) {
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_sensor->send_bytes("cut");
  // After its turn of silence the driver begins anew; until then records are out of step.
  ASSERT_TRUE(test::eventually([&] {
    m_sensor->set(true);
    return m_events.next<PresenceChanged>({}, 300ms).has_value();
  }));
}

TEST_F(PresenceContract, UnpluggedItIsAbsentAndWhatItSaidIsForgotten) {
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_sensor->set(true);
  EXPECT_EQ(next_change(), "comes");
  m_sensor->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  ASSERT_TRUE(m_sensor->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_sensor->set(true);
  EXPECT_EQ(next_change(), "comes");
}

TEST_F(PresenceContract, HealthIsToldWhenAsked) {
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_driver->check_health();
  ASSERT_TRUE(wait_for_state(device::State::ready));
}

TEST_F(PresenceContract, IsDestroyedWithinHalfASecond) {
  ASSERT_TRUE(wait_for_state(device::State::ready));
  auto const before = std::chrono::steady_clock::now();
  m_driver.reset();
  m_thread.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 500ms);
}

}  // namespace
}  // namespace yizhan
