#pragma once
/// Where sound goes.
#include <filesystem>
#include <memory>
#include <string>

#include "peripherals/speech/voice.h"
#include "shared/base/result.h"

namespace yizhan::speech {

/// Thread: the speech device's.
class SoundSink {
 public:
  virtual ~SoundSink() = default;
  /// Begins to play and returns. REQUIRES: nothing is playing. Errors: audio_unavailable.
  virtual Result<void> play(Sound const& sound) = 0;
  [[nodiscard]] virtual bool playing() = 0;
  virtual void silence() = 0;
};

/// An audio device by SDL's name, empty: the system's choice. Opened at the first sound and reopened after a failure.
[[nodiscard]] std::unique_ptr<SoundSink> make_sdl_sink(std::string device = {});
/// Nothing is heard; every sound is over at once. With a folder, each becomes spoken-N.wav there.
[[nodiscard]] std::unique_ptr<SoundSink> make_silent_sink(std::filesystem::path folder = {});

}  // namespace yizhan::speech
