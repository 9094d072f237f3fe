#pragma once
/// --port, --baud and --protocol of commands that speak to a device themselves.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "peripherals/host/bus.h"
#include "peripherals/host/port.h"
#include "peripherals/id_reader/card_reader.h"

namespace yizhan::ctl {

struct PortAt {
  std::string address;
  int baud = 115200;

  void add_to(CLI::App& command) {
    command.add_option("--port", address, "a device path, usb:VVVV:PPPP[:SERIAL], socket:ID_PATH or tcp://HOST[:PORT]")
        ->required()
        ->check([](std::string const& text) {
          auto const parsed = host::parse_address(text);
          return parsed ? std::string() : parsed.error().to_line();
        });
    command.add_option("--baud", baud)
        ->check(CLI::IsMember({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 1000000}));
  }
  /// Errors: device_address.
  [[nodiscard]] Result<std::shared_ptr<host::Port>> open(std::vector<host::Kind> kinds) const {
    return host::make_port(host::Bus::system(), TRY(host::parse_address(address)),
                           {.kinds = std::move(kinds), .baud = baud, .pipes = {}, .expected = {}});
  }
};

struct ReaderPort : PortAt {
  std::string spoken = "sdt";
  std::string transport = "serial";

  void add_to(CLI::App& command) {
    PortAt::add_to(command);
    command.add_option("--protocol", spoken)->check(CLI::IsMember({"sdt", "multi"}));
    command.add_option("--transport", transport)->check(CLI::IsMember({"serial", "bulk"}));
  }
  [[nodiscard]] Result<std::shared_ptr<host::Port>> open() const {
    return PortAt::open({transport == "bulk" ? host::Kind::usb : host::Kind::tty});
  }
  [[nodiscard]] id_reader::Protocol protocol() const {
    return spoken == "multi" ? id_reader::Protocol::multi : id_reader::Protocol::sdt;
  }
};

}  // namespace yizhan::ctl
