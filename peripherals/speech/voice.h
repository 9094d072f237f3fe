#pragma once
/// espeak-ng: text to sound. The library has one state for the whole process.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "peripherals/api/speech.h"
#include "shared/base/result.h"

namespace yizhan::speech {

/// `zh` and `en` are a voice's language or name (`espeak-ng --voices`).
struct VoiceOptions {
  std::string zh = "cmn";
  std::string en = "en-gb";
  int words_per_minute = 150;  // slower than the library's 175, for old ears
};

/// Mono, 16 bits.
struct Sound {
  int rate = 22050;
  std::vector<std::int16_t> samples;
  [[nodiscard]] Duration length() const {
    return std::chrono::microseconds(1'000'000 * static_cast<std::int64_t>(samples.size()) / rate);
  }
};

/// Thread: any; calls wait for each other. The library is started once and stays until the process ends: its own end
/// can wait for ever for a thread that has only just begun.
class Voice {
 public:
  /// Errors: speech_unavailable (library or the Chinese voice missing).
  static Result<Voice> create(VoiceOptions options);

  /// Errors: speech_unavailable, speech_failed.
  Result<Sound> synthesise(std::string const& utf8, device::Language language);

 private:
  Voice(VoiceOptions options, int rate) : m_options(std::move(options)), m_rate(rate) {}
  VoiceOptions m_options;
  int m_rate;
};

}  // namespace yizhan::speech
