#pragma once
/// An SDT module as its serial line shows it (own codec: a mistake of the driver's must not cancel out here).
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

#include "peripherals/emulated/wire_device.h"

namespace yizhan::emulated {

struct Card {
  std::array<std::byte, 256> text{};
  std::array<std::byte, 1024> photo{};
  std::vector<std::byte> newest_address;  // 70 bytes UTF-16LE, or empty
};

enum class ReaderFault {
  none,
  silent,         // answers nothing
  garbled,        // one byte of every answer is wrong
  noisy,          // noise before every answer, with half a preamble in it
  slow,           // a reading takes 1.2 s
  partial,        // answers arrive in pieces of 64 bytes and less
  half,           // a reading stops in the middle
  pull,           // the card is taken away while it is read
  checksum,       // claims the host's checksum was wrong (10)
  length,         // claims the host's length was wrong (11)
  bad_command,    // 21
  not_permitted,  // 23
  unknown,        // 24
  auth31,
  auth32,
  auth33,
  wrong_type,     // 40
  read_failed,    // 41
  random_failed,  // 47
  self_test,      // 60
  unauthorised,   // 66
  select_failed,  // 81
};
/// "auth31" … Empty where no fault has that name.
[[nodiscard]] std::optional<ReaderFault> parse_reader_fault(std::string_view name);

/// A card that was read is not found again until it is placed again, as with the real ones.
class EmulatedReader final : public WireDevice {
 public:
  static Result<std::unique_ptr<EmulatedReader>> create(std::filesystem::path path, std::uint64_t seed);
  ~EmulatedReader() override { stop(); }

  /// Thread: any, for all.
  /// Hands are slower than a reader's looks: where the last look found a card, the next finds none before it finds
  /// this one. So a test that changes cards at once is not quicker than people are.
  void present(Card card);
  void remove();
  void set_fault(ReaderFault fault);
  [[nodiscard]] int readings() const;
  /// How often it was asked to find a card.
  [[nodiscard]] int searches() const;

 private:
  EmulatedReader(std::filesystem::path path, std::uint64_t seed) : WireDevice(std::move(path)), m_rng(seed) {}
  void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) override;
  void power_lost() override;
  bool take_command(std::vector<std::byte>& command);
  void answer(std::uint16_t command, std::unique_lock<std::mutex>& lock);
  void reply(std::uint8_t status, std::span<std::byte const> data, std::unique_lock<std::mutex>& lock);
  void read_card(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] std::uint8_t refusal(std::uint16_t command) const;

  std::mt19937_64 m_rng;
  std::optional<Card> m_card;
  std::optional<Card> m_next_card;  // on its way
  bool m_looked_at_one = false;     // the last look found a card
  bool m_found = false;
  bool m_selected = false;
  bool m_done = false;  // read since it was placed
  ReaderFault m_fault = ReaderFault::none;
  int m_readings = 0;
  int m_searches = 0;
  std::vector<std::byte> m_input;
};

}  // namespace yizhan::emulated
