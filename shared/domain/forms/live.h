#pragma once
/// What a FormState knows of its fields now.
#include "shared/domain/forms/field_value.h"
#include "shared/domain/forms/form_state.h"
#include "shared/domain/forms/plan.h"
#include "shared/domain/forms/validate.h"

namespace yizhan::forms {

struct FormState::Live {
  struct Value {
    nlohmann::json raw;   // as set; kept while hidden
    nlohmann::json seen;  // by conditions and the application; null while hidden
    bool visible = false;
    bool required = false;
    bool locked = false;
    std::vector<Option const*> options;
    std::vector<Problem> problems;
  };
  std::shared_ptr<Plan const> plan;
  std::vector<Value> values;   // as Plan::fields
  std::vector<bool> sections;  // their conditions hold
  std::vector<bool> due;       // nodes to evaluate
  std::vector<bool> judge;     // fields to judge afterwards

  [[nodiscard]] Value const* find(std::string_view field) const {
    auto const i = plan->find(field);
    return i ? &values[*i] : nullptr;
  }
};

/// What the person says of a field with `prefill`, in its shape; null where nothing.
[[nodiscard]] nlohmann::json prefilled(Field const& field, identity::Person const& person,
                                       calendar::BusinessDay const& today, Divisions const* divisions);

}  // namespace yizhan::forms
