#pragma once
/// Which device is meant, as a configuration says it:
///
///   /dev/ttyUSB0, /dev/serial/by-id/…   whatever was first found at that node (port.h)
///   usb:VVVV:PPPP[:SERIAL][#N]          vendor and product in hex, serial number, N-th interface from 1 where one
///                                       product has several
///   socket:ID_PATH                      what is plugged in there, e.g. socket:pci-0000:00:14.0-usb-0:1.4:1.0
///                                       (`udevadm info -q property /dev/ttyUSB0`)
///   tcp://HOST[:PORT]                   port 9100 unless said; IPv6 in brackets
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "shared/base/result.h"

namespace yizhan::host {

struct PathAddress {
  std::string path;  // absolute
  bool operator==(PathAddress const&) const = default;
};
struct UsbAddress {
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::string serial;         // empty: any; as clean_serial() gives it
  std::optional<int> number;  // interface, from 1
  bool operator==(UsbAddress const&) const = default;
};
struct SocketAddress {
  std::string id_path;
  bool operator==(SocketAddress const&) const = default;
};
struct TcpAddress {
  std::string host;  // name or number, without brackets
  std::uint16_t port = 9100;
  bool operator==(TcpAddress const&) const = default;
};
using Address = std::variant<PathAddress, UsbAddress, SocketAddress, TcpAddress>;

/// Errors: device_address (with what is expected).
Result<Address> parse_address(std::string_view text);
/// The shortest text that parses to the same.
[[nodiscard]] std::string to_string(Address const& address);

/// "usb:0400:c35a:5A01"; the serial number may be empty.
[[nodiscard]] std::string usb_identity(std::uint16_t vendor, std::uint16_t product, std::string_view serial);
/// Serial numbers as udev writes them: what is no ASCII letter, digit, '.', '_' or '-' becomes '_'.
[[nodiscard]] std::string clean_serial(std::string_view serial);

}  // namespace yizhan::host
