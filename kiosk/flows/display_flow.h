#pragma once
/// The hall's display: who is called where, who is next, every call announced once, in order, one after another.
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/step.h"
#include "shared/base/env.h"
#include "shared/domain/queue/hall_command.h"

namespace yizhan::flows {

namespace display {

struct ViewArrived {
  queue::HallView view;
  WallTime at{};  // hall time of the reading, for "last updated"
};
/// The source is away; what is shown is as old as it says.
struct SourceLost {};
struct AnnouncementsArrived {
  std::vector<queue::Announcement> calls;  // in order of sequence
};
/// The sentence asked for by Announce has been spoken (or could not be).
struct Spoken {};
using Event = std::variant<ViewArrived, SourceLost, AnnouncementsArrived, Spoken>;

/// Speak this call, then tell Spoken. Never overlapping: the next Announce comes only after it.
struct Announce {
  queue::Announcement call;
};
using Effect = std::variant<Announce>;

}  // namespace display

class DisplayFlow {
 public:
  DisplayFlow() = default;
  /// Calls of `day` up to the announcement sequence `after` are history: a restarted display does not shout them.
  DisplayFlow(calendar::BusinessDay day, std::int64_t after) : m_last(after) { m_view.day = day; }

  std::vector<display::Effect> step(display::Event event);

  [[nodiscard]] queue::HallView const& view() const { return m_view; }
  /// The call being spoken, emphasised on the screen.
  [[nodiscard]] std::optional<queue::Announcement> const& announcing() const { return m_announcing; }
  [[nodiscard]] bool source_lost() const { return m_source_lost; }
  [[nodiscard]] std::optional<WallTime> updated_at() const { return m_updated_at; }
  /// Highest sequence taken in; ask the hall for what comes after.
  [[nodiscard]] std::int64_t last_sequence() const { return m_last; }
  /// "display.calling" or "display.quiet".
  [[nodiscard]] std::string name() const { return m_announcing ? "display.calling" : "display.quiet"; }

 private:
  std::vector<display::Effect> next();

  queue::HallView m_view;
  std::deque<queue::Announcement> m_waiting;
  std::optional<queue::Announcement> m_announcing;
  std::int64_t m_last = 0;
  bool m_source_lost = false;
  std::optional<WallTime> m_updated_at;
};

}  // namespace yizhan::flows
