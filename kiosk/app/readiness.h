#pragma once
/// The lines of the technician's page, each from what is known of its part. Thread: ui, except where noted.
#include <vector>

#include "kiosk/app/mode.h"
#include "kiosk/flows/technician_flow.h"

namespace yizhan::app {

/// What the store thread knows.
struct StoredState {
  line::LineStatus line;
  line::UploadStatus uploads;
  std::vector<office::Matters::ParkedDocument> parked_documents;
  office::Matters::Counts matters;
  bool applications_possible = false;
  std::string hall_error;
  std::optional<crypto::Certificate> certificate;
  bool missing = false;  // more was given out than the database knows
  std::shared_ptr<catalog::Catalog const> catalog;
  std::shared_ptr<catalog::Catalog const> next_catalog;  // none waits: null
  std::shared_ptr<calendar::HolidayCalendar const> holidays;
};
/// Thread: store. Errors: the store's.
Result<StoredState> stored_state(office::Premises& premises);

[[nodiscard]] flows::technician::Part device_part(device::Health const& health);
[[nodiscard]] flows::technician::Part clock_part(Services const& services);
[[nodiscard]] flows::technician::Part disk_part(Services const& services);

/// Database, hall, platform, documents, drafts and cases, catalogue, holidays, certificate; the database alone where it told
/// nothing.
[[nodiscard]] std::vector<flows::technician::Part> stored_parts(Services const& services, ui::Language language,
                                                                Result<StoredState> const& stored);

}  // namespace yizhan::app
