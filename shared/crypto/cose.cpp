#include "shared/crypto/cose.h"

#include <algorithm>

namespace yizhan::crypto {
namespace {

constexpr int k_label_algorithm = 1;
constexpr int k_label_kid = 4;
constexpr int k_label_type = 16;  // RFC 9596

}  // namespace

Result<CoseHeader> parse_cose_header(CoseSign1 const& cose) {
  auto const map = TRY(cbor_to_json(cose.protected_header));
  auto const malformed = [] { return Error::make("cbor_malformed", Retry::no, "protected header"); };
  if (!map.is_object()) return malformed();
  auto const algorithm = map.find(std::to_string(k_label_algorithm));
  auto const kid = map.find(std::to_string(k_label_kid));
  if (algorithm == map.end() || !algorithm->is_number_integer() || kid == map.end() || !kid->is_binary())
    return malformed();
  CoseHeader header;
  header.algorithm = algorithm->get<std::int64_t>();
  for (auto const byte : kid->get_binary()) header.kid.push_back(static_cast<std::byte>(byte));
  if (auto const type = map.find(std::to_string(k_label_type)); type != map.end()) {
    if (!type->is_string()) return malformed();
    header.type = type->get<std::string>();
  }
  return header;
}

Result<std::vector<std::byte>> cose_sign(std::string_view type, std::span<std::byte const> payload,
                                         PrivateKey const& key, Certificate const& certificate) {
  CborWriter header;
  header.map(3);
  header.integer(k_label_algorithm);
  header.integer(static_cast<int>(key.algorithm()));
  header.integer(k_label_kid);
  header.bytes(certificate.kid());
  header.integer(k_label_type);
  header.text(type);
  auto const protected_header = std::move(header).take();
  auto const to_sign = signed_bytes(protected_header, payload);
  auto const signature = TRY(key.sign(to_sign));
  if (key.algorithm() != certificate.algorithm() || !certificate.verify(to_sign, signature))
    return Error::make("key_mismatch", Retry::no, "the certificate belongs to another key");
  return write_cose_sign1(protected_header, payload, signature);
}

bool names(CoseHeader const& header, Certificate const& certificate) {
  return std::ranges::equal(header.kid, certificate.kid());
}

bool cose_signed_by(CoseSign1 const& cose, CoseHeader const& header, Certificate const& certificate) {
  Signature signature{};
  if (!names(header, certificate) || header.algorithm != static_cast<int>(certificate.algorithm()) ||
      cose.signature.size() != signature.size())
    return false;
  std::ranges::copy(cose.signature, signature.begin());
  return certificate.verify(signed_bytes(cose.protected_header, cose.payload), signature);
}

}  // namespace yizhan::crypto
