#include "tools/platform/application_document.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "tools/platform/base64.h"
#include "tools/platform/case_event.h"
#include "tools/platform/json.h"
#include "tools/platform/upload.h"

namespace yizhan::platform {

namespace {

using nlohmann::json;

Error malformed(char const* what) { return Error::make("application_malformed", Retry::no, what); }

json const* member(json const& object, char const* name, json::value_t type) {
  if (!object.is_object()) return nullptr;
  auto const found = object.find(name);
  return found == object.end() || found->type() != type ? nullptr : &*found;
}

std::string const* text_member(json const& object, char const* name) {
  auto const* found = member(object, name, json::value_t::string);
  return found == nullptr ? nullptr : &found->get_ref<std::string const&>();
}

std::optional<ClaimedMaterial> parse_material(json const& entry) {
  constexpr std::array<std::string_view, 6> k_ways{"photographed", "file",     "on_file",
                                                   "from_card",    "promised", "shown_original"};
  auto const* material = text_member(entry, "material");
  auto const* how = text_member(entry, "how");
  auto const* pages = member(entry, "pages", json::value_t::array);
  if (material == nullptr || !is_code(*material) || how == nullptr || pages == nullptr ||
      std::find(k_ways.begin(), k_ways.end(), *how) == k_ways.end())
    return std::nullopt;
  ClaimedMaterial result{*material, *how, {}};
  for (auto const& page : *pages) {
    if (!page.is_string() || !is_sha256(page.get_ref<std::string const&>())) return std::nullopt;
    result.pages.push_back(page.get<std::string>());
  }
  return result;
}

/// A signature is bound by the hash of the PDF that was shown.
Result<void> check_signature(json const& document) {
  auto const found = document.find("signature");
  if (found == document.end() || found->is_null()) return {};
  auto const* pdf = text_member(document, "pdf");
  auto const* hash = text_member(*found, "document");
  if (pdf == nullptr || hash == nullptr || member(*found, "strokes", json::value_t::array) == nullptr)
    return malformed("signature");
  auto const bytes = from_base64(*pdf);
  if (!bytes) return malformed("pdf");
  if (crypto::sha256_hex(*bytes) != *hash) return Error::make("application_signature");
  return {};
}

bool includes(std::map<std::string, std::set<std::string>> const& known, ClaimedMaterial const& claimed) {
  auto const found = known.find(claimed.material);
  return std::all_of(claimed.pages.begin(), claimed.pages.end(),
                     [&](std::string const& page) { return found != known.end() && found->second.count(page) == 1; });
}

}  // namespace

Result<ApplicationDocument> parse_application(std::string_view text) {
  auto const parsed = parse_json(text);
  if (!parsed || !parsed->is_object()) return malformed("not a JSON object");
  auto const& document = *parsed;
  auto const version = document.find("version");
  if (version == document.end() || *version != 1) return malformed("version");
  auto const* number = text_member(document, "case");
  auto const* matter = text_member(document, "matter");
  auto const catalog = document.find("catalog");
  auto const* parts = member(document, "parts", json::value_t::array);
  auto const* materials = member(document, "materials", json::value_t::array);
  if (number == nullptr || matter == nullptr || parts == nullptr || materials == nullptr || catalog == document.end() ||
      !catalog->is_number_integer())
    return malformed("case, matter, catalog, parts, materials");
  ApplicationDocument result{.number = *number, .matter = *matter, .catalog = catalog->get<std::int64_t>()};
  for (auto const& part : *parts) {
    auto const* which = member(part, "part", json::value_t::number_unsigned);
    auto const* item = text_member(part, "item");
    if (which == nullptr || item == nullptr) return malformed("parts");
    result.parts.emplace_back(which->get<int>(), *item);
  }
  for (auto const& entry : *materials) {
    auto material = parse_material(entry);
    if (!material) return malformed("materials");
    result.materials.push_back(std::move(*material));
  }
  auto const* applicant = member(document, "applicant", json::value_t::object);
  auto const* kind = applicant == nullptr ? nullptr : text_member(*applicant, "document");
  auto const* id = applicant == nullptr ? nullptr : text_member(*applicant, "number");
  auto const* name = applicant == nullptr ? nullptr : text_member(*applicant, "name");
  if (kind == nullptr || !is_code(*kind) || id == nullptr || id->empty() || name == nullptr)
    return malformed("applicant");
  result.document_kind = *kind;
  result.document_number = SecretText(*id);
  result.name = SecretText(*name);
  TRY(check_signature(document));
  return result;
}

std::string compare(ApplicationDocument const& application, Announced const& announced) {
  if (application.number != announced.number || application.matter != announced.matter ||
      application.catalog != announced.catalog || application.parts != announced.parts)
    return "application_mismatch";
  for (auto const& material : application.materials) {
    bool const of_pages = material.how == "photographed" || material.how == "file";
    if (of_pages && (material.pages.empty() || !includes(announced.pages, material))) return "pages_missing";
    if (material.how == "on_file" && !includes(announced.on_file, material)) return "pages_missing";
  }
  return "";
}

}  // namespace yizhan::platform
