#include "peripherals/speech/espeak_speech.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <optional>

#include "peripherals/host/outlet.h"
#include "peripherals/speech/spoken_text.h"

namespace yizhan::speech {

namespace {

using device::SpeechEvent;

/// How often is looked whether a sound is over.
constexpr Duration k_tick = std::chrono::milliseconds(20);
/// A device that plays longer than this beyond the sound's length has stalled.
constexpr Duration k_patience = std::chrono::seconds(2);

struct Utterance {
  std::uint64_t id;
  std::string text;
  device::Language language;
};

/// Lives as long as a task of it runs; everything but the atomics and the outlet belongs to the device's thread.
class Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Executor& executor, Env env, EspeakOptions options, std::unique_ptr<SoundSink> sink,
       device::Speech::Listener listener)
      : m_executor(executor),
        m_steady(env.steady),
        m_outlet(std::move(listener)),
        m_record(env.wall, options.name, "audio"),
        m_sink(std::move(sink)),
        m_volume(options.volume),
        m_voice_options(std::move(options.voice)) {}

  void say(Utterance utterance) {
    post([utterance = std::move(utterance)](Core& core) {
      core.m_queue.push_back(utterance);
      if (!core.m_speaking) core.next();
    });
  }
  void hush() {
    post([](Core& core) { core.hush_now(); });
  }
  void set_volume(int percent) { m_volume = std::clamp(percent, 0, 100); }
  void check() {
    post([](Core& core) {
      if (auto const ready = core.ready(); !ready) {
        core.m_record.fail(ready.error());
      } else {
        core.m_record.succeed();
      }
      core.m_outlet.emit(device::SpeechHealth{core.m_record.health()});
    });
  }
  void shut() {
    m_shut = true;
    m_outlet.close();
    // On the device's thread: voice and audio device belong to it.
    m_executor.post([self = shared_from_this()] {
      self->m_queue.clear();
      self->m_speaking.reset();
      self->m_sink.reset();
      self->m_voice.reset();
    });
  }

 private:
  template <class Work>
  void post(Work work) {
    m_executor.post([weak = weak_from_this(), work = std::move(work)] {
      auto const self = weak.lock();
      if (self && !self->m_shut) work(*self);
    });
  }

  Result<void> ready() {
    if (!m_voice) m_voice = TRY(Voice::create(m_voice_options));
    return {};
  }

  void next() {
    while (!m_queue.empty()) {
      m_speaking = std::move(m_queue.front());
      m_queue.pop_front();
      if (auto const begun = begin(*m_speaking); begun)
        return wait();
      else {
        if (m_record.fail(begun.error())) m_outlet.emit(device::SpeechHealth{m_record.health()});
        m_outlet.emit(device::SpeechFailed{m_speaking->id, begun.error()});
      }
    }
    m_speaking.reset();
  }

  Result<void> begin(Utterance const& utterance) {
    TRY(ready());
    auto sound = TRY(m_voice->synthesise(spoken_text(utterance.text, utterance.language), utterance.language));
    auto const volume = m_volume.load();
    for (auto& sample : sound.samples) sample = static_cast<std::int16_t>(sample * volume / 100);
    TRY(m_sink->play(sound));
    m_give_up = m_steady.now() + sound.length() + k_patience;
    return {};
  }

  void wait() {
    bool const stalled = m_steady.now() > m_give_up;
    if (m_sink->playing() && !stalled) {
      m_executor.post_after(k_tick, [weak = weak_from_this(), id = m_speaking->id] {
        auto const self = weak.lock();
        if (self && !self->m_shut && self->m_speaking && self->m_speaking->id == id) self->wait();
      });
      return;
    }
    if (stalled) m_sink->silence();
    auto const id = m_speaking->id;
    if (m_record.succeed()) m_outlet.emit(device::SpeechHealth{m_record.health()});
    m_outlet.emit(device::SpeechFinished{id});
    next();
  }

  void hush_now() {
    m_sink->silence();
    auto dropped = std::exchange(m_queue, {});
    if (m_speaking) dropped.push_front(*std::exchange(m_speaking, std::nullopt));
    for (auto const& utterance : dropped) {
      m_outlet.emit(device::SpeechFailed{utterance.id, Error::make("speech_hushed")});
    }
  }

  Executor& m_executor;
  SteadyClock& m_steady;
  host::Outlet<SpeechEvent> m_outlet;
  std::atomic<bool> m_shut = false;

  host::HealthRecord m_record;
  std::unique_ptr<SoundSink> m_sink;
  std::atomic<int> m_volume;
  VoiceOptions const m_voice_options;
  std::optional<Voice> m_voice;
  std::deque<Utterance> m_queue;
  std::optional<Utterance> m_speaking;
  SteadyTime m_give_up{};
};

class EspeakSpeech final : public device::Speech {
 public:
  explicit EspeakSpeech(std::shared_ptr<Core> core) : m_core(std::move(core)) {}
  ~EspeakSpeech() override { m_core->shut(); }
  void say(std::uint64_t id, std::string text, device::Language language) override {
    m_core->say({id, std::move(text), language});
  }
  void hush() override { m_core->hush(); }
  void set_volume(int percent) override { m_core->set_volume(percent); }
  void check_health() override { m_core->check(); }

 private:
  std::shared_ptr<Core> const m_core;
};

}  // namespace

std::unique_ptr<device::Speech> make_espeak_speech(Executor& executor, Env env, EspeakOptions options,
                                                   std::unique_ptr<SoundSink> sink, device::Speech::Listener listener) {
  return std::make_unique<EspeakSpeech>(
      std::make_shared<Core>(executor, env, std::move(options), std::move(sink), std::move(listener)));
}

}  // namespace yizhan::speech
