#pragma once
/// Documents that lie in PostgreSQL, in the pieces they came in.
#include <pqxx/transaction_base>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "tools/platform/documents.h"
#include "tools/platform/upload.h"

namespace yizhan::platform {

/// Whether the pieces together are what the name says. Reckoned by PostgreSQL, where they lie.
[[nodiscard]] bool is_whole(pqxx::transaction_base& transaction, std::string const& hall, std::string const& sha256);

/// Decrypted with the platform's key. REQUIRES: the upload is complete. Errors: those of crypto::decrypt_envelope().
Result<SecretBytes> open_upload(pqxx::transaction_base& transaction, std::string const& hall, std::string const& sha256,
                                KeyPair const& key);

}  // namespace yizhan::platform
