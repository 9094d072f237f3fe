#include "peripherals/id_reader/multi_frame.h"

#include <algorithm>

namespace yizhan::id_reader {

namespace {

constexpr std::byte k_begin{0x02};
constexpr std::byte k_end{0x03};

std::byte xor_of(std::span<std::byte const> bytes) {
  std::byte sum{};
  for (auto const byte : bytes) sum ^= byte;
  return sum;
}

}  // namespace

std::vector<std::byte> encode_multi_frame(std::span<std::byte const> payload) {
  std::vector<std::byte> frame{k_begin, static_cast<std::byte>(payload.size() >> 8),
                               static_cast<std::byte>(payload.size() & 0xFF)};
  frame.insert(frame.end(), payload.begin(), payload.end());
  frame.push_back(xor_of(payload));
  frame.push_back(k_end);
  return frame;
}

void MultiFrameDecoder::reset() {
  scrub(m_bytes.span().data(), m_size);
  m_size = 0;
}

void MultiFrameDecoder::expect_at_most(std::size_t length) {
  m_longest = std::clamp(length, k_min_multi_reply, k_max_multi_reply);
}

std::size_t MultiFrameDecoder::length() const {
  auto const bytes = m_bytes.view();
  return std::to_integer<std::size_t>(bytes[1]) << 8 | std::to_integer<std::size_t>(bytes[2]);
}

void MultiFrameDecoder::drop(std::size_t bytes) {
  auto const held = m_bytes.span().first(m_size);
  std::copy(held.begin() + static_cast<std::ptrdiff_t>(bytes), held.end(), held.begin());
  m_size -= bytes;
  scrub(held.data() + m_size, bytes);
}

SecretBytes MultiFrameDecoder::take_payload() {
  SecretBytes payload(m_bytes.view().subspan(k_head, length()));
  drop(k_head + length() + k_tail);
  return payload;
}

MultiFrameDecoder::Found MultiFrameDecoder::push(std::byte byte) {
  m_bytes.span()[m_size++] = byte;  // fits: a frame is taken or dropped as soon as it is whole
  return search();
}

MultiFrameDecoder::Found MultiFrameDecoder::search() {
  for (;;) {
    auto const held = m_bytes.view().first(m_size);
    auto const begin = static_cast<std::size_t>(std::find(held.begin(), held.end(), k_begin) - held.begin());
    if (begin > 0) drop(begin);
    if (m_size < k_head) return Found::nothing;
    auto const payload = length();
    if (payload < k_min_multi_reply || payload > m_longest) {
      drop(1);
      continue;
    }
    if (m_size < k_head + payload + k_tail) return Found::nothing;
    auto const frame = m_bytes.view();
    if (frame[k_head + payload + 1] != k_end) {
      drop(1);
      continue;
    }
    if (xor_of(frame.subspan(k_head, payload)) == frame[k_head + payload]) return Found::frame;
    drop(k_head + payload + k_tail);
    return Found::bad_checksum;
  }
}

}  // namespace yizhan::id_reader
