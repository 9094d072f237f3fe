#pragma once
/// What this machine knows of numbers given out: its own table and the high-water mark beside the database, which a
/// restored backup cannot turn back.
#include "shared/base/result.h"
#include "shared/domain/queue/ticket.h"
#include "shared/store/store.h"

namespace yizhan::hall {

/// Highest serial known of (day, queue, series), 0 without.
Result<int> highest_known(store::Store& store, calendar::BusinessDay const& day, char queue, std::string const& series);
/// Records a number in the open transaction; the high-water mark follows its COMMIT. REQUIRES: an open Store::commit.
Result<void> remember_number(store::Store& store, queue::Ticket const& ticket);
/// The serial in a ticket's label.
[[nodiscard]] int serial_of(queue::Ticket const& ticket);

}  // namespace yizhan::hall
