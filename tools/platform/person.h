#pragma once
/// How the platform finds a person again without keeping whom: an HMAC-SM3 under a key of its own.
#include <string>
#include <string_view>

#include "shared/base/secret.h"
#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::platform {

/// `kind` holds no line's end, so that no two persons are written alike.
[[nodiscard]] inline std::string person_index(SecretBytes const& key, std::string_view kind, std::string_view number) {
  auto whole = std::string(kind) + '\n' + text::to_upper_ascii(number);
  auto index = text::to_hex(crypto::hmac_sm3(key.view(), text::bytes_of(whole)));
  scrub(whole);
  return index;
}

}  // namespace yizhan::platform
