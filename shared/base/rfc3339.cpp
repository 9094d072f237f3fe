#include <algorithm>
#include <chrono>
#include <cstdio>

#include "shared/base/text.h"

namespace yizhan::text {

namespace {

using std::chrono::microseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

/// Reads the front of a text; once something does not fit, everything after fails too.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : m_text(text) {}

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!next_is_digit()) return fail();
      value = value * 10 + (m_text.front() - '0');
      m_text.remove_prefix(1);
    }
    return value;
  }
  char one_of(std::string_view allowed) {
    if (m_text.empty() || allowed.find(m_text.front()) == std::string_view::npos) return fail(), '\0';
    char const c = m_text.front();
    m_text.remove_prefix(1);
    return c;
  }
  [[nodiscard]] bool next_is(char c) const { return !m_text.empty() && m_text.front() == c; }
  [[nodiscard]] bool next_is_digit() const { return !m_text.empty() && m_text.front() >= '0' && m_text.front() <= '9'; }
  [[nodiscard]] bool ended_well() const { return m_ok && m_text.empty(); }

 private:
  int fail() {
    m_ok = false;
    m_text = {};
    return 0;
  }
  std::string_view m_text;
  bool m_ok = true;
};

/// ".123456789" → microseconds; what is finer is cut off.
std::int64_t fraction(Scanner& scan) {
  if (!scan.next_is('.')) return 0;
  scan.one_of(".");
  std::int64_t value = scan.number(1) * 100'000;
  for (std::int64_t unit = 10'000; scan.next_is_digit(); unit /= 10) value += unit * scan.number(1);
  return value;
}

}  // namespace

std::string to_rfc3339(std::int64_t unix_microseconds) {
  // The format has four digits for a year.
  constexpr std::int64_t k_first = -62'167'219'200'000'000;  // 0000-01-01T00:00:00Z
  constexpr std::int64_t k_last = 253'402'300'799'999'999;   // 9999-12-31T23:59:59.999999Z
  sys_time<microseconds> const time{microseconds{std::clamp(unix_microseconds, k_first, k_last)}};
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return buffer;
}

Result<std::int64_t> from_rfc3339(std::string_view text) {
  Scanner scan(text);
  std::chrono::year const year{scan.number(4)};
  scan.one_of("-");
  std::chrono::month const month{static_cast<unsigned>(scan.number(2))};
  scan.one_of("-");
  std::chrono::day const day{static_cast<unsigned>(scan.number(2))};
  scan.one_of("Tt ");
  int const hour = scan.number(2);
  scan.one_of(":");
  int const minute = scan.number(2);
  scan.one_of(":");
  int const second = scan.number(2);
  std::int64_t const micros = fraction(scan);
  int offset_minutes = 0;
  char const sign = scan.one_of("Zz+-");
  if (sign == '+' || sign == '-') {
    int const offset_hour = scan.number(2);
    scan.one_of(":");
    int const offset_minute = scan.number(2);
    if (offset_hour > 23 || offset_minute > 59) return Error::make("bad_time");
    offset_minutes = (offset_hour * 60 + offset_minute) * (sign == '-' ? -1 : 1);
  }
  std::chrono::year_month_day const date{year, month, day};
  // Second 60 is a leap second; like the kernel we count it as the next second's start.
  if (!scan.ended_well() || !date.ok() || hour > 23 || minute > 59 || second > 60) return Error::make("bad_time");
  auto const time = sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute - offset_minutes} +
                    std::chrono::seconds{second};
  return std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count() + micros;
}

}  // namespace yizhan::text
