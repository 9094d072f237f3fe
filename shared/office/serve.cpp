#include "shared/office/office_state.h"

namespace yizhan::office {

Result<queue::Ticket> Office::start_service(Uuid const& ticket) {
  return m_state->run_for_ticket(queue::StartService{ticket});
}

Result<queue::Ticket> Office::finish_service(Uuid const& ticket) {
  return m_state->run_for_ticket(queue::FinishService{ticket});
}

}  // namespace yizhan::office
