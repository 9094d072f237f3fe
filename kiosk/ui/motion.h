#pragma once
/// Short movement that explains a change: at most 200 ms and at most three frames, nothing in high contrast.
///
/// Thread: ui.
#include <chrono>
#include <optional>

#include "shared/base/env.h"

namespace yizhan::ui {

class Motion {
 public:
  static constexpr Duration k_length = std::chrono::milliseconds(150);
  static constexpr int k_steps = 3;

  /// Starts from 0; `enabled` false: it is at 1 at once.
  void start(SteadyTime now, bool enabled);
  /// 0 … 1, eased out, in k_steps equal steps of time.
  [[nodiscard]] float at(SteadyTime now) const;
  /// When the next step is due; empty where it is over.
  [[nodiscard]] std::optional<SteadyTime> next_step(SteadyTime now) const;

 private:
  std::optional<SteadyTime> m_start;
};

}  // namespace yizhan::ui
