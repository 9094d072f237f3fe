#pragma once
/// Argon2id (RFC 9106) verifiers for staff PINs, in the PHC string form "$argon2id$v=19$m=…,t=…,p=…$salt$hash".
#include <string>
#include <string_view>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan::crypto {

[[nodiscard]] std::string hash_pin(std::string_view pin, SecureRng& rng);
/// Errors: verifier_malformed.
Result<bool> verify_pin(std::string_view pin, std::string_view verifier);

}  // namespace yizhan::crypto
