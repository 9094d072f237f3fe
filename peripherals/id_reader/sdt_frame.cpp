#include "peripherals/id_reader/sdt_frame.h"

#include <array>
#include <utility>

namespace yizhan::id_reader {

namespace {

constexpr std::array<std::byte, 5> k_preamble{std::byte{0xAA}, std::byte{0xAA}, std::byte{0xAA}, std::byte{0x96},
                                              std::byte{0x69}};

}  // namespace

std::vector<std::byte> encode_frame(std::span<std::byte const> payload) {
  auto const length = payload.size() + 1;
  std::vector<std::byte> frame(k_preamble.begin(), k_preamble.end());
  frame.push_back(static_cast<std::byte>(length >> 8));
  frame.push_back(static_cast<std::byte>(length & 0xFF));
  frame.insert(frame.end(), payload.begin(), payload.end());
  std::byte checksum{};
  for (auto const byte : std::span(frame).subspan(k_preamble.size())) checksum ^= byte;
  frame.push_back(checksum);
  return frame;
}

void FrameDecoder::reset() {
  m_state = State::hunting;
  m_matched = 0;
  m_received = 0;
  m_body.wipe();
}

SecretBytes FrameDecoder::take_payload() {
  SecretBytes payload(m_body.view().first(m_body.size() - 1));
  reset();
  return payload;
}

void FrameDecoder::hunt(std::byte byte) {
  if (byte == k_preamble[m_matched]) {
    ++m_matched;
  } else if (byte == std::byte{0xAA}) {
    m_matched = m_matched == 3 ? 3 : 1;  // AA AA AA AA: the last three may still begin a preamble
  } else {
    m_matched = 0;
  }
  if (m_matched == k_preamble.size()) m_state = State::length_high;
}

FrameDecoder::Found FrameDecoder::push(std::byte byte) {
  switch (m_state) {
    case State::hunting: hunt(byte); return Found::nothing;
    case State::length_high:
      m_length_high = byte;
      m_state = State::length_low;
      return Found::nothing;
    case State::length_low: {
      auto const length = std::to_integer<std::size_t>(m_length_high) << 8 | std::to_integer<std::size_t>(byte);
      if (length < k_min_reply_length || length > k_max_reply_length) {
        auto const high = m_length_high;
        reset();
        hunt(high);  // these two may begin the next preamble
        hunt(byte);
        return Found::bad_length;
      }
      m_checksum = m_length_high ^ byte;
      m_received = 0;
      m_body = SecretBytes(length);
      m_state = State::body;
      return Found::nothing;
    }
    case State::body: break;
  }
  m_body.span()[m_received++] = byte;
  m_checksum ^= byte;
  if (m_received < m_body.size()) return Found::nothing;
  m_state = State::hunting;
  m_matched = 0;
  if (m_checksum == std::byte{}) return Found::frame;
  reset();
  return Found::bad_checksum;
}

}  // namespace yizhan::id_reader
