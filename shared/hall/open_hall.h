#pragma once
/// The hall this machine belongs to, by its configuration.
#include <memory>
#include <string>

#include "shared/domain/calendar/hall_time.h"
#include "shared/hall/hall_authority.h"

namespace yizhan::store {
class Store;
}

namespace yizhan::hall {

struct HallOptions {
  /// libpq connection URI of the hall's database; empty: this machine is the hall. Give an address rather than a name
  /// where one is known: looking up a name has no time limit.
  std::string database;
  queue::Policy policy;
};

/// Does not connect: a hall that is away is met (and waited for ≤ 3 s) at each call. `signal` is called from the hall's
/// own thread with PostgreSQL (see ChangeSignal), never by an embedded hall. `store` and `clock` outlive the hall.
/// Errors: hall_uri.
Result<std::unique_ptr<HallAuthority>> open_hall(HallOptions options, store::Store& store, calendar::HallClock& clock,
                                                 ChangeSignal signal);

}  // namespace yizhan::hall
