#include "shared/domain/forms/form.h"

namespace yizhan::forms {

char const* to_string(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::number: return "number";
    case FieldKind::date: return "date";
    case FieldKind::choice: return "choice";
    case FieldKind::choices: return "choices";
    case FieldKind::address: return "address";
    case FieldKind::person: return "person";
    case FieldKind::phone: return "phone";
    case FieldKind::id_number: return "id_number";
    case FieldKind::attachment: return "attachment";
    case FieldKind::signature: return "signature";
    case FieldKind::note: return "note";
  }
  return "note";
}

Field const* Form::field(std::string_view wanted) const {
  for (auto const& section : sections) {
    for (auto const& each : section.fields) {
      if (each.id == wanted) return &each;
    }
  }
  return nullptr;
}

}  // namespace yizhan::forms
