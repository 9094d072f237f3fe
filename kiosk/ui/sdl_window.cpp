#include "kiosk/ui/sdl_window.h"

#include <GL/gl.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "kiosk/ui/capture.h"
#include "shared/base/secret.h"
#include "shared/base/text.h"

namespace yizhan::ui {

namespace {

constexpr ImGuiWindowFlags k_page_flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                          ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                          ImGuiWindowFlags_NoScrollWithMouse;

}  // namespace

SdlWindow::SdlWindow(SDL_Window* window, SDL_GLContext gl, std::unique_ptr<UiState> state, WindowSpec const& spec)
    : m_window(window), m_gl(gl), m_ui(std::move(state)), m_state(m_ui.state()), m_spec_panel(spec.panel) {}

Result<std::unique_ptr<SdlWindow>> SdlWindow::create(SDL_Window* window, SDL_GLContext gl, char const* glsl_version,
                                                     WindowSpec const& spec, SteadyClock const& clock,
                                                     Translations const& translations, SteadyTime asked_at) {
  auto state = std::make_unique<UiState>(clock, translations, spec.scale);
  state->panel = spec.panel;
  state->preferences = state->defaults = spec.defaults;
  std::unique_ptr<SdlWindow> self(new SdlWindow(window, gl, std::move(state), spec));
  self->m_asked_at = asked_at;
  self->make_current();
  SDL_GL_SetSwapInterval(1);
  self->m_imgui = ImGui::CreateContext();
  ImGui::SetCurrentContext(self->m_imgui);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigErrorRecoveryEnableTooltip = false;
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors;
  io.Fonts->TexMinWidth = 1024;  // one page's glyphs: the atlas does not have to grow in the first frame
  io.Fonts->TexMinHeight = 512;
  ImGui::GetStyle().CircleTessellationMaxError = 0.2F;
  ImGui::GetStyle().WindowPadding = {0, 0};
  ImGui::GetStyle().WindowBorderSize = 0;
  ImGui_ImplSDL2_InitForOpenGL(window, gl);
  ImGui_ImplOpenGL3_Init(glsl_version);
  self->m_fonts = TRY(Fonts::create(*io.Fonts));
  self->m_state.fonts = &*self->m_fonts;
  self->m_imgui->TestEngine = &self->m_state;
  self->m_imgui->TestEngineHookItems = true;
  self->follow_size();
  self->m_state.want_frames(1);
  return self;
}

SdlWindow::~SdlWindow() {
  make_current();
  for (auto const& [key, texture] : m_state.textures) glDeleteTextures(1, &texture.name);
  if (m_imgui != nullptr) {
    ImGui::SetCurrentContext(m_imgui);
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplSDL2_Shutdown();
    ImGui::DestroyContext(m_imgui);
  }
  SDL_DestroyWindow(m_window);
}

void SdlWindow::make_current() const { SDL_GL_MakeCurrent(m_window, m_gl); }

void SdlWindow::follow_size() {
  int width = 0;
  int height = 0;
  SDL_GetWindowSize(m_window, &width, &height);
  if (width <= 0 || height <= 0) return;
  m_state.panel = m_spec_panel;
  m_state.panel.width_px = width;
  m_state.panel.height_px = height;
}

void SdlWindow::note_input() const {
  if (m_input) m_input();
}

// ---- events ---------------------------------------------------------------------------------------------------------

/// `ticks`: SDL's milliseconds. They tell how far the events of one frame are apart, which the frame's own time cannot.
void SdlWindow::follow_pointer(Point at, std::uint32_t ticks, bool down, bool starts) {
  if (starts) {
    m_stroke_began = m_state.clock.now();
    m_stroke_ticks = ticks;
  }
  auto const since = std::chrono::milliseconds(ticks - m_stroke_ticks);
  m_state.trail.push_back({at, down ? m_stroke_began + since : m_state.clock.now(), down, starts});
}

void SdlWindow::handle(SDL_Event const& event) {
  ImGui::SetCurrentContext(m_imgui);
  switch (event.type) {
    case SDL_MOUSEMOTION:
      m_injected_pointer.reset();
      ImGui_ImplSDL2_ProcessEvent(&event);
      follow_pointer({static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)}, event.motion.timestamp,
                     (event.motion.state & SDL_BUTTON_LMASK) != 0, false);
      m_state.want_frames(1);
      break;
    case SDL_MOUSEBUTTONDOWN:
      m_state.focus_visible = false;
      if (event.button.button == SDL_BUTTON_LEFT)
        follow_pointer({static_cast<float>(event.button.x), static_cast<float>(event.button.y)}, event.button.timestamp,
                       true, true);
      [[fallthrough]];
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEWHEEL:
      m_injected_pointer.reset();
      ImGui_ImplSDL2_ProcessEvent(&event);
      m_state.want_frames(1);
      note_input();
      break;
    case SDL_WINDOWEVENT:
      ImGui_ImplSDL2_ProcessEvent(&event);
      if (event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        follow_size();
        m_state.want_frames(2);
      } else if (event.window.event == SDL_WINDOWEVENT_EXPOSED) {
        m_state.want_frames(1);
      }
      break;
    default: break;
  }
}

void SdlWindow::handle(Stroke const& stroke) {
  if (stroke.press.key != Key::none || !stroke.press.text.empty()) {
    m_state.keys.push_back(stroke.press);
    m_state.want_frames(1);
  }
  if (stroke.down) note_input();
}

bool SdlWindow::wants_frame() {
  if (m_state.wake_at && *m_state.wake_at <= m_state.clock.now()) {
    m_state.wake_at.reset();
    m_state.want_frames(1);
  }
  return m_state.frames_wanted > 0 || !m_steps.empty();
}

