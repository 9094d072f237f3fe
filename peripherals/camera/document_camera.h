#pragma once
/// A camera above a table.
///
/// States: Absent (no camera) → Ready (closed: nobody asks) → Busy (previews are sent) → Ready; Faulted (GStreamer failed,
/// no frame for 3 s, another camera at its place). Absent and Faulted are left by themselves between start() and stop():
/// the camera is opened anew after 250 ms … 1 s, or at once when it is plugged in. Outside of them the camera is closed and its light is off.
#include <memory>
#include <string>

#include "peripherals/api/document_camera.h"
#include "peripherals/camera/camera_scanner.h"

namespace yizhan::camera {

struct DocumentCameraOptions {
  std::string name = "document_camera";
  CameraSource source;
};

/// `executor` is the device's own thread; it and `env` outlive the camera. No event follows the destructor; it waits for a
/// listener's call under way. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::DocumentCamera> make_document_camera(Executor& executor, Env env,
                                                                           DocumentCameraOptions options,
                                                                           device::DocumentCamera::Listener listener);

}  // namespace yizhan::camera
