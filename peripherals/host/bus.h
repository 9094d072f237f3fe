#pragma once
/// What is plugged into this machine, and where: found by identity, by socket, or by node.
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "peripherals/host/address.h"
#include "shared/base/result.h"

namespace yizhan::host {

/// usb is the device itself, for libusb; all others are what a kernel driver made of it.
enum class Kind { tty, usb, usblp, video, hidraw, input };
inline constexpr Kind k_all_kinds[] = {Kind::tty, Kind::usb, Kind::usblp, Kind::video, Kind::hidraw, Kind::input};
/// "tty", "usb", "usblp", "video4linux", "hidraw", "input".
[[nodiscard]] std::string_view to_string(Kind kind);

struct Place {
  Kind kind = Kind::tty;
  std::string node;      // "/dev/ttyUSB1"
  std::string identity;  // "usb:0400:c35a:5A01", the serial number may be missing; empty where the place tells nothing
  std::string socket;    // udev's ID_PATH; empty without udev
  std::string device;    // the same for all interfaces of one device
  int interface = 0;     // USB interface number
  std::string vendor;    // as the device calls itself
  std::string product;
};

/// Ends its subscription when it goes, and waits for a call under way.
class Watch {
 public:
  virtual ~Watch() = default;
};

/// Thread: any, for all.
class Bus {
 public:
  using Listener = std::function<void(Place const&)>;

  /// udev's. Without its daemon (containers) nothing is ever told to watchers, and sockets are not known.
  static std::shared_ptr<Bus> system();
  virtual ~Bus() = default;

  /// In the order of their nodes.
  [[nodiscard]] virtual std::vector<Place> list(Kind kind) = 0;
  [[nodiscard]] std::vector<Place> list();
  /// A path is followed through symbolic links; one the bus does not know is a place without identity.
  /// Errors: device_absent (later), device_ambiguous.
  [[nodiscard]] Result<Place> find(Address const& address, Kind kind);

  /// `arrived` runs on the bus's thread for each device that is plugged in. It must not wait, nor end its own watch.
  [[nodiscard]] virtual std::unique_ptr<Watch> watch(Listener arrived) = 0;
};

/// Who watches; for implementations of Bus.
class Watchers {
 public:
  [[nodiscard]] std::unique_ptr<Watch> add(Bus::Listener listener);
  void tell(Place const& place);

 private:
  struct State;
  class Entry;
  std::shared_ptr<State> const m_state = make_state();
  static std::shared_ptr<State> make_state();
};

}  // namespace yizhan::host
