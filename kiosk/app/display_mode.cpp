#include "kiosk/app/mode.h"
#include "kiosk/display/display_screens.h"
#include "shared/base/log.h"

namespace yizhan::app {

namespace {

using namespace flows::display;

/// Asked again by itself after so long, should the hall have been away.
constexpr auto k_retry = std::chrono::seconds(5);

struct Picture {
  queue::HallView view;
  std::vector<queue::Announcement> calls;
};

class DisplayMode final : public Mode {
 public:
  DisplayMode(Services const& services, ui::Window& window) : m_services(services), m_window(window) { refresh(); }

  void draw(ui::Ui& ui) override {
    update_chrome(m_services, ui);
    display::Surroundings around;
    auto const& wanted = m_services.machine.config().display;
    around.rows = static_cast<std::size_t>(wanted.rows);
    around.next_tickets = static_cast<std::size_t>(wanted.next_tickets);
    if (m_flow.updated_at()) around.updated_at = local_clock(m_services, *m_flow.updated_at());
    display::draw(ui, m_flow, around);
  }

  bool process() override {
    if (m_events.empty()) return false;
    for (auto& event : std::exchange(m_events, {})) {
      for (auto const& effect : m_flow.step(std::move(event))) announce(std::get<Announce>(effect).call);
    }
    m_window.request_frames(2);
    return true;
  }

  std::optional<SteadyTime> tick() override {
    if (!m_retry_at) return std::nullopt;
    if (m_services.env.steady.now() < *m_retry_at) return m_retry_at;
    m_retry_at.reset();
    refresh();
    return std::nullopt;
  }

  void hall_changed() override { refresh(); }
  [[nodiscard]] std::string state() const override { return m_flow.name(); }

  void spoken(std::uint64_t utterance) override {
    if (utterance == m_utterance) m_events.emplace_back(Spoken{});
  }

 private:
  void refresh() {
    m_refresh_again = m_refreshing;
    if (m_refreshing) return;
    m_refreshing = true;
    m_services.machine.ask(
        m_alive.token(),
        [after = m_flow.last_sequence()](office::Premises& premises) -> Result<Picture> {
          Picture picture;
          picture.view = TRY(premises.office().view());
          picture.calls = TRY(premises.office().announcements(after));
          return picture;
        },
        [this](Result<Picture> picture) { arrived(std::move(picture)); });
  }

  void arrived(Result<Picture> picture) {
    m_refreshing = false;
    if (!picture) {
      log::warning("display: {}", picture.error().to_line());
      m_events.emplace_back(SourceLost{});
      m_retry_at = m_services.env.steady.now() + k_retry;
    } else if (!m_started) {
      // A display that starts in the middle of the day does not shout the morning's calls.
      m_started = true;
      m_flow = flows::DisplayFlow(picture->view.day, picture->calls.empty() ? 0 : picture->calls.back().sequence);
      m_events.emplace_back(ViewArrived{std::move(picture->view), m_services.machine.clock().now()});
    } else {
      m_events.emplace_back(ViewArrived{std::move(picture->view), m_services.machine.clock().now()});
      m_events.emplace_back(AnnouncementsArrived{std::move(picture->calls)});
    }
    if (m_refresh_again) refresh();
  }

  void announce(queue::Announcement const& call) {
    auto const language = m_window.ui().language();
    say(call, language);
    bool const again = m_services.machine.config().display.speak_english && language != ui::Language::en;
    if (again) say(call, ui::Language::en);
  }

  /// The call is spoken when the last utterance said for it is.
  void say(queue::Announcement const& call, ui::Language language) {
    auto const text = m_services.translations.format(language, "speech.call", fmt::arg("number", call.number),
                                                     fmt::arg("counter", call.counter));
    m_utterance = m_services.devices.say(text, speech_language(language));
  }

  Services m_services;
  ui::Window& m_window;
  flows::DisplayFlow m_flow;
  std::vector<Event> m_events;
  std::uint64_t m_utterance = 0;
  std::optional<SteadyTime> m_retry_at;
  bool m_started = false;
  bool m_refreshing = false;
  bool m_refresh_again = false;
  OwnerToken m_alive;
};

}  // namespace

std::unique_ptr<Mode> make_display_mode(Services const& services, ui::Window& window) {
  return std::make_unique<DisplayMode>(services, window);
}

}  // namespace yizhan::app
