#include <SDL.h>

#include "peripherals/speech/sound_sink.h"

namespace yizhan::speech {

namespace {

class SdlSink final : public SoundSink {
 public:
  explicit SdlSink(std::string device) : m_name(std::move(device)) {}
  ~SdlSink() override {
    close();
    if (m_initialised) SDL_QuitSubSystem(SDL_INIT_AUDIO);
  }

  Result<void> play(Sound const& sound) override {
    TRY(open(sound.rate));
    auto const bytes = static_cast<Uint32>(sound.samples.size() * sizeof(std::int16_t));
    if (SDL_QueueAudio(m_device, sound.samples.data(), bytes) != 0) {
      close();
      return Error::make("audio_unavailable", Retry::later, SDL_GetError());
    }
    SDL_PauseAudioDevice(m_device, 0);
    return {};
  }

  bool playing() override {
    if (m_device == 0) return false;
    if (SDL_GetAudioDeviceStatus(m_device) == SDL_AUDIO_STOPPED) {  // unplugged
      close();
      return false;
    }
    return SDL_GetQueuedAudioSize(m_device) > 0;
  }

  void silence() override {
    if (m_device != 0) SDL_ClearQueuedAudio(m_device);
  }

 private:
  Result<void> open(int rate) {
    if (m_device != 0 && m_rate == rate) return {};
    close();
    if (!m_initialised) {
      if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
        return Error::make("audio_unavailable", Retry::later, SDL_GetError());
      }
      m_initialised = true;
    }
    SDL_AudioSpec wanted{};
    wanted.freq = rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 1024;
    m_device = SDL_OpenAudioDevice(m_name.empty() ? nullptr : m_name.c_str(), 0, &wanted, nullptr, 0);
    if (m_device == 0) return Error::make("audio_unavailable", Retry::later, SDL_GetError());
    m_rate = rate;
    return {};
  }

  void close() {
    if (m_device != 0) SDL_CloseAudioDevice(m_device);
    m_device = 0;
  }

  std::string const m_name;
  bool m_initialised = false;
  SDL_AudioDeviceID m_device = 0;
  int m_rate = 0;
};

}  // namespace

std::unique_ptr<SoundSink> make_sdl_sink(std::string device) { return std::make_unique<SdlSink>(std::move(device)); }

}  // namespace yizhan::speech
