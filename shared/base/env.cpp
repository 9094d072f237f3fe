#include "shared/base/env.h"

#include <cassert>
#include <limits>

namespace yizhan {

std::uint64_t Rng::below(std::uint64_t bound) {
  assert(bound > 0);
  // The top of the range that is no whole multiple of `bound` is thrown away, or small answers would come more often.
  std::uint64_t const limit = std::numeric_limits<std::uint64_t>::max() / bound * bound;
  std::uint64_t value = next();
  while (value >= limit) value = next();
  return value % bound;
}

}  // namespace yizhan
