#pragma once
/// What a printer sends, taken apart. Four kinds of answers share one stream and may come at any time; fixed bits tell
/// whose a byte is:
///   0xx1xx10  DLE EOT            0xx1xx00  the first of four bytes of automatic status (GS a)
///   10001, 10011  XON, XOFF      0xx0xxxx  the other three of these, or else the answer to GS r
#include <array>
#include <cstdint>
#include <optional>

namespace yizhan::ticket_printer {

[[nodiscard]] constexpr bool is_real_time_answer(std::uint8_t byte) { return (byte & 0x93) == 0x12; }
[[nodiscard]] constexpr bool is_automatic_head(std::uint8_t byte) { return (byte & 0x93) == 0x10; }
[[nodiscard]] constexpr bool is_in_order_answer(std::uint8_t byte) { return (byte & 0x90) == 0; }
inline constexpr std::uint8_t k_xon = 0x11;
inline constexpr std::uint8_t k_xoff = 0x13;

struct Answer {
  enum class Kind { real_time, in_order, automatic, flow, noise };
  Kind kind = Kind::noise;
  std::uint8_t byte = 0;                 // all but automatic
  std::array<std::uint8_t, 4> status{};  // automatic
  bool operator==(Answer const&) const = default;
};

class AnswerStream {
 public:
  /// What this byte completes. A byte that may belong to an automatic status is never given out as the answer to GS r:
  /// an answer that is lost is asked for again, one too many would be believed.
  std::optional<Answer> push(std::uint8_t byte);
  /// The line fell silent: what an automatic status still lacks will not come. True if it lacked some.
  bool quiet();

 private:
  std::array<std::uint8_t, 4> m_status{};
  std::size_t m_size = 0;  // of the automatic status that has begun
};

}  // namespace yizhan::ticket_printer
