#include "peripherals/speech/voice.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

#include <mutex>
#include <string_view>

namespace yizhan::speech {

namespace {

/// espeak hands the samples to a plain function; `user_data` of espeak_Synth is the sound under way.
int collect(short* samples, int count, espeak_EVENT* events) {
  if (samples == nullptr || events == nullptr) return 0;
  auto* const sound = static_cast<Sound*>(events->user_data);
  if (sound != nullptr) sound->samples.insert(sound->samples.end(), samples, samples + count);
  return 0;
}

/// espeak keeps a voice's languages as a priority byte and a name with NUL each, up to a zero priority.
bool speaks(espeak_VOICE const& voice, std::string const& language) {
  if (voice.languages == nullptr) return false;
  for (auto const* at = voice.languages; *at != 0;) {
    std::string_view const name = at + 1;
    if (name == language) return true;
    at += 1 + name.size() + 1;
  }
  return false;
}

/// By language, for which espeak finds some voice in any case, else by name: names differ between releases.
bool choose_voice(std::string const& name) {
  espeak_VOICE wanted{};
  wanted.languages = name.c_str();
  if (espeak_SetVoiceByProperties(&wanted) == EE_OK) {
    auto const* found = espeak_GetCurrentVoice();
    if (found != nullptr && speaks(*found, name)) return true;
  }
  return espeak_SetVoiceByName(name.c_str()) == EE_OK;
}

bool select_voice(VoiceOptions const& options, device::Language language) {
  return choose_voice(language == device::Language::zh_CN ? options.zh : options.en) &&
         espeak_SetParameter(espeakRATE, options.words_per_minute, 0) == EE_OK;
}

std::mutex g_library;  // it has one state for the whole process

/// Samples a second, or ≤ 0. With g_library held.
int start_library() {
  // Without espeakINITIALIZE_DONT_EXIT a missing data folder would end the process.
  static int const rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
  return rate;
}

}  // namespace

Result<Voice> Voice::create(VoiceOptions options) {
  std::lock_guard const lock(g_library);
  int const rate = start_library();
  if (rate <= 0) return Error::make("speech_unavailable", Retry::no, "espeak-ng does not start");
  espeak_SetSynthCallback(collect);
  if (!select_voice(options, device::Language::zh_CN)) {
    return Error::make("speech_unavailable", Retry::no, "no voice " + options.zh);
  }
  return Voice(std::move(options), rate);
}

Result<Sound> Voice::synthesise(std::string const& utf8, device::Language language) {
  std::lock_guard const lock(g_library);
  if (!select_voice(m_options, language)) return Error::make("speech_unavailable");
  Sound sound;
  sound.rate = m_rate;
  auto const made = espeak_Synth(utf8.c_str(), utf8.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, &sound);
  if (made != EE_OK) return Error::make("speech_failed", Retry::later, "espeak_Synth " + std::to_string(made));
  espeak_Synchronize();
  return sound;
}

}  // namespace yizhan::speech
