#pragma once
/// Forms (申请表) as data: what is asked, with field keywords as in JSON Schema and conditions in JsonLogic over
/// catalog::Facts. Parsed with the catalogue they belong to.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/catalog/text.h"

namespace yizhan::forms {

using catalog::Condition;
using catalog::Text;

enum class FieldKind {
  text,        // string
  number,      // number
  date,        // "YYYY-MM-DD"
  choice,      // one of options, its value as string
  choices,     // several of options: array of strings
  address,     // {"codes":["42","4201","420106","420106001","420106001001"],"names":["湖北省",…],"detail":"…"}
  person,      // {"name","document":"id_card","number"}: another person than the applicant
  phone,       // mainland mobile or landline, digits
  id_number,   // an ID number (identity::check_id_number)
  attachment,  // ids of materials photographed: filled by the materials step
  signature,   // filled by the signature step
  note,        // only to read
};
[[nodiscard]] char const* to_string(FieldKind kind);

struct Option {
  std::string value;
  Text text;
  Condition when;
};

/// What a field may be filled with from the session.
enum class Prefill { none, name, number, sex, birth, address, phone, ethnic, today };

struct Field {
  std::string id;  // [a-z0-9_]+; the same id in several forms is the same thing, asked once
  FieldKind kind = FieldKind::text;
  Text label;
  Text hint;
  bool required = true;
  Condition required_when;  // where given it decides instead of `required`
  Condition visible;
  Condition derived;  // its value is computed, not typed
  Condition valid;    // beyond the keywords: must hold where the field is filled
  Text message;       // said where `valid` or `pattern` does not hold
  Prefill prefill = Prefill::none;
  bool locked = false;  // a prefilled value of a read card cannot be changed
  // JSON Schema keywords
  std::optional<std::size_t> min_length;  // code points
  std::optional<std::size_t> max_length;
  std::string pattern;  // ECMA-262 regular expression over the whole value, without back-references; ≤ 200 bytes
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<double> multiple_of;
  // dates: "today", "today-18y", "today+30d", or a day
  std::string earliest;
  std::string latest;
  bool workday = false;
  std::vector<Option> options;
  std::string material;  // of an attachment: Material::id
};

/// One page of the screen.
struct Section {
  std::string id;
  Text title;
  Text lead;
  Condition visible;
  std::vector<Field> fields;
};

struct Form {
  std::string id;
  Text title;
  std::vector<Section> sections;
  [[nodiscard]] Field const* field(std::string_view id) const;
};

}  // namespace yizhan::forms
