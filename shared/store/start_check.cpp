#include "shared/store/start_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/store/settings.h"
#include "shared/store/sqlite_outbox.h"

namespace yizhan::store {
namespace {

/// The missing sequences, kept until the new epoch is open: later events take the same numbers in the old one.
constexpr std::string_view k_missing_setting = "line.missing";

nlohmann::json to_json(MissingAfterStart const& missing) {
  return {{"epoch", missing.epoch}, {"first", missing.first_missing}, {"last", missing.last_missing}};
}

Result<void> add_known_before(Database& database, MissingAfterStart& missing) {
  auto const stored = TRY(read_setting(database, k_missing_setting));
  if (!stored) return {};
  auto const json = nlohmann::json::parse(*stored, nullptr, false);
  if (!json.is_object()) return Error::make("database_corrupt", Retry::no, std::string(k_missing_setting));
  auto const first = json.value("first", std::uint64_t{0});
  auto const last = json.value("last", std::uint64_t{0});
  if (missing.last_missing == 0) {
    missing.epoch = json.value("epoch", std::string("0"));
    missing.first_missing = first;
    missing.last_missing = last;
  } else if (missing.epoch == json.value("epoch", std::string("0"))) {
    missing.first_missing = std::min(missing.first_missing, first);
    missing.last_missing = std::max(missing.last_missing, last);
  }
  return {};
}

Result<std::vector<std::string>> families_behind(Database& database, HighWaterMark const& mark) {
  auto families = parse_families(mark.series);
  auto rows =
      TRY(database.prepare("SELECT queue || series, last FROM hall_numbers WHERE day = ?1 UNION ALL "
                           "SELECT '#', last FROM case_numbers WHERE day = ?1"));
  rows.bind(1, std::string_view(mark.day.to_string()));
  while (TRY(rows.step())) {
    auto const found = families.find(rows.text(0));
    if (found != families.end() && found->second <= rows.integer(1)) families.erase(found);
  }
  std::vector<std::string> names;
  for (auto const& [name, serial] : families) names.push_back(name);
  return names;
}

Result<bool> has_history(Database& database) {
  auto rows = TRY(database.prepare(
      "SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM hall_numbers) OR EXISTS (SELECT 1 FROM audit)"));
  TRY(rows.step());
  return rows.integer(0) != 0;
}

Result<void> need_epoch(Database& database, line::EpochReason reason) {
  auto statement = TRY(database.prepare("UPDATE line SET reason_due = ?"));
  return statement.bind(1, std::string_view(line::to_string(reason))).run();
}

}  // namespace

Result<std::optional<MissingAfterStart>> compare_with_mark(Database& database, AuditLog& audit,
                                                           HighWaterMark const* mark) {
  using Found = std::optional<MissingAfterStart>;
  return database.transaction([&]() -> Result<Found> {
    auto const line = TRY(read_line(database));
    MissingAfterStart missing;
    missing.restored = line.reason_due == line::EpochReason::restored;
    if (mark == nullptr && !missing.restored && TRY(has_history(database))) {
      missing.restored = true;
      TRY(need_epoch(database, line::EpochReason::restored));
      TRY(write_setting(database, k_withheld_setting, ""));
      TRY(audit.append("store.restored", "machine", "high-water", nlohmann::json::object()));
    }
    if (mark != nullptr) {
      auto const marked = epoch_value(mark->epoch);
      auto const stored = epoch_value(line.last.epoch);
      bool const behind = marked > stored || (marked == stored && mark->last_sequence > line.last.sequence);
      if (behind) {
        missing.epoch = mark->epoch;
        missing.first_missing = marked == stored ? line.last.sequence + 1 : 1;
        missing.last_missing = mark->last_sequence;
        if (!missing.restored) TRY(need_epoch(database, line::EpochReason::behind));
      }
      missing.number_families = TRY(families_behind(database, *mark));
    }
    bool const pending = missing.last_missing != 0 || line.reason_due.has_value();
    if (pending) {
      auto const found_now = missing.last_missing;
      TRY(add_known_before(database, missing));
      auto const text = to_json(missing).dump();
      if (found_now != 0 && TRY(read_setting(database, k_missing_setting)) != text) {
        TRY(write_setting(database, k_missing_setting, text));
        TRY(audit.append("store.behind", "machine", "high-water", to_json(missing)));
      }
    } else {
      TRY(erase_setting(database, k_missing_setting));
    }
    if (missing.last_missing != 0) {
      log::error("events {}..{} of epoch {} were acknowledged but are not in the database", missing.first_missing,
                 missing.last_missing, missing.epoch);
    }
    if (missing.last_missing == 0 && missing.number_families.empty() && !missing.restored) return Found();
    return Found(std::move(missing));
  });
}

}  // namespace yizhan::store
