#include <array>

#include "shared/base/text.h"

namespace yizhan::text {

namespace {

constexpr std::string_view k_hex = "0123456789abcdef";
constexpr std::string_view k_base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int base64url_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return -1;
}

}  // namespace

std::string to_hex(std::span<std::byte const> bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (auto const byte : bytes) {
    auto const value = std::to_integer<unsigned>(byte);
    out.push_back(k_hex[value >> 4]);
    out.push_back(k_hex[value & 15]);
  }
  return out;
}

Result<std::vector<std::byte>> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return Error::make("bad_hex");
  std::vector<std::byte> out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    int const high = hex_value(hex[i]);
    int const low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) return Error::make("bad_hex");
    out.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return out;
}

std::string to_base64url(std::span<std::byte const> bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  unsigned pending = 0;
  int bits = 0;
  for (auto const byte : bytes) {
    pending = ((pending << 8) | std::to_integer<unsigned>(byte)) & 0xFFFF;
    for (bits += 8; bits >= 6; bits -= 6) out.push_back(k_base64url[(pending >> (bits - 6)) & 63]);
  }
  if (bits > 0) out.push_back(k_base64url[(pending << (6 - bits)) & 63]);
  return out;
}

std::string to_base64(std::span<std::byte const> bytes) {
  auto out = to_base64url(bytes);
  for (auto& c : out) {
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

Result<std::vector<std::byte>> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return Error::make("bad_base64");
  std::vector<std::byte> out;
  out.reserve(text.size() * 3 / 4);
  unsigned pending = 0;
  int bits = 0;
  for (char const c : text) {
    int const value = base64url_value(c);
    if (value < 0) return Error::make("bad_base64");
    pending = ((pending << 6) | static_cast<unsigned>(value)) & 0xFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::byte>((pending >> bits) & 0xFF));
    }
  }
  // Left-over bits must be zero, or one value would have several spellings (RFC 4648 §3.5).
  if ((pending & ((1U << bits) - 1)) != 0) return Error::make("bad_base64");
  return out;
}

}  // namespace yizhan::text
