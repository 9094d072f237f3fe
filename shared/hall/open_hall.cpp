#include "shared/hall/open_hall.h"

#include "shared/hall/embedded_hall.h"
#include "shared/hall/postgres_hall.h"

namespace yizhan::hall {

Result<std::unique_ptr<HallAuthority>> open_hall(HallOptions options, store::Store& store, calendar::HallClock& clock,
                                                 ChangeSignal signal) {
  if (options.database.empty())
    return std::unique_ptr<HallAuthority>(std::make_unique<EmbeddedHall>(store, clock, options.policy));
  return std::unique_ptr<HallAuthority>(
      TRY(PostgresHall::create(options.database, store, clock, options.policy, std::move(signal))));
}

}  // namespace yizhan::hall
