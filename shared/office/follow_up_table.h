#pragma once
/// Rows of `follow_ups`. Only shared/office includes this.
#include "shared/domain/feedback/evaluation.h"
#include "shared/store/store.h"

namespace yizhan::office {

/// Makes or replaces. REQUIRES: an open transaction.
Result<void> put_follow_up(store::Database& database, feedback::FollowUp const& follow_up, WallTime now);
Result<std::optional<feedback::FollowUp>> read_follow_up(store::Database& database, Uuid const& id);
Result<std::optional<feedback::FollowUp>> follow_up_of(store::Database& database, Uuid const& evaluation);
/// The oldest first.
Result<std::vector<feedback::FollowUp>> read_follow_ups(store::Database& database, bool open_only);
Result<bool> evaluation_stored(store::Database& database, Uuid const& id);

}  // namespace yizhan::office
