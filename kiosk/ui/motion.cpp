#include "kiosk/ui/motion.h"

namespace yizhan::ui {

void Motion::start(SteadyTime now, bool enabled) {
  m_start.reset();
  if (enabled) m_start = now;
}

float Motion::at(SteadyTime now) const {
  if (!m_start || now - *m_start >= k_length) return 1;
  float const t = static_cast<float>((now - *m_start).count()) / static_cast<float>(k_length.count());
  return 1 - (1 - t) * (1 - t);
}

std::optional<SteadyTime> Motion::next_step(SteadyTime now) const {
  if (!m_start || now - *m_start >= k_length) return std::nullopt;
  Duration const step = k_length / k_steps;
  return *m_start + ((now - *m_start) / step + 1) * step;
}

}  // namespace yizhan::ui