// ---- frames ---------------------------------------------------------------------------------------------------------

void SdlWindow::take_step() {
  ImGuiIO& io = ImGui::GetIO();
  std::optional<bool> button;
  if (!m_steps.empty()) {
    Step step = std::move(m_steps.front());
    m_steps.pop_front();
    if (step.pointer) m_injected_pointer = step.pointer;
    button = step.button;
    if (step.button) m_state.focus_visible = false;
    if (step.button) m_injected_down = *step.button;
    if (step.pointer)
      m_state.trail.push_back({*step.pointer, m_state.clock.now(), m_injected_down, step.button == true});
    if (step.leave) m_injected_pointer = Point{-1.0e5F, -1.0e5F};
    if (step.key) m_state.keys.push_back(std::move(*step.key));
    if (step.is_input) note_input();
  }
  // The backend has just told where the real pointer is; the injected one comes after it and holds.
  if (m_injected_pointer) io.AddMousePosEvent(m_injected_pointer->x, m_injected_pointer->y);
  if (button) io.AddMouseButtonEvent(0, *button);
}

void SdlWindow::draw_frame() {
  make_current();
  ImGui::SetCurrentContext(m_imgui);
  if (m_state.frames_wanted > 0) --m_state.frames_wanted;
  m_state.oldest_request.reset();
  if (m_state.frames_wanted > 0) m_state.oldest_request = m_state.clock.now();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplSDL2_NewFrame();
  take_step();
  ImGui::NewFrame();
  if (m_imgui->InputEventsQueue.Size > 0) m_state.want_frames(1);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({static_cast<float>(m_state.panel.width_px), static_cast<float>(m_state.panel.height_px)});
  ImGui::Begin("page", nullptr, k_page_flags);
  m_state.begin_frame();
  if (m_draw) m_draw(m_ui);
  m_state.end_frame();
  ImGui::End();
  ImGui::Render();
  Colour const ground = m_state.theme->ground;
  glViewport(0, 0, m_state.panel.width_px, m_state.panel.height_px);
  glClearColor(static_cast<float>(ground.r) / 255, static_cast<float>(ground.g) / 255,
               static_cast<float>(ground.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (!m_capture.empty()) {
    if (auto written = write_framebuffer(m_state.panel.width_px, m_state.panel.height_px, m_capture); !written)
      m_capture_error = written.error();
    m_capture.clear();
  }
  SDL_GL_SwapWindow(m_window);
  for (unsigned int const texture : m_state.dead_textures) glDeleteTextures(1, &texture);
  m_state.dead_textures.clear();
  if (!m_first_frame) {
    glFinish();  // the promise is about what is seen
    m_first_frame = m_state.clock.now() - m_asked_at;
    m_fonts->release_pages();  // opening the collections has touched every table
  }
}

bool SdlWindow::is_settled() const { return m_state.frames_wanted == 0 && m_steps.empty(); }

int SdlWindow::settle(int limit) {
  m_state.skip_motion = true;
  int drawn = 0;
  for (; drawn < limit && wants_frame(); ++drawn) draw_frame();
  m_state.skip_motion = false;
  return drawn;
}

Result<void> SdlWindow::capture(std::filesystem::path const& png) {
  settle(120);
  m_capture = png;
  m_capture_error.reset();
  m_state.skip_motion = true;
  draw_frame();
  m_state.skip_motion = false;
  if (m_capture_error) return *m_capture_error;
  return {};
}

void SdlWindow::set_panel(Panel const& panel) {
  m_spec_panel = panel;
  SDL_SetWindowSize(m_window, panel.width_px, panel.height_px);
  m_state.panel = panel;
  m_state.want_frames(2);
}

// ---- injected input -------------------------------------------------------------------------------------------------

Result<Point> SdlWindow::target(std::string_view key) const {
  Node const* const node = m_state.last_tree.find(key);
  if (node == nullptr) return Error::make("no_such_node", Retry::later, std::string(key));
  if (!node->state.interactive || !node->state.enabled || node->state.obscured)
    return Error::make("node_disabled", Retry::later, std::string(key));
  if (node->state.clipped || node->visible.width <= 0)
    return Error::make("node_not_visible", Retry::later, std::string(key));
  return node->visible.centre();
}

Result<void> SdlWindow::tap(std::string_view key) {
  TRY(press(key));
  release();
  return {};
}

Result<void> SdlWindow::press(std::string_view key) {
  Point const at = TRY(target(key));
  m_steps.push_back({.pointer = at});
  m_steps.push_back({.pointer = at, .button = true, .is_input = true});
  return {};
}

void SdlWindow::release() {
  m_steps.push_back({.button = false, .is_input = true});
  m_steps.push_back({.leave = true});
}

void SdlWindow::drag(Point from, Point to) {
  m_steps.push_back({.pointer = from});
  m_steps.push_back({.pointer = from, .button = true, .is_input = true});
  constexpr int k_moves = 6;
  for (int i = 1; i <= k_moves; ++i) {
    float const t = static_cast<float>(i) / k_moves;
    m_steps.push_back({.pointer = Point{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t}});
  }
  release();
}

Result<void> SdlWindow::reveal(std::string_view key) {
  if (m_state.last_tree.find(key) == nullptr) return Error::make("no_such_node", Retry::later, std::string(key));
  m_state.reveal = key;
  m_state.want_frames(2);
  return {};
}

void SdlWindow::key(KeyPress const& press) { m_steps.push_back({.key = press, .is_input = true}); }

void SdlWindow::type(std::string_view utf8) {
  for (char32_t const one : text::to_code_points(utf8))
    key({.text = text::from_code_points(std::u32string_view(&one, 1))});
}

}  // namespace yizhan::ui
