#include "shared/crypto/staff_challenge.h"

#include <cassert>

#include "shared/base/text.h"

namespace yizhan::crypto {

namespace {
constexpr std::string_view k_domain = "yizhan/staff-card/1";
constexpr std::size_t k_longest_context = 128;
}  // namespace

std::vector<std::byte> staff_challenge_message(std::string_view context, std::span<std::byte const, 32> challenge) {
  assert(!context.empty() && context.size() <= k_longest_context);
  std::vector<std::byte> message;
  auto const append = [&](std::span<std::byte const> bytes) {
    message.insert(message.end(), bytes.begin(), bytes.end());
  };
  append(text::bytes_of(k_domain));
  message.push_back(static_cast<std::byte>(context.size()));
  append(text::bytes_of(context));
  append(challenge);
  return message;
}

bool verify_staff_challenge(Certificate const& card, std::string_view context, std::span<std::byte const, 32> challenge,
                            Signature const& signature) {
  if (card.algorithm() != Algorithm::es256 || context.empty() || context.size() > k_longest_context) return false;
  return card.verify(staff_challenge_message(context, challenge), signature);
}

}  // namespace yizhan::crypto
