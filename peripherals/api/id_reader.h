#pragma once
/// ID card readers (身份证阅读器). GA 450 / GA 467 SDT modules and whatever joins them.
#include <array>
#include <cstddef>
#include <functional>
#include <variant>

#include "peripherals/api/device.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::device {

/// One reading. `text` is the 256-byte block as read (UTF-16LE; domain/identity/card_text.h decodes it); `photo` the
/// opaque picture (1024 bytes, WLT), empty if not asked for; `newest_address` UTF-8, empty if the card has none.
/// Lives for the transaction only and is scrubbed with it.
struct CardReading {
  SecretBytes text;
  SecretBytes photo;
  SecretText newest_address;
};

/// Events in the order they happen. After `CardRead` the reader cannot tell whether the card still lies there
/// (an ID card is momentary), so there is no "removed" event.
struct CardFound {};  // reading has begun; show progress
struct CardRead {
  CardReading reading;
};
/// Codes: card_read_failed (place it again), reader_untrusted_card (31/32/33: to a counter, no silent retry),
/// card_wrong_type, card_select_failed.
struct CardFailed {
  Error error;
};
struct ReaderHealth {
  Health health;
};
using IdReaderEvent = std::variant<CardFound, CardRead, CardFailed, ReaderHealth>;

/// How often a reader is asked for a card.
enum class Pace {
  expecting,  // a screen asks for a card: three times a second
  idle,       // nobody is asked, but a card may come: once a second, so that the processor sleeps
};

class IdReader {
 public:
  using Listener = std::function<void(IdReaderEvent)>;
  virtual ~IdReader() = default;

  /// Starts looking for cards (each find ≤ 1.5 s, each reading ≤ 5 s) until stop_polling(), or changes the pace of it:
  /// `expecting` looks at once. Returns at once. Thread: any. State: any; while Absent or Faulted it goes on trying with
  /// back-off.
  virtual void start_polling(Pace pace) = 0;
  void start_polling() { start_polling(Pace::expecting); }
  virtual void stop_polling() = 0;
  /// Asks the module for status and number once; answer as ReaderHealth. Thread: any.
  virtual void check_health() = 0;
};

}  // namespace yizhan::device
