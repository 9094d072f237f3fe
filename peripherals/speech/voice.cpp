#include "peripherals/speech/voice.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

namespace yizhan::speech {

namespace {

/// espeak hands the samples to a plain function; `user_data` of espeak_Synth is the sound under way.
int collect(short* samples, int count, espeak_EVENT* events) {
  if (samples == nullptr || events == nullptr) return 0;
  auto* const sound = static_cast<Sound*>(events->user_data);
  if (sound != nullptr) sound->samples.insert(sound->samples.end(), samples, samples + count);
  return 0;
}

char const* voice_of(device::Language language) { return language == device::Language::zh_CN ? "cmn" : "en-gb"; }

}  // namespace

Result<std::unique_ptr<Voice>> Voice::create() {
  // Options: without espeakINITIALIZE_DONT_EXIT a missing data folder would end the process.
  int const rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
  if (rate <= 0) return Error::make("speech_unavailable", Retry::no, "espeak-ng does not start");
  std::unique_ptr<Voice> voice(new Voice);
  voice->m_rate = rate;
  espeak_SetSynthCallback(collect);
  for (auto const language : {device::Language::en, device::Language::zh_CN}) {
    if (espeak_SetVoiceByName(voice_of(language)) != EE_OK) {
      return Error::make("speech_unavailable", Retry::no, std::string("no voice ") + voice_of(language));
    }
  }
  espeak_SetParameter(espeakRATE, 150, 0);  // words a minute; slower than its 175, for old ears
  return voice;
}

Voice::~Voice() { espeak_Terminate(); }

Result<Sound> Voice::synthesise(std::string const& utf8, device::Language language) {
  if (espeak_SetVoiceByName(voice_of(language)) != EE_OK) {
    return Error::make("speech_unavailable", Retry::no, voice_of(language));
  }
  Sound sound;
  sound.rate = m_rate;
  auto const made = espeak_Synth(utf8.c_str(), utf8.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, &sound);
  if (made != EE_OK) return Error::make("speech_failed", Retry::later, "espeak_Synth " + std::to_string(made));
  espeak_Synchronize();
  return sound;
}

}  // namespace yizhan::speech
