/// What a document camera promises (peripherals/api/document_camera.h), by the driver above emulated pages.
#include <gtest/gtest.h>

#include "peripherals/camera/document_camera.h"
#include "peripherals/emulated/document_camera.h"
#include "shared/base/manual_env.h"
#include "shared/imaging/document_image.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using device::DocumentCameraHealth;
using device::DocumentPreview;
using device::DocumentStill;
using device::DocumentStillFailed;

constexpr char const* k_page = "assets/demo/pages/register.jpg";  // 1280 × 960

class DocumentCameraContract : public testing::Test {
 protected:
  DocumentCameraContract() {
    m_table = std::move(*emulated::EmulatedDocumentCamera::create(m_folder / "camera" / "frame.png"));
    camera::DocumentCameraOptions options;
    options.source = {camera::CameraSource::Kind::picture, m_table->picture().string()};
    m_driver = camera::make_document_camera(m_thread, m_env.env(), options, m_events.listener());
  }
  bool wait_for_state(device::State state) {
    return m_events.next<DocumentCameraHealth>([&](auto const& event) { return event.health.state == state; })
        .has_value();
  }
  /// The code a picture failed with; empty: it did not.
  std::string failure_of(std::uint64_t request) {
    std::string code;
    m_events.next_that([&](auto const& event) {
      auto const* still = std::get_if<DocumentStill>(&event);
      auto const* failed = std::get_if<DocumentStillFailed>(&event);
      if (failed && failed->request == request) code = failed->error.code();
      return (still && still->request == request) || !code.empty();
    });
    return code;
  }
  /// Reads on until a preview shows paper.
  bool page_in_sight() {
    return m_events
        .next<DocumentPreview>([](auto const& preview) {
          auto const at = static_cast<std::size_t>((preview.height / 2 * preview.width + preview.width / 2) * 3);
          return preview.rgb[at] > 150;
        })
        .has_value();
  }

  test::TempDir m_folder{"camera"};
  ManualEnv m_env{WallTime{}};
  test::EventLog<device::DocumentCameraEvent> m_events;
  std::unique_ptr<emulated::EmulatedDocumentCamera> m_table;
  ThreadExecutor m_thread{"doc_camera"};
  std::unique_ptr<device::DocumentCamera> m_driver;
};

TEST_F(DocumentCameraContract, ShowsSmallPicturesInColourWhileItIsOpen) {
  ASSERT_TRUE(m_table->show(k_page));
  m_driver->start();
  auto const preview = m_events.next<DocumentPreview>();
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->width, 640);
  EXPECT_EQ(preview->height, 480);
  EXPECT_EQ(preview->rgb.size(), 640U * 480U * 3U);
  // Paper in warm light: more red than blue.
  auto const middle = static_cast<std::size_t>((400 * 640 + 320) * 3);
  EXPECT_GT(preview->rgb[middle], preview->rgb[middle + 2] + 5);
  m_driver->stop();
}

TEST_F(DocumentCameraContract, TakesThePictureAtFullSizeAndThePageIsFoundInIt) {
  ASSERT_TRUE(m_table->show(k_page));
  m_driver->start();
  m_driver->take(7);
  auto const still = m_events.next<DocumentStill>();
  ASSERT_TRUE(still);
  EXPECT_EQ(still->request, 7U);
  auto const picture = imaging::decode(still->jpeg.view());
  ASSERT_TRUE(picture) << picture.error().to_line();
  EXPECT_EQ(picture->width, 1280);
  EXPECT_EQ(picture->height, 960);
  EXPECT_EQ(picture->channels, 3);
  auto const page = imaging::correct_document(*picture);
  ASSERT_TRUE(page);
  EXPECT_EQ(imaging::advice_for(*page), imaging::Advice::good);
}

TEST_F(DocumentCameraContract, EachRequestHasOneAnswerOfWhatLiesThereThen) {
  m_driver->start();
  m_driver->take(1);
  EXPECT_EQ(failure_of(1), "");
  ASSERT_TRUE(m_table->show(k_page));
  ASSERT_TRUE(page_in_sight());
  m_driver->take(2);
  m_driver->take(3);
  for (std::uint64_t const request : {2U, 3U}) {
    auto const still = m_events.next<DocumentStill>();
    ASSERT_TRUE(still);
    EXPECT_EQ(still->request, request);
    EXPECT_TRUE(imaging::correct_document(*imaging::decode(still->jpeg.view()))->found);
  }
  EXPECT_EQ(m_events.count<DocumentStill>(), 3);
}

TEST_F(DocumentCameraContract, ClosedItTakesNothingAndShowsNothing) {
  m_driver->take(1);
  EXPECT_EQ(failure_of(1), "camera_closed");
  EXPECT_EQ(m_events.count<DocumentPreview>(), 0);
}

TEST_F(DocumentCameraContract, AMissingCameraIsAbsentUntilItIsPluggedIn) {
  m_table->unplug();
  m_driver->start();
  ASSERT_TRUE(wait_for_state(device::State::absent));
  m_driver->take(1);
  EXPECT_EQ(failure_of(1), "camera_absent");
  ASSERT_TRUE(m_table->plug());
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_driver->take(2);
  EXPECT_EQ(failure_of(2), "");
}

TEST_F(DocumentCameraContract, ACameraWithoutFramesIsSilentUntilTheyComeAgain) {
  ASSERT_TRUE(m_table->set_silent(true));
  m_driver->start();
  m_driver->take(1);
  EXPECT_EQ(failure_of(1), "camera_silent");
  ASSERT_TRUE(m_table->set_silent(false));
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_driver->take(2);
  EXPECT_EQ(failure_of(2), "");
}

TEST_F(DocumentCameraContract, ACheckTellsItsHealthWhetherOpenOrNot) {
  m_driver->check_health();
  ASSERT_TRUE(wait_for_state(device::State::ready));
  m_table->unplug();
  m_driver->check_health();
  auto const health = m_events.next<DocumentCameraHealth>();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->health.state, device::State::absent);
  EXPECT_EQ(health->health.name, "document_camera");
  EXPECT_TRUE(health->health.last_fault->is("device_absent"));
}

TEST_F(DocumentCameraContract, NothingIsToldAfterItsEnd) {
  m_driver->start();
  m_driver->take(1);
  m_driver.reset();
  auto const told = m_events.size();
  m_thread.stop();
  EXPECT_EQ(m_events.size(), told);
}

}  // namespace
}  // namespace yizhan
