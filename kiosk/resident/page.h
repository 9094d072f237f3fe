#pragma once
/// What every resident page is drawn with. Internal to kiosk/resident.
#include <array>
#include <optional>
#include <span>

#include "kiosk/resident/resident_screens.h"
#include "kiosk/ui/widgets_form.h"

namespace yizhan::resident {

struct Canvas {
  ui::Ui& ui;
  flows::ResidentFlow const& flow;
  Surroundings const& around;
  Emit const& emit;
  std::string key;  // of the screen: the flow's name
  PageMemory& memory;

  [[nodiscard]] std::string sub(std::string_view name) const { return key + "." + std::string(name); }
  [[nodiscard]] std::string_view tr(std::string_view text_key) const { return ui.tr(text_key); }
  [[nodiscard]] bool chinese() const { return ui.language() == ui::Language::zh_CN; }
  [[nodiscard]] bool portrait() const { return ui.metrics().portrait(); }
  [[nodiscard]] std::string const& in(catalog::Text const& text) const { return text.in(chinese()); }

  /// The frame of a page: opens help, turns Back and the primary action into events.
  template <class Primary, class Secondary = flows::Leave>
  void page(ui::ScreenSpec const& spec, ui::Content const& content, Primary const& primary,
            Secondary const& secondary = {}) const {
    auto const used = ui::screen(ui, spec, content);
    if (used.help) memory.help = true;
    if (used.back) emit(flows::Back{});
    if (used.primary) emit(primary);
    if (used.secondary) emit(secondary);
  }
  void page(ui::ScreenSpec const& spec, ui::Content const& content) const { page(spec, content, flows::Next{}); }
};

// ---- parts of pages (parts.cpp)
/// At most six choices at a time, and a button for the others. The index of the one used.
[[nodiscard]] std::optional<std::size_t> choices(Canvas const& canvas, std::size_t across,
                                                 std::span<ui::CardSpec const> cards);
/// A large picture of what to do, with words.
void instruction(Canvas const& canvas, std::string_view icon, std::string_view text, std::string_view detail,
                 ui::Tone tone = ui::Tone::info);
/// A refusal in the resident's words: what happened, and what to do.
void problem_banner(Canvas const& canvas, std::string_view key, std::string_view code,
                    ui::Tone tone = ui::Tone::warning);
/// A whole page of it.
void problem_page(Canvas const& canvas, std::string_view code, ui::ScreenSpec const& spec);
/// Back and, with `retry`, the same once more.
void problem_page(Canvas const& canvas, std::string_view code, bool retry);
/// A page that waits: what is being done.
void waiting_page(Canvas const& canvas, std::string_view title, std::string_view what);
/// Masked, unless the resident may hold "show" and does. `label` is translated.
void private_value(Canvas const& canvas, std::string_view key, std::string_view label, std::string_view masked,
                   std::string_view full);
/// Why a printer did not print, in the resident's words.
[[nodiscard]] std::string_view printer_reason(Canvas const& canvas, std::string_view code);
/// What became of a slip, and of an A4 document, that was asked for.
void slip_banner(Canvas const& canvas, flows::Printing printing, std::string_view problem);
void document_banner(Canvas const& canvas, flows::Printing printing, std::string_view problem);
/// A device that this page is of no use without is gone ("reader", "scanner", "camera"): the texts
/// resident.away.<device> and <detail>. It goes away by itself when the device is back.
void away_notice(Canvas const& canvas, std::string_view device, std::string_view detail);

/// What is in hand of a paper: "已拍 2 页", "还没有".
[[nodiscard]] std::string held_text(Canvas const& canvas, flows::matter::Row const& row);

// ---- words (words.cpp)
/// "约 5–12 分钟", "马上".
[[nodiscard]] std::string wait_text(ui::Ui const& ui, queue::WaitRange const& wait);
/// The name of an item or bundle in the page's language; the code itself where the catalog has changed meanwhile.
[[nodiscard]] std::string service_name(Canvas const& canvas, std::string_view code);
[[nodiscard]] std::string material_name(Canvas const& canvas, std::string const& id);
[[nodiscard]] std::string day_text(Canvas const& canvas, calendar::BusinessDay const& day);
/// "12月3日": of a list, where the year is plain.
[[nodiscard]] std::string short_day_text(Canvas const& canvas, calendar::BusinessDay const& day);
/// With "(暂定)" where it may still change.
[[nodiscard]] std::string due_text(Canvas const& canvas, calendar::Due const& due);
/// "11月24日 09:41"; "" where the clock cannot tell.
[[nodiscard]] std::string moment_text(Canvas const& canvas, WallTime time);
[[nodiscard]] std::string period_text(Canvas const& canvas, catalog::Period const& period);
[[nodiscard]] std::string reason_text(Canvas const& canvas, std::string const& reason);
/// What a state is like at a glance.
struct StateLook {
  char const* icon;
  ui::Tone tone;
};
[[nodiscard]] StateLook look_of(cases::State state, cases::Outcome outcome = cases::Outcome::none);
[[nodiscard]] std::string_view state_text(Canvas const& canvas, cases::State state,
                                          cases::Outcome outcome = cases::Outcome::none);
/// Nothing more happens to it.
[[nodiscard]] bool is_over(cases::State state);
[[nodiscard]] char const* icon_of(catalog::Channel channel);

/// The steps of an application: how far it is, and their names.
enum class Stage : std::size_t { question, form, materials, sign, done };
[[nodiscard]] std::array<std::string_view, 5> stage_names(Canvas const& canvas);

// home_page.cpp
void draw(Canvas const& canvas, flows::resident::Welcome const& state);
// identify_pages.cpp
void draw(Canvas const& canvas, flows::resident::ChooseMethod const& state);
void draw(Canvas const& canvas, flows::resident::PresentCard const& state);
void draw(Canvas const& canvas, flows::resident::PresentCode const& state);
void draw(Canvas const& canvas, flows::resident::EnterPhone const& state);
void draw(Canvas const& canvas, flows::resident::EnterDocument const& state);
void draw(Canvas const& canvas, flows::resident::Recognised const& state);
void draw(Canvas const& canvas, flows::resident::OtherPerson const& state);
// service_pages.cpp
void draw(Canvas const& canvas, flows::resident::ChooseGroup const& state);
void draw(Canvas const& canvas, flows::resident::ChooseService const& state);
void draw(Canvas const& canvas, flows::resident::Confirm const& state);
// ticket_pages.cpp
void draw(Canvas const& canvas, flows::resident::Issuing const& state);
void draw(Canvas const& canvas, flows::resident::Issued const& state);
void draw(Canvas const& canvas, flows::resident::MyTickets const& state);
void draw(Canvas const& canvas, flows::resident::ConfirmCancel const& state);
void draw(Canvas const& canvas, flows::resident::Problem const& state);

// A matter: matter_pages.cpp
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::About const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Asking const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::NeedCard const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Looking const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::DraftFound const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Composing const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Submitting const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Problem const& state);
// notice_page.cpp
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Notice const& state);
// form_pages.cpp, review_page.cpp
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::FormPage const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Review const& state);
// material_pages.cpp
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Materials const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Capture const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Promise const& state);
// sign_page.cpp, receipt_page.cpp
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Sign const& state);
void draw(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::Receipt const& state);
// progress_pages.cpp
void draw(Canvas const& canvas, flows::ProgressFlow const& flow, flows::progress::Looking const& state);
void draw(Canvas const& canvas, flows::ProgressFlow const& flow, flows::progress::List const& state);
void draw(Canvas const& canvas, flows::ProgressFlow const& flow, flows::progress::Detail const& state);
void draw(Canvas const& canvas, flows::ProgressFlow const& flow, flows::progress::ConfirmWithdraw const& state);
void draw(Canvas const& canvas, flows::ProgressFlow const& flow, flows::progress::Problem const& state);
// rating_pages.cpp
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::Looking const& state);
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::ChooseWhat const& state);
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::Grade const& state);
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::Options const& state);
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::Sending const& state);
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::Thanks const& state);
void draw(Canvas const& canvas, flows::RatingFlow const& flow, flows::rating::Problem const& state);

}  // namespace yizhan::resident
