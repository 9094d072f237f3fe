#include "tools/platform/documents.h"

#include <fstream>
#include <iterator>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/crypto/keys.h"

namespace yizhan::platform {

namespace {

Result<std::string> read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::string content(std::istreambuf_iterator<char>(in), {});
  if (!in || content.empty()) return Error::make("file_unreadable", Retry::no, path);
  return content;
}

Result<SecretText> read_secret(std::string const& path) {
  auto content = TRY(read_file(path));
  SecretText secret{content};
  scrub(content);
  return secret;
}

Result<KeyPair> read_pair(std::string const& path) {
  auto const pem = TRY(read_secret(path + ".key"));
  auto key = TRY(crypto::PrivateKey::from_pem(pem.view()));
  auto const certificate_pem = TRY(read_file(path + ".crt"));
  auto certificate = TRY(crypto::Certificate::parse(certificate_pem));
  return KeyPair{std::move(key), std::move(certificate)};
}

/// 64 hex digits and a line's end.
Result<SecretBytes> read_key(std::string const& path) {
  auto const text = TRY(read_secret(path));
  auto bytes = text::from_hex(text::trim(text.view()));
  if (!bytes || bytes->size() != 32) return Error::make("key_unreadable", Retry::no, path);
  SecretBytes key{*bytes};
  scrub(bytes->data(), bytes->size());
  return key;
}

}  // namespace

Result<Document> sign(std::string_view json, KeyPair const& signer) {
  auto bytes = TRY(crypto::sign_document(json, signer.key, signer.certificate));
  return Document{std::move(bytes), '"' + crypto::sha256_hex(text::bytes_of(json)).substr(0, 32) + '"'};
}

Result<Folder> load_folder(std::string const& path) {
  auto upload = TRY(read_pair(path + "/upload"));
  auto catalog_signer = TRY(read_pair(path + "/catalog-signer"));
  auto calendar_signer = TRY(read_pair(path + "/calendar-signer"));
  auto const document_signer = TRY(read_pair(path + "/document-signer"));
  auto ca_pem = TRY(read_file(path + "/ca.crt"));
  auto server_certificate_pem = TRY(read_file(path + "/server.crt"));
  auto server_key_pem = TRY(read_secret(path + "/server.key"));
  auto const json = TRY(read_file(path + "/trust.json"));
  auto trusted = TRY(crypto::parse_trust_list(json));
  auto trust = TRY(sign(json, document_signer));
  auto person_key = TRY(read_key(path + "/person-index.key"));
  return Folder{std::move(ca_pem),         std::move(server_certificate_pem),
                std::move(server_key_pem), std::move(trust),
                std::move(trusted),        std::move(upload),
                std::move(catalog_signer), std::move(calendar_signer),
                std::move(person_key)};
}

}  // namespace yizhan::platform
