#include "shared/office/holder_index.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::office {

identity::Holder HolderIndex::of(identity::DocumentKind kind, std::string_view number) const {
  if (number.empty()) return {};
  std::string_view const kind_text = identity::to_string(kind);
  SecretBytes message(kind_text.size() + number.size());
  auto out = std::copy_n(text::bytes_of(kind_text).begin(), kind_text.size(), message.span().begin());
  // Readers and hands differ in the case of the check character X.
  std::transform(number.begin(), number.end(), out,
                 [](char c) { return static_cast<std::byte>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
  return text::to_base64url(crypto::hmac_sm3(m_key.view(), message.view()));
}

identity::Holder HolderIndex::of(identity::Person const& person) const { return of(person.kind, person.number.view()); }

}  // namespace yizhan::office
