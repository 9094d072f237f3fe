/// What a code scanner promises (peripherals/api/code_scanner.h), by the camera driver before emulated pictures.
#include <gtest/gtest.h>

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/emulated/camera.h"
#include "shared/base/real_env.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using device::CodeScanned;
using device::ScannerHealth;
using device::ScannerPreview;

class CameraContract : public testing::Test {
 protected:
  CameraContract() {
    m_scene = std::move(*emulated::EmulatedCamera::create(m_folder / "camera" / "frame.png", 3));
    camera::CameraScannerOptions options;
    options.source = {camera::CameraSource::Kind::picture, m_scene->picture().string()};
    m_driver = camera::make_camera_scanner(m_thread, m_env.env(), options, m_events.listener());
  }
  bool wait_for_state(device::State state) {
    return m_events.next<ScannerHealth>([&](auto const& event) { return event.health.state == state; }).has_value();
  }
  /// A preview of a frame that was taken after this call, several frames later.
  bool frames_go_by() {
    for (int i = 0; i < 4; ++i) {
      if (!m_events.next<ScannerPreview>()) return false;
    }
    return true;
  }

  test::TempDir m_folder{"camera"};
  RealEnv m_env;
  test::EventLog<device::CodeScannerEvent> m_events;
  std::unique_ptr<emulated::EmulatedCamera> m_scene;
  ThreadExecutor m_thread{"camera"};
  std::unique_ptr<device::CodeScanner> m_driver;
};

TEST_F(CameraContract, ReadsACodeHeldUp) {
  m_driver->start_scanning();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  ASSERT_TRUE(m_scene->show_text("YZ1:6BFOXN*TS0BI$ZD"));
  auto const scanned = m_events.next<CodeScanned>();
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->text, "YZ1:6BFOXN*TS0BI$ZD");
  EXPECT_EQ(scanned->format, "QRCode");
}

TEST_F(CameraContract, ShowsASmallPictureWithTheCodesCorners) {
  ASSERT_TRUE(m_scene->show_text("A001"));
  m_driver->start_scanning();
  auto const preview = m_events.next<ScannerPreview>([](auto const& event) { return !event.found_corners.empty(); });
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->width, 320);
  EXPECT_EQ(preview->height, 180);
  EXPECT_EQ(preview->grey.size(), 320U * 180U);
  for (auto const& [x, y] : preview->found_corners) {
    EXPECT_GT(x, 60);
    EXPECT_LT(x, 260);
    EXPECT_GT(y, 10);
    EXPECT_LT(y, 170);
  }
}

TEST_F(CameraContract, ACodeThatStaysInSightIsToldOnceAndAgainWhenItWasAway) {
  ASSERT_TRUE(m_scene->show_text("A001"));
  m_driver->start_scanning();
  ASSERT_TRUE(m_events.next<CodeScanned>());
  ASSERT_TRUE(frames_go_by());
  EXPECT_EQ(m_events.count<CodeScanned>(), 1);
  ASSERT_TRUE(m_scene->show_text("B002"));
  auto const other = m_events.next<CodeScanned>();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->text, "B002");
  auto const began = m_env.steady.now();
  while (m_env.steady.now() - began < 2200ms) ASSERT_TRUE(m_events.next<ScannerPreview>());
  ASSERT_TRUE(m_scene->show_text("A001"));
  EXPECT_TRUE(m_events.next<CodeScanned>([](auto const& event) { return event.text == "A001"; }));
}

TEST_F(CameraContract, AnEmptySceneIsNoCode) {
  m_driver->start_scanning();
  ASSERT_TRUE(frames_go_by());
  ASSERT_TRUE(frames_go_by());
  EXPECT_EQ(m_events.count<CodeScanned>(), 0);
}

TEST_F(CameraContract, StoppedItIsSilentAndStartsAgain) {
  m_driver->start_scanning();
  ASSERT_TRUE(m_events.next<ScannerPreview>());
  m_driver->stop_scanning();
  m_driver->check_health();
  ASSERT_TRUE(m_events.next<ScannerHealth>());
  auto const events = m_events.size();
  ASSERT_TRUE(m_scene->show_text("A001"));
  EXPECT_FALSE(m_events.next<CodeScanned>({}, 300ms));
  EXPECT_EQ(m_events.size(), events);
  m_driver->start_scanning();
  EXPECT_TRUE(m_events.next<CodeScanned>());
}

TEST_F(CameraContract, UnpluggedItIsAbsentAndComesBack) {
  m_driver->start_scanning();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_scene->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  ASSERT_TRUE(m_scene->show_text("A001"));
  ASSERT_TRUE(wait_for_state(device::State::ready));
  EXPECT_TRUE(m_events.next<CodeScanned>());
}

TEST_F(CameraContract, WhatIsNoCameraIsFaultedWithTheReason) {
  camera::CameraScannerOptions options;
  options.source = {camera::CameraSource::Kind::v4l2, "/dev/null", nullptr, camera::k_code_controls};
  m_driver = camera::make_camera_scanner(m_thread, m_env.env(), options, m_events.listener());
  m_driver->start_scanning();
  auto const health = m_events.next<ScannerHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.state, device::State::faulted);
  EXPECT_TRUE(health->health.last_fault->is("camera_failed"));
  EXPECT_NE(health->health.last_fault->detail().find("/dev/null"), std::string::npos);
}

