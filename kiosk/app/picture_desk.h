#pragma once
/// From the document camera to a stored page: live picture, a still straightened and judged on a thread of its own, JPEG into the
/// draft. Thread: ui.
#include <functional>
#include <optional>
#include <vector>

#include "kiosk/app/mode.h"
#include "kiosk/flows/matter_flow.h"
#include "kiosk/ui/widgets.h"
#include "shared/imaging/document_image.h"

namespace yizhan::app {

/// Of "capture.advice.<key>"; "" where the picture is good.
[[nodiscard]] char const* advice_key(imaging::Advice advice);

class PictureDesk {
 public:
  using Emit = std::function<void(flows::matter::Event)>;
  /// `worker` outlives the desk.
  PictureDesk(Services const& services, ThreadExecutor& worker, Emit emit);

  void start();
  /// Also forgets the pictures.
  void stop();
  void take();
  void store(flows::matter::StorePage const& page);
  void drop(flows::matter::DropPage const& page);
  /// True where the picture on the screen has changed.
  bool heed(device::DocumentCameraEvent& event);

  /// Live; width 0: none.
  [[nodiscard]] ui::ImageView preview() const { return m_preview.view(); }
  /// What was taken last; width 0: none.
  [[nodiscard]] ui::ImageView picture() const { return m_shown.view(); }

 private:
  struct Shown {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
    std::uint64_t revision = 0;
    [[nodiscard]] ui::ImageView view() const;
    /// False where it is what was shown before: nothing needs to be drawn.
    bool set(imaging::Picture const& picture);
    void clear();
  };
  struct Judged;
  void judge(device::DocumentStill& still);

  Services m_services;
  ThreadExecutor& m_worker;
  Emit m_emit;
  bool m_open = false;
  std::uint64_t m_request = 0;
  Shown m_preview;
  Shown m_shown;
  std::shared_ptr<imaging::Picture const> m_taken;
  std::uint64_t m_taken_token = 0;
  OwnerToken m_session;
};

}  // namespace yizhan::app
