#include "shared/sync/document_lane.h"

#include <algorithm>

#include "shared/base/log.h"
#include "shared/crypto/credential.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/domain/line/line_port.h"
#include "shared/sync/messages.h"

namespace yizhan::sync {

DocumentLane::DocumentLane(LaneContext const& context, std::string name, std::function<void(std::string const&)> stored)
    : Lane(context), m_name(std::move(name)), m_stored(std::move(stored)) {}

void DocumentLane::start_round() {
  m_settled = false;
  look_again(Duration{0});
}

void DocumentLane::ask_again() {
  m_settled = false;
  look_again(Duration{0});
}

Result<std::vector<crypto::Certificate>> DocumentLane::signers() {
  if (m_name == "trust") return m_context.settings.trust_signers;
  std::vector<crypto::Certificate> found;
  auto const list = TRY(m_context.port.document("trust"));
  if (!list || list->empty()) return found;
  auto const now = m_context.clock.now();
  for (auto const& key : TRY(crypto::parse_trust_list(*list))) {
    bool const named = std::ranges::find(key.use, m_name) != key.use.end();
    bool const ours = std::ranges::any_of(
        key.halls, [&](std::string const& prefix) { return m_context.settings.hall.starts_with(prefix); });
    bool const in_time = key.certificate.not_before() <= now && now <= key.certificate.not_after();
    if (named && ours && in_time && !key.revoked) found.push_back(key.certificate);
  }
  return found;
}

Result<std::optional<HttpRequest>> DocumentLane::make() {
  auto const believed = TRY(signers());
  if (believed.empty()) {  // nobody's word would be
    m_settled = true;
    look_again(m_context.settings.trust_interval);
    return std::optional<HttpRequest>();
  }
  HttpRequest request{"GET", "/v1/" + m_name, {}, {}, {}};
  auto const etag = TRY(m_context.port.document_etag(m_name));
  if (!etag.empty()) request.headers.emplace_back("If-None-Match", etag);
  return std::optional(std::move(request));
}

Result<void> DocumentLane::check(std::string const& json) const {
  if (m_name == "trust") (void)TRY(crypto::parse_trust_list(json));
  if (m_name == "calendar") (void)TRY(calendar::HolidayCalendar::parse(json));
  // Whether it is older than the one here is asked when it is stored, as of every document.
  if (m_name == "catalog") (void)TRY(catalog::accept_catalog(json, m_context.settings.hall, 0));
  return {};
}

Result<void> DocumentLane::take(Answer const& answer) {
  m_settled = true;
  look_again(m_context.settings.trust_interval);
  if (!answer.ok() && answer.status == 404) return {};  // the platform has none
  if (!answer.ok()) return error_of(answer);
  if (answer.status == 304) return {};
  m_settled = false;
  if (answer.response.content_type != "application/cose")
    return Error::make("platform_answer", Retry::later, m_name + " of another type");
  auto const believed = TRY(signers());
  auto const json = TRY(crypto::verify_document(answer.response.body, believed));
  TRY(check(json));
  auto const version = TRY(read_version(json));
  TRY(m_context.port.store_document(m_name, version, answer.response.etag, json));
  m_settled = true;
  log::info("{} version {}", m_name, version);
  if (m_stored) m_stored(m_name);
  return {};
}

}  // namespace yizhan::sync
