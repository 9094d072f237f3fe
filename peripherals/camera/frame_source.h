#pragma once
/// Frames of a camera, by GStreamer: the only place that knows it. Inside peripherals/camera only.
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/code_scanner/grey_image.h"

namespace yizhan::camera {

/// RGB, rows without padding.
struct ColourFrame {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;
};

/// codes: 1280×720, grey, ten a second; a picture of another shape gets borders. documents: the camera's own size (the
/// largest up to 4K), in colour, five a second.
enum class Frames { codes, documents };

/// The camera is open as long as this lives. Thread: the device's.
class FrameSource {
 public:
  /// Errors: device_absent (no such device or file, later), camera_failed (GStreamer's words, later).
  static Result<std::unique_ptr<FrameSource>> open(CameraSource const& source, Frames frames);
  ~FrameSource();
  FrameSource(FrameSource const&) = delete;
  FrameSource& operator=(FrameSource const&) = delete;

  /// The newest frame, nothing within `wait`. Errors: device_absent (unplugged), camera_failed, both later.
  /// REQUIRES: opened for codes.
  Result<std::optional<code_scanner::GreyImage>> next(Duration wait);
  /// The same, opened for documents.
  Result<std::optional<ColourFrame>> next_colour(Duration wait);
  /// What next_colour() gave last, as a JPEG file. Errors: camera_failed.
  Result<std::vector<std::byte>> last_as_jpeg();

 private:
  struct Pipeline;
  /// True: a new frame is the last one now.
  Result<bool> pull(Duration wait);
  explicit FrameSource(std::unique_ptr<Pipeline> pipeline);
  std::unique_ptr<Pipeline> m_pipeline;
};

}  // namespace yizhan::camera
