#include "shared/crypto/credential.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/cose.h"

namespace yizhan::crypto {
namespace {

constexpr std::string_view k_prefix = "YZ1:";
constexpr std::string_view k_type_prefix = "yizhan/";
// The most a QR code holds in alphanumeric mode (version 40-L, ISO/IEC 18004).
constexpr std::size_t k_largest_text = 4296;
constexpr std::size_t k_largest_inflated = 4096;
constexpr std::size_t k_largest_foreign = 64 * 1024;
constexpr std::int64_t k_clock_tolerance_s = 120;

constexpr int k_claim_issuer = 1;
constexpr int k_claim_expiry = 4;
constexpr int k_claim_issued_at = 6;
constexpr int k_claim_id = 7;
constexpr int k_claim_body = -70002;

Error malformed(Error cause) { return Error::make("code_malformed").caused_by(std::move(cause)); }
Error malformed(char const* what) { return Error::make("code_malformed", Retry::no, what); }

/// Text → CBOR bytes. Errors: code_too_large, code_malformed.
Result<std::vector<std::byte>> unwrap(std::string_view text, std::string_view prefix, std::size_t limit) {
  if (text.size() > k_largest_text) return Error::make("code_too_large");
  if (!text.starts_with(prefix)) return malformed("prefix");
  auto const packed = base45_decode(text.substr(prefix.size()));
  if (!packed) return malformed(packed.error());
  auto inflated = zlib_inflate(*packed, limit);
  if (inflated) return inflated;
  if (inflated.error().is("inflate_too_large")) return Error::make("code_too_large");
  return malformed(inflated.error());
}

Result<void> write_body(CborWriter& out, std::string_view text) {
  auto const bad = [] {
    return Error::make("credential_body", Retry::no, "a flat JSON object of strings and integers");
  };
  auto const body = nlohmann::json::parse(text, nullptr, false);
  if (!body.is_object()) return bad();
  // RFC 8949 §4.2.1 sorts keys by their encoded bytes: short before long.
  std::vector<std::string> keys;
  for (auto const& [key, value] : body.items()) {
    if (!std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F; })) return bad();
    bool const integer =
        value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= INT64_MAX);
    if (!value.is_string() && !integer) return bad();
    keys.push_back(key);
  }
  std::ranges::sort(keys, [](auto const& a, auto const& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
  out.map(keys.size());
  for (auto const& key : keys) {
    out.text(key);
    if (auto const& value = body[key]; value.is_string())
      out.text(value.get_ref<std::string const&>());
    else
      out.integer(value.get<std::int64_t>());
  }
  return {};
}

std::optional<std::int64_t> time_claim(nlohmann::json const& claims, int label) {
  auto const found = claims.find(std::to_string(label));
  if (found == claims.end() || !found->is_number_integer()) return std::nullopt;
  // Beyond the year 9999 nothing is meant, only arithmetic provoked.
  constexpr std::int64_t k_latest = 253402300799;
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(k_latest))
    return k_latest;
  return std::clamp<std::int64_t>(found->get<std::int64_t>(), 0, k_latest);
}

/// All but the kind. Errors: code_malformed.
Result<Credential> read_claims(std::vector<std::byte> const& payload) {
  auto const read = cbor_to_json(payload);
  if (!read) return malformed(read.error());
  auto const& claims = *read;
  if (!claims.is_object()) return malformed("claims");
  Credential out;
  auto const issuer = claims.find(std::to_string(k_claim_issuer));
  auto const expiry = time_claim(claims, k_claim_expiry);
  auto const issued = time_claim(claims, k_claim_issued_at);
  auto const id = claims.find(std::to_string(k_claim_id));
  auto const body = claims.find(std::to_string(k_claim_body));
  if (issuer == claims.end() || !issuer->is_string() || !expiry || !issued || id == claims.end() || !id->is_binary() ||
      id->get_binary().size() != out.id.size() || body == claims.end() || !body->is_object())
    return malformed("claims");
  for (auto const& value : *body)
    if (!value.is_string() && !value.is_number_integer()) return malformed("body");
  out.issuer = issuer->get<std::string>();
  out.expires_at = *expiry;
  out.issued_at = *issued;
  std::ranges::transform(id->get_binary(), out.id.begin(), [](auto byte) { return static_cast<std::byte>(byte); });
  out.body = body->dump();
  return out;
}

bool covers(TrustedKey const& key, std::string_view hall) {
  return std::ranges::any_of(key.halls, [&](auto const& prefix) { return hall.starts_with(prefix); });
}

/// Whether one of the keys that verified may sign this. Errors: code_revoked, code_wrong_hall, code_untrusted.
Result<void> check_trust(std::vector<TrustedKey const*> const& signers, std::string_view kind, std::string_view issuer,
                         std::string_view hall) {
  if (std::ranges::any_of(signers, &TrustedKey::revoked)) return Error::make("code_revoked");
  // A machine that prints tickets must not be able to make a staff card, whatever a trust list says.
  bool const device = issuer.starts_with("urn:yizhan:device:");
  if (device && kind != "ticket" && kind != "case") return Error::make("code_untrusted", Retry::no, "device key");
  bool wrong_hall = false;
  for (auto const* key : signers) {
    if (std::ranges::find(key->use, kind) == key->use.end() || key->certificate.uri() != issuer) continue;
    if (covers(*key, hall)) return {};
    wrong_hall = true;
  }
  return Error::make(wrong_hall ? "code_wrong_hall" : "code_untrusted");
}

