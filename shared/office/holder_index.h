#pragma once
#include <span>
#include <string_view>

#include "shared/base/secret.h"
#include "shared/domain/identity/person.h"

namespace yizhan::office {

/// Pseudonyms of people in events and in the shared hall (tools/platform/API.md).
class HolderIndex {
 public:
  /// Copies the hall's holder key (32 bytes).
  explicit HolderIndex(std::span<std::byte const> key) : m_key(key) {}
  /// base64url HMAC-SM3(key, kind ‖ number); "" for a person without number.
  [[nodiscard]] identity::Holder of(identity::DocumentKind kind, std::string_view number) const;
  [[nodiscard]] identity::Holder of(identity::Person const& person) const;

 private:
  SecretBytes m_key;
};

}  // namespace yizhan::office
