// Whatever a scanner or a platform may hand over: each layer alone, so that the fuzzer need not guess the ones around it.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/cbor.h"
#include "shared/crypto/cose.h"
#include "shared/crypto/credential.h"

namespace {

using namespace yizhan;
using namespace yizhan::crypto;

void must(bool held) {
  if (!held) std::abort();
}

void read_message(std::span<std::byte const> bytes) {
  auto const message = parse_cose_sign1(bytes);
  if (!message) return;
  (void)parse_cose_header(*message);
  (void)cbor_to_json(message->payload);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  auto const bytes = std::as_bytes(std::span(data + 1, size - 1));
  auto const text = text::chars_of(bytes);
  switch (data[0] % 6) {
    case 0:
      // Nobody is trusted, so nothing may verify.
      must(!verify_credential(text, {}, WallTime{}, "420106001001", {}));
      if (auto const found = inspect_credential(text)) (void)found->dump();
      break;
    case 1:
      if (auto const decoded = base45_decode(text)) must(base45_encode(*decoded) == text);
      break;
    case 2:
      if (auto const inflated = zlib_inflate(bytes, 4096)) must(inflated->size() <= 4096);
      break;
    case 3: read_message(bytes); break;
    case 4:
      if (auto const value = cbor_to_json(bytes)) (void)value->size();
      must(!verify_document(text, {}));
      break;
    case 5:
      (void)parse_trust_list(text);
      (void)Certificate::parse(text);
      break;
  }
  return 0;
}
