#include "peripherals/ticket_printer/answers.h"

#include <utility>

namespace yizhan::ticket_printer {

std::optional<Answer> AnswerStream::push(std::uint8_t byte) {
  if (is_real_time_answer(byte)) return Answer{Answer::Kind::real_time, byte, {}};
  if (byte == k_xon || byte == k_xoff) return Answer{Answer::Kind::flow, byte, {}};
  if (is_automatic_head(byte)) {
    bool const torn = std::exchange(m_size, 1) != 0;
    auto const before = std::exchange(m_status, {byte, 0, 0, 0});
    if (torn) return Answer{Answer::Kind::noise, before[0], {}};
    return std::nullopt;
  }
  if (!is_in_order_answer(byte)) return Answer{Answer::Kind::noise, byte, {}};
  if (m_size == 0) return Answer{Answer::Kind::in_order, byte, {}};
  m_status[m_size++] = byte;
  if (m_size < m_status.size()) return std::nullopt;
  m_size = 0;
  return Answer{Answer::Kind::automatic, 0, m_status};
}

bool AnswerStream::quiet() { return std::exchange(m_size, 0) != 0; }

}  // namespace yizhan::ticket_printer
