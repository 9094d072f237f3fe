#include "shared/domain/cases/draft.h"
#include "shared/domain/cases/json_reader.h"

namespace yizhan::cases {

namespace {

using Json = nlohmann::json;

constexpr std::size_t k_most_strokes = 200;
constexpr std::size_t k_most_points = 2'000;  // of a stroke
constexpr int k_largest_field = 1'000'000;    // µm
constexpr int k_longest = 3'600'000;          // ms

Result<Signature::Point> parse_point(Json const& json, Signature const& signature, int from_ms) {
  if (!json.is_array() || json.size() != 3) return Reader::malformed("strokes");
  int const most[3] = {signature.width, signature.height, k_longest};
  int const least[3] = {0, 0, from_ms};
  int values[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    auto const value = Reader::to_integer(json[i]);
    if (!value || *value < least[i] || *value > most[i]) return Reader::malformed("strokes");
    values[i] = static_cast<int>(*value);
  }
  return Signature::Point{values[0], values[1], values[2]};
}

}  // namespace

Json to_json(Signature const& signature) {
  auto strokes = Json::array();
  for (auto const& stroke : signature.strokes) {
    auto points = Json::array();
    for (auto const& point : stroke) points.push_back({point.x, point.y, point.ms});
    strokes.push_back(std::move(points));
  }
  return {{"strokes", std::move(strokes)},
          {"width", signature.width},
          {"height", signature.height},
          {"document", signature.document}};
}

Result<Signature> parse_signature(Json const& json) {
  Reader const reader(json, "signature");
  Signature signature;
  signature.width = static_cast<int>(TRY(reader.integer("width", 0, k_largest_field)));
  signature.height = static_cast<int>(TRY(reader.integer("height", 0, k_largest_field)));
  signature.document = TRY(reader.text("document", 0, 64));
  auto const* const strokes = TRY(reader.array("strokes", k_most_strokes));
  int ms = 0;
  for (auto const& each : *strokes) {
    if (!each.is_array() || each.empty() || each.size() > k_most_points) return Reader::malformed("strokes");
    auto& stroke = signature.strokes.emplace_back();
    stroke.reserve(each.size());
    for (auto const& point : each) {
      stroke.push_back(TRY(parse_point(point, signature, ms)));
      ms = stroke.back().ms;
    }
  }
  // Strokes without the document they are under sign nothing.
  if (!is_sha256(signature.document) && !(signature.empty() && signature.document.empty())) {
    return Reader::malformed("document");
  }
  return signature;
}

}  // namespace yizhan::cases
