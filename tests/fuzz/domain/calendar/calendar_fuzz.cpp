// A holiday calendar from outside: taken whole or refused with a place. In what was taken, counting forth and back agree.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/calendar/workdays.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  auto const calendar = calendar::HolidayCalendar::parse(text::chars_of(std::as_bytes(std::span(data, size))));
  if (!calendar) {
    if (!calendar.error().is("calendar_invalid")) std::abort();
    return 0;
  }
  for (int year = 2024; year < 2028; ++year) {
    calendar::BusinessDay const start{std::chrono::year{year} / std::chrono::December / 15};
    for (int const count : {1, 7, 20}) {
      auto const due = add_workdays(*calendar, start, count);
      if (!calendar->is_workday(due.day) || workdays_between(*calendar, start, due.day) != count) std::abort();
      bool const known = calendar->covers(std::chrono::year{year}) && calendar->covers(std::chrono::year{year + 1});
      if (!known && !due.provisional && due.day.date.month() != std::chrono::December) std::abort();
      if (!calendar->is_workday(add_natural_days(*calendar, start, count).day)) std::abort();
    }
  }
  return 0;
}
