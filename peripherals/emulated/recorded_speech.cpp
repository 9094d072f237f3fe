#include "peripherals/emulated/recorded_speech.h"

#include <algorithm>

namespace yizhan::emulated {

void SpokenLog::add(std::string text) {
  std::lock_guard const lock(m_mutex);
  m_texts.push_back(std::move(text));
}

std::vector<std::string> SpokenLog::all() const {
  std::lock_guard const lock(m_mutex);
  return m_texts;
}

bool SpokenLog::contains(std::string_view part) const {
  std::lock_guard const lock(m_mutex);
  return std::any_of(m_texts.begin(), m_texts.end(),
                     [&](std::string const& text) { return text.find(part) != std::string::npos; });
}

namespace {

class RecordedSpeech final : public device::Speech {
 public:
  RecordedSpeech(std::shared_ptr<SpokenLog> log, std::unique_ptr<device::Speech> voice, Listener listener)
      : m_log(std::move(log)), m_voice(std::move(voice)), m_listener(std::move(listener)) {}

  void say(std::uint64_t id, std::string text, device::Language language) override {
    m_log->add(text);
    if (m_voice) return m_voice->say(id, std::move(text), language);
    m_listener(device::SpeechFinished{id});
  }
  void hush() override {
    if (m_voice) m_voice->hush();
  }
  void set_volume(int percent) override {
    if (m_voice) m_voice->set_volume(percent);
  }
  void check_health() override {
    if (m_voice) return m_voice->check_health();
    device::Health health;
    health.state = device::State::ready;
    health.name = "speech";
    health.identity = "recorded";
    m_listener(device::SpeechHealth{health});
  }

 private:
  std::shared_ptr<SpokenLog> m_log;
  std::unique_ptr<device::Speech> m_voice;
  Listener m_listener;
};

}  // namespace

std::unique_ptr<device::Speech> make_recorded_speech(std::shared_ptr<SpokenLog> log,
                                                     std::unique_ptr<device::Speech> voice,
                                                     device::Speech::Listener listener) {
  return std::make_unique<RecordedSpeech>(std::move(log), std::move(voice), std::move(listener));
}

}  // namespace yizhan::emulated
