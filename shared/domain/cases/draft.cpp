#include "shared/domain/cases/draft.h"

#include <algorithm>
#include <array>

#include "shared/base/text.h"
#include "shared/domain/cases/json_reader.h"

namespace yizhan::cases {

namespace {

using Json = nlohmann::json;

constexpr std::size_t k_most_fields = 300;
constexpr std::size_t k_most_answers = 100;
constexpr std::size_t k_most_materials = 100;
constexpr std::size_t k_most_pages = 50;
constexpr std::size_t k_most_parts = 300;  // of one value: choices, pages
constexpr std::size_t k_longest_key = 100;
constexpr std::size_t k_longest_text = 8'000;  // bytes: 2,000 code points

constexpr std::array<std::pair<HeldMaterial::How, char const*>, 6> k_how{{
    {HeldMaterial::How::photographed, "photographed"},
    {HeldMaterial::How::file, "file"},
    {HeldMaterial::How::on_file, "on_file"},
    {HeldMaterial::How::from_card, "from_card"},
    {HeldMaterial::How::promised, "promised"},
    {HeldMaterial::How::shown_original, "shown_original"},
}};

/// A field's value: a text, a number, a list of texts, or an object of texts and lists of texts (address, person).
bool is_text(Json const& json) {
  return json.is_string() && json.get_ref<std::string const&>().size() <= k_longest_text;
}
bool is_texts(Json const& json) {
  return json.is_array() && json.size() <= k_most_parts && std::all_of(json.begin(), json.end(), is_text);
}
bool is_value(Json const& json) {
  if (json.is_number() || is_text(json) || is_texts(json)) return true;
  if (!json.is_object() || json.size() > k_most_parts) return false;
  return std::all_of(json.items().begin(), json.items().end(), [](auto const& member) {
    return member.key().size() <= k_longest_key && (is_text(member.value()) || is_texts(member.value()));
  });
}

bool is_map(Json const& json, std::size_t most, bool (*fits)(Json const&)) {
  if (!json.is_object() || json.size() > most) return false;
  return std::all_of(json.items().begin(), json.items().end(), [&](auto const& member) {
    return !member.key().empty() && member.key().size() <= k_longest_key && fits(member.value());
  });
}

Result<HeldMaterial> parse_material(Json const& json) {
  HeldMaterial held;
  Reader const reader(json, "materials");
  held.material = TRY(reader.text("material", 1, k_longest_key));
  auto const how = TRY(reader.text("how", 1, k_longest_key));
  auto const* const found =
      std::find_if(k_how.begin(), k_how.end(), [&](auto const& one) { return how == one.second; });
  if (found == k_how.end()) return Reader::malformed("how");
  held.how = found->first;
  auto const* const pages = TRY(reader.array("pages", k_most_pages));
  for (auto const& page : *pages) {
    if (!is_sha256(page)) return Reader::malformed("pages");
    held.pages.push_back(page.get<std::string>());
  }
  return held;
}

}  // namespace

Json to_json(Draft const& draft) {
  auto materials = Json::array();
  for (auto const& held : draft.materials) {
    auto const* const how =
        std::find_if(k_how.begin(), k_how.end(), [&](auto const& one) { return one.first == held.how; });
    materials.push_back({{"material", held.material}, {"pages", held.pages}, {"how", how->second}});
  }
  return {{"id", draft.id.to_string()},
          {"matter", draft.matter},
          {"catalog_version", draft.catalog_version},
          {"answers", draft.answers},
          {"fields", draft.fields},
          {"materials", std::move(materials)},
          {"section", draft.section},
          {"updated_at", text::to_rfc3339(draft.updated_at.time_since_epoch().count())}};
}

Result<Draft> parse_draft(Json const& json) {
  Reader const reader(json, "draft");
  Draft draft;
  auto const id = Uuid::parse(TRY(reader.text("id", 1, k_longest_key)));
  if (!id) return Reader::malformed("id");
  draft.id = *id;
  draft.matter = TRY(reader.text("matter", 1, k_longest_key));
  draft.catalog_version = TRY(reader.integer("catalog_version", 0, std::int64_t{1} << 53));
  draft.section = TRY(reader.text("section", 0, k_longest_key));
  auto const at = text::from_rfc3339(TRY(reader.text("updated_at", 1, k_longest_key)));
  if (!at) return Reader::malformed("updated_at");
  draft.updated_at = WallTime{Duration{*at}};
  draft.answers = TRY(reader.object("answers"));
  if (!is_map(draft.answers, k_most_answers, is_text)) return Reader::malformed("answers");
  draft.fields = TRY(reader.object("fields"));
  if (!is_map(draft.fields, k_most_fields, is_value)) return Reader::malformed("fields");
  auto const* const materials = TRY(reader.array("materials", k_most_materials));
  for (auto const& each : *materials) draft.materials.push_back(TRY(parse_material(each)));
  return draft;
}

}  // namespace yizhan::cases
