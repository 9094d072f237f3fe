#include "shared/base/uuid.h"

#include <span>

#include "shared/base/text.h"

namespace yizhan {

namespace {
constexpr bool hyphen_at(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }
}  // namespace

Uuid Uuid::v7(Env const& env) {
  Uuid uuid;
  env.secure_rng.fill(std::span(uuid.bytes).subspan(6));
  auto const since = std::chrono::floor<std::chrono::milliseconds>(env.wall.now()).time_since_epoch().count();
  auto const milliseconds = static_cast<std::uint64_t>(since < 0 ? 0 : since);
  for (std::size_t i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::byte>(milliseconds >> (40 - 8 * i));
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0F}) | std::byte{0x70};  // version 7
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3F}) | std::byte{0x80};  // variant 10
  return uuid;
}

Result<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return Error::make("bad_uuid");
  std::string digits;
  digits.reserve(32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!hyphen_at(i)) {
      digits.push_back(text[i]);
    } else if (text[i] != '-') {
      return Error::make("bad_uuid");
    }
  }
  auto const bytes = text::from_hex(digits);
  if (!bytes) return Error::make("bad_uuid");
  Uuid uuid;
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) uuid.bytes[i] = (*bytes)[i];
  return uuid;
}

std::string Uuid::to_string() const {
  auto const digits = text::to_hex(bytes);
  std::string out;
  out.reserve(36);
  for (char const digit : digits) {
    if (hyphen_at(out.size())) out.push_back('-');
    out.push_back(digit);
  }
  return out;
}

}  // namespace yizhan
