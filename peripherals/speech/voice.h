#pragma once
/// espeak-ng: text to sound. The library has one state for the whole process.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "peripherals/api/speech.h"
#include "shared/base/result.h"

namespace yizhan::speech {

/// Mono, 16 bits.
struct Sound {
  int rate = 22050;
  std::vector<std::int16_t> samples;
  [[nodiscard]] Duration length() const {
    return std::chrono::microseconds(1'000'000 * static_cast<std::int64_t>(samples.size()) / rate);
  }
};

/// Thread: one, that of its maker. REQUIRES: one at a time in the process.
class Voice {
 public:
  /// Errors: speech_unavailable (library or a voice's data missing).
  static Result<std::unique_ptr<Voice>> create();
  ~Voice();
  Voice(Voice const&) = delete;
  Voice& operator=(Voice const&) = delete;

  /// Errors: speech_unavailable, speech_failed.
  Result<Sound> synthesise(std::string const& utf8, device::Language language);

 private:
  Voice() = default;
  int m_rate = 22050;
};

}  // namespace yizhan::speech
