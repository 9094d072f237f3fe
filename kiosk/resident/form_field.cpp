#include "kiosk/resident/form_field.h"

#include "shared/base/secret.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::resident {

using forms::Field;
using forms::FieldKind;
using forms::Prefill;

std::string field_key(std::string_view field, std::string_view part) {
  auto key = "resident.form." + std::string(field);
  if (!part.empty()) key += "." + std::string(part);
  return key;
}

bool is_answer(Field const& field) {
  return field.kind != FieldKind::attachment && field.kind != FieldKind::signature && field.kind != FieldKind::note;
}

bool is_private(Field const& field) {
  switch (field.kind) {
    case FieldKind::address:
    case FieldKind::person:
    case FieldKind::phone:
    case FieldKind::id_number: return true;
    default: break;
  }
  return field.prefill == Prefill::name || field.prefill == Prefill::number || field.prefill == Prefill::birth ||
         field.prefill == Prefill::address || field.prefill == Prefill::phone;
}

std::string text_member(nlohmann::json const& object, char const* key) {
  if (!object.is_object()) return {};
  auto const found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string masked_text(Field const& field, nlohmann::json const& value, std::string const& shown) {
  if (shown.empty()) return {};
  if (field.kind == FieldKind::person) {
    return identity::mask_name(text_member(value, "name")) + " " +
           identity::mask_id_number(text_member(value, "number"));
  }
  if (field.kind == FieldKind::address || field.prefill == Prefill::address) return identity::mask_address(shown);
  if (field.kind == FieldKind::id_number || field.prefill == Prefill::number) return identity::mask_id_number(shown);
  if (field.kind == FieldKind::phone || field.prefill == Prefill::phone) return identity::mask_phone(shown);
  if (field.prefill == Prefill::birth)
    return identity::mask_birth(value.is_string() ? value.get<std::string>() : shown);
  if (field.prefill == Prefill::name) return identity::mask_name(shown);
  return shown;
}

std::string problem_text(Canvas const& canvas, Field const& field, forms::Problem const& problem) {
  bool const own = (problem.code == "pattern" || problem.code == "rule") && !field.message.empty();
  if (own) return canvas.in(field.message);
  auto arguments = problem.arguments;
  for (auto& [name, value] : arguments) {
    if (auto const day = calendar::BusinessDay::parse(value)) value = day_text(canvas, *day);
  }
  return canvas.ui.tr_named("form.problem." + problem.code, arguments);
}

void field_value(Canvas const& canvas, std::string const& key, forms::FormState const& form, Field const& field) {
  auto const& value = form.value(field.id);
  auto shown = forms::shown(field, value, canvas.chinese());
  auto const& label = canvas.in(field.label);
  if (shown.empty()) {
    ui::key_value(canvas.ui, key, label, canvas.tr("resident.form.nothing"));
  } else if (is_private(field) && canvas.around.show_on_hold) {
    ui::masked_value(canvas.ui, key, label, masked_text(field, value, shown), shown);
  } else {
    ui::key_value(canvas.ui, key, label, is_private(field) ? masked_text(field, value, shown) : shown);
  }
  scrub(shown);
}

}  // namespace yizhan::resident
