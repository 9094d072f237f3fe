// What a page, the review and the application ask of a form.
#include <algorithm>

#include "shared/domain/forms/form_state.h"
#include "shared/domain/forms/live.h"

namespace yizhan::forms {

nlohmann::json const& FormState::value(std::string_view field) const {
  static nlohmann::json const nothing;
  auto const* const found = m_live->find(field);
  return found && found->visible ? found->raw : nothing;
}

bool FormState::visible(Field const& field) const {
  auto const* const found = m_live->find(field.id);
  return found && found->visible;
}

bool FormState::visible(Section const& section) const {
  return std::any_of(section.fields.begin(), section.fields.end(), [&](Field const& field) { return visible(field); });
}

bool FormState::required(Field const& field) const {
  auto const* const found = m_live->find(field.id);
  return found && found->required;
}

bool FormState::fixed(Field const& field) const {
  auto const* const found = m_live->find(field.id);
  return field.derived || (found && found->locked);
}

std::vector<Option const*> FormState::options(Field const& field) const {
  auto const* const found = m_live->find(field.id);
  return found ? found->options : std::vector<Option const*>{};
}

std::vector<Section const*> FormState::sections() const {
  std::vector<Section const*> all;
  for (auto const& section : m_form->sections) {
    if (visible(section)) all.push_back(&section);
  }
  return all;
}

std::vector<Problem> FormState::problems(Section const& section) const {
  std::vector<Problem> all;
  for (auto const& field : section.fields) {
    if (auto const* const found = m_live->find(field.id)) {
      all.insert(all.end(), found->problems.begin(), found->problems.end());
    }
  }
  return all;
}

std::vector<Problem> FormState::problems() const {
  std::vector<Problem> all;
  for (auto const& value : m_live->values) all.insert(all.end(), value.problems.begin(), value.problems.end());
  return all;
}

nlohmann::json FormState::fields() const { return m_facts.fields(); }

}  // namespace yizhan::forms
