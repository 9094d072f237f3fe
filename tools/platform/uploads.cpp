#include "tools/platform/uploads.h"

#include "shared/base/text.h"
#include "shared/crypto/envelope.h"
#include "tools/platform/database.h"

namespace yizhan::platform {

bool is_whole(pqxx::transaction_base& transaction, std::string const& hall, std::string const& sha256) {
  auto const rows = query(transaction,
                          "SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY position)), 'hex')"
                          " FROM platform_upload_pieces WHERE hall = $1 AND sha256 = $2",
                          hall, sha256);
  return !rows[0][0].is_null() && rows[0][0].as<std::string>() == sha256;
}

Result<SecretBytes> open_upload(pqxx::transaction_base& transaction, std::string const& hall, std::string const& sha256,
                                KeyPair const& key) {
  std::vector<std::byte> envelope;
  for (auto const& row : query(transaction,
                               "SELECT encode(bytes, 'hex') FROM platform_upload_pieces"
                               " WHERE hall = $1 AND sha256 = $2 ORDER BY position",
                               hall, sha256)) {
    auto const piece = TRY(text::from_hex(row[0].as<std::string>()));
    envelope.insert(envelope.end(), piece.begin(), piece.end());
  }
  return crypto::decrypt_envelope(envelope, key.key, key.certificate);
}

}  // namespace yizhan::platform
