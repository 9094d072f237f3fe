#include "peripherals/speech/voice.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

#include <mutex>

namespace yizhan::speech {

namespace {

/// espeak hands the samples to a plain function; `user_data` of espeak_Synth is the sound under way.
int collect(short* samples, int count, espeak_EVENT* events) {
  if (samples == nullptr || events == nullptr) return 0;
  auto* const sound = static_cast<Sound*>(events->user_data);
  if (sound != nullptr) sound->samples.insert(sound->samples.end(), samples, samples + count);
  return 0;
}

/// By language: the voices' names differ between releases.
bool select_voice(device::Language language) {
  espeak_VOICE wanted{};
  wanted.languages = language == device::Language::zh_CN ? "cmn" : "en-gb";
  return espeak_SetVoiceByProperties(&wanted) == EE_OK;
}

std::mutex g_library;  // it has one state for the whole process

/// Samples a second, or ≤ 0. With g_library held.
int start_library() {
  // Without espeakINITIALIZE_DONT_EXIT a missing data folder would end the process.
  static int const rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
  return rate;
}

}  // namespace

Result<Voice> Voice::create() {
  std::lock_guard const lock(g_library);
  int const rate = start_library();
  if (rate <= 0) return Error::make("speech_unavailable", Retry::no, "espeak-ng does not start");
  espeak_SetSynthCallback(collect);
  if (!select_voice(device::Language::zh_CN)) return Error::make("speech_unavailable", Retry::no, "no voice for cmn");
  espeak_SetParameter(espeakRATE, 150, 0);  // words a minute; slower than its 175, for old ears
  return Voice(rate);
}

Result<Sound> Voice::synthesise(std::string const& utf8, device::Language language) {
  std::lock_guard const lock(g_library);
  if (!select_voice(language)) return Error::make("speech_unavailable");
  Sound sound;
  sound.rate = m_rate;
  auto const made = espeak_Synth(utf8.c_str(), utf8.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, &sound);
  if (made != EE_OK) return Error::make("speech_failed", Retry::later, "espeak_Synth " + std::to_string(made));
  espeak_Synchronize();
  return sound;
}

}  // namespace yizhan::speech