/// Cameras of a bus as the test wants them.
class Plugs final : public host::Bus {
 public:
  std::vector<host::Place> list(host::Kind kind) override {
    std::lock_guard const lock(m_mutex);
    return kind == host::Kind::video ? m_places : std::vector<host::Place>{};
  }
  std::unique_ptr<host::Watch> watch(Listener arrived) override { return m_watchers.add(std::move(arrived)); }
  void set(std::vector<host::Place> places) {
    std::lock_guard const lock(m_mutex);
    m_places = std::move(places);
  }
  void tell(host::Place const& place) { m_watchers.tell(place); }

 private:
  std::mutex m_mutex;
  std::vector<host::Place> m_places;
  host::Watchers m_watchers;
};

host::Place place(std::filesystem::path const& node, std::string identity) {
  host::Place place;
  place.kind = host::Kind::video;
  place.node = node.string();
  place.device = "/sys/devices/" + identity;
  place.identity = std::move(identity);
  return place;
}

TEST_F(CameraContract, ReturningUnderAnotherNodeItIsFoundByWhatItIs) {
  auto const bus = std::make_shared<Plugs>();
  auto const mine = place(m_scene->picture(), "usb:046d:0825:5A01");
  bus->set({mine});
  camera::CameraScannerOptions options;
  options.source = {camera::CameraSource::Kind::picture, mine.node, bus};
  m_driver = camera::make_camera_scanner(m_thread, m_env.env(), options, m_events.listener());
  m_driver->start_scanning();
  auto const ready = m_events.next<ScannerHealth>();
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->health.identity, "usb:046d:0825:5A01");
  bus->set({});
  m_scene->unplug();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  // Another camera takes its node.
  ASSERT_TRUE(m_scene->show_text("not mine"));
  bus->set({place(mine.node, "usb:046d:0825:77")});
  auto const foreign = m_events.next<ScannerHealth>();
  ASSERT_TRUE(foreign);
  EXPECT_TRUE(foreign->health.last_fault->is("device_foreign"));
  auto const moved = std::move(*emulated::EmulatedCamera::create(m_folder / "camera2" / "frame.png", 4));
  ASSERT_TRUE(moved->show_text("A001"));
  auto const back = place(moved->picture(), mine.identity);
  bus->set({place(mine.node, "usb:046d:0825:77"), back});
  bus->tell(back);
  ASSERT_TRUE(wait_for_state(device::State::ready));
  auto const scanned = m_events.next<CodeScanned>();
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->text, "A001");
}

TEST_F(CameraContract, ACameraWithoutFramesIsFaultedAfterThreeSeconds) {
  ASSERT_TRUE(m_scene->freeze());
  auto const before = std::chrono::steady_clock::now();
  m_driver->start_scanning();
  auto const silent = m_events.next<ScannerHealth>();
  ASSERT_TRUE(silent);
  EXPECT_EQ(silent->health.state, device::State::faulted);
  EXPECT_TRUE(silent->health.last_fault->is("camera_silent"));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
  ASSERT_TRUE(m_scene->show_text("A001"));
  ASSERT_TRUE(wait_for_state(device::State::ready));
}

TEST_F(CameraContract, OutsideTheRegionNoCodeIsLookedFor) {
  camera::CameraScannerOptions options;
  options.source = {camera::CameraSource::Kind::picture, m_scene->picture().string()};
  options.region = {0, 0, 0.3F, 1};  // left of the sheet, which stands in the middle
  m_driver = camera::make_camera_scanner(m_thread, m_env.env(), options, m_events.listener());
  ASSERT_TRUE(m_scene->show_text("A001"));
  m_driver->start_scanning();
  ASSERT_TRUE(frames_go_by());
  ASSERT_TRUE(frames_go_by());
  EXPECT_EQ(m_events.count<CodeScanned>(), 0);
}

TEST_F(CameraContract, CornersOfACodeInTheRegionAreThePictures) {
  camera::CameraScannerOptions options;
  options.source = {camera::CameraSource::Kind::picture, m_scene->picture().string()};
  options.region = {0.2F, 0.05F, 0.6F, 0.9F};
  m_driver = camera::make_camera_scanner(m_thread, m_env.env(), options, m_events.listener());
  ASSERT_TRUE(m_scene->show_text("A001"));
  m_driver->start_scanning();
  auto const preview = m_events.next<ScannerPreview>([](auto const& event) { return !event.found_corners.empty(); });
  ASSERT_TRUE(preview);
  int x_sum = 0;
  int y_sum = 0;
  for (auto const& [x, y] : preview->found_corners) {
    x_sum += x;
    y_sum += y;
  }
  EXPECT_NEAR(x_sum / 4, preview->width / 2, 8);
  EXPECT_NEAR(y_sum / 4, preview->height / 2, 8);
}

TEST_F(CameraContract, TooLittleAndTooMuchLightAreTold) {
  ASSERT_TRUE(m_scene->show_light(12));
  m_driver->start_scanning();
  auto const becomes = [&](device::Light light) {
    for (int i = 0; i < 40; ++i) {
      auto const preview = m_events.next<ScannerPreview>();
      if (!preview) return false;
      if (preview->light == light) return true;
    }
    return false;
  };
  EXPECT_TRUE(becomes(device::Light::dark));
  ASSERT_TRUE(m_scene->show_light(255));
  EXPECT_TRUE(becomes(device::Light::bright));
  ASSERT_TRUE(m_scene->hide());
  EXPECT_TRUE(becomes(device::Light::good));
}

TEST_F(CameraContract, IsDestroyedWhileItLooks) {
  m_driver->start_scanning();
  ASSERT_TRUE(m_events.next<ScannerPreview>());
  m_driver.reset();
  auto const events = m_events.size();
  m_thread.stop();
  EXPECT_EQ(m_events.size(), events);
}

}  // namespace
}  // namespace yizhan
