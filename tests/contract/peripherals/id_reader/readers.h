#pragma once
/// The readers the contract is held against: each protocol, and whatever carries its bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "peripherals/emulated/id_reader.h"
#include "peripherals/emulated/people.h"
#include "peripherals/id_reader/card_reader.h"
#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "tests/support/devices/event_log.h"
#include "tests/support/temp_dir.h"

namespace yizhan {

/// Another carrier of bytes is one more entry here.
struct ReaderKind {
  char const* name;
  id_reader::Protocol protocol;
  emulated::ReaderWire wire;
  std::function<std::shared_ptr<host::Port>(std::string const& path)> port;
  bool newest_address;
  char const* number;
  char const* other_number;  // of the reader that took its place
  std::uint16_t healthy;
};

inline std::vector<ReaderKind> reader_kinds() {
  auto const serial = [](std::string const& path) { return host::serial_port_at(path, 115200); };
  return {{"SdtOverSerial", id_reader::Protocol::sdt, emulated::ReaderWire::sdt, serial, true,
           "05.01-20171401-0001234567-0987654321", "05.01-20171401-0001234568-0987654321", 0x90},
          {"MultiOverSerial", id_reader::Protocol::multi, emulated::ReaderWire::multi, serial, false,
           "MF-100 V1.02 1234567", "MF-100 V1.02 7654321", 0x9000}};
}

class AnyReader : public testing::TestWithParam<ReaderKind> {
 protected:
  AnyReader() {
    m_people = *emulated::load_people("assets/demo/people.json");
    // Who looks for frames inside a frame loses the way here: one that says "no card". SDT's own is there already.
    constexpr std::array<std::uint8_t, 7> trap{0x02, 0x00, 0x02, 0x6F, 0x80, 0xEF, 0x03};
    for (auto& [name, card] : m_people) {
      std::ranges::copy(std::as_bytes(std::span(trap)), card.photo.begin() + 600);
    }
    m_module = std::move(*emulated::EmulatedReader::create(m_folder.path() / "reader", 7, GetParam().wire));
    make_driver();
  }
  [[nodiscard]] std::shared_ptr<host::Port> port() const { return port_at((m_folder.path() / "reader").string()); }
  [[nodiscard]] std::shared_ptr<host::Port> port_at(std::string const& path) const { return GetParam().port(path); }
  void make_driver(std::function<void(id_reader::ReaderOptions&)> const& change = {}) {
    m_driver.reset();
    id_reader::ReaderOptions options;
    options.port = port();
    options.protocol = GetParam().protocol;
    options.poll_interval = std::chrono::milliseconds(20);
    if (change) change(options);
    m_driver = id_reader::make_card_reader(m_thread, m_env.env(), options, m_events.listener());
  }
  bool wait_for_state(device::State state) {
    return m_events.next<device::ReaderHealth>([&](auto const& event) { return event.health.state == state; })
        .has_value();
  }
  std::string failure_code() {
    auto const failed = m_events.next<device::CardFailed>();
    return failed ? std::string(failed->error.code()) : "nothing";
  }
  /// The module has seen the card gone: the driver asked and was told so.
  void take_away() {
    m_module->remove();
    EXPECT_TRUE(settle());
  }
  /// The driver looks for a card three more times.
  bool settle() { return looks(3); }
  bool looks(int more) {
    auto const before = m_module->searches();
    return test::eventually([&] { return m_module->searches() >= before + more; });
  }

  test::TempDir m_folder{"reader"};
  RealEnv m_env;
  test::EventLog<device::IdReaderEvent> m_events;
  std::map<std::string, emulated::Card> m_people;
  std::unique_ptr<emulated::EmulatedReader> m_module;
  ThreadExecutor m_thread{"id_reader"};
  std::unique_ptr<device::IdReader> m_driver;
};

inline std::string name_of(testing::TestParamInfo<ReaderKind> const& kind) { return kind.param.name; }

}  // namespace yizhan
