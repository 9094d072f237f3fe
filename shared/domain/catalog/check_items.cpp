#include <algorithm>

#include "shared/domain/catalog/checks.h"
#include "shared/domain/catalog/codes.h"

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_credit_code = 18;
constexpr std::size_t k_basic = 12;
constexpr std::size_t k_task = k_credit_code + 1 + k_basic;
constexpr std::size_t k_handle = k_task + 2;

/// Minutes, for comparing: five working days are seven days, a month is 30.
double minutes(Period const& period) {
  constexpr double k_day = 24 * 60;
  switch (period.unit) {
    case calendar::TimeUnit::workday: return period.count * k_day * 7 / 5;
    case calendar::TimeUnit::natural_day: return period.count * k_day;
    case calendar::TimeUnit::hour: return period.count * 60.0;
    case calendar::TimeUnit::minute: return period.count;
    case calendar::TimeUnit::month: return period.count * k_day * 30;
  }
  return 0;
}

/// GB/T 39554.1-2020: credit code of the department, level, basic code; behind them two digits of the handling item.
void check_numbers(Draft& draft, std::string const& pointer, ServiceItem const& item) {
  bool const basic = is_digits(item.basic_code, k_basic);
  bool const department = is_social_credit_code(item.department_code);
  if (!basic && !item.basic_code.empty()) draft.report(pointer + "/basic_code", "12 digits are wanted");
  if (!department && !item.department_code.empty()) {
    draft.report(pointer + "/department_code", "no unified social credit code (18, check character)");
  }
  auto const& task = item.task_code;
  if (task.empty()) return;
  if (task.size() != k_task) {
    draft.report(pointer + "/task_code", "31 characters are wanted");
  } else if (!is_social_credit_code(task.substr(0, k_credit_code))) {
    draft.report(pointer + "/task_code", "does not begin with a unified social credit code (18, check character)");
  } else if (department && task.substr(0, k_credit_code) != item.department_code) {
    draft.report(pointer + "/task_code", "does not begin with department_code");
  } else if (!item.level.empty() && task.substr(k_credit_code, 1) != item.level) {
    draft.report(pointer + "/task_code", "another level");
  } else if (basic && task.substr(k_credit_code + 1) != item.basic_code) {
    draft.report(pointer + "/task_code", "does not end with basic_code");
  }
  if (item.handle_code.empty()) return;
  if (item.handle_code.size() != k_handle || !is_digits(item.handle_code.substr(k_task), k_handle - k_task)) {
    draft.report(pointer + "/handle_code", "33 characters are wanted, the last two digits");
  } else if (item.handle_code.substr(0, k_task) != task) {
    draft.report(pointer + "/handle_code", "does not begin with task_code");
  }
}

void check_promises(Draft& draft, std::string const& pointer, ServiceItem const& item) {
  if (minutes(item.promise) > minutes(item.legal)) draft.report(pointer + "/promise", "longer than legal");
  Period const day{1, calendar::TimeUnit::workday};
  if (item.instant && minutes(item.promise) > minutes(day)) {
    draft.report(pointer + "/promise", "more than a day, but instant");
  }
  if (item.visits == 0 && item.place(Channel::online) == nullptr && !item.express) {
    draft.report(pointer + "/visits", "none, but neither online nor by express");
  }
  if (item.charged && item.fee.empty()) draft.report(pointer + "/fee", "missing: how much and why");
  if (!item.charged && !item.fee.empty()) draft.report(pointer + "/fee", "given, but nothing is charged");
  if (!item.supervise_phone.empty() && !is_phone(item.supervise_phone)) {
    draft.report(pointer + "/supervise_phone", "no telephone number");
  }
}

void check_power(Draft& draft, std::string const& pointer, ServiceItem const& item) {
  auto const& power = item.power;
  if (power.from && power.until && *power.from > *power.until) {
    draft.report(pointer + "/power/until", "before from");
  }
  // A hall's catalogue takes effect on a day; what the street may not do on it cannot be begun at a kiosk.
  bool const in_force = !draft.catalog.from || item.offered_on(*draft.catalog.from);
  if (item.place(Channel::kiosk) != nullptr && !in_force) {
    draft.warn(pointer + "/power", "done at a kiosk, but not in force when the catalogue takes effect");
  }
}

void check_item_materials(Draft& draft, std::string const& pointer, ServiceItem const& item) {
  auto const where = pointer + "/materials";
  std::set<std::string> seen;
  for (std::size_t i = 0; i < item.materials.size(); ++i) {
    auto const& material = item.materials[i];
    if (!material.id.empty() && !seen.insert(material.id).second) draft.report(at(where, i), "stands twice");
    if (material.necessity == Necessity::tolerated && material.tolerate_days == 0) {
      draft.report(at(where, i), "necessity 3 needs tolerate_days");
    }
  }
}

}  // namespace

void check_items(Draft& draft) {
  auto const& all = draft.catalog;
  std::set<std::string> groups;
  for (auto const& group : all.groups) groups.insert(group.id);
  check_unique(draft, "/items", "/code", all.items, [](ServiceItem const& item) { return item.code; });
  std::set<std::string> handles;
  for (std::size_t i = 0; i < all.items.size(); ++i) {
    auto const& item = all.items[i];
    auto const pointer = at("/items", i);
    if (!item.group.empty() && groups.count(item.group) == 0) draft.report(pointer + "/group", "no such group");
    // A task may be handled as several items, each with a number of its own.
    auto const& number = item.handle_code.empty() ? item.task_code : item.handle_code;
    if (!number.empty() && !handles.insert(number).second) {
      draft.report(pointer + (item.handle_code.empty() ? "/task_code" : "/handle_code"), "stands twice");
    }
    check_matter(draft, pointer, {&item, nullptr});
    check_numbers(draft, pointer, item);
    check_promises(draft, pointer, item);
    check_power(draft, pointer, item);
    check_item_materials(draft, pointer, item);
  }
}

}  // namespace yizhan::catalog
