#pragma once
/// What screens are made of. Every function draws at the area's cursor (layout.h), adds its node to the accessible
/// tree under `key`, and tells whether it was used in this frame, by finger, mouse or key alike.
///
/// Texts are given translated; widgets own none except what Help, Back and the on-screen keyboard say ("ui.*").
/// Icons are Material names ("credit_card"); an empty name draws none.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "kiosk/ui/layout.h"
#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/ui.h"

namespace yizhan::ui {

// ---- to read ----------------------------------------------------------------------------------------------------

void heading(Ui& ui, std::string_view key, std::string_view text, TextRole role = TextRole::heading,
             Align align = Align::left);

struct TextSpec {
  TextRole role = TextRole::body;
  Align align = Align::left;
  bool soft = false;  // ink_soft
  Tone tone = Tone::neutral;
  std::size_t max_lines = 0;  // 0: as many as it takes; else the last ends in "…"
};
/// Wraps by the rules of Chinese typesetting: no line begins with 。,)》 and none ends with (《.
void text(Ui& ui, std::string_view key, std::string_view text, TextSpec const& spec = {});

/// `icon` in a tinted disc, `diameter` in mm (0: as high as a button); decoration where `name` is empty.
void icon(Ui& ui, std::string_view key, std::string_view icon, std::string_view name = {}, Tone tone = Tone::neutral,
          float diameter = 0);

struct BannerSpec {
  Tone tone = Tone::info;
  std::string_view title = {};
  std::string_view text = {};
  std::string_view action = {};  // label of a button at its end; key + ".action"
  std::string_view icon = {};    // default by tone
};
/// True where the action was used. Role status: read aloud when it appears.
bool banner(Ui& ui, std::string_view key, BannerSpec const& spec);

/// A label and what it says: "姓名  张*". One row of a summary; several form a list with hairlines.
void key_value(Ui& ui, std::string_view key, std::string_view label, std::string_view value);

/// A masked value with a button that shows the whole while it is held down (`full` is drawn then and kept nowhere; the
/// tree always holds `masked`). `label` may be empty.
void masked_value(Ui& ui, std::string_view key, std::string_view label, std::string_view masked, std::string_view full);

struct NumberSpec {
  std::string_view caption = {};  // above: "您的号码"
  std::string_view below = {};    // under: "请到 3 号窗口"
  Tone tone = Tone::neutral;
  bool brand = true;  // brand ground
  bool fill_height = false;
};
/// The huge ticket or counter number.
void number_panel(Ui& ui, std::string_view key, std::string_view number, NumberSpec const& spec = {});

/// One entry of a row of facts: a large value over its caption ("12" / "前面人数").
struct Stat {
  std::string_view key;
  std::string_view value;
  std::string_view caption;
  std::string_view icon = {};
  Tone tone = Tone::neutral;
};
void stats(Ui& ui, std::span<Stat const> entries);

/// What is being done, how far: `done` 0…1, or negative where unknown (a calm sweep; steps of 500 ms).
void progress(Ui& ui, std::string_view key, std::string_view what, float done);
/// Steps in words with their state: done, now, to come.
struct Step {
  std::string_view text;
  enum class State { done, now, later, failed } state = State::later;
};
void step_list(Ui& ui, std::string_view key, std::span<Step const> steps);
/// A ring that empties, the seconds in its middle; the owner draws a frame a second (`ui.wake_after`).
void countdown(Ui& ui, std::string_view key, std::string_view name, int seconds_left, int seconds_total,
               float diameter = 0);

struct Bar {
  std::string_view label;  // "9"
  float value = 0;
  bool highlighted = false;  // now
};
/// A small chart people look at rather than read. `name` says in words what it shows (the node's name).
void bar_chart(Ui& ui, std::string_view key, std::string_view name, std::span<Bar const> bars, float height = 0);

struct ImageView {
  enum class Format : std::uint8_t { grey8, rgba8 };
  int width = 0;
  int height = 0;
  Format format = Format::grey8;
  std::span<std::uint8_t const> pixels = {};  // rows without padding; read during the call only
  std::uint64_t revision = 0;                 // the texture is uploaded where this differs from the last frame's
};
struct ImageSpec {
  float max_height = 0;   // mm; 0: what the width gives
  float max_width = 0;    // mm; 0: the area
  bool crisp = false;     // no smoothing: codes, tickets
  bool mirrored = false;  // a camera that looks at the resident
  bool framed = true;     // rounded, with a shadow
  Align align = Align::centre;
  std::span<Point const> outline{};  // four corners of what was found in it, 0…1 of width and height; empty: nothing
};
void image(Ui& ui, std::string_view key, std::string_view name, ImageView const& view, ImageSpec const& spec = {});

// ---- to use -----------------------------------------------------------------------------------------------------

/// primary: the one thing to do here (accent). danger: cannot be undone. quiet: text alone.
enum class ButtonKind { primary, secondary, quiet, danger };

struct ButtonSpec {
  std::string_view label;
  std::string_view icon = {};
  ButtonKind kind = ButtonKind::secondary;
  bool enabled = true;
  bool icon_last = false;    // "下一步 →"
  Key shortcut = Key::none;  // its name is shown on the button
  bool large = false;        // 1.4 times as high, in heading type
};
/// As wide as the area; in `row` as wide as its label.
bool button(Ui& ui, std::string_view key, ButtonSpec const& spec);
/// Square; `name` is said, not written.
bool icon_button(Ui& ui, std::string_view key, std::string_view icon, std::string_view name, bool enabled = true);
/// A filter or choice among few, for `row`.
bool chip(Ui& ui, std::string_view key, std::string_view label, bool selected, std::string_view icon = {});
/// An invisible shortcut; `label` describes it in the tree.
bool shortcut(Ui& ui, std::string_view key, Key key_code, std::string_view label);

struct CardSpec {
  std::string_view key;
  std::string_view icon = {};
  std::string_view name;
  std::string_view line = {};  // one sentence of explanation
  std::string_view note = {};  // a small badge: "约 12 分钟"
  bool enabled = true;
  bool selected = false;
  bool prominent = false;  // brand ground: the most usual choice
};
/// One choice, as wide as the area.
bool card(Ui& ui, CardSpec const& spec);
/// Choices of equal size, `across` in a line. The index of the one used.
std::optional<std::size_t> card_grid(Ui& ui, std::size_t across, std::span<CardSpec const> cards);

struct RowSpec {
  std::string_view title;
  std::string_view line = {};      // under the title, soft
  std::string_view trailing = {};  // at the end: a time, a state
  std::string_view icon = {};
  Tone tone = Tone::neutral;  // colours icon and trailing
  bool selected = false;
  bool enabled = true;
  bool chevron = true;      // it leads somewhere
  bool interactive = true;  // false: to read only
};
bool list_row(Ui& ui, std::string_view key, RowSpec const& spec);

struct FieldSpec {
  std::string_view label;
  std::string_view hint = {};   // shown while empty
  std::string_view error = {};  // under the field; role status
  std::string_view icon = {};
  std::size_t max_length = 64;  // code points
  bool digits_only = false;
  bool decimal = false;  // digits and one point
  bool upper_case = false;
  std::size_t group = 0;  // shows a small gap after every `group` characters (phone 0: none)
};
enum class FieldEvent { none, changed, submitted };
/// One line with a caret. A tap focuses it; the physical keyboard types into the focused one.
FieldEvent text_field(Ui& ui, std::string_view key, TextBuffer& buffer, FieldSpec const& spec);

/// Dots only; the tree holds neither digits nor their count. `submitted` when `digits` are in.
FieldEvent pin_field(Ui& ui, std::string_view key, TextBuffer& buffer, std::string_view label, std::size_t digits);

/// digits: 3 × 4 keys; id_number: the same with X; number: with a decimal point; latin: letters, shift, digits, space.
enum class KeyboardLayout { digits, id_number, latin, number };
/// Keys under `key` + "." + character ("resident.phone.keys.7", ".backspace", ".done", ".shift", ".space"). Types at
/// the caret of `buffer`. `done` is the label of the last key; empty: none.
FieldEvent keyboard(Ui& ui, std::string_view key, TextBuffer& buffer, KeyboardLayout layout,
                    std::size_t max_length = 64, std::string_view done = {});

struct TableColumn {
  std::string_view title;
  float weight = 1;
  Align align = Align::left;
};
struct TableRow {
  std::string_view key;
  std::span<std::string_view const> cells;
  Tone tone = Tone::neutral;
  bool selected = false;
};
/// For clerks and technicians, never for residents. The index of the row used. `empty`: said where there are no rows.
std::optional<std::size_t> table(Ui& ui, std::string_view key, std::span<TableColumn const> columns,
                                 std::span<TableRow const> rows, std::string_view empty = {});

/// The countdown over everything (navigator.h). True where the resident wants to go on.
bool idle_warning(Ui& ui, std::string_view key, int seconds_left, int seconds_total);

}  // namespace yizhan::ui
