#pragma once
/// The folder given by --tls: keys and certificates, and the trust list, which is signed at start.
#include <string>

#include "shared/base/secret.h"
#include "tools/platform/calls.h"

namespace yizhan::platform {

struct Folder {
  std::string ca_pem;                  // ca.crt
  std::string server_certificate_pem;  // server.crt
  SecretText server_key_pem;           // server.key
  Document trust;                      // trust.json, signed with document-signer.key
  crypto::TrustList trusted;
};

/// Errors: file_unreadable, trust_list_invalid, errors of keys and certificates.
Result<Folder> load_folder(std::string const& path);

/// The tag follows the content, not the signature, which differs at every start (ECDSA).
Result<Document> sign_trust_list(std::string_view json, crypto::PrivateKey const& key,
                                 crypto::Certificate const& certificate);

}  // namespace yizhan::platform
