#pragma once
/// An ID card reader as its serial line shows it: an SDT module, or a multi-function reader with one inside (own codecs:
/// a mistake of the driver's must not cancel out here).
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
  trickle,        // answers arrive at a byte a second
  crawl,          // a reading does, everything else is as quick as ever
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
  wrong_device,   // another reader stands here: it has another number
};
enum class ReaderWire { sdt, multi };
/// "auth31" … Empty where no fault has that name.
[[nodiscard]] std::optional<ReaderFault> parse_reader_fault(std::string_view name);

/// A card that was read is not found again until it is placed again, as with the real ones.
class EmulatedReader : public WireDevice {
 public:
  static Result<std::unique_ptr<EmulatedReader>> create(std::filesystem::path path, std::uint64_t seed,
                                                        ReaderWire wire = ReaderWire::sdt);

  /// Thread: any, for all.
  /// Hands are slower than a reader's looks: where the last look found a card, the next finds none before it finds
  /// this one. So a test that changes cards at once is not quicker than people are.
  void present(Card card);
  void remove();
  void set_fault(ReaderFault fault);
  [[nodiscard]] int readings() const;
  /// How often it was asked to find a card.
  [[nodiscard]] int searches() const;

 protected:
  EmulatedReader(std::filesystem::path path, std::uint64_t seed) : WireDevice(std::move(path)), m_rng(seed) {}
  enum class Step { other, status, find, select, read };

  void bytes(std::span<std::byte const> arrived, std::unique_lock<std::mutex>& lock) override;
  std::optional<std::chrono::milliseconds> idle() override;
  void power_lost() override;

  /// Takes the next whole command off m_input; one with a bad checksum comes back empty. False: there is none.
  virtual bool take_command(std::vector<std::byte>& command) = 0;
  virtual void answer(std::vector<std::byte> const& command, std::unique_lock<std::mutex>& lock) = 0;

  /// The SDT status a fault answers this step with; 0 where it does not touch it.
  [[nodiscard]] std::uint8_t refusal(Step step) const;
  [[nodiscard]] bool card_there() const { return m_card && !m_done; }
  /// A find: whether it finds one.
  bool look();
  /// Lengths, text and photo of the card; empty where it was taken away.
  std::vector<std::byte> read_card(std::unique_lock<std::mutex>& lock);
  /// Sends an answer as the fault will have it. Before `body` nothing is garbled; `noise_end` ends the noise with what
  /// looks most like a frame.
  void deliver(std::vector<std::byte> frame, std::size_t body, std::vector<std::byte> const& noise_end,
               std::unique_lock<std::mutex>& lock);

  std::vector<std::byte> m_input;
  std::optional<Card> m_card;
  ReaderFault m_fault = ReaderFault::none;
  bool m_found = false;
  bool m_selected = false;
  bool m_done = false;  // read since it was placed

 private:
  std::mt19937_64 m_rng;
  std::optional<Card> m_next_card;  // on its way
  bool m_looked_at_one = false;     // the last look found a card
  int m_readings = 0;
  int m_searches = 0;
  std::vector<std::byte> m_trickle;  // not sent yet
  int m_ticks = 0;
};

[[nodiscard]] std::unique_ptr<EmulatedReader> make_sdt_module(std::filesystem::path path, std::uint64_t seed);
[[nodiscard]] std::unique_ptr<EmulatedReader> make_multi_reader(std::filesystem::path path, std::uint64_t seed);

}  // namespace yizhan::emulated
