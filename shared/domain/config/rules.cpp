#include "shared/domain/config/rules.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "shared/base/text.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/queue/ticket.h"

namespace yizhan::config {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), is_digit);
}

/// HH:MM, 24:00 too.
std::optional<std::chrono::minutes> read_minute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':' || !digits(text.substr(0, 2), 2) || !digits(text.substr(3), 2)) return {};
  int const hour = (text[0] - '0') * 10 + (text[1] - '0');
  int const minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60) return {};
  return std::chrono::minutes{hour * 60 + minute};
}

std::string write_minute(std::chrono::minutes minute) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d", static_cast<int>(minute.count() / 60),
                static_cast<int>(minute.count() % 60));
  return buffer;
}

}  // namespace

bool is_terminal_id(std::string_view text) { return digits(text, 3); }
bool is_hall_id(std::string_view text) { return digits(text, 12); }
bool is_language(std::string_view text) { return text == "zh_CN" || text == "en"; }
bool is_theme(std::string_view text) { return text == "light" || text == "dark_yellow" || text == "high_contrast"; }

bool is_series(std::string_view text) {
  if (text.empty()) return true;
  return text.size() == 2 && text[0] != text[1] && queue::is_queue_letter(text[0]) && queue::is_queue_letter(text[1]);
}

bool is_counter_label(std::string_view text) {
  return text.size() <= 8 && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c); });
}

bool is_line(std::string_view text) {
  return text.size() <= 1024 && text::is_utf8(text) && text::without_controls(text) == text;
}
bool is_path(std::string_view text) { return !text.empty() && is_line(text); }
bool is_name(std::string_view text) { return is_path(text) && text::length(text) <= 40; }

bool is_https_url(std::string_view text) {
  if (text.empty()) return true;
  constexpr std::string_view k_scheme = "https://";
  bool const plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
  return plain && text.size() <= 1024 && text.starts_with(k_scheme) && text.size() > k_scheme.size() &&
         text[k_scheme.size()] != '/';
}

bool is_postgres_uri(std::string_view text) {
  return text.empty() || (is_line(text) && (text.starts_with("postgresql://") || text.starts_with("postgres://")));
}

bool is_camera(std::string_view text) {
  return text.empty() || text == "emulated" ||
         (is_line(text) && (text.starts_with('/') || text.starts_with("usb:") || text.starts_with("socket:")));
}
bool is_port(std::string_view text) { return is_camera(text) || (is_line(text) && text.starts_with("tcp://")); }
bool is_reader_transport(std::string_view text) { return text == "serial" || text == "bulk"; }
bool is_reader_protocol(std::string_view text) { return text == "sdt" || text == "multi"; }
bool is_digest(std::string_view text) {
  constexpr std::string_view k_kind = "sha256:";
  if (text.empty()) return true;
  if (!text.starts_with(k_kind) || text.size() != k_kind.size() + 64) return false;
  text.remove_prefix(k_kind.size());
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
bool is_led(std::string_view text) {
  return is_line(text) && text.find('/') == std::string_view::npos && text != "." && text != "..";
}
bool is_code_end(std::string_view text) { return text == "line" || text == "tab" || text == "silence"; }
bool is_scanner_kind(std::string_view text) { return text == "serial" || text == "hid_pos" || text == "keyboard"; }

bool is_printer_uri(std::string_view text) {
  if (text.empty()) return true;
  if (text.starts_with("ipp://") || text.starts_with("ipps://")) {
    auto const host = text.substr(text.find("//") + 2);
    bool const plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~' && c != '@'; });
    return plain && text.size() <= 1000 && !host.empty() && host.front() != '/' && host.front() != ':';
  }
  // CUPS, lpadmin(8): any printable character but space, "/" and "#", at most 127 of them.
  return text.size() <= 127 && std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c <= '~' && c != '/' && c != '#' && c != ':';
         });
}

bool is_zone(std::string_view text) { return is_path(text) && calendar::local_day(WallTime{}, text).has_value(); }
bool is_vault(std::string_view text) { return text == "development"; }

bool is_pin(std::string_view text) {
  constexpr std::string_view k_scheme = "sha256//";
  if (!text.starts_with(k_scheme)) return false;
  text.remove_prefix(k_scheme.size());
  return text.size() == 44 && text.back() == '=' && std::all_of(text.begin(), text.end() - 1, [](char c) {
           return is_digit(c) || is_letter(c) || c == '+' || c == '/';
         });
}

bool are_over(std::vector<OpenHours> const& hours, std::chrono::minutes now) {
  return !hours.empty() && now >= hours.back().to;
}

bool read_hours(std::vector<std::string> const& texts, std::vector<OpenHours>& out) {
  std::vector<OpenHours> hours;
  for (std::string_view const text : texts) {
    if (text.size() != 11 || text[5] != '-') return false;
    auto const from = read_minute(text.substr(0, 5));
    auto const to = read_minute(text.substr(6));
    if (!from || !to || *from >= *to || (!hours.empty() && *from < hours.back().to)) return false;
    hours.push_back({*from, *to});
  }
  out = std::move(hours);
  return true;
}

std::vector<std::string> write_hours(std::vector<OpenHours> const& hours) {
  std::vector<std::string> texts;
  for (auto const& each : hours) texts.push_back(write_minute(each.from) + "-" + write_minute(each.to));
  return texts;
}

}  // namespace yizhan::config
