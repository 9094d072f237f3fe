#pragma once
/// Sealed dossiers: what belongs to one person, readable only under the hall key and found only by the holder's index.
/// The seal covers id, kind, holder and version, so that a row cannot be given to another person or set back unseen by
/// copying its columns. Thread: store. Calls join an open transaction or make one of their own.
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"

namespace yizhan::store {

class Store;

struct DossierHead {
  Uuid id;
  std::string kind;    // "draft", "case"
  std::string holder;  // never empty
  std::int64_t version = 0;
  WallTime updated_at{};
  std::optional<WallTime> expires_at;
};

class Dossiers {
 public:
  /// `hall_key`: 32 bytes, copied; empty: nothing can be kept (no_hall_key). `store` and `env` outlive it.
  static std::unique_ptr<Dossiers> create(Store& store, std::span<std::byte const> hall_key, Env env);
  virtual ~Dossiers() = default;
  /// Makes version 1, or replaces version `head.version` − 1. Errors: dossier_conflict (another version is stored),
  /// dossier_foreign (the id is another holder's), no_hall_key.
  virtual Result<void> put(DossierHead const& head, nlohmann::json const& content) = 0;
  /// Only of that holder, not expired at `now`. Errors: dossier_unknown (also another person's), seal_broken.
  virtual Result<nlohmann::json> get(Uuid const& id, std::string_view holder, WallTime now) = 0;
  virtual Result<std::vector<DossierHead>> list(std::string_view holder, std::string_view kind, WallTime now) = 0;
  virtual Result<void> remove(Uuid const& id, std::string_view holder) = 0;
  /// Expired ones go; their ids, so that what they owned goes with them.
  virtual Result<std::vector<Uuid>> expire(WallTime now) = 0;
};

}  // namespace yizhan::store
