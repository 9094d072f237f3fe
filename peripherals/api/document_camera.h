#pragma once
/// Document cameras (高拍仪): a camera above a table on which a page lies.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

#include "peripherals/api/device.h"
#include "shared/base/secret.h"

namespace yizhan::device {

/// A small live picture for the screen, RGB, row by row, at most 640 pixels wide, about five a second.
struct DocumentPreview {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;
};
/// The picture at the camera's full size, as a JPEG file.
struct DocumentStill {
  std::uint64_t request = 0;
  SecretBytes jpeg;
};
/// Codes: camera_absent, camera_silent (no frame for 3 s), camera_failed, camera_closed (stop() came first).
struct DocumentStillFailed {
  std::uint64_t request = 0;
  Error error;
};
struct DocumentCameraHealth {
  Health health;
};
using DocumentCameraEvent = std::variant<DocumentPreview, DocumentStill, DocumentStillFailed, DocumentCameraHealth>;

class DocumentCamera {
 public:
  using Listener = std::function<void(DocumentCameraEvent)>;
  virtual ~DocumentCamera() = default;

  /// Opens the camera (its light is on) and sends previews until stop(). Thread: any.
  virtual void start() = 0;
  virtual void stop() = 0;
  /// The next whole frame; exactly one DocumentStill or DocumentStillFailed follows for `request`, within 5 s.
  /// REQUIRES: started; otherwise camera_closed.
  virtual void take(std::uint64_t request) = 0;
  virtual void check_health() = 0;
};

}  // namespace yizhan::device
