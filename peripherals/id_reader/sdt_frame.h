#pragma once
/// Frames of SDT modules (身份证阅读器, GA 450 / GA 467), either direction:
///
///   AA AA AA 96 69 | LEN hi lo | payload … | CHK
///
/// LEN counts the payload and CHK; CHK is the XOR of LEN and payload. The payload is CMD PARA data… to the module and
/// SW1 SW2 SW3 data… from it. The preamble may stand inside photo data: within a frame LEN is trusted.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shared/base/secret.h"

namespace yizhan::id_reader {

/// Both counted as LEN counts. The largest known reply has 0x090A; a module never sends fewer than 3 status bytes.
inline constexpr std::size_t k_min_reply_length = 4;
inline constexpr std::size_t k_max_reply_length = 0x0C00;

[[nodiscard]] std::vector<std::byte> encode_frame(std::span<std::byte const> payload);

/// Finds the module's frames in a stream, one byte at a time, across partial reads and noise. What it held is scrubbed.
class FrameDecoder {
 public:
  enum class Found {
    nothing,
    frame,         // take_payload() has it
    bad_checksum,  // a whole frame, but garbled; skipped
    bad_length,    // not a frame after all; the search goes on
  };
  Found push(std::byte byte);
  /// REQUIRES: push() has just returned frame.
  [[nodiscard]] SecretBytes take_payload();
  void reset();

 private:
  enum class State { hunting, length_high, length_low, body };
  void hunt(std::byte byte);

  State m_state = State::hunting;
  std::size_t m_matched = 0;  // bytes of the preamble seen
  std::byte m_length_high{};
  std::byte m_checksum{};
  std::size_t m_received = 0;
  SecretBytes m_body;  // payload and CHK
};

}  // namespace yizhan::id_reader
