#include "shared/domain/line/line_port.h"

namespace yizhan::line {

char const* to_string(EpochReason reason) {
  switch (reason) {
    case EpochReason::created: return "created";
    case EpochReason::restored: return "restored";
    case EpochReason::behind: return "behind";
    case EpochReason::platform_lost: return "platform_lost";
  }
  return "created";
}

}  // namespace yizhan::line
