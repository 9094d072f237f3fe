#include "shared/office/office_state.h"

namespace yizhan::office {

Result<queue::Ticket> Office::call_next(std::vector<char> const& queues) {
  return m_state->run_for_ticket(queue::CallNext{queues});
}

Result<queue::Ticket> Office::call_number(std::string const& number) {
  return m_state->run_for_ticket(queue::CallNumber{number});
}

Result<queue::Ticket> Office::recall(Uuid const& ticket) { return m_state->run_for_ticket(queue::Recall{ticket}); }

Result<queue::Ticket> Office::no_show(Uuid const& ticket) { return m_state->run_for_ticket(queue::NoShow{ticket}); }

}  // namespace yizhan::office
