#pragma once
/// The input as a row of messages: a length of one byte (FF: 258), then as many bytes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

inline std::vector<std::vector<std::byte>> pieces_of(std::uint8_t const* data, std::size_t size) {
  std::vector<std::vector<std::byte>> pieces;
  auto rest = std::as_bytes(std::span(data, size));
  while (!rest.empty() && pieces.size() < 64) {
    auto const announced = std::to_integer<std::size_t>(rest.front());
    rest = rest.subspan(1);
    auto const length = std::min(announced == 0xFF ? std::size_t{258} : announced, rest.size());
    pieces.emplace_back(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length));
    rest = rest.subspan(length);
  }
  return pieces;
}
