#include <SDL.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "kiosk/ui/sdl_window.h"
#include "kiosk/ui/window.h"

namespace yizhan::ui {

namespace {

struct GlVersion {
  int major;
  int minor;
  int profile;
  char const* glsl;
};
constexpr GlVersion k_gl_versions[] = {{3, 2, SDL_GL_CONTEXT_PROFILE_CORE, "#version 150"}, {3, 0, 0, "#version 130"}};

class SdlDesktop final : public Desktop {
 public:
  SdlDesktop(SteadyClock const& clock, Translations const& translations, std::uint32_t wake_event)
      : m_clock(clock), m_translations(translations), m_wake_event(wake_event), m_looked(clock.now()) {}
  ~SdlDesktop() override {
    m_windows.clear();
    if (m_gl != nullptr) SDL_GL_DeleteContext(m_gl);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }
  SdlDesktop(SdlDesktop const&) = delete;
  SdlDesktop& operator=(SdlDesktop const&) = delete;

  Result<Window*> open(WindowSpec const& spec) override;
  void close(Window* window) override {
    std::erase_if(m_windows, [&](auto const& one) { return one.get() == window; });
  }
  void pump(Duration max_wait) override;
  void wake() override {
    SDL_Event event{};
    event.type = m_wake_event;
    SDL_PushEvent(&event);
  }
  [[nodiscard]] bool closing() const override { return m_closing; }
  void on_burst(std::function<void(KeyBurst)> heard) override { m_heard = std::move(heard); }
  void guard_keys(KeyGuardOptions const& options) override { m_guard = KeyGuard(options); }
  void map_keys(std::map<std::uint16_t, Key> keys) override { m_mapped = std::move(keys); }

 private:
  [[nodiscard]] SDL_Window* make_window(WindowSpec const& spec);
  void dispatch(SDL_Event const& event);
  void take_events(SteadyTime since);
  void pass_keys(SteadyTime since);
  [[nodiscard]] bool fills_screen(std::uint32_t window) const;
  bool draw_wanted();
  [[nodiscard]] int wait_ms(Duration max_wait) const;

  SteadyClock const& m_clock;
  Translations const& m_translations;
  std::uint32_t m_wake_event;
  SDL_GLContext m_gl = nullptr;  // one for all windows: a second llvmpipe context costs 20 MB
  char const* m_glsl = nullptr;
  std::vector<std::unique_ptr<SdlWindow>> m_windows{};
  KeyGuard m_guard{};
  std::map<std::uint16_t, Key> m_mapped{};
  std::vector<Stroke> m_strokes{};  // not yet judged
  std::function<void(KeyBurst)> m_heard{};
  SteadyTime m_looked;  // at the events
  bool m_closing = false;
};

SDL_Window* SdlDesktop::make_window(WindowSpec const& spec) {
  std::uint32_t flags = SDL_WINDOW_OPENGL | SDL_WINDOW_SHOWN;
  if (spec.full_screen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS;
  if (spec.resizable) flags |= SDL_WINDOW_RESIZABLE;
  return SDL_CreateWindow(spec.title.c_str(), SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, spec.panel.width_px,
                          spec.panel.height_px, flags);
}

Result<Window*> SdlDesktop::open(WindowSpec const& spec) {
  SteadyTime const asked_at = m_clock.now();
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 0);
  SDL_Window* window = nullptr;
  if (m_gl != nullptr) {
    window = make_window(spec);
  } else {
    for (GlVersion const& version : k_gl_versions) {
      SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, version.major);
      SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, version.minor);
      SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, version.profile);
      window = make_window(spec);
      if (window == nullptr) continue;
      m_gl = SDL_GL_CreateContext(window);
      m_glsl = version.glsl;
      if (m_gl != nullptr) break;
      SDL_DestroyWindow(window);
      window = nullptr;
    }
  }
  if (window == nullptr || m_gl == nullptr) return Error::make("no_opengl", Retry::no, SDL_GetError());
  SDL_ShowCursor(spec.hide_pointer ? SDL_DISABLE : SDL_ENABLE);
  m_windows.push_back(TRY(SdlWindow::create(window, m_gl, m_glsl, spec, m_clock, m_translations, asked_at)));
  return m_windows.back().get();
}

