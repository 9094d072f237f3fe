// An ID reader found by its USB id, over the real libusb.
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "peripherals/emulated/id_reader.h"
#include "peripherals/emulated/people.h"
#include "peripherals/host/serial_port.h"
#include "peripherals/id_reader/card_reader.h"
#include "tests/contract/peripherals/host/mock_usb_device.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;
using host::Deadline;

test::MockUsb const k_usb{"1-1.4", "0400", "c35a", "5A01"};

/// An SDT module whose bytes travel over USB.
class UsbReader {
 public:
  explicit UsbReader(test::MockMachine& machine)
      : m_line(std::move(*host::SerialPort::open((m_folder / "module").string(), 115200, m_stop))),
        m_device(machine, k_usb, 4, [this](std::string_view heard) {
          EXPECT_TRUE(m_line->write_all(std::as_bytes(std::span(heard)), Deadline(10s)));
        }) {
    m_pump = std::thread([this] {
      std::array<std::byte, 1024> chunk;
      while (auto const got = m_line->read_some(chunk, Deadline(60s)))
        m_device.send({reinterpret_cast<char const*>(chunk.data()), *got});
    });
  }
  ~UsbReader() {
    m_stop->raise();
    m_pump.join();
  }
  emulated::EmulatedReader& module() { return *m_module; }

 private:
  test::TempDir m_folder{"usb"};
  std::shared_ptr<host::Interrupt> const m_stop = std::make_shared<host::Interrupt>();
  std::unique_ptr<emulated::EmulatedReader> m_module =
      std::move(*emulated::EmulatedReader::create(m_folder / "module", 7));
  std::unique_ptr<host::Line> m_line;
  test::MockUsbDevice m_device;
  std::thread m_pump;
};

TEST(UsbIdReader, ReadsACardFoundByItsUsbId) {
  test::MockMachine machine;
  UsbReader reader(machine);
  auto people = *emulated::load_people("assets/demo/people.json");
  reader.module().present(people.at("zhang-san"));
  host::PortSettings settings;
  settings.kinds = {host::Kind::usb};
  auto const port = host::make_port(host::Bus::system(), *host::parse_address("usb:0400:c35a"), settings);
  auto const reading = id_reader::read_once(*port, 5s);
  ASSERT_TRUE(reading) << reading.error().to_line();
  EXPECT_EQ(reading->text.size(), 256);
  EXPECT_FALSE(reading->newest_address.empty());
}

}  // namespace
}  // namespace yizhan
