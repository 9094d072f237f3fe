// Days, times, states and names in the resident's words.
#include "kiosk/resident/page.h"

namespace yizhan::resident {

std::string wait_text(ui::Ui const& ui, queue::WaitRange const& wait) {
  if (wait.high.count() <= 1) return std::string(ui.tr("resident.wait.now"));
  return ui.tr("resident.wait.range", fmt::arg("low", wait.low.count()), fmt::arg("high", wait.high.count()));
}

std::string service_name(Canvas const& canvas, std::string_view code) {
  auto const matter = canvas.flow.catalog().matter(code);
  return matter ? canvas.in(matter.name()) : std::string(code);
}

std::string material_name(Canvas const& canvas, std::string const& id) {
  for (auto const& material : canvas.flow.catalog().materials) {
    if (material.id == id) return canvas.in(material.name);
  }
  return id;
}

std::string day_text(Canvas const& canvas, calendar::BusinessDay const& day) {
  if (!day.date.ok()) return {};
  auto const month = static_cast<unsigned>(day.date.month());
  auto const weekday = std::chrono::weekday(std::chrono::sys_days(day.date)).iso_encoding();
  return canvas.ui.tr("resident.day", fmt::arg("year", static_cast<int>(day.date.year())),
                      fmt::arg("month", canvas.tr(fmt::format("ui.month.{}", month))),
                      fmt::arg("day", static_cast<unsigned>(day.date.day())),
                      fmt::arg("weekday", canvas.tr(fmt::format("ui.weekday.{}", weekday))));
}

std::string short_day_text(Canvas const& canvas, calendar::BusinessDay const& day) {
  if (!day.date.ok()) return {};
  auto const month = static_cast<unsigned>(day.date.month());
  return canvas.ui.tr("resident.day.short", fmt::arg("month", canvas.tr(fmt::format("ui.month.{}", month))),
                      fmt::arg("day", static_cast<unsigned>(day.date.day())));
}

std::string due_text(Canvas const& canvas, calendar::Due const& due) {
  auto const day = day_text(canvas, due.day);
  return due.provisional ? canvas.ui.tr("resident.due.provisional", fmt::arg("day", day)) : day;
}

std::string moment_text(Canvas const& canvas, WallTime time) {
  if (!canvas.around.local_time) return {};
  auto const moment = canvas.around.local_time(time);
  if (!moment || !moment->day.date.ok()) return {};
  auto const month = static_cast<unsigned>(moment->day.date.month());
  constexpr int k_hour = 60;
  return canvas.ui.tr("resident.moment", fmt::arg("month", canvas.tr(fmt::format("ui.month.{}", month))),
                      fmt::arg("day", static_cast<unsigned>(moment->day.date.day())),
                      fmt::arg("time", fmt::format("{:02}:{:02}", moment->minute / k_hour, moment->minute % k_hour)));
}

std::string period_text(Canvas const& canvas, catalog::Period const& period) {
  if (period.count == 0) return std::string(canvas.tr("paper.period.instant"));
  auto const count = fmt::arg("count", period.count);
  switch (period.unit) {
    case calendar::TimeUnit::workday: return canvas.ui.tr("paper.period.workday", count);
    case calendar::TimeUnit::natural_day: return canvas.ui.tr("paper.period.natural_day", count);
    case calendar::TimeUnit::hour: return canvas.ui.tr("paper.period.hour", count);
    case calendar::TimeUnit::minute: return canvas.ui.tr("paper.period.minute", count);
    case calendar::TimeUnit::month: return canvas.ui.tr("paper.period.month", count);
  }
  return {};
}

std::string reason_text(Canvas const& canvas, std::string const& reason) {
  if (reason.empty()) return {};
  auto const key = "case.reason." + reason;
  bool const known = canvas.ui.translations().has(canvas.ui.language(), key);
  return std::string(canvas.tr(known ? key : "case.reason.other"));
}

StateLook look_of(cases::State state, cases::Outcome outcome) {
  switch (state) {
    case cases::State::submitted: return {"send", ui::Tone::info};
    case cases::State::received: return {"mark_email_read", ui::Tone::info};
    case cases::State::accepted: return {"pending_actions", ui::Tone::info};
    case cases::State::supplement: return {"assignment_late", ui::Tone::warning};
    case cases::State::suspended: return {"pause_circle", ui::Tone::info};
    case cases::State::decided:
      if (outcome == cases::Outcome::denied) return {"cancel", ui::Tone::error};
      return {"task_alt", ui::Tone::good};
    case cases::State::refused: return {"cancel", ui::Tone::error};
    case cases::State::withdrawn: return {"undo", ui::Tone::neutral};
  }
  return {"info", ui::Tone::neutral};
}

std::string_view state_text(Canvas const& canvas, cases::State state, cases::Outcome outcome) {
  if (state == cases::State::decided && outcome != cases::Outcome::none) {
    return canvas.tr(std::string("case.outcome.") + cases::to_string(outcome));
  }
  return canvas.tr(std::string("case.state.") + cases::to_string(state));
}

bool is_over(cases::State state) {
  return state == cases::State::decided || state == cases::State::refused || state == cases::State::withdrawn;
}

char const* icon_of(catalog::Channel channel) {
  switch (channel) {
    case catalog::Channel::kiosk: return "touch_app";
    case catalog::Channel::counter: return "storefront";
    case catalog::Channel::community: return "home_work";
    case catalog::Channel::phone: return "phone_in_talk";
    case catalog::Channel::online: return "smartphone";
  }
  return "place";
}

std::array<std::string_view, 5> stage_names(Canvas const& canvas) {
  return {canvas.tr("resident.stage.question"), canvas.tr("resident.stage.form"), canvas.tr("resident.stage.materials"),
          canvas.tr("resident.stage.sign"), canvas.tr("resident.stage.done")};
}

}  // namespace yizhan::resident