bool SdlDesktop::fills_screen(std::uint32_t window) const {
  SDL_Window* const found = SDL_GetWindowFromID(window);
  return found != nullptr && (SDL_GetWindowFlags(found) & SDL_WINDOW_FULLSCREEN) != 0;
}

void SdlDesktop::dispatch(SDL_Event const& event) {
  if (auto stroke = stroke_of(event, m_mapped)) return m_strokes.push_back(std::move(*stroke));
  std::uint32_t window = 0;
  switch (event.type) {
    case SDL_QUIT: m_closing = true; return;
    case SDL_MOUSEMOTION: window = event.motion.windowID; break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: window = event.button.windowID; break;
    case SDL_MOUSEWHEEL: window = event.wheel.windowID; break;
    case SDL_WINDOWEVENT:
      window = event.window.windowID;
      if (event.window.event == SDL_WINDOWEVENT_CLOSE && !fills_screen(window)) m_closing = true;
      break;
    default: return;
  }
  for (auto const& one : m_windows)
    if (one->id() == window) one->handle(event);
}

/// `since`: until then somebody was listening, so that what came before came in its time.
void SdlDesktop::take_events(SteadyTime since) {
  SDL_Event event;
  while (SDL_PollEvent(&event) != 0) dispatch(event);
  pass_keys(since);
}

void SdlDesktop::pass_keys(SteadyTime since) {
  m_looked = m_clock.now();
  m_guard.take(std::exchange(m_strokes, {}), since, m_looked);
  m_guard.look(m_looked);
  for (auto const& stroke : m_guard.passed()) {
    for (auto const& one : m_windows)
      if (one->id() == stroke.window) one->handle(stroke);
  }
  for (auto& burst : m_guard.bursts()) {
    if (m_heard) m_heard(std::move(burst));
  }
}

bool SdlDesktop::draw_wanted() {
  bool drawn = false;
  for (auto const& window : m_windows) {
    if (!window->wants_frame()) continue;
    window->draw_frame();
    drawn = true;
  }
  return drawn;
}

int SdlDesktop::wait_ms(Duration max_wait) const {
  constexpr Duration k_longest = std::chrono::seconds(5);
  Duration wait = std::min(max_wait, k_longest);
  SteadyTime const now = m_clock.now();
  for (auto const& window : m_windows)
    if (auto const at = window->next_wake()) wait = std::min(wait, *at - now);
  if (auto const due = m_guard.due()) wait = std::min(wait, *due - now);
  constexpr Duration k_millisecond = std::chrono::milliseconds(1);
  return static_cast<int>(std::max(Duration(0), wait + k_millisecond - Duration(1)) / k_millisecond);
}

void SdlDesktop::pump(Duration max_wait) {
  take_events(m_looked);
  if (draw_wanted()) return;
  int const wait = wait_ms(max_wait);
  if (wait <= 0) return;
  SDL_Event event;
  if (SDL_WaitEventTimeout(&event, wait) != 0) dispatch(event);
  take_events(m_clock.now());
  draw_wanted();
}

}  // namespace

Result<std::unique_ptr<Desktop>> Desktop::create(SteadyClock const& clock, Translations const& translations) {
  // The screen belongs to a hall, not to a person: it never goes dark by itself, and a second monitor or a lost focus
  // does not minimise it.
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return Error::make("no_display", Retry::later, SDL_GetError());
  SDL_StartTextInput();
  std::uint32_t const wake_event = SDL_RegisterEvents(1);
  return std::unique_ptr<Desktop>(std::make_unique<SdlDesktop>(clock, translations, wake_event));
}

}  // namespace yizhan::ui
