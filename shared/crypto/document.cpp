// Signed documents (trust list, catalog …) and the trust list's content.
#include <openssl/evp.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/cose.h"
#include "shared/crypto/credential.h"

namespace yizhan::crypto {
namespace {

constexpr std::string_view k_document_type = "yizhan/document";
constexpr std::size_t k_largest_document = 4 * 1024 * 1024;

Result<std::string> decode_base64(std::string const& text) {
  auto const bad = [] { return Error::make("trust_list_invalid", Retry::no, "certificate: base64"); };
  if (text.empty() || text.size() % 4 != 0 || text.size() > 64 * 1024) return bad();
  std::string out(text.size() / 4 * 3, '\0');
  int const size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return bad();
  auto const padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

Result<std::vector<std::string>> strings(nlohmann::json const& object, char const* name) {
  auto const bad = [&] { return Error::make("trust_list_invalid", Retry::no, name); };
  auto const found = object.find(name);
  if (found == object.end() || !found->is_array()) return bad();
  std::vector<std::string> out;
  for (auto const& item : *found) {
    if (!item.is_string()) return bad();
    out.push_back(item.get<std::string>());
  }
  return out;
}

Result<TrustedKey> parse_key(nlohmann::json const& entry) {
  auto const bad = [](char const* what) { return Error::make("trust_list_invalid", Retry::no, what); };
  if (!entry.is_object()) return bad("keys");
  auto const certificate = entry.find("certificate");
  if (certificate == entry.end() || !certificate->is_string()) return bad("certificate");
  auto parsed = Certificate::parse(TRY(decode_base64(certificate->get<std::string>())));
  if (!parsed) return Error::make("trust_list_invalid", Retry::no, "certificate").caused_by(parsed.error());
  auto use = TRY(strings(entry, "use"));
  auto halls = TRY(strings(entry, "halls"));
  for (auto const& prefix : halls)
    if (prefix.size() > 12 || !std::ranges::all_of(prefix, [](char c) { return c >= '0' && c <= '9'; }))
      return bad("halls");
  bool revoked = false;
  if (auto const found = entry.find("revoked"); found != entry.end()) {
    if (!found->is_boolean()) return bad("revoked");
    revoked = found->get<bool>();
  }
  return TrustedKey{std::move(*parsed), std::move(use), std::move(halls), revoked};
}

}  // namespace

Result<std::string> sign_document(std::string_view json, PrivateKey const& key, Certificate const& certificate) {
  if (json.size() > k_largest_document) return Error::make("document_too_large");
  auto const cose = TRY(cose_sign(k_document_type, zlib_deflate(text::bytes_of(json)), key, certificate));
  return std::string(text::chars_of(cose));
}

Result<std::string> verify_document(std::string_view cose, std::vector<Certificate> const& signers) {
  if (cose.size() > k_largest_document) return Error::make("document_too_large");
  auto const malformed = [](Error cause) { return Error::make("document_malformed").caused_by(std::move(cause)); };
  auto const message = parse_cose_sign1(text::bytes_of(cose));
  if (!message) return malformed(message.error());
  auto const header = parse_cose_header(*message);
  if (!header) return malformed(header.error());
  // A code's signature must not pass for a document's.
  if (!header->type.empty() && header->type != k_document_type)
    return Error::make("document_malformed", Retry::no, "typ");
  if (!std::ranges::any_of(signers, [&](auto const& signer) { return names(*header, signer); }))
    return Error::make("document_untrusted");
  if (!std::ranges::any_of(signers, [&](auto const& signer) { return cose_signed_by(*message, *header, signer); }))
    return Error::make("document_signature");
  auto const content = zlib_inflate(message->payload, k_largest_document);
  if (!content)
    return content.error().is("inflate_too_large") ? Error::make("document_too_large") : malformed(content.error());
  return std::string(text::chars_of(*content));
}

Result<TrustList> parse_trust_list(std::string_view json) {
  auto const bad = [](char const* what) { return Error::make("trust_list_invalid", Retry::no, what); };
  auto const document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_object()) return bad("not a JSON object");
  auto const version = document.find("version");
  if (version == document.end() || !version->is_number_integer()) return bad("version");
  auto const keys = document.find("keys");
  if (keys == document.end() || !keys->is_array()) return bad("keys");
  TrustList out;
  for (auto const& entry : *keys) out.push_back(TRY(parse_key(entry)));
  return out;
}

}  // namespace yizhan::crypto
