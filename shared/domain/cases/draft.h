#pragma once
/// What a resident has done so far of a matter (草稿): sealed at rest, found again by the same person only.
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/hall_time.h"

namespace yizhan::cases {

/// A material in hand. `pages`: SHA-256 (hex) of what is stored, in order.
struct HeldMaterial {
  std::string material;
  std::vector<std::string> pages;
  enum class How {
    photographed,
    file,
    on_file /* the platform has it */,
    from_card,
    promised /* 容缺 */,
    shown_original
  } how = How::photographed;
};

/// Strokes in micrometres of the signing field, and the picture made of them; bound to the document by its hash.
struct Signature {
  struct Point {
    int x = 0;
    int y = 0;
    int ms = 0;  // since the first point
  };
  std::vector<std::vector<Point>> strokes;
  int width = 0;  // of the field, micrometres
  int height = 0;
  std::string document;  // SHA-256 (hex) of the PDF that was shown
  [[nodiscard]] bool empty() const { return strokes.empty(); }
};

struct Draft {
  Uuid id;  // also of the case it becomes
  std::string matter;
  std::int64_t catalog_version = 0;
  nlohmann::json answers = nlohmann::json::object();
  nlohmann::json fields = nlohmann::json::object();
  std::vector<HeldMaterial> materials;
  std::string section;  // where the resident was
  WallTime updated_at{};
};

/// Canonical JSON and back. Errors: draft_malformed.
[[nodiscard]] nlohmann::json to_json(Draft const& draft);
Result<Draft> parse_draft(nlohmann::json const& json);
[[nodiscard]] nlohmann::json to_json(Signature const& signature);
Result<Signature> parse_signature(nlohmann::json const& json);

}  // namespace yizhan::cases
