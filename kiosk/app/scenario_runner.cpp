#include "kiosk/app/scenario_runner.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "kiosk/ui/input.h"
#include "shared/base/log.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/forms/dates.h"
#include "shared/store/database.h"
#include "shared/store/uploads.h"

namespace yizhan::app {

namespace {

/// Devices answer on threads of their own; so long nothing must have moved before time may.
constexpr auto k_quiet = std::chrono::milliseconds(60);
constexpr auto k_time_step = std::chrono::milliseconds(500);

std::string join(std::vector<std::string> const& words) {
  std::string line;
  for (auto const& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::optional<std::int64_t> number(std::string const& word) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

/// How many events of a type ("ticket.issued") this machine has ever committed; "backlog": those unanswered.
Result<std::int64_t> count_events(office::Premises& premises, std::string const& what) {
  if (what == "backlog") {
    auto const status = TRY(premises.store().outbox().status());
    return static_cast<std::int64_t>(status.backlog);
  }
  if (what == "uploads") {
    auto const status = TRY(premises.store().uploads().upload_status());
    return static_cast<std::int64_t>(status.waiting);
  }
  auto statement = TRY(premises.store().database().prepare("SELECT count(*) FROM outbox WHERE type = ?"));
  statement.bind(1, "cn.yizhan." + what + ".v1");
  if (!TRY(statement.step())) return std::int64_t{0};
  return statement.integer(0);
}

/// Three strokes across the field, as somebody signs.
void sign(ui::Window& window, ui::Rect const& field) {
  auto const at = [&](float x, float y) { return ui::Point{field.x + field.width * x, field.y + field.height * y}; };
  window.drag(at(0.2F, 0.3F), at(0.4F, 0.75F));
  window.drag(at(0.45F, 0.25F), at(0.4F, 0.8F));
  window.drag(at(0.5F, 0.5F), at(0.8F, 0.55F));
}

}  // namespace

ScenarioRunner::ScenarioRunner(Scenario scenario, Stage stage)
    : m_scenario(std::move(scenario)), m_stage(std::move(stage)) {}

bool ScenarioRunner::advance() {
  while (m_failure.empty() && m_next < m_scenario.steps.size()) {
    auto& step = m_scenario.steps[m_next];
    if (!m_step_began) {
      m_step_began = m_real.now();
      for (auto& word : step.words) word = dated(std::move(word));
      m_within_used = {};
      m_last_seen.clear();
    }
    switch (perform(step)) {
      case Outcome::done:
        m_step_began.reset();
        m_count.reset();
        ++m_next;
        break;
      case Outcome::wait:
        if (m_real.now() - *m_step_began < m_patience) return false;
        fail("waited too long; " + (m_last_seen.empty() ? "something is still under way" : m_last_seen));
        break;
      case Outcome::failed: break;
    }
  }
  return true;
}

ScenarioRunner::Outcome ScenarioRunner::fail(std::string why) {
  auto const& step = m_scenario.steps[m_next];
  m_failure = "line " + std::to_string(step.line) + ": " + join(step.words) + ": " + why;
  for (auto const& [mode, window] : m_stage.modes) {
    m_failure += "\n[" + mode->state() + "]\n" + window->ui().tree().to_text();
  }
  return Outcome::failed;
}

bool ScenarioRunner::settled() const {
  if (!m_stage.services.queue.idle()) return false;
  for (auto const& [mode, window] : m_stage.modes) {
    if (!window->is_settled()) return false;
  }
  return true;
}

void ScenarioRunner::advance_clock(Duration by) {
  m_stage.clock.advance(by);
  m_elapsed += by;
  for (auto const& [mode, window] : m_stage.modes) window->request_frames(1);
}

ui::Window& ScenarioRunner::window_of(std::string_view key) const {
  for (auto const& [mode, window] : m_stage.modes) {
    if (window->ui().tree().find(key) != nullptr) return *window;
  }
  return *m_stage.modes.front().second;
}

std::string ScenarioRunner::dated(std::string word) const {
  auto const begin = word.find('{');
  auto const end = word.find('}', begin);
  if (end == std::string::npos) return word;
  auto const& zone = m_stage.services.machine.config().hall.timezone;
  auto const today = calendar::local_day(m_stage.services.machine.clock().now(), zone);
  auto const day =
      today ? forms::day_of(std::string_view(word).substr(begin + 1, end - begin - 1), *today) : std::nullopt;
  if (day) word.replace(begin, end - begin + 1, day->to_string());
  return word;
}

ScenarioRunner::Outcome ScenarioRunner::perform(ScenarioStep const& step) {
  auto const& words = step.words;
  auto const& verb = words[0];
  if (verb == "expect") return expect(step);
  if (verb == "patience") {
    m_patience = parse_duration(words[1]).value_or(m_patience);
    return Outcome::done;
  }
  if (verb == "await") {
    m_last_seen = "nobody signalled";
    return std::filesystem::exists(m_stage.rendezvous / words[1]) ? Outcome::done : Outcome::wait;
  }
  if (step.now) return verb == "capture" ? capture(words[1]) : move_device(words);
  // Everything else happens when all is quiet, at its time.
  if (!settled()) {
    m_settled_since.reset();
    return Outcome::wait;
  }
  if (!m_settled_since) m_settled_since = m_real.now();
  if (m_real.now() - *m_settled_since < k_quiet) return Outcome::wait;
  if (step.at && m_elapsed < *step.at) {
    advance_clock(std::min<Duration>(*step.at - m_elapsed, k_time_step));
    return Outcome::wait;
  }
  if (verb == "capture") return capture(words[1]);
  m_settled_since.reset();
  if (verb == "signal") {
    std::ofstream(m_stage.rendezvous / words[1]) << '\n';
    return Outcome::done;
  }
  if (verb == "tap" || verb == "hold") {
    auto& window = window_of(words[1]);
    if (auto revealed = window.reveal(words[1]); !revealed) {
      m_last_seen = "no such item";
      return Outcome::wait;  // it may still come
    }
    window.settle();
    auto const used = verb == "tap" ? window.tap(words[1]) : window.press(words[1]);
    if (!used) {
      m_last_seen = used.error().to_line();
      return Outcome::wait;
    }
    return Outcome::done;
  }
  if (verb == "draw") {
    auto& window = window_of(words[1]);
    (void)window.reveal(words[1]);
    window.settle();
    auto const* node = window.ui().tree().find(words[1]);
    if (node == nullptr) {
      m_last_seen = "no such item";
      return Outcome::wait;
    }
    sign(window, node->rect);
    return Outcome::done;
  }
  if (verb == "release") {
    for (auto const& [mode, window] : m_stage.modes) window->release();
    return Outcome::done;
  }
  if (verb == "type") {
    auto& window = window_of(words[1]);
    window.ui().focus(words[1]);
    window.settle();
    window.type(words[2]);
    return Outcome::done;
  }
  if (verb == "key") {
    auto const key = ui::key_from_name(words[1]);
    if (!key) return fail("unknown key");
    m_stage.modes.front().second->key({*key});
    return Outcome::done;
  }
  if (verb == "lang") {
    auto const language = ui::language_from_code(words[1]);
    if (!language) return fail("unknown language");
    for (auto const& [mode, window] : m_stage.modes) {
      auto preferences = window->ui().preferences();
      preferences.language = *language;
      window->ui().set_preferences(preferences);
      window->request_frames(2);
    }
    return Outcome::done;
  }
  return move_device(words);
}

ScenarioRunner::Outcome ScenarioRunner::move_device(std::vector<std::string> const& words) {
  auto* emulated = m_stage.services.devices.emulated();
  if (emulated == nullptr) return fail("no emulated devices here");
  m_device_moved = m_real.now();
  auto const done = emulated->command(join(words));
  return done ? Outcome::done : fail(done.error().to_line());
}

ScenarioRunner::Outcome ScenarioRunner::expect(ScenarioStep const& step) {
  auto const& words = step.words;
  auto const& what = words[1];
  bool fits = false;
  if (what == "state") {
    for (auto const& [mode, window] : m_stage.modes) {
      fits |= mode->state() == words[2];
      m_last_seen = "state is " + mode->state();
    }
  } else if (what == "text" || what == "no-text") {
    bool shown = false;
    for (auto const& [mode, window] : m_stage.modes) shown |= window->ui().tree().shows(words[2]);
    fits = (step.real || settled()) && shown == (what == "text");
    m_last_seen = shown ? "it is shown" : "it is not shown";
  } else if (what == "spoken") {
    auto const* spoken = m_stage.services.devices.spoken();
    fits = spoken != nullptr && spoken->contains(words[2]);
    m_last_seen = "not spoken";
  } else {
    auto const outcome = ask_outbox(words);
    if (outcome != Outcome::done) return outcome;
    fits = true;
  }
  if (step.real) return judge_in_time(step, fits);
  if (fits) return Outcome::done;
  if (step.within && settled()) {
    if (m_within_used < *step.within) {
      advance_clock(k_time_step);
      m_within_used += k_time_step;
      m_step_began = m_real.now();  // scenario time passed; real patience begins anew
      return Outcome::wait;
    }
    return fail(m_last_seen);
  }
  return Outcome::wait;
}

ScenarioRunner::Outcome ScenarioRunner::judge_in_time(ScenarioStep const& step, bool fits) {
  using std::chrono::milliseconds;
  if (!m_device_moved) return fail("no device was moved before");
  auto const took = std::chrono::duration_cast<milliseconds>(m_real.now() - *m_device_moved);
  auto const limit = std::chrono::duration_cast<milliseconds>(*step.real);
  if (took > limit) {
    return fail(fmt::format("not within {} ms but {} ms; {}", limit.count(), took.count(), m_last_seen));
  }
  if (!fits) return Outcome::wait;
  log::info("scenario: line {}: {} after {} ms of {} ms", step.line, join(step.words), took.count(), limit.count());
  return Outcome::done;
}

ScenarioRunner::Outcome ScenarioRunner::ask_outbox(std::vector<std::string> const& words) {
  bool const outbox = words[1] == "outbox";
  auto const wanted = number(words[outbox ? 3 : 2]);
  if (!wanted) return fail("a count is wanted");
  if (m_count && *m_count == *wanted) return Outcome::done;
  if (m_count) {
    m_last_seen = "count is " + std::to_string(*m_count);
    m_count.reset();
  }
  if (m_counting) return Outcome::wait;
  m_counting = true;
  auto const what = outbox ? words[2] : std::string(words[1] == "tickets" ? "ticket.issued" : words[1]);
  m_stage.services.machine.ask(
      m_alive.token(), [what](office::Premises& premises) { return count_events(premises, what); },
      [this](Result<std::int64_t> count) {
        m_counting = false;
        m_count = count.value_or(-1);
      });
  return Outcome::wait;
}

ScenarioRunner::Outcome ScenarioRunner::capture(std::string const& name) {
  if (m_stage.capture.empty()) return Outcome::done;
  std::error_code failed;
  std::filesystem::create_directories(m_stage.capture, failed);
  for (std::size_t i = 0; i < m_stage.modes.size(); ++i) {
    auto const& [mode, window] = m_stage.modes[i];
    auto const file = m_stage.capture / (i == 0 ? name + ".png" : name + "-" + std::to_string(i + 1) + ".png");
    if (auto done = window->capture(file); !done) return fail(done.error().to_line());
    for (auto const& finding : window->ui().tree().findings()) {
      return fail("screen defect " + finding.kind + " at " + finding.key + " " + finding.detail);
    }
  }
  return Outcome::done;
}

}  // namespace yizhan::app
