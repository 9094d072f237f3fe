#pragma once
/// Spoken guidance and calls.
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "peripherals/api/device.h"

namespace yizhan::device {

enum class Language { zh_CN, en };

/// Utterances are spoken one after another in the order they were queued, never overwritten. `id` is the caller's.
struct SpeechFinished {
  std::uint64_t id = 0;
};
struct SpeechFailed {
  std::uint64_t id = 0;
  Error error;
};
struct SpeechHealth {
  Health health;
};
using SpeechEvent = std::variant<SpeechFinished, SpeechFailed, SpeechHealth>;

class Speech {
 public:
  using Listener = std::function<void(SpeechEvent)>;
  virtual ~Speech() = default;

  /// Queues and returns at once; SpeechFinished or SpeechFailed follows. REQUIRES: no name in `text` on the display.
  /// Thread: any.
  virtual void say(std::uint64_t id, std::string text, Language language) = 0;
  /// Drops what is queued and falls silent (a resident's guidance when the screen changes).
  virtual void hush() = 0;
  /// 0 … 100; the session's end resets it to the configured level (EN 301 549 5.1.3.13).
  virtual void set_volume(int percent) = 0;
  virtual void check_health() = 0;
};

}  // namespace yizhan::device
