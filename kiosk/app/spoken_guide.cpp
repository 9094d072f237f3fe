#include "kiosk/app/spoken_guide.h"

#include <fmt/args.h>

#include <algorithm>

namespace yizhan::app {

namespace {

constexpr int k_volume_step = 15;  // percent

}  // namespace

SpokenGuide::SpokenGuide(Services const& services, ui::Window& window)
    : m_services(services), m_window(window), m_volume(services.machine.config().speech.volume_percent) {}

void SpokenGuide::say(flows::Sentence const& sentence) {
  m_last = sentence;
  speak(sentence);
}

void SpokenGuide::count_down(int seconds) { speak({"speech.countdown", {{"seconds", std::to_string(seconds)}}}); }

void SpokenGuide::heed_keys(ui::Ui& ui) {
  if (ui.pressed(ui::Key::repeat)) {
    m_asked_for = true;
    m_services.devices.hush();
    if (m_last) speak(*m_last);
  }
  int const change =
      (ui.pressed(ui::Key::louder) ? k_volume_step : 0) - (ui.pressed(ui::Key::softer) ? k_volume_step : 0);
  if (change == 0) return;
  m_volume = std::clamp(m_volume + change, k_volume_step, 100);
  m_services.devices.set_volume(m_volume);
  if (m_last) speak(*m_last);
}

void SpokenGuide::wipe() {
  m_services.devices.hush();
  m_volume = m_services.machine.config().speech.volume_percent;
  m_services.devices.set_volume(m_volume);
  m_asked_for = false;
  m_last.reset();
}

void SpokenGuide::speak(flows::Sentence const& sentence) {
  if (!m_services.machine.config().speech.guidance && !m_window.ui().elder() && !m_asked_for) return;
  auto const language = m_window.ui().language();
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (auto const& [name, value] : sentence.arguments) arguments.push_back(fmt::arg(name.c_str(), value));
  auto const text = fmt::vformat(m_services.translations.get(language, sentence.key), arguments);
  m_services.devices.say(text, speech_language(language));
}

}  // namespace yizhan::app
