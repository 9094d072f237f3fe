#pragma once
/// Which video device is the camera, each time it is opened. Inside peripherals/camera only.
#include <memory>
#include <optional>
#include <string>

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/host/locator.h"

namespace yizhan::camera {

/// Without a bus the source's path, whatever is there. With one, the path is an address (host/address.h), and for this
/// process's life the camera that was first opened is the one: found by its identity under any node, and another one at
/// its node is not taken for it. Thread: the device's.
class CameraPlace {
 public:
  explicit CameraPlace(CameraSource source);

  struct Found {
    CameraSource source;  // path is the node
    std::optional<host::Place> place;
    [[nodiscard]] std::string identity() const { return place ? place->identity : std::string(); }
  };
  /// Errors: those of Locator::locate(), device_address.
  Result<Found> find();
  /// It is open: the one from now on. Errors: device_foreign (later).
  Result<void> confirm(Found const& found);

 private:
  CameraSource const m_source;
  std::optional<Error> m_bad_address;
  std::optional<host::Locator> m_locator;
};

}  // namespace yizhan::camera
