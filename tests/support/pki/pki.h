#pragma once
/// Certificates made on the spot. Keys are P-256 or SM2; nothing is ever read from or kept on disk.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/crypto/keys.h"

namespace yizhan::test {

struct Issued {
  std::string key_pem;
  std::string certificate_pem;
  [[nodiscard]] crypto::PrivateKey key() const;
  [[nodiscard]] crypto::Certificate certificate() const;
};

struct Wanted {
  std::string common_name = "test";
  std::vector<std::string> dns;
  std::vector<std::string> ip;
  std::vector<std::string> uri;
  WallTime not_before;
  WallTime not_after;
  crypto::Algorithm algorithm = crypto::Algorithm::es256;
  bool authority = false;
};

/// Signed by `issuer`, by itself without one.
Issued issue(Wanted const& wanted, Issued const* issuer = nullptr);

/// "sha256//…": curl's pin of this certificate's public key.
std::string pin_of(Issued const& issued);

/// Valid from a day before `now` for a year: what most tests want.
Issued self_signed(std::string const& uri, WallTime now, crypto::Algorithm algorithm = crypto::Algorithm::es256);

}  // namespace yizhan::test
