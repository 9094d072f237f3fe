// What a machine uploads: any bytes, a whole envelope with bytes altered, and the way there and back.
#include <algorithm>
#include <cstdlib>

#include "shared/base/manual_env.h"
#include "shared/crypto/cbor.h"
#include "shared/crypto/envelope.h"
#include "tests/support/pki/pki.h"

namespace {

using namespace yizhan;
using namespace yizhan::crypto;

void must(bool held) {
  if (!held) std::abort();
}

struct Recipient {
  test::Issued issued = test::self_signed("urn:yizhan:platform:fuzz", WallTime{});
  PrivateKey key = issued.key();
  Certificate certificate = issued.certificate();
  SeededSecureRng rng{1};
  std::vector<std::byte> whole = encrypt_for(certificate, std::vector<std::byte>(40), rng).value();
};

/// Pairs of bytes: where, and what is exclusive-or'ed there.
void alter(Recipient const& recipient, std::span<std::byte const> changes) {
  auto altered = recipient.whole;
  for (std::size_t i = 0; i + 1 < changes.size(); i += 2)
    altered[std::to_integer<std::size_t>(changes[i]) % altered.size()] ^= changes[i + 1];
  auto const opened = decrypt_envelope(altered, recipient.key, recipient.certificate);
  // The tag may go or come, the last field may be nil: nothing of it is meaning. What opens holds what was put in.
  if (opened) must(std::ranges::equal(opened->view(), std::vector<std::byte>(40)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Recipient recipient;
  if (size == 0) return 0;
  auto const bytes = std::as_bytes(std::span(data + 1, size - 1));
  switch (data[0] % 3) {
    case 0:
      (void)parse_cose_encrypt(bytes);
      must(!decrypt_envelope(bytes, recipient.key, recipient.certificate));
      break;
    case 1: alter(recipient, bytes); break;
    case 2: {
      auto const envelope = encrypt_for(recipient.certificate, bytes, recipient.rng);
      must(envelope.has_value());
      auto const opened = decrypt_envelope(*envelope, recipient.key, recipient.certificate);
      must(opened.has_value() && std::ranges::equal(opened->view(), bytes));
      break;
    }
  }
  return 0;
}
