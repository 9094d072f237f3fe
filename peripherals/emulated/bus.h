#pragma once
/// The machine's bus, with emulated devices plugged in: the same bus the drivers ask, other hardware.
#include <filesystem>
#include <string>

#include "peripherals/emulated/wire_device.h"
#include "peripherals/host/bus.h"

namespace yizhan::emulated {

/// Devices are the caller's; a bus that is still held afterwards is empty of them. Thread: any, for all.
class EmulatedBus final : public host::Bus {
 public:
  /// `device` belongs to this bus until it is detached, and is plugged in where its path() says while it is plugged.
  /// `identity` as Place has it ("usb:0400:c35a:5A01"), `socket` an ID_PATH.
  void attach(WireDevice& device, std::string identity, std::string socket, host::Kind kind = host::Kind::tty);
  /// Before the device goes. Nobody is told of it any more.
  void detach(WireDevice& device);

  /// As the kernel does it: the node is there before the bus tells. Errors: pty_failed, device_not_emulated.
  Result<void> plug(WireDevice& device, std::filesystem::path const& node);
  void unplug(WireDevice& device);
  /// Unplugged and plugged in again, at another node.
  Result<void> renumber(WireDevice& device, std::filesystem::path const& node);
  /// `other` takes the node of `device`, which is unplugged.
  Result<void> swap(WireDevice& device, WireDevice& other);

  [[nodiscard]] std::vector<host::Place> list(host::Kind kind) override;
  [[nodiscard]] std::unique_ptr<host::Watch> watch(Listener arrived) override;

 private:
  struct Entry {
    WireDevice* device;
    host::Place place;  // but the node
  };
  std::mutex m_mutex;
  std::vector<Entry> m_entries;
  host::Watchers m_watchers;
};

}  // namespace yizhan::emulated
