#pragma once
/// The lines besides the serial one, each opened for this process alone.
#include <memory>
#include <string>

#include "peripherals/host/address.h"
#include "peripherals/host/port.h"

namespace yizhan::host {

/// A printer class node (/dev/usb/lp0), both ways. One that cannot be read gives device_timeout at reads.
/// Errors: those of Port::open().
Result<std::unique_ptr<Line>> open_printer_node(std::string const& node, std::shared_ptr<Interrupt> interrupt);

/// A node that gives one report a read: hidraw, input events. Errors: those of Port::open().
Result<std::unique_ptr<Line>> open_report_node(std::string const& node, std::shared_ptr<Interrupt> interrupt);

/// Connected within 1.5 s, its name looked up included. A peer that vanished without a word is found within 4 s.
/// Errors: device_absent (not reachable, later), device_cancelled.
Result<std::unique_ptr<Line>> open_tcp(TcpAddress const& address, std::shared_ptr<Interrupt> interrupt);

/// Bulk pipes of the device at `node` (/dev/bus/usb/001/004). The kernel's driver is detached while the line lives.
/// Bytes go out in packets of 64. Errors: those of Port::open(); device_foreign (later) also where it has no such pipes.
Result<std::unique_ptr<Line>> open_usb_bulk(std::string const& node, UsbPipes const& pipes,
                                            std::shared_ptr<Interrupt> interrupt);

}  // namespace yizhan::host
