#include "shared/base/log.h"
#include "shared/office/case_events.h"
#include "shared/office/case_table.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

Result<bool> Matters::apply(line::Change const& change) {
  auto& matters = *m_state;
  auto const fact = read_platform_fact(change, matters.settings.zone);
  if (!fact) return false;
  auto& database = matters.store.database();
  auto what = TRY(read_case(database, fact->case_number));
  if (!what) return false;  // of another machine of the hall

  // For all parts: those it does not fit (withdrawn here meanwhile, say) stay as they are.
  std::string refused;
  std::vector<cases::Part const*> moved;
  for (auto& part : what->parts) {
    if (fact->part != 0 && part.number != fact->part) continue;
    auto const applied = cases::apply(part, fact->step);
    if (applied) moved.push_back(&part);
    if (!applied) refused = applied.error().code();
  }
  if (moved.empty()) {
    log::warning("{} of {} not applied: {}", change.type, fact->case_number,
                 refused.empty() ? "no such part" : refused);
    return false;
  }
  for (auto const* part : moved) TRY(update_part(database, *what, *part));
  if (!fact->province_number.empty()) {
    auto row = TRY(database.prepare("UPDATE cases SET province_number = ? WHERE id = ?"));
    row.bind_all(std::string_view(fact->province_number), what->id);
    TRY(row.run());
  }
  matters.changed();
  return true;
}

}  // namespace yizhan::office
