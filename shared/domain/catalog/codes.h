#pragma once
/// Lists of codes of the national implementation list, and how its numbers are made.
#include <span>
#include <string_view>

namespace yizhan::catalog {

/// 18 places of a unified social credit code with its check character (GB 32100-2015, mod 31).
[[nodiscard]] bool is_social_credit_code(std::string_view code);
[[nodiscard]] bool is_digits(std::string_view text, std::size_t length);
/// What can be dialled: digits, hyphens between them, 3 to 20 characters.
[[nodiscard]] bool is_phone(std::string_view text);
/// https://host/…
[[nodiscard]] bool is_url(std::string_view text);
[[nodiscard]] bool is_icon(std::string_view name);

namespace codes {
inline constexpr std::string_view item_types[] = {"01", "02", "03", "04", "05", "06",
                                                  "07", "08", "09", "10", "20", "99"};
inline constexpr std::string_view levels[] = {"1", "2", "3", "4", "5", "6"};
inline constexpr std::string_view material_types[] = {"1", "2", "3"};
inline constexpr std::string_view material_forms[] = {"1", "2", "3"};
inline constexpr std::string_view material_sources[] = {"10", "20", "30", "99"};
inline constexpr std::string_view power_sources[] = {"1", "2", "3", "4"};
inline constexpr std::string_view ranges[] = {"street", "district", "city", "province", "country"};
// In the order of the enumerations.
inline constexpr std::string_view channels[] = {"kiosk", "counter", "community", "phone", "online"};
inline constexpr std::string_view units[] = {"workday", "natural_day", "hour", "minute", "month"};
inline constexpr std::string_view field_kinds[] = {"text",      "number",     "date",      "choice",
                                                   "choices",   "address",    "person",    "phone",
                                                   "id_number", "attachment", "signature", "note"};
inline constexpr std::string_view prefills[] = {"none",    "name",  "number", "sex",  "birth",
                                                "address", "phone", "ethnic", "today"};
inline constexpr std::string_view person_facts[] = {"known", "verified", "document", "age", "sex", "area"};
}  // namespace codes

namespace tables {
extern std::span<std::string_view const> const icon_names;  // sorted
}

}  // namespace yizhan::catalog
