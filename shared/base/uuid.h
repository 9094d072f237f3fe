#pragma once
/// UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random. Sorts roughly by time of making.
#include <array>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/env.h"
#include "shared/base/result.h"

namespace yizhan {

struct Uuid {
  std::array<std::byte, 16> bytes{};

  /// A new one from `env.wall` and `env.secure_rng`.
  static Uuid v7(Env const& env);
  /// The canonical 36 characters, either case. Errors: bad_uuid.
  static Result<Uuid> parse(std::string_view text);

  /// Lower case, with hyphens.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
  auto operator<=>(Uuid const&) const = default;  // NOLINT(modernize-use-nullptr): the 0 of a rewritten comparison
};

}  // namespace yizhan
