#include "shared/domain/catalog/codes.h"

#include <algorithm>

namespace yizhan::catalog {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_social_credit_code(std::string_view code) {
  constexpr std::string_view k_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr std::size_t k_length = 18;
  if (code.size() != k_length) return false;
  std::size_t sum = 0;
  std::size_t weight = 1;  // 3^i mod 31
  for (std::size_t i = 0; i < k_length; ++i) {
    auto const value = k_characters.find(code[i]);
    if (value == k_characters.npos) return false;
    if (i == k_length - 1) return value == (31 - sum % 31) % 31;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return false;
}

bool is_digits(std::string_view text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_phone(std::string_view text) {
  if (text.size() < 3 || text.size() > 20 || !is_digit(text.front()) || !is_digit(text.back())) return false;
  bool const good = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '-'; });
  return good && text.find("--") == text.npos;
}

bool is_url(std::string_view text) {
  constexpr std::string_view k_scheme = "https://";
  if (text.substr(0, k_scheme.size()) != k_scheme) return false;
  auto const rest = text.substr(k_scheme.size());
  auto const host = rest.substr(0, rest.find('/'));
  bool const printable = std::all_of(rest.begin(), rest.end(), [](char c) { return c > ' ' && c < 0x7f; });
  auto const dot = host.find('.');
  return printable && dot != host.npos && dot > 0 && dot + 1 < host.size();
}

bool is_icon(std::string_view name) {
  return std::binary_search(tables::icon_names.begin(), tables::icon_names.end(), name);
}

}  // namespace yizhan::catalog
