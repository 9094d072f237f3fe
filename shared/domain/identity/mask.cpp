#include <algorithm>
#include <array>

#include "shared/base/text.h"
#include "shared/domain/identity/id_number.h"

namespace yizhan::identity {

namespace {

std::string stars(std::size_t count) { return std::string(count, '*'); }

/// The first `front` and the last `back` code points, the rest asterisks.
std::string keep_ends(std::string_view value, std::size_t front, std::size_t back) {
  auto const points = text::to_code_points(value);
  if (points.size() <= front + back) return stars(points.size());
  std::u32string_view const all(points);
  return text::from_code_points(all.substr(0, front)) + stars(points.size() - front - back) +
         text::from_code_points(all.substr(points.size() - back));
}

}  // namespace

std::string mask_id_number(std::string_view number) {
  auto const length = text::length(number);
  if (length == 18) return keep_ends(number, 6, 4);
  if (length == 15) {
    // Eleven asterisks whatever the number: the form other programs know.
    constexpr std::size_t k_stars = 11;
    auto const points = text::to_code_points(number);
    std::u32string_view const all(points);
    return text::from_code_points(all.substr(0, 3)) + stars(k_stars) + text::from_code_points(all.substr(13));
  }
  if (length < 3) return stars(length);
  return keep_ends(number, 1, 1);
}

std::string mask_name(std::string_view name) { return name.empty() ? std::string() : text::prefix(name, 1) + "*"; }

std::string mask_phone(std::string_view phone) {
  bool const digits = std::all_of(phone.begin(), phone.end(), [](char c) { return c >= '0' && c <= '9'; });
  return phone.size() == 11 && digits ? keep_ends(phone, 3, 4) : keep_ends(phone, 0, 2);
}

std::string mask_birth(std::string_view iso_date) {
  if (iso_date.empty()) return {};
  return std::string(text::prefix(iso_date, 4)) + "-**-**";
}

std::string mask_address(std::string_view address) {
  if (address.empty()) return {};
  auto const points = text::to_code_points(address);
  // The longest way to a county: 省 or 自治区 3–8 characters, 自治州 ≤ 10, the county ≤ 10; a later 区 is a housing estate.
  auto const end = std::min<std::size_t>(points.size(), 28);
  std::size_t keep = 0;
  bool in_city = false;
  for (std::size_t i = 1; i < end && keep == 0; ++i) {
    char32_t const c = points[i];
    // 自治区 and 地区 stand above the county, 小区, 社区 and the like far below it.
    bool const region = c == U'区' && (points[i - 1] == U'治' || points[i - 1] == U'地');
    bool const estate =
        c == U'区' && std::u32string_view(U"小社园校厂院辖").find(points[i - 1]) != std::u32string_view::npos;
    bool const shop = c == U'市' && (points[i - 1] == U'超' || points[i - 1] == U'菜');
    bool const county =
        (c == U'区' && !region && !estate) || c == U'县' || c == U'旗' || (c == U'市' && in_city && !shop);
    if (county) keep = i + 1;
    in_city = in_city || c == U'市' || c == U'州' || (region && points[i - 1] == U'地');
  }
  if (keep == 0) keep = std::min<std::size_t>(points.size(), 6);
  return text::from_code_points(std::u32string_view(points).substr(0, keep)) + "*";
}

Result<SecretText> normalise_phone(std::string_view typed) {
  std::array<char, 11> digits{};
  std::size_t count = 0;
  for (char const c : typed) {
    if (c == ' ' || c == '-') continue;
    if (c < '0' || c > '9' || count == digits.size()) return Error::make("phone_invalid");
    digits[count++] = c;
  }
  bool const mobile = count == digits.size() && digits[0] == '1' && digits[1] >= '3';
  if (!mobile) return Error::make("phone_invalid");
  SecretText phone(std::string_view(digits.data(), count));
  scrub(digits.data(), digits.size());
  return phone;
}

}  // namespace yizhan::identity
