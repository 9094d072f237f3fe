#pragma once
/// Frames of a camera, by GStreamer: the only place that knows it. Inside peripherals/camera only.
#include <memory>
#include <optional>

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/code_scanner/grey_image.h"

namespace yizhan::camera {

/// 1280×720, grey; a picture of another shape gets borders. The camera is open as long as this lives.
/// Thread: the device's.
class FrameSource {
 public:
  /// Errors: device_absent (no such device or file, later), camera_failed (GStreamer's words, later).
  static Result<std::unique_ptr<FrameSource>> open(CameraSource const& source);
  ~FrameSource();
  FrameSource(FrameSource const&) = delete;
  FrameSource& operator=(FrameSource const&) = delete;

  /// The newest frame, nothing within `wait`. Errors: device_absent (unplugged), camera_failed, both later.
  Result<std::optional<code_scanner::GreyImage>> next(Duration wait);

 private:
  struct Pipeline;
  explicit FrameSource(std::unique_ptr<Pipeline> pipeline);
  std::unique_ptr<Pipeline> m_pipeline;
};

}  // namespace yizhan::camera
