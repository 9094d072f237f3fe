#pragma once
/// What a staff card signs when it is asked who it is: never the challenge alone, so that a signature is worth nothing
/// elsewhere. The message, signed with ES256:
///
///   "yizhan/staff-card/1" ‖ length of context, 1 byte ‖ context ‖ challenge, 32 bytes
///
/// The card itself puts the words before it (peripherals/smart_card/README.md).
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "shared/crypto/keys.h"

namespace yizhan::crypto {

/// REQUIRES: context of 1 to 128 bytes.
[[nodiscard]] std::vector<std::byte> staff_challenge_message(std::string_view context,
                                                             std::span<std::byte const, 32> challenge);
/// True where the holder of `card`'s key signed this challenge for this context. Who that is says the certificate; whether it
/// is trusted, in time and on the roster is not asked here.
[[nodiscard]] bool verify_staff_challenge(Certificate const& card, std::string_view context,
                                          std::span<std::byte const, 32> challenge, Signature const& signature);

}  // namespace yizhan::crypto
