#pragma once
/// Window over SDL 2 and OpenGL. For kiosk/ui's own files.
#include <SDL.h>
#include <imgui.h>

#include <deque>
#include <optional>

#include "kiosk/ui/ui_state.h"
#include "kiosk/ui/window.h"

namespace yizhan::ui {

/// What a key event means, `mapped` first. Nothing: a modifier, or no event of a key.
std::optional<Stroke> stroke_of(SDL_Event const& event, std::map<std::uint16_t, Key> const& mapped);

class SdlWindow final : public Window {
 public:
  /// `gl` is the desktop's one context, current on any window of the same pixel format. Errors: font_missing.
  static Result<std::unique_ptr<SdlWindow>> create(SDL_Window* window, SDL_GLContext gl, char const* glsl_version,
                                                   WindowSpec const& spec, SteadyClock const& clock,
                                                   Translations const& translations, SteadyTime asked_at);
  ~SdlWindow() override;
  SdlWindow(SdlWindow const&) = delete;
  SdlWindow& operator=(SdlWindow const&) = delete;

  void on_draw(std::function<void(Ui&)> draw) override {
    m_draw = std::move(draw);
    m_state.want_frames(2);
  }
  void on_input(std::function<void()> input) override { m_input = std::move(input); }
  [[nodiscard]] Ui& ui() override { return m_ui; }
  void request_frames(int count) override { m_state.want_frames(count); }
  [[nodiscard]] std::uint64_t frames() const override { return m_state.frame; }
  [[nodiscard]] std::optional<SteadyTime> oldest_request() const override { return m_state.oldest_request; }
  [[nodiscard]] std::optional<Duration> first_frame_time() const override { return m_first_frame; }
  [[nodiscard]] bool is_settled() const override;

  Result<void> tap(std::string_view key) override;
  Result<void> reveal(std::string_view key) override;
  Result<void> press(std::string_view key) override;
  void release() override;
  void drag(Point from, Point to) override;
  void key(KeyPress const& press) override;
  void type(std::string_view utf8) override;
  int settle(int limit) override;
  Result<void> capture(std::filesystem::path const& png) override;
  void set_panel(Panel const& panel) override;

  // ---- for the desktop
  [[nodiscard]] std::uint32_t id() const { return SDL_GetWindowID(m_window); }
  void handle(SDL_Event const& event);
  void handle(Stroke const& stroke);
  /// A frame is due now, because something asked for it or its time has come.
  [[nodiscard]] bool wants_frame();
  [[nodiscard]] std::optional<SteadyTime> next_wake() const { return m_state.wake_at; }
  void draw_frame();

 private:
  /// One frame's worth of injected input.
  struct Step {
    std::optional<Point> pointer{};
    std::optional<bool> button{};
    bool leave = false;
    std::optional<KeyPress> key{};
    bool is_input = false;
  };

  SdlWindow(SDL_Window* window, SDL_GLContext gl, std::unique_ptr<UiState> state, WindowSpec const& spec);
  [[nodiscard]] Result<Point> target(std::string_view key) const;
  void make_current() const;
  void follow_size();
  void take_step();
  void follow_pointer(Point at, std::uint32_t ticks, bool down, bool starts);
  void note_input() const;

  SDL_Window* m_window;
  SDL_GLContext m_gl;
  ImGuiContext* m_imgui = nullptr;
  std::optional<Fonts> m_fonts{};
  Ui m_ui;
  UiState& m_state;
  Panel m_spec_panel;
  std::function<void(Ui&)> m_draw{};
  std::function<void()> m_input{};
  std::deque<Step> m_steps{};
  std::optional<Point> m_injected_pointer{};
  bool m_injected_down = false;
  SteadyTime m_stroke_began{};  // the pointer came down
  std::uint32_t m_stroke_ticks = 0;
  std::filesystem::path m_capture{};
  std::optional<Error> m_capture_error{};
  SteadyTime m_asked_at{};
  std::optional<Duration> m_first_frame{};
};

}  // namespace yizhan::ui
