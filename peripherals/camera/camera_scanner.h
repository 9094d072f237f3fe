#pragma once
/// Codes held before a camera.
///
/// States: Absent (no camera) → Ready (closed: nobody asks) → Busy (frames are looked at) → Ready; Faulted (GStreamer
/// failed, no frame for 3 s, another camera at its place). Absent and Faulted are left by themselves while scanning: the
/// camera is opened anew after 250 ms … 1 s, or at once when it is plugged in. Between stop_scanning() and start_scanning() the camera is closed and its light is off.
///
/// While scanning: up to five ScannerPreview a second, ≤ 320 pixels wide, and CodeScanned for each new code. The same
/// text is not reported again until it was out of sight for 2 s. A frame that came while one was looked at is skipped:
/// at most one waits, the newest.
#include <memory>
#include <string>

#include "peripherals/api/code_scanner.h"
#include "peripherals/host/bus.h"

namespace yizhan::camera {

/// A video device ("/dev/video0"), or a PNG picture that is read again for each frame: the emulated camera.
struct CameraSource {
  enum class Kind { v4l2, picture };
  Kind kind = Kind::v4l2;
  std::string path;
  /// If given, `path` is an address (host/address.h): the camera is found by what it is, under any node.
  std::shared_ptr<host::Bus> bus{};
  /// V4L2 controls set when it is opened, "name=value,…"; what a camera does not know is left out.
  std::string controls{};
};

/// For codes held near: exposure by aperture and gain, not by longer frames that a hand blurs; no bands of 50 Hz light. Each
/// has two names, by the kernel's age.
inline constexpr char const* k_code_controls =
    "auto_exposure=3,exposure_auto=3,exposure_dynamic_framerate=0,exposure_auto_priority=0,power_line_frequency=1";

/// Parts of the picture's width and height, from its upper left corner.
struct Region {
  float left = 0;
  float top = 0;
  float width = 1;
  float height = 1;
};

struct CameraScannerOptions {
  std::string name = "camera";
  CameraSource source;
  Region region;  // codes are looked for in it; the rest is shown only
};

/// `executor` is the device's own thread; it and `env` outlive the scanner. No event follows the destructor; it waits
/// for a listener's call under way. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::CodeScanner> make_camera_scanner(Executor& executor, Env env,
                                                                       CameraScannerOptions options,
                                                                       device::CodeScanner::Listener listener);

}  // namespace yizhan::camera
