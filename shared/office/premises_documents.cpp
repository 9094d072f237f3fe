// Signed documents as sync stored them (catalog, calendar, trust), and what the program brings along until they come.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/assets.h"
#include "shared/base/file.h"
#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/office/premises.h"

namespace yizhan::office {

namespace {

constexpr char const* k_sent = "catalog";
/// The one in force: `catalog` may hold the next one already when the machine starts again.
constexpr char const* k_in_force = "catalog.in_force";
constexpr std::size_t k_calendar_limit = 1024 * 1024;

Result<std::shared_ptr<calendar::HolidayCalendar const>> own_holidays() {
  auto const text = TRY(read_whole_file(find_asset("assets/calendar/holidays.json"), k_calendar_limit));
  return std::make_shared<calendar::HolidayCalendar const>(TRY(calendar::HolidayCalendar::parse(text)));
}

bool usable(crypto::TrustedKey const& key, std::string const& hall, WallTime now) {
  auto const& certificate = key.certificate;
  return !key.revoked && std::find(key.use.begin(), key.use.end(), "upload") != key.use.end() &&
         std::any_of(key.halls.begin(), key.halls.end(),
                     [&](auto const& prefix) { return hall.starts_with(prefix); }) &&
         certificate.algorithm() == crypto::Algorithm::es256 && certificate.not_before() <= now &&
         now <= certificate.not_after();
}

}  // namespace

Result<void> Premises::open_documents() {
  m_holidays = TRY(own_holidays());
  m_divisions = std::make_shared<forms::Divisions const>(
      TRY(forms::Divisions::load(find_asset(m_options.config.matters.divisions))));
  m_matters->use_divisions(m_divisions);
  m_matters->use_calendar(m_holidays);
  if (auto bytes = TRY(m_store->outbox().document(k_in_force))) {
    if (auto const known = TRY(usable_catalog(k_in_force, std::move(*bytes)))) m_catalog = known->catalog;
  }
  m_office->use_catalog(m_catalog);
  // Nobody is in the middle of a visit yet.
  if (TRY(refresh_documents())) take_new_catalog();
  return {};
}

Result<bool> Premises::refresh_documents() {
  TRY(look_for_upload_key());
  TRY(look_for_holidays());
  TRY(look_for_catalog());
  if (!m_next_catalog) return false;
  auto const& from = m_next_catalog->catalog->from;
  return !from || *from <= TRY(m_office->today());
}

void Premises::take_new_catalog() {
  auto const due = refresh_documents();
  if (!due || !*due) return;
  auto const next = *std::exchange(m_next_catalog, std::nullopt);
  auto const note = [&]() -> Result<void> {
    TRY(m_store->outbox().store_document(k_in_force, next.catalog->version, next.etag, next.bytes));
    return m_store->audit().append("catalog.in_force", "machine", k_sent, {{"version", next.catalog->version}});
  };
  // It is in force all the same; the next start takes it from what was sent.
  if (auto const noted = m_store->commit(note); !noted)
    log::warning("catalogue not noted: {}", noted.error().to_line());
  m_catalog = next.catalog;
  m_office->use_catalog(m_catalog);
  log::info("catalogue version {} is in force", m_catalog->version);
}

Result<std::optional<std::string>> Premises::changed_document(std::string const& name) {
  auto bytes = TRY(m_store->outbox().document(name));
  if (!bytes) return std::optional<std::string>();
  auto sha256 = crypto::sha256_hex(text::bytes_of(*bytes));
  auto& seen = m_seen_documents[name];
  if (seen == sha256) return std::optional<std::string>();
  seen = std::move(sha256);
  return bytes;
}

Result<void> Premises::refuse_document(std::string const& name, Error const& why) {
  log::error("{} is not used: {}", name, why.to_line());
  return m_store->commit([&] {
    return m_store->audit().append("document.refused", "machine", name, {{"error", std::string(why.code())}});
  });
}

Result<std::optional<Premises::SignedCatalog>> Premises::usable_catalog(std::string const& name, std::string bytes) {
  using Found = std::optional<SignedCatalog>;
  auto accepted = catalog::accept_catalog(bytes, m_options.config.terminal.hall, m_catalog->version);
  if (!accepted) {
    bool const newer_configured = name == k_in_force && accepted.error().is("document_version_back");
    if (!newer_configured) TRY(refuse_document(name, accepted.error()));
    return Found();
  }
  auto etag = TRY(m_store->outbox().document_etag(name));
  return Found(
      SignedCatalog{std::make_shared<catalog::Catalog const>(std::move(*accepted)), std::move(etag), std::move(bytes)});
}

Result<void> Premises::look_for_catalog() {
  auto bytes = TRY(changed_document(k_sent));
  if (!bytes) return {};
  if (auto const in_force = TRY(m_store->outbox().document(k_in_force)); in_force && *in_force == *bytes) return {};
  auto next = TRY(usable_catalog(k_sent, std::move(*bytes)));
  if (next) m_next_catalog = std::move(next);
  return {};
}

Result<void> Premises::look_for_holidays() {
  auto const bytes = TRY(changed_document("calendar"));
  if (!bytes) return {};
  auto parsed = calendar::HolidayCalendar::parse(*bytes);
  if (!parsed) return refuse_document("calendar", parsed.error());
  if (parsed->version() < m_holidays->version()) return {};  // the program brought a newer one along
  m_holidays = std::make_shared<calendar::HolidayCalendar const>(std::move(*parsed));
  m_matters->use_calendar(m_holidays);
  return {};
}

/// Not only when the list changes: certificates begin and end.
Result<void> Premises::look_for_upload_key() {
  std::optional<crypto::Certificate> newest;
  if (auto const document = TRY(m_store->outbox().document("trust"))) {
    auto const now = m_clock.now();
    for (auto const& key : TRY(crypto::parse_trust_list(*document))) {
      if (!usable(key, m_options.config.terminal.hall, now)) continue;
      if (!newest || newest->not_before() < key.certificate.not_before()) newest = key.certificate;
    }
  }
  m_upload_key = newest.has_value();
  m_matters->use_upload_key(std::move(newest));
  return {};
}

}  // namespace yizhan::office
