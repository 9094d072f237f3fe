#include "shared/domain/catalog/codes.h"
#include "shared/domain/catalog/reader.h"

namespace yizhan::catalog {

namespace {

using forms::Field;
using forms::FieldKind;
using forms::Form;
using forms::Section;

constexpr std::int64_t k_longest_value = 4'000;  // code points

forms::Option read_option(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  forms::Option option;
  option.value = object.string("value");
  option.text = object.text("text");
  option.when = object.condition("when");
  return option;
}

Field read_field(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Field field;
  field.id = object.key("id");
  field.kind = object.one_of<FieldKind>("kind", codes::field_kinds);
  field.label = object.text("label");
  field.hint = object.text("hint", Need::may);
  field.required = object.boolean("required", field.kind != FieldKind::note);
  field.required_when = object.condition("required_when");
  field.visible = object.condition("visible");
  field.derived = object.condition("derived");
  field.valid = object.condition("valid");
  field.message = object.text("message", Need::may);
  field.prefill = object.one_of<forms::Prefill>("prefill", codes::prefills, forms::Prefill::none);
  field.locked = object.boolean("locked", false);
  field.min_length = object.count("minLength", k_longest_value);
  field.max_length = object.count("maxLength", k_longest_value);
  field.pattern = object.string("pattern", Need::may);
  field.minimum = object.number("minimum");
  field.maximum = object.number("maximum");
  field.multiple_of = object.number("multipleOf");
  field.earliest = object.string("earliest", Need::may);
  field.latest = object.string("latest", Need::may);
  field.workday = object.boolean("workday", false);
  object.each("options", Need::may, [&](Json const& each, std::string const& below) {
    field.options.push_back(read_option(each, below, draft));
  });
  field.material = object.key("material", Need::may);
  return field;
}

Section read_section(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Section section;
  section.id = object.key("id");
  section.title = object.text("title");
  section.lead = object.text("lead", Need::may);
  section.visible = object.condition("visible");
  object.each("fields", Need::must, [&](Json const& each, std::string const& below) {
    section.fields.push_back(read_field(each, below, draft));
  });
  return section;
}

Form read_form(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Form form;
  form.id = object.key("id");
  form.title = object.text("title");
  object.each("sections", Need::must, [&](Json const& each, std::string const& below) {
    form.sections.push_back(read_section(each, below, draft));
  });
  return form;
}

}  // namespace

void read_forms(Json const& document, Draft& draft) {
  auto const found = document.find("forms");
  if (found == document.end() || !found->is_array()) return;
  for (std::size_t i = 0; i < found->size(); ++i) {
    draft.catalog.forms.push_back(read_form((*found)[i], at("/forms", i), draft));
  }
}

}  // namespace yizhan::catalog
