#pragma once
/// Widgets to fill in a form with. As in widgets.h: texts are given translated, every item has a stable key. A field
/// shows what is in its TextBuffer; what is below it (keyboard, calendar, address picker) edits the same one.
#include <functional>

#include "kiosk/ui/widgets.h"

namespace yizhan::ui {

/// One of a few, or several: rows with a round or a square mark. The index of the one that was used.
struct ChoiceSpec {
  std::string_view key;
  std::string_view text;
  std::string_view line = {};
  bool selected = false;
  bool enabled = true;
};
struct ChoiceListSpec {
  std::string_view label = {};
  std::string_view hint = {};
  std::string_view error = {};  // role status
  bool several = false;
  std::size_t across = 1;
  std::size_t most = 6;  // at a time; key + ".more" shows the others
};
std::optional<std::size_t> choice_list(Ui& ui, std::string_view key, ChoiceListSpec const& spec,
                                       std::span<ChoiceSpec const> choices);

/// A field whose value is chosen elsewhere on the page. True where it was tapped; `open` while that is shown.
struct ChosenFieldSpec {
  std::string_view label;
  std::string_view value = {};
  std::string_view hint = {};  // shown while empty
  std::string_view error = {};
  std::string_view icon = "expand_more";
  bool open = false;
};
bool chosen_field(Ui& ui, std::string_view key, ChosenFieldSpec const& spec);

/// Text of several lines; it wraps, and has no line breaks of its own.
struct TextAreaSpec {
  std::string_view label;
  std::string_view hint = {};
  std::string_view error = {};
  std::size_t max_length = 120;  // code points
  std::size_t lines = 3;
};
FieldEvent text_area(Ui& ui, std::string_view key, TextBuffer& buffer, TextAreaSpec const& spec);

/// A date as eight digits in three groups, "1990 年 03 月 07 日"; typed without the words: 19900307. `digits` holds the
/// digits alone, the tree's value is "1990-03-07". `submitted` by Enter.
struct DateFieldSpec {
  std::string_view label;
  std::string_view hint = {};
  std::string_view error = {};
};
FieldEvent date_field(Ui& ui, std::string_view key, TextBuffer& digits, DateFieldSpec const& spec);
/// "1990-03-07" ↔ "19900307"; empty where it is no whole date of the calendar.
[[nodiscard]] std::string date_of_digits(std::string_view digits);
[[nodiscard]] std::string digits_of_date(std::string_view date);

/// A month to choose a day from. Days outside `earliest` … `latest` cannot be chosen; those that are not working days
/// are marked with a word, and with `workdays_only` cannot be chosen either.
struct CalendarSpec {
  std::string_view today;          // "2026-11-24"
  std::string_view earliest = {};  // "": no limit
  std::string_view latest = {};
  std::function<bool(std::string_view date)> is_workday = {};  // none: nothing is marked
  bool workdays_only = false;
};
/// Keys: key + ".2026-12-01", ".before", ".after".
FieldEvent calendar(Ui& ui, std::string_view key, TextBuffer& digits, CalendarSpec const& spec);

/// Administrative divisions, one step at a time: chips of the way so far (a tap goes back to there) over the next
/// step's choices, six at a time.
struct Division {
  std::string code;
  std::string name;
};
struct AddressSpec {
  std::string_view question = {};  // "哪个区?"
  std::span<Division const> path = {};
  std::span<Division const> children = {};  // empty: the way ends here
};
struct AddressUse {
  std::optional<std::size_t> keep;   // how much of the path stays
  std::optional<std::size_t> child;  // which one was chosen
};
AddressUse address_picker(Ui& ui, std::string_view key, AddressSpec const& spec);

/// What is wrong on this page, over everything else; each entry leads to its field. The index of the one used.
struct ErrorEntry {
  std::string_view key;
  std::string_view text;
};
std::optional<std::size_t> error_summary(Ui& ui, std::string_view key, std::string_view title,
                                         std::span<ErrorEntry const> entries);

}  // namespace yizhan::ui