nlohmann::json printable(nlohmann::json const& value) {
  if (value.is_binary()) {
    auto const& bytes = value.get_binary();
    return text::to_hex(std::as_bytes(std::span(bytes.data(), bytes.size())));
  }
  if (!value.is_structured()) return value;
  auto out = value.is_array() ? nlohmann::json::array() : nlohmann::json::object();
  if (value.is_array())
    for (auto const& item : value) out.push_back(printable(item));
  else
    for (auto const& [key, item] : value.items()) out[key] = printable(item);
  return out;
}

}  // namespace

char const* to_string(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::ticket: return "ticket";
    case CredentialKind::appointment: return "appointment";
    case CredentialKind::case_: return "case";
    case CredentialKind::material: return "material";
    case CredentialKind::staff: return "staff";
    case CredentialKind::provision: return "provision";
  }
  return "";
}

std::optional<CredentialKind> parse_credential_kind(std::string_view text) {
  for (auto const kind : {CredentialKind::ticket, CredentialKind::appointment, CredentialKind::case_,
                          CredentialKind::material, CredentialKind::staff, CredentialKind::provision})
    if (text == to_string(kind)) return kind;
  return std::nullopt;
}

Result<std::string> sign_credential(Credential const& credential, PrivateKey const& key,
                                    Certificate const& certificate) {
  CborWriter claims;
  claims.map(5);
  claims.integer(k_claim_issuer);
  claims.text(credential.issuer);
  claims.integer(k_claim_expiry);
  claims.integer(credential.expires_at);
  claims.integer(k_claim_issued_at);
  claims.integer(credential.issued_at);
  claims.integer(k_claim_id);
  claims.bytes(credential.id);
  claims.integer(k_claim_body);
  TRY(write_body(claims, credential.body));
  auto const cose = TRY(
      cose_sign(std::string(k_type_prefix) + to_string(credential.kind), std::move(claims).take(), key, certificate));
  if (cose.size() > k_largest_inflated) return Error::make("code_too_large");
  auto text = std::string(k_prefix) + base45_encode(zlib_deflate(cose));
  if (text.size() > k_largest_text) return Error::make("code_too_large");
  return text;
}

Result<Credential> verify_credential(std::string_view text, TrustList const& trust, WallTime now, std::string_view hall,
                                     std::vector<CredentialKind> const& wanted) {
  auto const bytes = TRY(unwrap(text, k_prefix, k_largest_inflated));
  auto const cose = parse_cose_sign1(bytes);
  if (!cose) return malformed(cose.error());
  auto const header = parse_cose_header(*cose);
  if (!header) return malformed(header.error());
  if (!header->type.starts_with(k_type_prefix)) return malformed("typ");

  bool known = false;
  std::vector<TrustedKey const*> signers;
  for (auto const& key : trust) {
    known = known || names(*header, key.certificate);
    if (cose_signed_by(*cose, *header, key.certificate)) signers.push_back(&key);
  }
  if (!known) return Error::make("code_untrusted");
  if (signers.empty()) return Error::make("code_signature");

  auto credential = TRY(read_claims(cose->payload));
  auto const kind_text = std::string_view(header->type).substr(k_type_prefix.size());
  TRY(check_trust(signers, kind_text, credential.issuer, hall));

  auto const now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (credential.expires_at + k_clock_tolerance_s < now_s) return Error::make("code_expired");
  if (credential.issued_at - k_clock_tolerance_s > now_s) return Error::make("code_not_yet_valid");

  auto const kind = parse_credential_kind(kind_text);
  if (!kind || (!wanted.empty() && std::ranges::find(wanted, *kind) == wanted.end()))
    return Error::make("code_wrong_kind");
  credential.kind = *kind;
  return credential;
}

Result<nlohmann::json> inspect_credential(std::string_view text, std::string_view prefix) {
  auto const bytes = TRY(unwrap(text, prefix, prefix == k_prefix ? k_largest_inflated : k_largest_foreign));
  auto const cose = parse_cose_sign1(bytes);
  if (!cose) return malformed(cose.error());
  // RFC 9052 §3: an empty protected header is written as an empty string.
  auto const header = cose->protected_header.empty() ? Result<nlohmann::json>(nlohmann::json::object())
                                                     : cbor_to_json(cose->protected_header);
  if (!header) return malformed(header.error());
  auto const claims = cbor_to_json(cose->payload);
  if (!claims) return malformed(claims.error());
  nlohmann::json out{{"header", printable(*header)}, {"claims", printable(*claims)}};
  if (!cose->unprotected_header.empty()) out["unprotected"] = printable(cose->unprotected_header);
  return out;
}

}  // namespace yizhan::crypto
