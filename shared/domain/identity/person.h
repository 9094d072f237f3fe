#pragma once
/// Who stands at the screen, for one session. Scrubbed with it.
#include <optional>
#include <string>

#include "shared/base/secret.h"

namespace yizhan::identity {

/// What the holder index is computed from; part of the wire (tools/platform/API.md): kind ‖ number.
enum class DocumentKind { id_card, passport, phone, other_document };
/// How we know the person. `typed` ones were not verified by anything.
enum class Verification { card_read, code, typed, none };

[[nodiscard]] constexpr char const* to_string(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::id_card: return "id_card";
    case DocumentKind::passport: return "passport";
    case DocumentKind::phone: return "phone";
    case DocumentKind::other_document: return "other_document";
  }
  return "other_document";
}

struct Person {
  DocumentKind kind = DocumentKind::id_card;
  SecretText number;       // ID number, passport number or phone
  SecretText name;         // empty where unknown
  std::string birth_year;  // empty where unknown; for priority by age only
  Verification verification = Verification::none;
  // What a card says besides; empty where unknown. Forms are filled with it.
  SecretText birth;    // "YYYY-MM-DD"
  SecretText address;  // as on the card
  SecretText sex;      // "male", "female"
  SecretText ethnic;   // "汉"
  [[nodiscard]] Person clone() const {
    return {kind,          number.clone(),  name.clone(), birth_year,    verification,
            birth.clone(), address.clone(), sex.clone(),  ethnic.clone()};
  }
};

/// base64url HMAC-SM3(hall holder key, kind ‖ number), 43 characters: the only form in which a person appears in
/// events and in the shared hall. Made by crypto::HolderIndex. Empty = nobody.
using Holder = std::string;

}  // namespace yizhan::identity
