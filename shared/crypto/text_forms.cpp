// Base45 (RFC 9285) and zlib (RFC 1950): the outer layers of a code.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <climits>
#include <memory>

#include "shared/crypto/credential.h"
#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

constexpr std::string_view k_alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

}  // namespace

std::string base45_encode(std::span<std::byte const> bytes) {
  std::string out;
  out.reserve((bytes.size() + 1) / 2 * 3);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    bool const pair = i + 1 < bytes.size();
    auto value = std::to_integer<unsigned>(bytes[i]);
    if (pair) value = value * 256 + std::to_integer<unsigned>(bytes[i + 1]);
    out += k_alphabet[value % 45];
    out += k_alphabet[value / 45 % 45];
    if (pair) out += k_alphabet[value / (45 * 45)];
  }
  return out;
}

Result<std::vector<std::byte>> base45_decode(std::string_view text) {
  auto const invalid = [] { return Error::make("base45_invalid"); };
  if (text.size() % 3 == 1) return invalid();
  std::vector<std::byte> out;
  out.reserve(text.size() / 3 * 2 + 1);
  for (std::size_t i = 0; i < text.size(); i += 3) {
    auto const group = text.substr(i, 3);
    unsigned value = 0;
    for (std::size_t k = group.size(); k-- > 0;) {
      auto const digit = k_alphabet.find(group[k]);
      if (digit == std::string_view::npos) return invalid();
      value = value * 45 + static_cast<unsigned>(digit);
    }
    if (value > (group.size() == 3 ? 0xFFFFU : 0xFFU)) return invalid();
    if (group.size() == 3) out.push_back(static_cast<std::byte>(value >> 8U));
    out.push_back(static_cast<std::byte>(value & 0xFFU));
  }
  return out;
}

std::vector<std::byte> zlib_deflate(std::span<std::byte const> bytes) {
  auto size = compressBound(bytes.size());
  std::vector<std::byte> out(size);
  require(compress2(uchars(std::span(out)), &size, uchars(bytes), bytes.size(), Z_BEST_COMPRESSION) == Z_OK, "deflate");
  out.resize(size);
  return out;
}

Result<std::vector<std::byte>> zlib_inflate(std::span<std::byte const> bytes, std::size_t limit) {
  if (bytes.size() > UINT_MAX) return Error::make("inflate_too_large");
  z_stream stream{};
  require(inflateInit(&stream) == Z_OK, "inflate");
  std::unique_ptr<z_stream, InflateEnd> const guard(&stream);
  stream.next_in = const_cast<Bytef*>(uchars(bytes));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::vector<std::byte> out;
  std::array<std::byte, 16 * 1024> piece;
  while (true) {
    stream.next_out = uchars(std::span<std::byte>(piece));
    stream.avail_out = static_cast<uInt>(piece.size());
    int const result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return Error::make("inflate_failed");
    auto const made = piece.size() - stream.avail_out;
    if (made > limit - out.size()) return Error::make("inflate_too_large");
    out.insert(out.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(made));
    if (result == Z_STREAM_END) break;
    if (made == 0 && stream.avail_in == 0) return Error::make("inflate_failed");
  }
  // What stands behind the end was never signed.
  if (stream.avail_in != 0) return Error::make("inflate_failed");
  return out;
}

}  // namespace yizhan::crypto
