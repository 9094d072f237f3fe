#pragma once
/// One kind of conversation with the platform, with at most one request under way and a back-off of its own. The engine asks
/// each lane for its next request and hands it the outcome. Thread: sync.
#include <optional>

#include "shared/sync/answer.h"
#include "shared/sync/backoff.h"
#include "shared/sync/sync_settings.h"

namespace yizhan::line {
class LinePort;
}
namespace yizhan::calendar {
class HallClock;
}

namespace yizhan::sync {

struct LaneContext {
  SyncSettings const& settings;
  Env env;
  line::LinePort& port;
  calendar::HallClock& clock;
};

/// What came of a request.
enum class Contact { none, made };

class Lane {
 public:
  explicit Lane(LaneContext const& context) : m_context(context) {}
  virtual ~Lane() = default;
  Lane(Lane const&) = delete;
  Lane& operator=(Lane const&) = delete;

  /// The request that is due now. REQUIRES: nothing under way.
  std::optional<HttpRequest> next();
  void started(RequestId id) { m_under_way = id; }
  /// Made where the platform itself answered, whatever it said.
  Contact complete(Result<HttpResponse> response);
  /// Forgets a request that the platform may hold open; nullopt where none is.
  std::optional<RequestId> abandon_held();

  /// When next() is worth asking; never while something is under way or the lane is refused.
  [[nodiscard]] std::optional<SteadyTime> due() const;
  [[nodiscard]] std::optional<RequestId> under_way() const { return m_under_way; }
  [[nodiscard]] std::optional<Error> const& error() const { return m_error; }
  /// The document it pulls; empty for all other lanes.
  [[nodiscard]] virtual std::string_view document() const { return {}; }
  [[nodiscard]] std::optional<SteadyTime> waiting_until() const;
  [[nodiscard]] bool refused() const { return m_refused; }
  /// The last attempt failed for want of the platform.
  [[nodiscard]] bool out_of_reach() const { return m_out_of_reach; }

  /// Only signed in people and certificates change a refusal.
  virtual void resume();
  void link_up() { m_backoff.link_up(); }
  /// Another lane reached the platform again: if only that was missing, waiting ends.
  void in_reach_again();
  virtual void notify() {}
  /// A round: everything of this lane is due now, and nothing is held open.
  virtual void start_round() {}
  virtual void end_round() {}
  /// True where this round's questions are answered.
  [[nodiscard]] virtual bool settled() const = 0;

 protected:
  /// nullopt: nothing to do before look_again().
  virtual Result<std::optional<HttpRequest>> make() = 0;
  /// A counted answer that is neither refusal nor trouble of the platform. An error backs off.
  virtual Result<void> take(Answer const& answer) = 0;
  /// The network failed under way.
  virtual void cut(Error const& /*error*/) {}
  /// 401 or 403.
  virtual void on_refused() {}
  void look_again(Duration after) { m_look = m_context.env.steady.now() + after; }

  LaneContext m_context;

 private:
  void failed(Error error, std::optional<Duration> retry_after, bool out_of_reach);

  HttpRequest m_request;  // under way, without its body
  std::optional<RequestId> m_under_way;
  SteadyTime m_look{};
  Backoff m_backoff;
  std::optional<Error> m_error;
  bool m_out_of_reach = false;
  bool m_refused = false;
};

}  // namespace yizhan::sync
