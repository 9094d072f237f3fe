#pragma once
/// What comes from the platform unasked for by any resident: changes of the hall, the time.
#include "shared/sync/lane.h"

namespace yizhan::sync {

/// GET /v1/changes, held open by the platform while there is nothing new.
class ChangesLane final : public Lane {
 public:
  using Lane::Lane;
  void start_round() override;
  void end_round() override;
  [[nodiscard]] bool settled() const override { return m_settled; }

 protected:
  Result<std::optional<HttpRequest>> make() override;
  Result<void> take(Answer const& answer) override;

 private:
  bool m_in_round = false;
  bool m_settled = false;
  bool m_expired = false;  // the cursor: take the snapshot
  bool m_more = false;
  SteadyTime m_asked_at{};
};

/// GET /v1/time: the offset of this machine's clock, taken at the middle of the round trip.
class TimeLane final : public Lane {
 public:
  using Lane::Lane;
  void start_round() override;
  [[nodiscard]] bool settled() const override { return m_settled; }
  /// Asks again when somebody set the machine's clock.
  void watch_clock();

 protected:
  Result<std::optional<HttpRequest>> make() override;
  Result<void> take(Answer const& answer) override;

 private:
  /// Wall minus steady time: constant while nobody touches the clock.
  [[nodiscard]] Duration setting() const;

  bool m_settled = false;
  SteadyTime m_asked_at{};
  std::optional<Duration> m_setting;
};

}  // namespace yizhan::sync
