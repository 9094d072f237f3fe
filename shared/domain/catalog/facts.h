#pragma once
/// What conditions of the catalogue may ask about, as the `data` of their JsonLogic rules:
///
///   {"answers": {"<question>": "<choice>"},
///    "fields":  {"<field>": value},            text and choices as text, numbers as numbers, several choices as an array
///    "person":  {"known": bool,                an ID card or code was shown
///                "verified": bool,             read from a card
///                "document": "id_card" …, "age": N | null, "sex": "male" | "female" | null,
///                "area": "420106" | null},     first six digits of the number
///    "today":   "2026-11-24"}
#include <nlohmann/json.hpp>

#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/identity/person.h"

namespace yizhan::catalog {

struct Facts {
  nlohmann::json data;

  Facts();
  void set_person(identity::Person const* person, calendar::BusinessDay const& today);
  void set_answer(std::string const& question, std::string const& choice);
  void forget_answer(std::string const& question);
  void set_field(std::string const& field, nlohmann::json value);
  [[nodiscard]] nlohmann::json const& answers() const { return data["answers"]; }
  [[nodiscard]] nlohmann::json const& fields() const { return data["fields"]; }
};

}  // namespace yizhan::catalog
