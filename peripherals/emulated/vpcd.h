#pragma once
/// A card for vpcd, the virtual reader that pcscd loads as a driver (vsmartcard, ifd-vpcd): a client of its TCP socket. Messages
/// either way are a length of 2 bytes, big-endian, and as many bytes; one byte from the reader is power off (0), on (1), reset
/// (2) or a question for the ATR (4), more are a command. An open connection is an inserted card.
#include <array>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <thread>

#include "peripherals/emulated/smart_card.h"
#include "peripherals/host/wait.h"

namespace yizhan::emulated {

enum class SmartCardFault {
  none,
  silent,   // takes a command and never answers
  garbled,  // answers of noise
  partial,  // answers without their last byte
  slow,     // answers after 0.7 s
  pull,     // is pulled out by the next command instead of answering
  foreign,  // has another application
};
/// "silent" … Empty where no fault has that name.
[[nodiscard]] std::optional<SmartCardFault> parse_smart_card_fault(std::string_view name);

class VirtualCard {
 public:
  /// `port`: where vpcd listens on 127.0.0.1; the card calls until somebody does. It begins outside.
  VirtualCard(std::uint16_t port, StaffCardApplication application, std::uint64_t seed);
  ~VirtualCard();
  VirtualCard(VirtualCard const&) = delete;
  VirtualCard& operator=(VirtualCard const&) = delete;

  /// Thread: any, for all.
  void insert();
  /// Once this returns the line is dead.
  void remove();
  [[nodiscard]] bool inserted() const;
  void set_fault(SmartCardFault fault);
  void block();
  void unblock();
  [[nodiscard]] int attempts_left() const;
  /// Commands of this instruction that arrived, whatever became of them.
  [[nodiscard]] int commands(std::uint8_t instruction) const;

 private:
  void serve();
  void speak(int socket, host::Interrupt const& pulled);
  bool command(int socket, std::vector<std::byte> const& bytes, host::Interrupt const& pulled);

  std::uint16_t const m_port;
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  StaffCardApplication m_application;
  std::mt19937_64 m_rng;
  SmartCardFault m_fault = SmartCardFault::none;
  std::array<int, 256> m_commands{};
  bool m_inserted = false;
  bool m_connected = false;
  bool m_ended = false;
  std::shared_ptr<host::Interrupt> m_pulled = std::make_shared<host::Interrupt>();  // of this insertion
  std::thread m_thread;
};

}  // namespace yizhan::emulated
