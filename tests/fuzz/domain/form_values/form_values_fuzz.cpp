// Values of a stored draft meet a form of another day: whatever they are, the form stands, shows them, and takes back what
// it gave out.
#include <cstdlib>

#include "shared/domain/forms/form_state.h"
#include "shared/domain/rules/json_logic.h"

namespace {

using namespace yizhan;

forms::Condition rule(char const* text) {
  return std::make_shared<rules::Rule const>(rules::Rule::parse_text(text).value());
}

/// A field of each kind, named after it, each shown by the one before it.
forms::Form every_kind() {
  using forms::FieldKind;
  forms::Form form;
  form.sections.resize(2);
  std::string before;
  for (auto const kind : {FieldKind::text, FieldKind::number, FieldKind::date, FieldKind::choice, FieldKind::choices,
                          FieldKind::address, FieldKind::person, FieldKind::phone, FieldKind::id_number,
                          FieldKind::attachment, FieldKind::signature, FieldKind::note}) {
    forms::Field field;
    field.id = to_string(kind);
    field.kind = kind;
    field.pattern = kind == FieldKind::text ? R"(\p{Han}*)" : "";
    field.options = {{"a", {"甲", "A"}, {}}, {"b", {"乙", "B"}, rule(R"({"!!":{"var":"fields.text"}})")}};
    field.minimum = 0;
    field.multiple_of = 0.5;
    field.latest = "today";
    field.workday = true;
    field.valid = rule(R"({"!=":[{"var":"fields.number"},7]})");
    if (kind == FieldKind::phone) field.visible = rule(R"({"<":[{"var":"fields.number"},1000]})");
    form.sections[kind < FieldKind::address ? 0 : 1].fields.push_back(std::move(field));
  }
  form.sections[1].visible = rule(R"({"!=":[{"var":"fields.text"},"hide"]})");
  return form;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const form = every_kind();
  static calendar::HolidayCalendar const calendar;
  static auto const divisions = forms::Divisions::parse(R"({"divisions":[["42","湖北省"],["4201","武汉市"]]})").value();
  auto const json = nlohmann::json::parse(data, data + size, nullptr, false);
  if (json.is_discarded()) return 0;
  forms::FormState state(form, {}, calendar::BusinessDay::parse("2026-11-24").value(), calendar, &divisions);
  state.restore(json);
  for (auto const& section : form.sections) {
    for (auto const& field : section.fields) {
      (void)shown(field, state.value(field.id), true);
      if (json.is_object() && json.contains(field.id)) (void)shown(field, json[field.id], false);
    }
  }
  (void)state.problems();
  auto const fields = state.fields();
  forms::FormState again(form, {}, calendar::BusinessDay::parse("2026-11-24").value(), calendar, &divisions);
  again.restore(fields);
  if (again.fields() != fields || again.problems().size() != state.problems().size()) std::abort();
  return 0;
}
