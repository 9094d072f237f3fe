#include "tools/platform/case_event.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "shared/base/uuid.h"
#include "shared/domain/calendar/hall_time.h"
#include "tools/platform/upload.h"

namespace yizhan::platform {

namespace {

using nlohmann::json;

constexpr std::size_t k_parts = 99;
constexpr std::size_t k_documents = 500;
constexpr std::size_t k_materials = 200;
constexpr std::size_t k_code_size = 64;
constexpr std::size_t k_number_size = 28;

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

json const* member(json const& object, char const* name) {
  auto const found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

template <class Check>
bool has_text(json const& object, char const* name, Check const& check) {
  auto const* value = member(object, name);
  return value != nullptr && value->is_string() && check(value->get_ref<std::string const&>());
}

bool has_number(json const& object, char const* name, std::uint64_t least, std::uint64_t most) {
  auto const* value = member(object, name);
  return value != nullptr && value->is_number_unsigned() && value->get<std::uint64_t>() >= least &&
         value->get<std::uint64_t>() <= most;
}

bool has_flag(json const& object, char const* name) {
  auto const* value = member(object, name);
  return value != nullptr && value->is_boolean();
}

template <class Check>
bool has_list(json const& object, char const* name, std::size_t least, std::size_t most, Check const& check) {
  auto const* value = member(object, name);
  return value != nullptr && value->is_array() && value->size() >= least && value->size() <= most &&
         std::all_of(value->begin(), value->end(), check);
}

bool is_code_text(json const& value) { return value.is_string() && is_code(value.get_ref<std::string const&>()); }
bool is_hash_text(json const& value) { return value.is_string() && is_sha256(value.get_ref<std::string const&>()); }
bool is_day(std::string const& text) { return calendar::BusinessDay::parse(text).has_value(); }
bool is_uuid(std::string const& text) {
  auto const uuid = Uuid::parse(text);
  return uuid && uuid->to_string() == text;
}

bool is_holder(std::string const& text) {
  return text.size() == 43 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

bool is_kind(std::string const& text) { return text == "application" || text == "material" || text == "signature"; }

bool is_part(json const& part) {
  return part.is_object() && has_number(part, "part", 1, k_parts) && has_text(part, "item", is_code) &&
         has_list(part, "after", 0, k_parts, is_code_text);
}

bool is_document(json const& document) {
  if (!document.is_object() || !has_text(document, "sha256", is_sha256) ||
      !has_number(document, "size", 1, k_upload_limit) || !has_text(document, "kind", is_kind) ||
      !has_number(document, "page", 1, k_documents))
    return false;
  auto const* material = member(document, "material");
  return document["kind"] == "material" ? material != nullptr && is_code_text(*material)
                                        : material == nullptr || material->is_null();
}

bool is_on_file(json const& entry) {
  return entry.is_object() && has_text(entry, "material", is_code) &&
         has_list(entry, "sha256", 1, k_documents, is_hash_text);
}

bool is_promised(json const& entry) {
  return entry.is_object() && has_text(entry, "material", is_code) && has_text(entry, "due", is_day) &&
         has_flag(entry, "provisional");
}

bool has_papers(json const& data, std::size_t least) {
  if (!has_list(data, "documents", least, k_documents, is_document) ||
      !has_list(data, "on_file", 0, k_materials, is_on_file))
    return false;
  std::set<std::string> names;
  return std::all_of(data["documents"].begin(), data["documents"].end(),
                     [&](json const& document) { return names.insert(document["sha256"].get<std::string>()).second; });
}

std::ptrdiff_t applications(json const& data) {
  return std::count_if(data["documents"].begin(), data["documents"].end(),
                       [](json const& document) { return document["kind"] == "application"; });
}

/// 1, 2, 3 …; what a part waits for is another item of the case.
bool parts_fit(json const& parts) {
  std::set<std::string> items;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i]["part"] != i + 1 || !items.insert(parts[i]["item"].get<std::string>()).second) return false;
  return std::all_of(parts.begin(), parts.end(), [&](json const& part) {
    return std::all_of(part["after"].begin(), part["after"].end(), [&](json const& item) {
      return item != part["item"] && items.count(item.get<std::string>()) == 1;
    });
  });
}

}  // namespace

bool is_case_number(std::string_view text) {
  if (text.size() != k_number_size || !is_digits(text)) return false;
  // ISO/IEC 7064, hybrid system MOD 11,10: what is left after the check digit is 1.
  int carried = 10;
  for (char const c : text.substr(0, k_number_size - 1)) {
    int const sum = (carried + (c - '0')) % 10;
    carried = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (carried + (text.back() - '0')) % 10 == 1;
}

bool is_number_of(std::string_view number, Device const& device) {
  return is_case_number(number) && number.substr(0, 12) == device.hall &&
         number.substr(20, 3) == std::string_view(device.urn).substr(device.urn.size() - 3);
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= k_code_size && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_submitted(json const& data) {
  return has_text(data, "case", is_case_number) && has_text(data, "matter", is_code) && has_flag(data, "bundle") &&
         has_number(data, "catalog", 0, (std::uint64_t{1} << 53) - 1) && has_text(data, "channel", is_code) &&
         has_text(data, "holder", is_holder) && has_list(data, "parts", 1, k_parts, is_part) &&
         parts_fit(data["parts"]) && has_papers(data, 1) && applications(data) == 1 &&
         has_list(data, "promised", 0, k_materials, is_promised);
}

bool is_supplemented(json const& data) {
  return has_text(data, "case", is_case_number) && has_number(data, "part", 1, k_parts) &&
         has_text(data, "supplement", is_uuid) && has_papers(data, 0) && applications(data) == 0;
}

bool is_withdrawn(json const& data) { return has_text(data, "case", is_case_number); }

}  // namespace yizhan::platform
