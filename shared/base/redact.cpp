/// What a log line must not show. Rules, on the line with full-width ASCII read as ASCII:
///  - a citizen's number: 17 digits and a digit or X, with a plausible date of birth in its middle, also printed 6-8-4;
///  - its old form: exactly 15 digits with a plausible YYMMDD;
///  - a 2017 permanent resident number: 3 letters and exactly 12 digits with a plausible YYMMDD;
///  - a mobile number: 11 digits 1[3-9]…, also in groups of 3 or more split by one space or hyphen, also behind 0, 86, 0086.
/// Each must not touch another digit, anything else may stand beside it. So sequences (16 digits), hall codes (12),
/// case numbers (28) and times stay readable. UUIDs and SHA-256 in hexadecimal are left alone by their shape: their digits
/// are random, and one hash in some hundred has a "mobile number" in it.
#include <array>
#include <vector>

#include "shared/base/log.h"

namespace yizhan::log {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr std::size_t k_hash_digits = 64;

/// The line as characters that the rules see, and where each stands in the bytes.
struct Folded {
  std::string chars;
  std::vector<std::size_t> begin;  // byte offset of each char; one more for the end
};

Folded fold(std::string_view line) {
  Folded folded;
  for (std::size_t i = 0; i < line.size();) {
    folded.begin.push_back(i);
    auto const byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(line[at])); };
    if (i + 2 < line.size() && byte(i) == 0xEF && (byte(i + 1) == 0xBC || byte(i + 1) == 0xBD)) {
      unsigned const code = 0xF000 | ((byte(i + 1) & 0x3F) << 6) | (byte(i + 2) & 0x3F);
      if (code >= 0xFF01 && code <= 0xFF5E) {  // full-width ！ … ～
        folded.chars.push_back(static_cast<char>(code - 0xFF01 + '!'));
        i += 3;
        continue;
      }
    }
    folded.chars.push_back(line[i]);
    ++i;
  }
  folded.begin.push_back(line.size());
  return folded;
}

struct Run {
  std::size_t begin;
  std::size_t size;
};

int two(std::string_view digits) { return (digits[0] - '0') * 10 + (digits[1] - '0'); }

bool plausible_month_day(std::string_view mmdd) {
  int const month = two(mmdd);
  int const day = two(mmdd.substr(2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool plausible_birth(std::string_view yyyymmdd) {
  int const century = two(yyyymmdd);
  return (century == 18 || century == 19 || century == 20) && plausible_month_day(yyyymmdd.substr(4));
}

bool is_mobile(std::string_view digits) { return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3'; }

class Redactor {
 public:
  explicit Redactor(std::string_view line) : m_folded(fold(line)), m_hide(m_folded.chars.size(), false) {
    find_runs();
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
      look_at(m_runs[i]);
      look_at_groups(i);
    }
  }

  [[nodiscard]] std::string apply(std::string_view line) const {
    std::string out;
    out.reserve(line.size());
    for (std::size_t i = 0; i < m_hide.size(); ++i) {
      auto const begin = m_folded.begin[i];
      if (m_hide[i]) {
        out.push_back('*');
      } else {
        out.append(line.substr(begin, m_folded.begin[i + 1] - begin));
      }
    }
    return out;
  }

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < m_folded.chars.size() ? m_folded.chars[i] : '\0'; }
  [[nodiscard]] std::string_view text(Run run) const {
    return std::string_view(m_folded.chars).substr(run.begin, run.size);
  }
  void hide(Run run) {
    for (std::size_t i = 0; i < run.size; ++i) {
      if (is_digit(at(run.begin + i)) || is_letter(at(run.begin + i))) m_hide[run.begin + i] = true;
    }
  }

  /// 8-4-4-4-12 hexadecimal digits: ours to read, and made of random digits.
  [[nodiscard]] bool uuid_at(std::size_t i) const {
    if (i > 0 && is_hex(at(i - 1))) return false;
    for (std::size_t k = 0; k < 36; ++k) {
      bool const hyphen = k == 8 || k == 13 || k == 18 || k == 23;
      if (hyphen ? at(i + k) != '-' : !is_hex(at(i + k))) return false;
    }
    return !is_hex(at(i + 36));
  }

  [[nodiscard]] bool hash_at(std::size_t i) const {
    if (i > 0 && (is_digit(at(i - 1)) || is_letter(at(i - 1)))) return false;
    for (std::size_t k = 0; k < k_hash_digits; ++k) {
      if (!is_hex(at(i + k))) return false;
    }
    return !is_digit(at(i + k_hash_digits)) && !is_letter(at(i + k_hash_digits));
  }

  void find_runs() {
    for (std::size_t i = 0; i < m_folded.chars.size();) {
      if (is_hex(at(i)) && uuid_at(i)) {
        i += 36;
      } else if (is_hex(at(i)) && hash_at(i)) {
        i += k_hash_digits;
      } else if (is_digit(at(i))) {
        Run run{i, 0};
        while (is_digit(at(i))) ++i, ++run.size;
        m_runs.push_back(run);
      } else {
        ++i;
      }
    }
  }

  void look_at(Run run) {
    auto const digits = text(run);
    char const after = at(run.begin + run.size);
    if (digits.size() == 18 && plausible_birth(digits.substr(6))) hide(run);
    if (digits.size() == 17 && (after == 'X' || after == 'x') && plausible_birth(digits.substr(6))) {
      hide({run.begin, 18});
    }
    if (digits.size() == 15 && plausible_month_day(digits.substr(8))) hide(run);
    bool const behind_letters =
        run.begin >= 3 && is_letter(at(run.begin - 1)) && is_letter(at(run.begin - 2)) && is_letter(at(run.begin - 3));
    if (digits.size() == 12 && behind_letters && plausible_month_day(digits.substr(6))) hide({run.begin - 3, 15});
    for (std::string_view const prefix : {"0", "86", "0086"}) {
      if (digits.starts_with(prefix) && is_mobile(digits.substr(prefix.size()))) hide(run);
    }
  }

  /// Runs from `first` on that are split by one space or hyphen each.
  void look_at_groups(std::size_t first) {
    std::string digits;
    std::vector<std::size_t> sizes;
    for (std::size_t i = first; i < m_runs.size() && digits.size() < 18; ++i) {
      if (i > first) {
        auto const gap = m_runs[i - 1].begin + m_runs[i - 1].size;
        if (m_runs[i].begin != gap + 1 || (at(gap) != ' ' && at(gap) != '-')) return;
      }
      digits.append(text(m_runs[i]));
      sizes.push_back(m_runs[i].size);
      Run const whole{m_runs[first].begin, m_runs[i].begin + m_runs[i].size - m_runs[first].begin};
      if (m_runs[i].size >= 3 && is_mobile(digits)) hide(whole);
      if (sizes.size() == 3 && sizes[0] == 6 && sizes[1] == 8 && plausible_birth(std::string_view(digits).substr(6))) {
        char const after = at(whole.begin + whole.size);
        if (sizes[2] == 4) hide(whole);
        if (sizes[2] == 3 && (after == 'X' || after == 'x')) hide({whole.begin, whole.size + 1});
      }
      if (m_runs[i].size < 3) return;  // dates and times come in pairs of digits
    }
  }

  Folded m_folded;
  std::vector<bool> m_hide;
  std::vector<Run> m_runs;
};

}  // namespace

std::string redact(std::string_view line) { return Redactor(line).apply(line); }

}  // namespace yizhan::log
