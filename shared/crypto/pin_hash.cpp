#include "shared/crypto/pin_hash.h"

#include <argon2.h>

#include <array>
#include <charconv>

#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

// 19 MiB, two passes: the smallest parameters still recommended (OWASP 2024); a kiosk has little memory to spare and
// a PIN's real protection is the lock-out.
constexpr std::uint32_t k_memory_kib = 19 * 1024;
constexpr std::uint32_t k_passes = 2;
constexpr std::uint32_t k_lanes = 1;
constexpr std::size_t k_salt_size = 16;
constexpr std::size_t k_hash_size = 32;

// What a verifier from a roster may cost at most.
constexpr std::uint32_t k_most_memory_kib = 256 * 1024;
constexpr std::uint32_t k_most_passes = 16;
constexpr std::uint32_t k_most_lanes = 16;

bool take(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

bool take_number(std::string_view& rest, std::uint32_t most) {
  std::uint32_t number = 0;
  auto const parsed = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (parsed.ec != std::errc{} || number == 0 || number > most) return false;
  rest.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest.data()));
  return true;
}

bool affordable(std::string_view verifier) {
  return take(verifier, "$argon2id$v=19$m=") && take_number(verifier, k_most_memory_kib) && take(verifier, ",t=") &&
         take_number(verifier, k_most_passes) && take(verifier, ",p=") && take_number(verifier, k_most_lanes) &&
         take(verifier, "$") && verifier.size() <= 256;
}

}  // namespace

std::string hash_pin(std::string_view pin, SecureRng& rng) {
  std::array<std::byte, k_salt_size> salt{};
  rng.fill(salt);
  std::string encoded(argon2_encodedlen(k_passes, k_memory_kib, k_lanes, k_salt_size, k_hash_size, Argon2_id), '\0');
  int const result = argon2id_hash_encoded(k_passes, k_memory_kib, k_lanes, pin.data(), pin.size(), salt.data(),
                                           salt.size(), k_hash_size, encoded.data(), encoded.size());
  require(result == ARGON2_OK, "Argon2id");
  encoded.resize(encoded.find('\0'));
  return encoded;
}

Result<bool> verify_pin(std::string_view pin, std::string_view verifier) {
  if (!affordable(verifier)) return Error::make("verifier_malformed");
  int const result = argon2id_verify(std::string(verifier).c_str(), pin.data(), pin.size());
  if (result == ARGON2_OK) return true;
  if (result == ARGON2_VERIFY_MISMATCH) return false;
  return Error::make("verifier_malformed", Retry::no, argon2_error_message(result));
}

}  // namespace yizhan::crypto
