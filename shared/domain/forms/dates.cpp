#include "shared/domain/forms/dates.h"

namespace yizhan::forms {

namespace {

using calendar::BusinessDay;

constexpr std::string_view k_today = "today";
constexpr std::size_t k_most_digits = 4;

std::optional<BusinessDay> existing(std::chrono::year_month_day const& date) {
  constexpr std::chrono::year k_first{1};
  constexpr std::chrono::year k_last{9999};
  if (date.year() < k_first || date.year() > k_last) return std::nullopt;
  if (date.ok()) return BusinessDay{date};
  return BusinessDay{date.year() / date.month() / std::chrono::last};
}

std::optional<BusinessDay> moved(BusinessDay const& today, int count, char unit) {
  switch (unit) {
    case 'y': return existing(today.date + std::chrono::years{count});
    case 'm': return existing(today.date + std::chrono::months{count});
    case 'd': return existing(std::chrono::sys_days{today.date} + std::chrono::days{count});
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<BusinessDay> day_of(std::string_view expression, BusinessDay const& today) {
  if (expression.substr(0, k_today.size()) != k_today) {
    auto const day = BusinessDay::parse(expression);
    return day ? std::optional(*day) : std::nullopt;
  }
  expression.remove_prefix(k_today.size());
  if (expression.empty()) return today;
  if (expression.size() < 3 || expression.size() > k_most_digits + 2) return std::nullopt;
  char const sign = expression.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  int count = 0;
  for (char const digit : expression.substr(1, expression.size() - 2)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    count = count * 10 + (digit - '0');
  }
  return moved(today, sign == '-' ? -count : count, expression.back());
}

}  // namespace yizhan::forms
