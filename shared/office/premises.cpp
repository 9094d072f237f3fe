#include "shared/office/premises.h"

#include "shared/base/assets.h"
#include "shared/base/file.h"
#include "shared/hall/open_hall.h"

namespace yizhan::office {

namespace {

constexpr std::size_t k_pem_limit = 64 * 1024;

/// The key named in the configuration, else the vault's.
Result<std::optional<SecretBytes>> device_key(config::Tls const& tls, crypto::KeyVault& vault) {
  if (!tls.key.empty()) {
    auto pem = TRY(read_whole_file(tls.key, k_pem_limit));
    std::optional<SecretBytes> key{SecretBytes(std::as_bytes(std::span(pem)))};
    scrub(pem);
    return key;
  }
  auto key = vault.get("device");
  if (key) return std::optional<SecretBytes>(std::move(*key));
  if (key.error().is("key_absent")) return std::optional<SecretBytes>{};
  return std::move(key).error();
}

Settings settings_of(config::Config const& config) {
  Settings settings;
  settings.device = config.device_urn();
  settings.hall = config.terminal.hall;
  settings.terminal = config.terminal.id;
  settings.counter = config.terminal.counter;
  settings.zone = config.hall.timezone;
  settings.series = config.terminal.series;
  settings.hours = config.hall.hours;
  settings.offer_unprinted_for = std::chrono::minutes(config.session.reprint_minutes);
  settings.queue = {.ageing = std::chrono::minutes(config.queue.ageing_minutes),
                    .elder_age = config.queue.elder_age,
                    .max_calls = config.queue.max_calls,
                    .default_service_time = std::chrono::minutes(config.queue.default_service_minutes)};
  settings.login = {.free_failures = config.staff.tries - 1,
                    .first_lock = std::chrono::seconds(config.staff.lock_seconds),
                    .longest_lock = std::chrono::minutes(config.staff.lock_max_minutes)};
  return settings;
}

MattersSettings matters_settings_of(config::Config const& config) {
  using calendar::TimeUnit;
  MattersSettings settings;
  settings.device = config.device_urn();
  settings.hall = config.terminal.hall;
  settings.terminal = config.terminal.id;
  settings.zone = config.hall.timezone;
  settings.keep_draft_hours = config.matters.keep_draft_hours;
  settings.keep_case_days = config.matters.keep_case_days;
  settings.follow_up = {.contact = {config.matters.follow_up_contact_days, TimeUnit::workday},
                        .close = {config.matters.follow_up_close_days, TimeUnit::workday}};
  return settings;
}

Result<Signer> copy_of(Signer const& signer) {
  auto const pem = signer.key.to_pem();
  auto const text = pem.view();
  auto key = TRY(crypto::PrivateKey::from_pem({reinterpret_cast<char const*>(text.data()), text.size()}));
  return Signer{std::move(key), signer.certificate};
}

constexpr std::size_t k_key_size = 32;

}  // namespace

WallTime build_time() { return WallTime{std::chrono::seconds{YIZHAN_BUILD_TIME}}; }

Result<catalog::Catalog> load_configured_catalog(config::Config const& config) {
  return catalog::load_catalog(find_asset(config.hall.catalog));
}

Result<std::unique_ptr<Premises>> Premises::open(Options options, Env env, calendar::HallClock& clock,
                                                 hall::ChangeSignal signal) {
  std::unique_ptr<Premises> premises(new Premises(std::move(options), clock));
  auto const& config = premises->m_options.config;
  std::error_code ignored;  // the vault and the store name what is wrong with the folder
  std::filesystem::create_directories(premises->m_options.data, ignored);
  premises->m_vault = TRY(crypto::open_development_vault(premises->m_options.data, premises->m_options.profile));
  premises->m_catalog = std::make_shared<catalog::Catalog const>(TRY(load_configured_catalog(config)));

  std::optional<Signer> signer;
  auto key = TRY(device_key(config.platform.tls, *premises->m_vault));
  if (key && !config.platform.tls.certificate.empty()) {
    auto const pem = TRY(read_whole_file(config.platform.tls.certificate, k_pem_limit));
    premises->m_certificate = TRY(crypto::Certificate::parse(pem));
    auto const text = key->view();
    auto private_key = TRY(crypto::PrivateKey::from_pem({reinterpret_cast<char const*>(text.data()), text.size()}));
    signer = Signer{std::move(private_key), *premises->m_certificate};
  }

  store::StoreOptions store_options;
  store_options.folder = premises->m_options.data;
  store_options.device = config.device_urn();
  store_options.keep_answered_days = config.sync.keep_answered_days;
  premises->m_store = TRY(store::Store::open(std::move(store_options), *premises->m_vault, env, clock));

  auto settings = settings_of(config);
  premises->m_hall = TRY(hall::open_hall({config.hall.database, settings.queue}, *premises->m_store, clock, signal));
  auto const holder_key = TRY(premises->m_vault->get_or_make("holder", k_key_size, env.secure_rng));
  auto const hall_key = TRY(premises->m_vault->get_or_make("hall", k_key_size, env.secure_rng));
  std::optional<Signer> second_signer;
  if (signer) second_signer = TRY(copy_of(*signer));
  premises->m_office =
      std::make_unique<Office>(env, *premises->m_store, *premises->m_hall, clock, *premises->m_catalog,
                               HolderIndex(holder_key.view()), std::move(settings), std::move(signer), hall_key.view());
  premises->m_matters =
      std::make_unique<Matters>(env, *premises->m_store, clock, HolderIndex(holder_key.view()),
                                matters_settings_of(config), std::move(second_signer), hall_key.view());
  premises->m_matters->use_hall(*premises->m_hall);
  TRY(premises->open_documents());
  auto const hook = [matters = premises->m_matters.get()](line::Change const& change) {
    return matters->apply(change);
  };
  TRY(premises->m_store->received_hook(hook));
  // With a shared hall the other machines' changes and ours both come back as notifications; alone, only our own.
  if (premises->m_hall->shares_transaction()) premises->m_office->on_change(std::move(signal));
  return premises;
}

Result<crypto::TrustList> Premises::trusted_keys() {
  crypto::TrustList keys;
  if (auto const document = TRY(m_store->outbox().document("trust"))) keys = TRY(crypto::parse_trust_list(*document));
  if (m_certificate) keys.push_back({*m_certificate, {"ticket", "case"}, {m_options.config.terminal.hall}, false});
  return keys;
}

}  // namespace yizhan::office
