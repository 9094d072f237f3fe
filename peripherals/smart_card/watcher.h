#pragma once
/// Watches pcscd, its readers and the card in ours, on a thread that sleeps in SCardGetStatusChange until one of them
/// changes. One at a time in a process: libpcsclite 1.9 keeps what it knows of readers in one place for all contexts and
/// locks it for each by itself.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "shared/base/error.h"

namespace yizhan::smart_card {

/// What there is now.
struct Sight {
  std::optional<Error> fault;  // card_service_absent, card_service_refused, card_reader_absent, card_reader_failed
  std::string reader;          // as PC/SC names it
  bool card = false;
  bool mute = false;        // a card that does not answer to power
  std::string atr;          // hex
  std::uint32_t moves = 0;  // PC/SC's count of insertions and removals: another one, another card
};

class Watcher {
 public:
  /// `wanted`: part of the reader's name; empty: the first reader. `told` is called on the watcher's thread for each change
  /// and must not end the watcher.
  Watcher(std::string wanted, std::function<void(Sight)> told);
  ~Watcher() { stop(); }
  Watcher(Watcher const&) = delete;
  Watcher& operator=(Watcher const&) = delete;

  /// Thread: any.
  void start();
  /// Ends the wait at once, for good. A service that hangs keeps the thread, but not the caller; nothing is told any more.
  void stop();
  [[nodiscard]] Sight latest() const;

 private:
  struct State;
  std::shared_ptr<State> const m_state;
};

}  // namespace yizhan::smart_card
