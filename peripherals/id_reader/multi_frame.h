#pragma once
/// Frames of multi-function readers, either direction:
///
///   02 | LEN hi lo | payload … | LRC | 03
///
/// LEN counts the payload; LRC is the XOR of the payload. The payload is CMD hi lo and parameters to the reader, status
/// hi lo and data from it. One byte of preamble stands in noise as easily as in data: a frame is one when its end is an
/// 03, else the search goes on behind that 02. Within a frame LEN is trusted.
#include <cstddef>
#include <span>
#include <vector>

#include "shared/base/secret.h"

namespace yizhan::id_reader {

/// As LEN counts. The largest known answer has 0x0506; a reader never sends less than its two status bytes.
inline constexpr std::size_t k_min_multi_reply = 2;
inline constexpr std::size_t k_max_multi_reply = 0x0C00;

[[nodiscard]] std::vector<std::byte> encode_multi_frame(std::span<std::byte const> payload);

/// Finds the reader's frames in a stream, one byte at a time, across partial reads and noise. What it held is scrubbed.
class MultiFrameDecoder {
 public:
  enum class Found {
    nothing,
    frame,         // take_payload() has it
    bad_checksum,  // a whole frame, but garbled; skipped
  };
  Found push(std::byte byte);
  /// REQUIRES: push() has just returned frame.
  [[nodiscard]] SecretBytes take_payload();
  void reset();
  /// The longest answer (as LEN counts) that may come to the next question: anything longer is no frame. The shorter the
  /// answers, the less noise looks like one. At most k_max_multi_reply.
  void expect_at_most(std::size_t length);

 private:
  static constexpr std::size_t k_head = 3;  // 02 and LEN
  static constexpr std::size_t k_tail = 2;  // LRC and 03
  Found search();
  void drop(std::size_t bytes);
  [[nodiscard]] std::size_t length() const;

  SecretBytes m_bytes = SecretBytes(k_head + k_max_multi_reply + k_tail);
  std::size_t m_size = 0;  // bytes of a frame that may have begun; the first is an 02
  std::size_t m_longest = k_max_multi_reply;
};

}  // namespace yizhan::id_reader
