#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/crypto/credential.h"
#include "shared/office/office_state.h"

namespace yizhan::office {

namespace {

std::int64_t unix_seconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

Result<std::string> signed_code(queue::Ticket const& ticket, Settings const& settings, Signer const& signer) {
  auto const end = TRY(calendar::end_of_day(ticket.day, settings.zone));
  crypto::Credential credential{
      .kind = crypto::CredentialKind::ticket,
      .issuer = settings.device,
      .issued_at = unix_seconds(ticket.issued_at),
      .expires_at = unix_seconds(end),
  };
  credential.id = ticket.id.bytes;
  credential.body =
      nlohmann::json{{"day", ticket.day.to_string()}, {"hall", settings.hall}, {"number", ticket.number}}.dump();
  return crypto::sign_credential(credential, signer.key, signer.certificate);
}

}  // namespace

std::string Office::State::code_of(queue::Ticket const& ticket) {
  if (!signer) return ticket.number;
  auto code = signed_code(ticket, settings, *signer);
  if (code) return std::move(*code);
  log::error("ticket code not signed: {}", code.error().to_line());
  return ticket.number;
}

}  // namespace yizhan::office
