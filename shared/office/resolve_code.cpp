#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/office/premises.h"
#include "shared/office/used_code.h"

namespace yizhan::office {

namespace {

Result<std::string> member(nlohmann::json const& body, char const* name) {
  auto const found = body.find(name);
  if (found == body.end() || !found->is_string()) return Error::make("code_malformed", Retry::no, name);
  return found->get<std::string>();
}

}  // namespace

Result<ResolvedCode> resolve_code(Premises& premises, std::string const& hall, std::string_view text) {
  if (!crypto::is_our_code(text)) return Error::make("code_unknown");
  auto const keys = TRY(premises.trusted_keys());
  auto const credential = TRY(crypto::verify_credential(
      text, keys, premises.clock().now(), hall,
      {crypto::CredentialKind::ticket, crypto::CredentialKind::appointment, crypto::CredentialKind::case_}));
  auto const body = nlohmann::json::parse(credential.body, nullptr, false);
  if (!body.is_object()) return Error::make("code_malformed");
  ResolvedCode code;
  code.kind = credential.kind;
  if (credential.kind == crypto::CredentialKind::ticket) {
    auto const day = TRY(member(body, "day"));
    if (day != TRY(premises.office().today()).to_string()) return Error::make("code_expired");
    code.ticket_number = TRY(member(body, "number"));
    return code;
  }
  if (credential.kind == crypto::CredentialKind::case_) {
    code.case_number = TRY(member(body, "case"));
    return code;
  }
  code.service = TRY(member(body, "service"));
  code.credential = text::to_hex(credential.id);
  if (TRY(premises.store().setting(used_code(code.credential)))) return Error::make("code_used");
  return code;
}

}  // namespace yizhan::office
