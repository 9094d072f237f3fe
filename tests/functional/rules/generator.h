#pragma once
/// Rules and data for the comparison with the reference: every operator, well and badly used, from a seed.
#include <nlohmann/json.hpp>
#include <random>
#include <span>
#include <string_view>

namespace yizhan::test {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : m_random(seed) {}

  /// A rule nested at most `depth` operators deep.
  nlohmann::json rule(int depth);
  /// Never an object of one member: the reference would run it as a rule where `missing` finds it among its keys. No member
  /// has a name JavaScript's objects have from birth (`constructor`), no integer is beyond 2^53.
  nlohmann::json data(int depth);

  [[nodiscard]] static std::span<std::string_view const> operators();

 private:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % limit); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  nlohmann::json text();
  nlohmann::json number();
  nlohmann::json scalar();
  nlohmann::json name();
  nlohmann::json list(int depth);
  nlohmann::json object(int depth);
  nlohmann::json array_rule(int depth);
  nlohmann::json operation(std::string_view op, int depth);
  nlohmann::json arguments(std::string_view op, int depth);

  std::mt19937_64 m_random;
};

}  // namespace yizhan::test
