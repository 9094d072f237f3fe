#pragma once
/// Speech by espeak-ng.
///
/// States: Absent until the first utterance or check_health() started the voice → Ready → Busy (speaking) → Ready;
/// Faulted (no voice, no audio device): each utterance tries again and ends as SpeechFailed.
#include <functional>
#include <memory>
#include <string>

#include "peripherals/api/speech.h"
#include "peripherals/speech/sound_sink.h"

namespace yizhan::speech {

struct EspeakOptions {
  std::string name = "speech";
  int volume = 80;  // 0 … 100
  VoiceOptions voice;
};

/// `executor` is the device's own thread; it and `env` outlive the speech. An utterance dropped by hush() ends as
/// SpeechFailed with speech_hushed. No event follows the destructor. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::Speech> make_espeak_speech(Executor& executor, Env env, EspeakOptions options,
                                                                 std::unique_ptr<SoundSink> sink,
                                                                 device::Speech::Listener listener);

}  // namespace yizhan::speech
