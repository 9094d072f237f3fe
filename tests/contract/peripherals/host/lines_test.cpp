// What a line promises (peripherals/host/line.h), whatever carries its bytes.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/contract/peripherals/host/wires.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;

struct Carrier {
  char const* name;
  std::unique_ptr<test::Wire> (*make)();
};
void PrintTo(Carrier const& carrier, std::ostream* out) { *out << carrier.name; }

TEST(Nodes, WhatIsNoDeviceIsNotOpenedAsOne) {
  test::TempDir folder("nodes");
  test::write_file(folder / "file", "text");
  for (auto const& path : {std::string("/dev/zero"), std::string("/dev/null"), (folder / "file").string()}) {
    for (auto const open : {&host::open_report_node, &host::open_printer_node}) {
      auto const opened = open(path, std::make_shared<host::Interrupt>());
      ASSERT_FALSE(opened) << path;
      EXPECT_TRUE(opened.error().is("device_absent")) << opened.error().to_line();
    }
  }
}

class LineContract : public testing::TestWithParam<Carrier> {
 protected:
  void open() {
    auto opened = m_wire->open(m_interrupt);
    ASSERT_TRUE(opened) << opened.error().to_line();
    m_line = std::move(*opened);
  }
  /// So many bytes, or the error's code.
  std::string read(std::size_t length, Duration limit = 10s) {
    host::Deadline const deadline(limit);
    std::string all;
    while (all.size() < length) {
      std::vector<std::byte> chunk(length - all.size());
      auto const got = m_line->read_some(chunk, deadline);
      if (!got) return std::string(got.error().code());
      all.append(reinterpret_cast<char const*>(chunk.data()), *got);
    }
    return all;
  }
  Result<void> write(std::string_view text, std::size_t* written = nullptr, Duration limit = 10s) {
    return m_line->write_all(std::as_bytes(std::span(text)), host::Deadline(limit), written);
  }
  static std::string every_byte(std::size_t length) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(i * 7 % 256);
    return bytes;
  }

  std::unique_ptr<test::Wire> const m_wire = GetParam().make();
  std::shared_ptr<host::Interrupt> const m_interrupt = std::make_shared<host::Interrupt>();
  std::unique_ptr<host::Line> m_line;
};

TEST_P(LineContract, CarriesEveryByteBothWays) {
  open();
  auto const bytes = every_byte(2000);
  std::size_t written = 0;
  EXPECT_TRUE(write(bytes, &written));
  EXPECT_EQ(written, bytes.size());
  EXPECT_EQ(m_wire->received(bytes.size()), bytes);
  m_wire->send(bytes);
  EXPECT_EQ(read(bytes.size()), bytes);
}

TEST_P(LineContract, SilenceIsATimeOutAndALateAnswerIsNotLost) {
  open();
  EXPECT_EQ(read(1, 30ms), "device_timeout");
  EXPECT_EQ(read(1, 30ms), "device_timeout");
  m_wire->send("late");
  EXPECT_EQ(read(4), "late");
}

TEST_P(LineContract, AnInterruptEndsAWaitAndAllThatFollow) {
  open();
  std::thread raiser([&] { m_interrupt->raise(); });
  EXPECT_EQ(read(1), "device_cancelled");
  raiser.join();
  EXPECT_EQ(read(1), "device_cancelled");
  m_line.reset();
}

TEST_P(LineContract, APulledPlugIsAbsenceForReadingAndWriting) {
  open();
  ASSERT_TRUE(write("x"));
  m_wire->unplug();
  EXPECT_EQ(read(1), "device_absent");
  // TCP learns of it with the answer to the first bytes.
  auto const limit = std::chrono::steady_clock::now() + 10s;
  auto wrote = write("x");
  while (wrote && std::chrono::steady_clock::now() < limit) wrote = write("x");
  ASSERT_FALSE(wrote);
  EXPECT_TRUE(wrote.error().is("device_absent"));
  m_line.reset();
  auto const again = m_wire->open(m_interrupt);
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().is("device_absent")) << again.error().to_line();
}

TEST_P(LineContract, WhatArrivedBeforeIsDropped) {
  open();
  m_wire->send("old");
  ASSERT_EQ(read(1), "o");
  m_line->discard_input();
  m_wire->send("new");
  EXPECT_EQ(read(3), "new");
}

TEST_P(LineContract, ADeviceThatTakesNothingIsATimeOutThatCountsWhatLeft) {
  open();
  m_wire->jam();
  std::string const much(8'000'000, 'x');
  std::size_t written = 0;
  auto const wrote = write(much, &written, 200ms);
  ASSERT_FALSE(wrote);
  EXPECT_TRUE(wrote.error().is("device_timeout")) << wrote.error().to_line();
  EXPECT_LT(written, much.size());
}

TEST_P(LineContract, OneProgramHasADevice) {
  if (m_wire->shared_by_nature()) GTEST_SKIP() << "the printer decides";
  open();
  auto const second = m_wire->open(std::make_shared<host::Interrupt>());
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is("device_busy"));
  m_line.reset();
  EXPECT_TRUE(m_wire->open(m_interrupt)) << "after the first has let it go";
}

INSTANTIATE_TEST_SUITE_P(Carriers, LineContract,
                         testing::Values(Carrier{"serial", test::make_serial_wire},
                                         Carrier{"printer_node", test::make_printer_node_wire},
                                         Carrier{"report_node", test::make_report_node_wire},
                                         Carrier{"tcp", test::make_tcp_wire}, Carrier{"usb_bulk", test::make_usb_wire}),
                         [](auto const& carrier) { return std::string(carrier.param.name); });

TEST(TcpLines, APrinterThatCannotBeReachedIsAbsentInTime) {
  // 192.0.2.0/24 is nobody's (RFC 5737): no answer, or none may be asked.
  auto const begun = std::chrono::steady_clock::now();
  auto const line = host::open_tcp({"192.0.2.1", 9100}, std::make_shared<host::Interrupt>());
  ASSERT_FALSE(line);
  EXPECT_TRUE(line.error().is("device_absent"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

TEST(TcpLines, ANameIsLookedUp) {
  auto const nobody = host::open_tcp({"localhost", 1}, std::make_shared<host::Interrupt>());
  ASSERT_FALSE(nobody);
  EXPECT_TRUE(nobody.error().is("device_absent")) << nobody.error().to_line();
  auto const raised = std::make_shared<host::Interrupt>();
  raised->raise();
  auto const cancelled = host::open_tcp({"printer.invalid", 9100}, raised);
  ASSERT_FALSE(cancelled);
  EXPECT_TRUE(cancelled.error().is("device_cancelled")) << cancelled.error().to_line();
}

}  // namespace
}  // namespace yizhan
