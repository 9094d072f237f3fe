#pragma once
/// A machine's whole back room, opened from its configuration: vault, database, hall, use cases. What yizhan-kiosk and
/// yizhanctl stand on. Thread: the store thread, except where noted.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/crypto/credential.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/config/config.h"
#include "shared/hall/hall_authority.h"
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
  /// Errors: vault errors, those of Store::open, hall_uri, catalog_invalid, file_unreadable and key and certificate errors.
  static Result<std::unique_ptr<Premises>> open(Options options, Env env, calendar::HallClock& clock,
                                                hall::ChangeSignal signal);

  [[nodiscard]] store::Store& store() { return *m_store; }
  [[nodiscard]] hall::HallAuthority& hall() { return *m_hall; }
  [[nodiscard]] Office& office() { return *m_office; }
  [[nodiscard]] catalog::Catalog const& catalog() const { return m_catalog; }
  [[nodiscard]] calendar::HallClock& clock() { return m_clock; }
  [[nodiscard]] crypto::KeyVault& vault() { return *m_vault; }
  /// This machine's own certificate; none before it is enrolled.
  [[nodiscard]] std::optional<crypto::Certificate> const& certificate() const { return m_certificate; }
  /// Keys that codes may be signed with: the platform's trust list as last pulled, and this machine's own for tickets.
  Result<crypto::TrustList> trusted_keys();

 private:
  explicit Premises(Options options, calendar::HallClock& clock) : m_options(std::move(options)), m_clock(clock) {}

  Options m_options;
  calendar::HallClock& m_clock;
  std::unique_ptr<crypto::KeyVault> m_vault;
  catalog::Catalog m_catalog;
  std::optional<crypto::Certificate> m_certificate;
  std::unique_ptr<store::Store> m_store;
  std::unique_ptr<hall::HallAuthority> m_hall;
  std::unique_ptr<Office> m_office;
};

/// What a scanned text means here.
struct ResolvedCode {
  crypto::CredentialKind kind = crypto::CredentialKind::ticket;
  std::string ticket_number;  // of a ticket
  std::string service;        // of an appointment
  std::string credential;     // hex id of a code that counts once
};
/// Our own signed codes, checked offline. Anything else is no business of this machine and is not kept.
/// Errors: code_unknown, those of crypto::verify_credential, code_used (an appointment that was taken here before),
/// code_malformed.
Result<ResolvedCode> resolve_code(Premises& premises, std::string const& hall, std::string_view text);

}  // namespace yizhan::office
