#include "kiosk/ui/key_guard.h"

#include <algorithm>
#include <utility>

namespace yizhan::ui {

namespace {

constexpr std::size_t k_most_text = 8192;

bool commands(Stroke const& stroke) {
  auto const key = stroke.press.key;
  return stroke.down && !stroke.repeat && !stroke.silent &&
         (stroke.chord || key == Key::escape || (key >= Key::f1 && key <= Key::f12));
}

}  // namespace

void KeyGuard::take(std::vector<Stroke> strokes, SteadyTime since, SteadyTime now) {
  auto const counts = [](Stroke const& stroke) { return stroke.down && !stroke.repeat; };
  auto const keys = std::count_if(strokes.begin(), strokes.end(), counts);
  auto const apart = (now - since) / std::max<std::ptrdiff_t>(2 * keys, 1);
  auto at = since;
  for (auto& stroke : strokes) {
    if (counts(stroke)) at += apart;
    take_one(std::move(stroke), at);
  }
  // The last one may as well have come just now.
  if (keys > 0) m_last = now;
}

void KeyGuard::take_one(Stroke stroke, SteadyTime at) {
  look(at);
  // Text without a key of its own counts as one: whatever types, types keys.
  auto const key = stroke.press.key;
  bool const may_type = key == Key::none || key == Key::space || stroke.chord || stroke.silent;
  bool const counts = stroke.down ? !stroke.repeat : !m_awaits_text;
  if (stroke.down) m_mute = stroke.chord || stroke.silent;
  m_awaits_text = stroke.down && may_type;
  if (!stroke.down && m_mute) return;
  if (m_bursting) {
    if (counts) m_last = at;
    return swallow(stroke);
  }
  if (!counts && m_held.empty()) {
    if (!stroke.chord) m_passed.push_back(std::move(stroke));
    return;
  }
  m_held.push_back(std::move(stroke));
  if (!counts) return;
  m_last = at;
  if (++m_keys < m_options.keys) return;
  m_bursting = true;
  for (auto const& one : std::exchange(m_held, {})) swallow(one);
  m_keys = 0;
}

void KeyGuard::look(SteadyTime now) {
  if (m_bursting && now - m_last >= m_options.rest) {
    end_burst(Key::none);
    m_bursting = false;
  }
  if (!m_held.empty() && now - m_last >= m_options.gap) release();
}

std::optional<SteadyTime> KeyGuard::due() const {
  if (m_bursting) return m_last + m_options.rest;
  if (!m_held.empty()) return m_last + m_options.gap;
  return std::nullopt;
}

void KeyGuard::release() {
  auto held = std::exchange(m_held, {});
  int const keys = std::exchange(m_keys, 0);
  if (keys > 1 && std::any_of(held.begin(), held.end(), commands)) return;
  for (auto& stroke : held) {
    if (!stroke.chord) m_passed.push_back(std::move(stroke));
  }
}

void KeyGuard::swallow(Stroke const& stroke) {
  if (!stroke.down) {
    m_textless = false;
    if (m_burst.text.size() < k_most_text) m_burst.text += stroke.press.text;
    return;
  }
  if (std::exchange(m_textless, false)) m_burst.plain = false;
  auto const key = stroke.press.key;
  if (!stroke.chord && (key == Key::enter || key == Key::tab)) return end_burst(key);
  if (stroke.chord || stroke.silent || (key != Key::none && key != Key::space))
    m_burst.plain = false;
  else
    m_textless = true;
}

void KeyGuard::end_burst(Key end) {
  auto burst = std::exchange(m_burst, {});
  if (std::exchange(m_textless, false)) burst.plain = false;
  if (burst.text.empty() && burst.plain) return;
  burst.end = end;
  m_bursts.push_back(std::move(burst));
}

std::vector<Stroke> KeyGuard::passed() { return std::exchange(m_passed, {}); }
std::vector<KeyBurst> KeyGuard::bursts() { return std::exchange(m_bursts, {}); }

}  // namespace yizhan::ui
