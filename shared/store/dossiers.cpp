#include "shared/store/dossiers.h"

#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/seal.h"
#include "shared/store/store.h"

namespace yizhan::store {
namespace {

std::int64_t micros(WallTime time) { return time.time_since_epoch().count(); }

/// What the seal covers besides the content. No part can run into the next: ids and holders have fixed alphabets.
std::string associated(std::string_view id, std::string_view kind, std::string_view holder, std::int64_t version) {
  std::string text = "yizhan dossier 1";
  for (auto const part : {id, kind, holder}) text.append(1, '\n').append(part);
  return text + '\n' + std::to_string(version);
}

class SqliteDossiers final : public Dossiers {
 public:
  SqliteDossiers(Database& database, std::span<std::byte const> key, Env env) : m_database(database), m_env(env) {
    if (!key.empty()) m_sealer.emplace(key);
  }

  Result<void> put(DossierHead const& head, nlohmann::json const& content) override {
    if (!m_sealer) return Error::make("no_hall_key");
    auto const id = head.id.to_string();
    auto plain = content.dump();
    auto const sealed = m_sealer->seal(
        text::bytes_of(plain), text::bytes_of(associated(id, head.kind, head.holder, head.version)), m_env.secure_rng);
    scrub(plain);
    return m_database.joined([&]() -> Result<void> {
      auto const stored = TRY(version_of(head));
      if (stored + 1 != head.version) return Error::make("dossier_conflict", Retry::no, id);
      auto write =
          TRY(m_database.prepare("INSERT INTO dossiers (id, kind, holder, version, sealed, updated_at, expires_at) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, "
                                 "?6, ?7) ON CONFLICT (id) DO UPDATE SET kind = ?2, version = ?4, sealed = ?5, "
                                 "updated_at = ?6, expires_at = ?7"));
      std::optional<std::int64_t> expires;
      if (head.expires_at) expires = micros(*head.expires_at);
      write.bind_all(std::string_view(id), std::string_view(head.kind), std::string_view(head.holder), head.version,
                     std::span<std::byte const>(sealed), micros(head.updated_at), expires);
      return write.run();
    });
  }

  Result<nlohmann::json> get(Uuid const& id, std::string_view holder, WallTime now) override {
    auto row =
        TRY(m_database.prepare("SELECT kind, version, sealed FROM dossiers WHERE id = ? AND holder = ? AND (expires_at "
                               "IS NULL OR expires_at > ?)"));
    row.bind_all(id, holder, micros(now));
    if (!TRY(row.step())) return Error::make("dossier_unknown");
    if (!m_sealer) return Error::make("no_hall_key");
    auto const over = associated(id.to_string(), row.text(0), holder, row.integer(1));
    auto const plain = TRY(m_sealer->open(row.blob(2), text::bytes_of(over)));
    auto content = nlohmann::json::parse(text::chars_of(plain.view()), nullptr, false);
    if (content.is_discarded()) return Error::make("seal_broken", Retry::no, id.to_string());
    return content;
  }

  Result<std::vector<DossierHead>> list(std::string_view holder, std::string_view kind, WallTime now) override {
    std::vector<DossierHead> heads;
    if (holder.empty()) return heads;
    auto rows =
        TRY(m_database.prepare("SELECT id, version, updated_at, expires_at FROM dossiers WHERE holder = ? AND kind = ? "
                               "AND (expires_at IS NULL OR "
                               "expires_at > ?) ORDER BY updated_at DESC, id DESC"));
    rows.bind_all(holder, kind, micros(now));
    while (TRY(rows.step())) {
      DossierHead head{.kind = std::string(kind), .holder = std::string(holder), .version = rows.integer(1)};
      head.id = TRY(rows.uuid(0));
      head.updated_at = WallTime(Duration(rows.integer(2)));
      if (auto const at = rows.integer_or_null(3)) head.expires_at = WallTime(Duration(*at));
      heads.push_back(std::move(head));
    }
    return heads;
  }

  Result<void> remove(Uuid const& id, std::string_view holder) override {
    return m_database.joined([&]() -> Result<void> {
      auto statement = TRY(m_database.prepare("DELETE FROM dossiers WHERE id = ? AND holder = ?"));
      statement.bind_all(id, holder);
      return statement.run();
    });
  }

  Result<std::vector<Uuid>> expire(WallTime now) override {
    return m_database.joined([&]() -> Result<std::vector<Uuid>> {
      auto rows = TRY(m_database.prepare("DELETE FROM dossiers WHERE expires_at <= ? RETURNING id"));
      rows.bind_all(micros(now));
      std::vector<Uuid> ids;
      while (TRY(rows.step())) ids.push_back(TRY(rows.uuid(0)));
      return ids;
    });
  }

 private:
  /// 0: none is stored.
  Result<std::int64_t> version_of(DossierHead const& head) {
    auto row = TRY(m_database.prepare("SELECT version, holder FROM dossiers WHERE id = ?"));
    row.bind_all(head.id);
    if (!TRY(row.step())) return std::int64_t{0};
    if (row.text(1) != head.holder) return Error::make("dossier_foreign");
    return row.integer(0);
  }

  Database& m_database;
  Env m_env;
  std::optional<crypto::Sealer> m_sealer;
};

}  // namespace

std::unique_ptr<Dossiers> Dossiers::create(Store& store, std::span<std::byte const> hall_key, Env env) {
  return std::make_unique<SqliteDossiers>(store.database(), hall_key, env);
}

}  // namespace yizhan::store
