#include "peripherals/host/locator.h"

#include <algorithm>

namespace yizhan::host {

namespace {

bool begins_with(std::string_view text, std::string_view begin) { return text.substr(0, begin.size()) == begin; }

bool is_expected(Place const& place, UsbAddress const& expected) {
  auto const identity = usb_identity(expected.vendor, expected.product, expected.serial);
  return expected.serial.empty() ? begins_with(place.identity, identity) : place.identity == identity;
}

bool is_same(Place const& place, Place const& known) {
  if (place.identity != known.identity || place.interface != known.interface) return false;
  bool const has_serial = !known.identity.empty() && known.identity.back() != ':';
  return has_serial || place.socket == known.socket;
}

Error foreign(Place const& place, std::string const& why) {
  auto const identity = place.identity.empty() ? "unknown" : place.identity;
  return Error::make("device_foreign", Retry::later, place.node + ": " + identity + ", " + why);
}

}  // namespace

Locator::Locator(std::shared_ptr<Bus> bus, Address address, std::vector<Kind> kinds, std::optional<UsbAddress> expected)
    : m_bus(std::move(bus)),
      m_address(std::move(address)),
      m_kinds(std::move(kinds)),
      m_expected(std::move(expected)) {}

bool Locator::may_be(Kind kind) const { return std::find(m_kinds.begin(), m_kinds.end(), kind) != m_kinds.end(); }

/// Without memory of it anything may be the one, unless another was configured.
bool Locator::is_mine(Place const& place) const {
  if (m_expected && !is_expected(place, *m_expected)) return false;
  return !m_known || std::holds_alternative<UsbAddress>(m_address) || is_same(place, *m_known);
}

Result<Place> Locator::locate() {
  auto at_address = find_at_address();
  if (at_address && is_mine(*at_address)) return at_address;
  if (!at_address && !at_address.error().is("device_absent")) return at_address;
  if (std::holds_alternative<PathAddress>(m_address) && (m_known || m_expected)) {
    auto elsewhere = find_elsewhere();
    if (elsewhere || !elsewhere.error().is("device_absent")) return elsewhere;
  }
  if (!at_address) return at_address;
  return foreign(*at_address, m_known ? "not " + m_known->identity : "not the one that is configured");
}

Result<void> Locator::confirm(Place const& place) {
  if (place.identity.empty()) return {};
  auto const now = m_bus->find(PathAddress{place.node}, place.kind);
  if (!now || !is_same(*now, place) || now->device != place.device)
    return foreign(place, "changed while it was opened");
  if (!m_known) m_known = place;
  return {};
}

Result<Place> Locator::find_at_address() {
  std::optional<Place> unknown;
  std::optional<Error> error;
  for (auto const kind : m_kinds) {
    auto found = m_bus->find(m_address, kind);
    if (found && !found->device.empty()) return found;
    if (found) {
      unknown = std::move(*found);
    } else if (!found.error().is("device_absent")) {
      return found;
    } else if (!error) {
      error = std::move(found).error();
    }
  }
  if (!unknown) return std::move(*error);
  unknown->kind = kind_by_name(unknown->node);
  return std::move(*unknown);
}

/// Where the bus knows nothing of a node, its name tells.
Kind Locator::kind_by_name(std::string_view node) const {
  if (begins_with(node, "/dev/usb/lp") && may_be(Kind::usblp)) return Kind::usblp;
  if (begins_with(node, "/dev/bus/usb/") && may_be(Kind::usb)) return Kind::usb;
  return may_be(Kind::tty) ? Kind::tty : m_kinds.front();
}

Result<Place> Locator::find_elsewhere() {
  std::vector<Place> found;
  for (auto const kind : m_kinds) {
    for (auto& place : m_bus->list(kind)) {
      if (is_mine(place)) found.push_back(std::move(place));
    }
  }
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) return Error::make("device_absent", Retry::later, to_string(m_address));
  return Error::make("device_ambiguous", Retry::later,
                     found[0].identity + " at " + found[0].node + " and " + found[1].node);
}

}  // namespace yizhan::host
