#pragma once
/// The folder given by --tls: keys and certificates, and the trust list, which is signed at start.
#include <string>

#include "shared/base/secret.h"
#include "shared/crypto/credential.h"

namespace yizhan::platform {

/// A signed document as served.
struct Document {
  std::string bytes;
  std::string etag;  // with its quotes
};

/// A certificate and its key.
struct KeyPair {
  crypto::PrivateKey key;
  crypto::Certificate certificate;
};

struct Folder {
  std::string ca_pem;                  // ca.crt
  std::string server_certificate_pem;  // server.crt
  SecretText server_key_pem;           // server.key
  Document trust;                      // trust.json, signed with document-signer.key
  crypto::TrustList trusted;           // for codes shown to the platform
  KeyPair upload;                      // upload.*: what documents are encrypted to
  KeyPair catalog_signer;              // catalog-signer.*
  KeyPair calendar_signer;             // calendar-signer.*
  SecretBytes person_key;              // person-index.key: what persons are found by is an HMAC under it
};

/// Errors: file_unreadable, trust_list_invalid, errors of keys and certificates.
Result<Folder> load_folder(std::string const& path);

/// The tag follows the content, not the signature, which differs at every start (ECDSA).
Result<Document> sign(std::string_view json, KeyPair const& signer);

}  // namespace yizhan::platform
