#include "shared/store/store.h"

#include "shared/store/audit_log.h"
#include "shared/store/blobs_table.h"
#include "shared/store/files.h"
#include "shared/store/high_water_file.h"
#include "shared/store/settings.h"
#include "shared/store/sqlite_outbox.h"
#include "shared/store/start_check.h"
#include "shared/store/uploads_table.h"

namespace yizhan::store {
namespace {

bool has_content(std::filesystem::path const& file) {
  std::error_code failed;
  auto const size = std::filesystem::file_size(file, failed);
  return !failed && size > 0;
}

}  // namespace

struct Store::State {
  FileDescriptor lock;  // the folder is ours until everything below is closed
  StoreOptions options;
  std::unique_ptr<Database> database;
  std::unique_ptr<HighWaterFile> high_water;
  std::unique_ptr<SqliteOutbox> outbox;
  std::unique_ptr<SqliteAuditLog> audit;
  std::unique_ptr<SqliteBlobs> blobs;
  std::unique_ptr<SqliteUploads> uploads;
  std::optional<MissingAfterStart> missing;
};

Store::Store() : m_state(std::make_unique<State>()) {}
Store::~Store() = default;

Database& Store::database() { return *m_state->database; }
Outbox& Store::outbox() { return *m_state->outbox; }
AuditLog& Store::audit() { return *m_state->audit; }
Blobs& Store::blobs() { return *m_state->blobs; }
Uploads& Store::uploads() { return *m_state->uploads; }
HighWater& Store::high_water() { return *m_state->high_water; }
std::optional<MissingAfterStart> const& Store::missing() const { return m_state->missing; }

void Store::before_commit() { m_state->outbox->before_commit(); }
Result<void> Store::after_commit() { return m_state->outbox->after_commit(); }
void Store::after_rollback() { m_state->outbox->after_rollback(); }

Result<std::unique_ptr<Store>> Store::open(StoreOptions options, crypto::KeyVault& vault, Env env,
                                           calendar::HallClock& clock) {
  std::unique_ptr<Store> store(new Store);
  auto& state = *store->m_state;
  state.options = std::move(options);
  auto const& folder = state.options.folder;
  TRY(make_private_folder(folder));
  state.lock = TRY(lock_folder(folder));

  // A new key for an old database would only hide that its own is gone.
  auto const file = folder / "yizhan.db";
  bool const existed = has_content(file);
  auto const key = existed ? TRY(vault.get("database")) : TRY(vault.get_or_make("database", 32, env.secure_rng));
  state.high_water = TRY(HighWaterFile::open(folder / "high-water"));
  state.database = TRY(Database::open(file, key, state.options.database));
  state.audit = std::make_unique<SqliteAuditLog>(*state.database, clock);

  auto const line = TRY(read_line(*state.database));
  clock.restore(line.clock_offset.value_or(Duration{}), line.highest_time);
  auto const* mark = state.high_water ? &state.high_water->mark() : nullptr;
  state.missing = TRY(compare_with_mark(*state.database, *state.audit, mark));
  // Only now: a crash before the findings are stored must find the mark absent again.
  if (!state.high_water) state.high_water = TRY(HighWaterFile::create(folder / "high-water"));
  TRY(sync_folder(folder));
  TRY(state.high_water->raise_sequence(line.last.epoch, line.last.sequence));

  state.outbox = std::make_unique<SqliteOutbox>(*state.database, *state.high_water, env, clock, state.options.device);
  state.blobs = std::make_unique<SqliteBlobs>(*state.database, clock);
  state.uploads = std::make_unique<SqliteUploads>(*state.database, *state.blobs, clock);
  (void)TRY(state.outbox->forget_answered(state.options.keep_answered_days));
  return store;
}

Result<void> Store::received_hook(ReceivedHook hook) { return m_state->outbox->received_hook(std::move(hook)); }

Result<std::optional<std::string>> Store::setting(std::string_view name) { return read_setting(database(), name); }

Result<void> Store::set_setting(std::string_view name, std::string_view value) {
  auto const write = [&] { return write_setting(database(), name, value); };
  return database().in_transaction() ? write() : commit(write);
}

Result<bool> Store::numbers_withheld(calendar::BusinessDay const& today) {
  auto const since = TRY(setting(k_withheld_setting));
  if (!since) return false;
  if (since->empty()) {
    TRY(set_setting(k_withheld_setting, today.to_string()));
    return true;
  }
  if (*since >= today.to_string()) return true;
  TRY(release_numbers());
  return false;
}

Result<void> Store::release_numbers() {
  auto const erase = [&] { return erase_setting(database(), k_withheld_setting); };
  return database().in_transaction() ? erase() : commit(erase);
}

Result<std::vector<std::string>> Store::check() {
  auto findings = TRY(database().check());
  if (auto const audit = this->audit().verify(); !audit) findings.push_back(audit.error().to_line());
  if (auto const broken = TRY(m_state->outbox->broken_at())) {
    findings.push_back("the line's chain does not fit at sequence " + line::padded(*broken));
  }
  return findings;
}

Result<void> Store::backup(std::filesystem::path const& file) {
  // The copy knows what it is; and a request under way stays the original's.
  return database().copy_to(file, k_mark_as_restored);
}

}  // namespace yizhan::store
