#pragma once
/// Codes held before a camera.
///
/// States: Absent (no camera) → Ready (closed: nobody asks) → Busy (frames are looked at) → Ready; Faulted (GStreamer
/// failed, no frame for 3 s). Absent and Faulted are left by themselves while scanning: the camera is opened anew after
/// 250 ms … 1 s. Between stop_scanning() and start_scanning() the camera is closed and its light is off.
///
/// While scanning: up to five ScannerPreview a second, ≤ 320 pixels wide, and CodeScanned for each new code. The same
/// text is not reported again until it was out of sight for 2 s.
#include <memory>
#include <string>

#include "peripherals/api/code_scanner.h"

namespace yizhan::camera {

/// A video device ("/dev/video0"), or a PNG picture that is read again for each frame: the emulated camera.
struct CameraSource {
  enum class Kind { v4l2, picture };
  Kind kind = Kind::v4l2;
  std::string path;
};

struct CameraScannerOptions {
  std::string name = "camera";
  CameraSource source;
};

/// `executor` is the device's own thread; it and `env` outlive the scanner. No event follows the destructor; it waits
/// for a listener's call under way. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::CodeScanner> make_camera_scanner(Executor& executor, Env env,
                                                                       CameraScannerOptions options,
                                                                       device::CodeScanner::Listener listener);

}  // namespace yizhan::camera
