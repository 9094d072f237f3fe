#pragma once
/// Which video device is the camera, each time it is opened. Inside peripherals/camera only.
#include <memory>
#include <optional>
#include <string>

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/host/bus.h"

namespace yizhan::camera {

/// Without a bus the source's path, whatever is there. With one, the path is an address (host/address.h), and for this
/// process's life the camera that was first opened is the one: found by its identity under any node, and another one at
/// its node is not taken for it. Thread: the device's.
class CameraPlace {
 public:
  explicit CameraPlace(CameraSource source) : m_source(std::move(source)) {}

  struct Found {
    CameraSource source;  // path is the node
    std::string identity;
  };
  /// Errors: device_absent, device_foreign, device_ambiguous (all later), device_address.
  Result<Found> find();
  /// It has given a picture: the one from now on.
  void remember(Found const& found);

 private:
  Result<host::Place> at_address();
  Result<host::Place> elsewhere();
  [[nodiscard]] bool is_known(host::Place const& place) const;

  CameraSource const m_source;
  std::optional<host::Place> m_candidate;
  std::optional<host::Place> m_known;
};

}  // namespace yizhan::camera
