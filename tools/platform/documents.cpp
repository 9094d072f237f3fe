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

}  // namespace

Result<Document> sign_trust_list(std::string_view json, crypto::PrivateKey const& key,
                                 crypto::Certificate const& certificate) {
  auto bytes = TRY(crypto::sign_document(json, key, certificate));
  return Document{std::move(bytes), '"' + crypto::sha256_hex(text::bytes_of(json)).substr(0, 32) + '"'};
}

Result<Folder> load_folder(std::string const& path) {
  Folder folder;
  folder.ca_pem = TRY(read_file(path + "/ca.crt"));
  folder.server_certificate_pem = TRY(read_file(path + "/server.crt"));
  folder.server_key_pem = TRY(read_secret(path + "/server.key"));
  auto const json = TRY(read_file(path + "/trust.json"));
  folder.trusted = TRY(crypto::parse_trust_list(json));
  auto const key_pem = TRY(read_secret(path + "/document-signer.key"));
  auto const key = TRY(crypto::PrivateKey::from_pem(key_pem.view()));
  auto const certificate_pem = TRY(read_file(path + "/document-signer.crt"));
  auto const certificate = TRY(crypto::Certificate::parse(certificate_pem));
  folder.trust = TRY(sign_trust_list(json, key, certificate));
  return folder;
}

}  // namespace yizhan::platform
