#pragma once
/// What pages know of a form's fields. Internal to kiosk/resident.
#include <string>

#include "kiosk/resident/page.h"
#include "shared/domain/forms/form_state.h"

namespace yizhan::resident {

/// "resident.form.<field>": the same on whatever page, for scenarios.
[[nodiscard]] std::string field_key(std::string_view field, std::string_view part = {});
/// It says who somebody is or where he lives: masked unless held.
[[nodiscard]] bool is_private(forms::Field const& field);
/// `shown` with what is private left out.
[[nodiscard]] std::string masked_text(forms::Field const& field, nlohmann::json const& value, std::string const& shown);
/// What is wrong, in words: the field's own, or those of the code.
[[nodiscard]] std::string problem_text(Canvas const& canvas, forms::Field const& field, forms::Problem const& problem);
/// Label, value, and "show" where it is private.
void field_value(Canvas const& canvas, std::string const& key, forms::FormState const& form, forms::Field const& field);
/// Papers, signatures and notes are no answers.
[[nodiscard]] bool is_answer(forms::Field const& field);
[[nodiscard]] std::string text_member(nlohmann::json const& object, char const* key);

}  // namespace yizhan::resident
