#pragma once
/// A machine's whole back room, opened from its configuration: vault, database, hall, use cases. What yizhan-kiosk and
/// yizhanctl stand on. Thread: the store thread, except where noted.
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/crypto/credential.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/config/config.h"
#include "shared/domain/forms/divisions.h"
#include "shared/hall/hall_authority.h"
#include "shared/office/matters.h"
#include "shared/office/office.h"
#include "shared/store/store.h"

namespace yizhan::office {

/// When this program was built: hall time is never before it.
[[nodiscard]] WallTime build_time();

/// The catalogue named in the configuration. A path that is not there as it stands is looked for beside the program's
/// own files. Errors: those of load_catalog.
Result<catalog::Catalog> load_configured_catalog(config::Config const& config);

class Premises {
 public:
  struct Options {
    config::Config config;
    std::filesystem::path data;
    crypto::Profile profile = crypto::Profile::production;
  };

  /// `clock` outlives the premises and may be read from any thread. `signal`: see hall::ChangeSignal.
  /// Errors: vault errors, those of Store::open, hall_uri, catalog_invalid, divisions_file, divisions_invalid, file_unreadable and
  /// key and certificate errors.
  static Result<std::unique_ptr<Premises>> open(Options options, Env env, calendar::HallClock& clock,
                                                hall::ChangeSignal signal);

  [[nodiscard]] store::Store& store() { return *m_store; }
  [[nodiscard]] hall::HallAuthority& hall() { return *m_hall; }
  [[nodiscard]] Office& office() { return *m_office; }
  [[nodiscard]] Matters& matters() { return *m_matters; }
  /// Never changed once made; another one is in force only after take_new_catalog().
  [[nodiscard]] std::shared_ptr<catalog::Catalog const> catalog() const { return m_catalog; }
  [[nodiscard]] std::shared_ptr<calendar::HolidayCalendar const> holidays() const { return m_holidays; }
  [[nodiscard]] std::shared_ptr<forms::Divisions const> divisions() const { return m_divisions; }
  /// The platform's key for documents is known.
  [[nodiscard]] bool applications_possible() const { return m_upload_key; }

  /// Looks at the signed documents as sync stored them, and at the day: a catalogue of this hall, not older than the one in
  /// force, waits from its day on for take_new_catalog(); holidays and the key for documents are in force at once. What cannot
  /// be used is named in the log and the audit records once, and the old one stays. True: a catalogue waits.
  Result<bool> refresh_documents();
  /// The one that waits for its day, or for take_new_catalog(); null where none does.
  [[nodiscard]] std::shared_ptr<catalog::Catalog const> next_catalog() const {
    return m_next_catalog ? m_next_catalog->catalog : nullptr;
  }
  /// Between two visits only. Without a waiting catalogue nothing changes.
  void take_new_catalog();
  [[nodiscard]] calendar::HallClock& clock() { return m_clock; }
  [[nodiscard]] crypto::KeyVault& vault() { return *m_vault; }
  /// This machine's own certificate; none before it is enrolled.
  [[nodiscard]] std::optional<crypto::Certificate> const& certificate() const { return m_certificate; }
  /// Keys that codes may be signed with: the platform's trust list as last pulled, and this machine's own for tickets.
  Result<crypto::TrustList> trusted_keys();

 private:
  explicit Premises(Options options, calendar::HallClock& clock) : m_options(std::move(options)), m_clock(clock) {}

  /// A catalogue as the platform sent it.
  struct SignedCatalog {
    std::shared_ptr<catalog::Catalog const> catalog;
    std::string etag;
    std::string bytes;
  };
  Result<void> open_documents();
  /// None: it is the same as last time, there is none, or it cannot be used (said).
  Result<std::optional<std::string>> changed_document(std::string const& name);
  Result<void> refuse_document(std::string const& name, Error const& why);
  Result<std::optional<SignedCatalog>> usable_catalog(std::string const& name, std::string bytes);
  Result<void> look_for_catalog();
  Result<void> look_for_holidays();
  Result<void> look_for_upload_key();

  Options m_options;
  calendar::HallClock& m_clock;
  std::unique_ptr<crypto::KeyVault> m_vault;
  std::shared_ptr<catalog::Catalog const> m_catalog;
  std::optional<SignedCatalog> m_next_catalog;  // waits for its day, or for take_new_catalog()
  std::shared_ptr<calendar::HolidayCalendar const> m_holidays;
  std::shared_ptr<forms::Divisions const> m_divisions;
  bool m_upload_key = false;
  std::map<std::string, std::string> m_seen_documents;  // name → SHA-256
  std::optional<crypto::Certificate> m_certificate;
  std::unique_ptr<store::Store> m_store;
  std::unique_ptr<hall::HallAuthority> m_hall;
  std::unique_ptr<Office> m_office;
  std::unique_ptr<Matters> m_matters;
};

/// What a scanned text means here.
struct ResolvedCode {
  crypto::CredentialKind kind = crypto::CredentialKind::ticket;
  std::string ticket_number;  // of a ticket
  std::string case_number;    // of a receipt
  std::string service;        // of an appointment
  std::string credential;     // hex id of a code that counts once
};
/// Our own signed codes, checked offline. Anything else is no business of this machine and is not kept.
/// Errors: code_unknown, those of crypto::verify_credential, code_used (an appointment that was taken here before),
/// code_malformed.
Result<ResolvedCode> resolve_code(Premises& premises, std::string const& hall, std::string_view text);

}  // namespace yizhan::office
