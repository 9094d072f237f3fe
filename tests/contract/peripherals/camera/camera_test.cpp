/// What a code scanner promises (peripherals/api/code_scanner.h), by the camera driver before emulated pictures.
#include <gtest/gtest.h>

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/emulated/camera.h"
#include "shared/base/manual_env.h"
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
      m_env.clock.advance(300ms);
      if (!m_events.next<ScannerPreview>()) return false;
    }
    return true;
  }

  test::TempDir m_folder{"camera"};
  ManualEnv m_env{WallTime{}};
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
  m_env.clock.advance(2s);
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
  options.source = {camera::CameraSource::Kind::v4l2, "/dev/null"};
  m_driver = camera::make_camera_scanner(m_thread, m_env.env(), options, m_events.listener());
  m_driver->start_scanning();
  auto const health = m_events.next<ScannerHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.state, device::State::faulted);
  EXPECT_TRUE(health->health.last_fault->is("camera_failed"));
  EXPECT_NE(health->health.last_fault->detail().find("/dev/null"), std::string::npos);
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
