#pragma once
/// Where one device is now, by its address and by what was known of it before: what make_port() opens, and what those
/// open themselves that are no lines (cameras).
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "peripherals/host/bus.h"

namespace yizhan::host {

/// Thread: any one at a time.
class Locator {
 public:
  /// `kinds` in the order in which they are looked for. If `expected` is given, nothing else is taken, wherever it is.
  Locator(std::shared_ptr<Bus> bus, Address address, std::vector<Kind> kinds, std::optional<UsbAddress> expected = {});

  /// An address that is a path or a socket means the device that was first confirmed there. With a path it is found
  /// under any node.
  /// Errors: device_absent (later), device_foreign (another is at its place, later), device_ambiguous.
  [[nodiscard]] Result<Place> locate();
  /// To be called once the place is open, before a byte is sent: a node can get another device between finding and
  /// opening it, an open file cannot. From now on this is the device. Errors: device_foreign (later).
  [[nodiscard]] Result<void> confirm(Place const& place);

  [[nodiscard]] Address const& address() const { return m_address; }
  [[nodiscard]] bool may_be(Kind kind) const;

 private:
  [[nodiscard]] bool is_mine(Place const& place) const;
  [[nodiscard]] Result<Place> find_at_address();
  [[nodiscard]] Result<Place> find_elsewhere();
  [[nodiscard]] Kind kind_by_name(std::string_view node) const;

  std::shared_ptr<Bus> const m_bus;
  Address const m_address;
  std::vector<Kind> const m_kinds;
  std::optional<UsbAddress> const m_expected;
  std::optional<Place> m_known;
};

}  // namespace yizhan::host
