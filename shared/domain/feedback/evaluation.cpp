#include "shared/domain/feedback/evaluation.h"

#include <algorithm>

namespace yizhan::feedback {

namespace {

using Codes = std::array<std::string_view, 8>;
constexpr std::array<Codes, 5> k_options = {{
    {"108", "109", "110", "111", "112", "113", "114", "115"},
    {"207", "208", "209", "210", "211", "212", "213", "214"},
    {"307", "308", "309", "310", "311", "312", "313", "314"},
    {"406", "407", "408", "409", "410", "411", "412", "413"},
    {"510", "511", "512", "513", "514", "515", "516", "517"},
}};

bool holds(std::span<std::string_view const> codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::optional<int> permille(int part, int whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<int>((part * 2000LL + whole) / (2LL * whole));
}

}  // namespace

std::optional<Grade> grade_of(int number) {
  if (number < 1 || number > 5) return std::nullopt;
  return static_cast<Grade>(number);
}

bool bad(Grade grade) { return grade <= Grade::dissatisfied; }

std::span<std::string_view const> options(Grade grade) { return k_options.at(static_cast<std::size_t>(grade) - 1); }

bool is_option(std::string_view code) {
  return std::any_of(k_options.begin(), k_options.end(), [&](Codes const& codes) { return holds(codes, code); });
}

Result<void> check(Evaluation const& evaluation, std::size_t most_options) {
  auto const& chosen = evaluation.options;
  if (!grade_of(static_cast<int>(evaluation.grade))) return Error::make("rating_invalid", Retry::no, "no such grade");
  if (most_options > 0 && chosen.size() > most_options) {
    return Error::make("rating_invalid", Retry::no, "at most " + std::to_string(most_options) + " options");
  }
  for (auto option = chosen.begin(); option != chosen.end(); ++option) {
    if (!holds(options(evaluation.grade), *option)) {
      return Error::make("rating_invalid", Retry::no, "an option of another grade, or of none");
    }
    if (std::find(chosen.begin(), option, *option) != option) {
      return Error::make("rating_invalid", Retry::no, "an option twice");
    }
  }
  return {};
}

void Figures::add(Evaluation const& evaluation, FollowUp const* follow_up) {
  if (follow_up != nullptr && follow_up->measure == FollowUpAct::exclude) {
    ++excluded;
    return;
  }
  ++grades.at(static_cast<std::size_t>(evaluation.grade) - 1);
  if (follow_up == nullptr) return;
  if (follow_up->contacted) ++contacted;
  if (follow_up->closed) ++closed;
}

int Figures::total() const {
  int sum = 0;
  for (int const grade : grades) sum += grade;
  return sum;
}
int Figures::bad() const { return grades[0] + grades[1]; }
std::optional<int> Figures::satisfaction() const { return permille(total() - bad(), total()); }
std::optional<int> Figures::bad_rate() const { return permille(bad(), total()); }
std::optional<int> Figures::follow_up_rate() const { return permille(contacted, bad()); }

}  // namespace yizhan::feedback
