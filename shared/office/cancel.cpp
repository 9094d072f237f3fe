#include "shared/office/office_state.h"

namespace yizhan::office {

Result<void> Office::cancel(Uuid const& ticket) {
  TRY(m_state->run_for_ticket(queue::Cancel{ticket}));
  return {};
}

}  // namespace yizhan::office
