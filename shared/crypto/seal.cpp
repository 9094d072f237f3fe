#include "shared/crypto/seal.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "shared/crypto/hash.h"
#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

constexpr std::byte k_version{1};
constexpr std::size_t k_nonce_size = 16;
constexpr std::size_t k_tag_size = std::tuple_size_v<Digest>;
constexpr std::size_t k_overhead = 1 + k_nonce_size + k_tag_size;

void sm4_ctr(std::span<std::byte const> key, std::span<std::byte const> nonce, std::span<std::byte const> in,
             std::span<std::byte> out) {
  assert(in.size() == out.size());
  CipherHandle const cipher(EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr));
  CipherContextHandle const context(EVP_CIPHER_CTX_new());
  require(
      cipher && context && EVP_EncryptInit_ex2(context.get(), cipher.get(), uchars(key), uchars(nonce), nullptr) == 1,
      "SM4-CTR");
  // EVP counts in int; pieces keep large materials possible.
  constexpr std::size_t k_piece = 1U << 24;
  for (std::size_t done = 0; done < in.size();) {
    auto const piece = std::min(k_piece, in.size() - done);
    int written = 0;
    require(EVP_EncryptUpdate(context.get(), uchars(out.subspan(done)), &written, uchars(in.subspan(done)),
                              static_cast<int>(piece)) == 1 &&
                static_cast<std::size_t>(written) == piece,
            "SM4-CTR");
    done += piece;
  }
}

// The associated data's length goes first, so that its end cannot be moved into the sealed part.
Digest tag_of(SecretBytes const& key, std::span<std::byte const> associated, std::span<std::byte const> sealed) {
  std::vector<std::byte> input;
  input.reserve(8 + associated.size() + sealed.size());
  for (int shift = 56; shift >= 0; shift -= 8)
    input.push_back(static_cast<std::byte>((static_cast<std::uint64_t>(associated.size()) >> shift) & 0xFFU));
  input.insert(input.end(), associated.begin(), associated.end());
  input.insert(input.end(), sealed.begin(), sealed.end());
  return hmac_sm3(key.view(), input);
}

}  // namespace

Sealer::Sealer(std::span<std::byte const> key)
    : m_encryption_key(derive_key(key, "yizhan/seal/encrypt", 16)), m_mac_key(derive_key(key, "yizhan/seal/mac", 32)) {
  assert(key.size() == 32);
}

std::vector<std::byte> Sealer::seal(std::span<std::byte const> plain, std::span<std::byte const> associated,
                                    SecureRng& rng) const {
  std::vector<std::byte> out(k_overhead + plain.size());
  std::span<std::byte> const all(out);
  all[0] = k_version;
  auto const nonce = all.subspan(1, k_nonce_size);
  rng.fill(nonce);
  sm4_ctr(m_encryption_key.view(), nonce, plain, all.subspan(1 + k_nonce_size, plain.size()));
  auto const tag = tag_of(m_mac_key, associated, all.first(out.size() - k_tag_size));
  std::copy(tag.begin(), tag.end(), all.last(k_tag_size).begin());
  return out;
}

Result<SecretBytes> Sealer::open(std::span<std::byte const> sealed, std::span<std::byte const> associated) const {
  if (sealed.size() < k_overhead || sealed[0] != k_version) return Error::make("seal_broken");
  auto const body = sealed.first(sealed.size() - k_tag_size);
  if (!equal(tag_of(m_mac_key, associated, body), sealed.last(k_tag_size))) return Error::make("seal_broken");
  SecretBytes plain(sealed.size() - k_overhead);
  sm4_ctr(m_encryption_key.view(), body.subspan(1, k_nonce_size), body.subspan(1 + k_nonce_size), plain.span());
  return plain;
}

}  // namespace yizhan::crypto
