#include "kiosk/ui/ui.h"

#include <algorithm>
#include <utility>

#include "kiosk/ui/input_method.h"
#include "kiosk/ui/ui_state.h"
#include "shared/base/secret.h"

namespace yizhan::ui {

// ---- UiState ------------------------------------------------------------------------------------------------------

void UiState::want_frames(int count) {
  frames_wanted = std::max(frames_wanted, std::clamp(count, 0, k_frames_per_change));
  if (frames_wanted > 0 && !oldest_request) oldest_request = clock.now();
}

WidgetMemory& UiState::remember(std::string_view key) {
  auto found = memories.find(key);
  if (found == memories.end()) found = memories.emplace(std::string(key), WidgetMemory{}).first;
  WidgetMemory& memory = found->second;
  if (memory.last_frame + 1 < frame) memory = WidgetMemory{};
  memory.last_frame = frame;
  return memory;
}

void UiState::walk_focus(int step) {
  auto const order = last_tree.focus_order();
  focus_visible = true;
  if (order.empty()) return;
  auto const here = std::ranges::find(order, std::string_view(focus));
  auto const size = static_cast<int>(order.size());
  int next = step > 0 ? 0 : size - 1;
  if (here != order.end()) next = (static_cast<int>(here - order.begin()) + step + size) % size;
  focus = std::string(order[static_cast<std::size_t>(next)]);
  reveal = focus;
}

void UiState::take_keys() {
  Node const* const node = focus.empty() ? nullptr : last_tree.find(focus);
  bool const editing = node != nullptr && (node->role == Role::field || node->role == Role::pin);
  while (!keys.empty()) {
    KeyPress const press = keys.front();
    keys.pop_front();
    switch (press.key) {
      case Key::none:
        if (editing) edits.push_back(press);
        break;
      case Key::left:
      case Key::right:
      case Key::home:
      case Key::end:
      case Key::backspace:
      case Key::del:
        if (editing)
          edits.push_back(press);
        else if (press.key == Key::left || press.key == Key::right)
          walk_focus(press.key == Key::right ? 1 : -1);
        else
          pressed.push_back(press.key);
        break;
      case Key::tab: walk_focus(press.shift ? -1 : 1); return;
      case Key::down: walk_focus(1); return;
      case Key::up: walk_focus(-1); return;
      case Key::space:
        if (editing) break;  // the typed blank arrives as text
        [[fallthrough]];
      case Key::enter:
        focus_visible = true;
        if (editing)
          edits.push_back(press);
        else if (node != nullptr)
          activate = focus;
        else
          pressed.push_back(press.key);
        return;  // what it changes must be drawn before the next key counts
      default: pressed.push_back(press.key); return;
    }
  }
}

void UiState::begin_frame() {
  ++frame;
  if (wanted_preferences) {
    preferences = *wanted_preferences;
    wanted_preferences.reset();
  }
  metrics = Metrics(panel, scale, preferences.text_size);
  theme = &theme_of(preferences.palette);
  tree.begin(static_cast<float>(panel.width_px), static_cast<float>(panel.height_px), mm(metrics.min_target_mm()));
  pressed.clear();
  activate.clear();
  tapped.clear();
  edits.clear();
  screen.clear();
  entry_focus.clear();
  overlay_now = false;
  inert = overlay_last;
  take_keys();
  if (!keys.empty()) want_frames(1);
  Area page;
  page.width = static_cast<float>(panel.width_px);
  page.bottom = static_cast<float>(panel.height_px);
  page.gap = mm(metrics.gap_mm());
  page.under = theme->ground;
  areas.assign(1, page);
  scroll_frames.clear();
}

void UiState::end_frame() {
  if (overlay_now != overlay_last) want_frames(2);
  overlay_last = overlay_now;
  if (screen != last_screen) {
    last_screen = screen;
    if (!entry_focus.empty()) reveal = focus = entry_focus;
    want_frames(1);
  }
  trail.clear();
  claims_last = std::exchange(claims, {});
  std::erase_if(memories, [&](auto const& entry) { return entry.second.last_frame != frame; });
  std::swap(tree, last_tree);
  tree.wipe();
  if (!focus.empty() && last_tree.find(focus) == nullptr) focus.clear();
  for (auto entry = textures.begin(); entry != textures.end();) {
    if (entry->second.last_frame == frame) {
      ++entry;
      continue;
    }
    dead_textures.push_back(entry->second.name);
    entry = textures.erase(entry);
  }
}

// ---- Ui -------------------------------------------------------------------------------------------------------------

Ui::Ui(std::unique_ptr<UiState> state) : m_state(std::move(state)) {}
Ui::~Ui() = default;

std::string_view Ui::tr(std::string_view key) const {
  return m_state->translations.get(m_state->preferences.language, key);
}
Translations const& Ui::translations() const { return m_state->translations; }
Preferences const& Ui::preferences() const { return m_state->preferences; }

void Ui::set_preferences(Preferences const& preferences) {
  if (preferences == m_state->wanted_preferences.value_or(m_state->preferences)) return;
  m_state->wanted_preferences = preferences;
  m_state->want_frames(2);
}

void Ui::set_defaults(Preferences const& defaults) { m_state->defaults = defaults; }
Chrome const& Ui::chrome() const { return m_state->chrome; }

void Ui::set_chrome(Chrome const& chrome) {
  if (chrome == m_state->chrome) return;
  m_state->chrome = chrome;
  m_state->want_frames(1);
}

void Ui::set_input_method(InputMethod* method) {
  m_state->input_method = method;
  m_state->input_method_on = method != nullptr;
  m_state->want_frames(2);
}

Theme const& Ui::theme() const { return *m_state->theme; }
Metrics const& Ui::metrics() const { return m_state->metrics; }
bool Ui::measuring() const { return m_state->measuring > 0; }
SteadyTime Ui::now() const { return m_state->clock.now(); }
void Ui::request_frames(int count) { m_state->want_frames(count); }

void Ui::wake_after(Duration delay) {
  SteadyTime const at = m_state->clock.now() + std::max(delay, Duration(1));
  if (!m_state->wake_at || at < *m_state->wake_at) m_state->wake_at = at;
}

std::string_view Ui::focused() const { return m_state->focus; }

void Ui::focus(std::string_view key, bool visible) {
  m_state->focus = key;
  m_state->focus_visible = visible;
  m_state->reveal = key;
  m_state->want_frames(2);
}

void Ui::focus_on_entry(std::string_view key) {
  if (!measuring()) m_state->entry_focus = key;
}

bool Ui::tapped(std::string_view key) const { return !m_state->tapped.empty() && m_state->tapped == key; }

bool Ui::pressed(Key key) {
  if (measuring() || m_state->inert) return false;
  auto const found = std::ranges::find(m_state->pressed, key);
  if (found == m_state->pressed.end()) return false;
  m_state->pressed.erase(found);
  m_state->want_frames(2);
  return true;
}

Tree const& Ui::tree() const { return m_state->last_tree; }

void Ui::wipe() {
  UiState& state = *m_state;
  state.tree.wipe();
  state.last_tree.wipe();
  for (KeyPress& press : state.keys) scrub(press.text);
  for (KeyPress& press : state.edits) scrub(press.text);
  state.keys.clear();
  state.edits.clear();
  state.pressed.clear();
  state.activate.clear();
  state.focus.clear();
  state.reveal.clear();
  state.shifted.clear();
  state.focus_visible = false;
  state.scrolls.clear();
  state.memories.clear();
  state.trail.clear();
  state.claims_last.clear();
  if (state.input_method != nullptr) state.input_method->reset();
  for (auto const& [key, texture] : state.textures) state.dead_textures.push_back(texture.name);
  state.textures.clear();
  state.wanted_preferences = state.defaults;
  state.want_frames(k_frames_per_change);
}

}  // namespace yizhan::ui
