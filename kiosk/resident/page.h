#pragma once
/// What every resident page is drawn with. Internal to kiosk/resident.
#include <optional>
#include <span>

#include "kiosk/resident/resident_screens.h"

namespace yizhan::resident {

struct Canvas {
  ui::Ui& ui;
  flows::ResidentFlow const& flow;
  Surroundings const& around;
  Emit const& emit;
  std::string key;  // of the screen: the flow's name
  bool& help;
  std::size_t& first;  // of the choices shown: at most six at a time

  [[nodiscard]] std::string sub(std::string_view name) const { return key + "." + std::string(name); }
  [[nodiscard]] std::string_view tr(std::string_view text_key) const { return ui.tr(text_key); }
  [[nodiscard]] bool chinese() const { return ui.language() == ui::Language::zh_CN; }

  /// The frame of a page: opens help, turns Back and the primary action into events.
  template <class Primary, class Secondary = flows::resident::Leave>
  void page(ui::ScreenSpec const& spec, ui::Content const& content, Primary const& primary,
            Secondary const& secondary = {}) const {
    auto const used = ui::screen(ui, spec, content);
    if (used.help) help = true;
    if (used.back) emit(flows::resident::Back{});
    if (used.primary) emit(primary);
    if (used.secondary) emit(secondary);
  }
  void page(ui::ScreenSpec const& spec, ui::Content const& content) const {
    page(spec, content, flows::resident::Next{});
  }
};

/// At most six choices at a time, and a button for the others. The index of the one used.
[[nodiscard]] std::optional<std::size_t> choices(Canvas const& canvas, std::size_t across,
                                                 std::span<ui::CardSpec const> cards);
/// "约 5–12 分钟", "马上".
[[nodiscard]] std::string wait_text(ui::Ui const& ui, queue::WaitRange const& wait);
/// The name of a service in the page's language; the code itself where the catalog has changed meanwhile.
[[nodiscard]] std::string service_name(Canvas const& canvas, std::string_view code);
/// A refusal in the resident's words: what happened, and what to do.
void problem_banner(Canvas const& canvas, std::string_view key, std::string_view code,
                    ui::Tone tone = ui::Tone::warning);

// identify_pages.cpp
void draw(Canvas const& canvas, flows::resident::ChooseMethod const& state);
void draw(Canvas const& canvas, flows::resident::PresentCard const& state);
void draw(Canvas const& canvas, flows::resident::PresentCode const& state);
void draw(Canvas const& canvas, flows::resident::EnterPhone const& state, ui::TextBuffer& entry);
void draw(Canvas const& canvas, flows::resident::EnterDocument const& state, ui::TextBuffer& entry);
void draw(Canvas const& canvas, flows::resident::Recognised const& state);
void draw(Canvas const& canvas, flows::resident::OtherPerson const& state);
// home_page.cpp
void draw(Canvas const& canvas, flows::resident::Welcome const& state);
// service_pages.cpp
void draw(Canvas const& canvas, flows::resident::ChooseGroup const& state, ui::TextBuffer& search, bool& searching);
void draw(Canvas const& canvas, flows::resident::ChooseService const& state);
void draw(Canvas const& canvas, flows::resident::WhatToBring const& state);
void draw(Canvas const& canvas, flows::resident::Confirm const& state);
// ticket_pages.cpp
void draw(Canvas const& canvas, flows::resident::Issuing const& state);
void draw(Canvas const& canvas, flows::resident::Issued const& state);
void draw(Canvas const& canvas, flows::resident::MyTickets const& state);
void draw(Canvas const& canvas, flows::resident::ConfirmCancel const& state);
void draw(Canvas const& canvas, flows::resident::Problem const& state);

}  // namespace yizhan::resident
