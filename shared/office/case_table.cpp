#include "shared/office/case_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace yizhan::office {

namespace {

using nlohmann::json;

constexpr std::string_view k_columns =
    "id, number, matter, bundle, holder, catalog_version, submitted_at, province_number, rated";

std::int64_t micros(WallTime time) { return time.time_since_epoch().count(); }
WallTime wall_time(std::int64_t value) { return WallTime(Duration(value)); }
Error corrupt(char const* what) { return Error::make("database_corrupt", Retry::no, what); }

json to_json(catalog::Period const& period) {
  return {{"count", period.count}, {"unit", static_cast<int>(period.unit)}};
}
catalog::Period period_of(json const& object) {
  return {object.at("count").get<int>(), static_cast<calendar::TimeUnit>(object.at("unit").get<int>())};
}

json terms_of(cases::Part const& part) {
  json due;
  if (part.materials_due) {
    due = {{"day", part.materials_due->day.to_string()}, {"provisional", part.materials_due->provisional}};
  }
  return {{"after", part.after},
          {"promise", to_json(part.promise)},
          {"legal", to_json(part.legal)},
          {"promised", part.promised_materials},
          {"materials_due", std::move(due)}};
}

json steps_of(cases::Part const& part) {
  auto steps = json::array();
  for (auto const& step : part.steps) {
    steps.push_back({{"act", to_string(step.act)},
                     {"at", micros(step.at)},
                     {"day", step.day.to_string()},
                     {"reason", step.reason},
                     {"materials", step.materials},
                     {"days", step.days},
                     {"outcome", to_string(step.outcome)},
                     {"source", step.source}});
  }
  return steps;
}

/// What was written above, read back; anything else is a broken database.
Result<void> read_terms(json const& terms, cases::Part& part) {
  part.after = terms.at("after").get<std::vector<std::string>>();
  part.promise = period_of(terms.at("promise"));
  part.legal = period_of(terms.at("legal"));
  part.promised_materials = terms.at("promised").get<std::vector<std::string>>();
  if (auto const& due = terms.at("materials_due"); !due.is_null()) {
    auto const day = TRY(calendar::BusinessDay::parse(due.at("day").get<std::string>()));
    part.materials_due = calendar::Due{day, due.at("provisional").get<bool>()};
  }
  return {};
}

Result<void> read_steps(json const& steps, cases::Part& part) {
  for (auto const& one : steps) {
    auto const act = cases::parse_act(one.at("act").get<std::string>());
    auto const outcome = cases::parse_outcome(one.at("outcome").get<std::string>());
    if (!act || !outcome) return corrupt("case_parts.steps");
    cases::Step step;
    step.act = *act;
    step.at = wall_time(one.at("at").get<std::int64_t>());
    step.day = TRY(calendar::BusinessDay::parse(one.at("day").get<std::string>()));
    step.reason = one.at("reason").get<std::string>();
    step.materials = one.at("materials").get<std::vector<std::string>>();
    step.days = one.at("days").get<int>();
    step.outcome = *outcome;
    step.source = one.at("source").get<std::string>();
    part.steps.push_back(std::move(step));
  }
  return {};
}

Result<cases::Part> read_part(store::Statement const& row) {
  cases::Part part;
  part.number = static_cast<int>(row.integer(0));
  part.item = row.text(1);
  auto const state = cases::parse_state(row.text(2));
  auto const outcome = cases::parse_outcome(row.text(3));
  if (!state || !outcome) return corrupt("case_parts.state");
  part.state = *state;
  part.outcome = *outcome;
  try {  // nlohmann's access throws where a member is missing or of another type
    TRY(read_terms(json::parse(row.text(4)), part));
    TRY(read_steps(json::parse(row.text(5)), part));
  } catch (json::exception const&) {
    return corrupt("case_parts");
  }
  return part;
}

Result<std::vector<cases::Case>> select(store::Database& database, std::string_view where, std::string_view value) {
  std::vector<cases::Case> found;
  {
    auto rows = TRY(database.prepare("SELECT " + std::string(k_columns) + " FROM cases WHERE " + std::string(where)));
    rows.bind(1, value);
    while (TRY(rows.step())) {
      cases::Case one;
      one.id = TRY(rows.uuid(0));
      one.number = rows.text(1);
      one.matter = rows.text(2);
      one.bundle = rows.integer(3) != 0;
      one.holder = rows.text(4);
      one.catalog_version = rows.integer(5);
      one.submitted_at = wall_time(rows.integer(6));
      one.province_number = rows.text(7);
      one.rated = rows.integer(8) != 0;
      found.push_back(std::move(one));
    }
  }
  auto parts = TRY(database.prepare(
      "SELECT number, item, state, outcome, terms, steps FROM case_parts WHERE case_id = ? ORDER BY number"));
  for (auto& one : found) {
    parts.reset();
    parts.bind(1, one.id);
    while (TRY(parts.step())) one.parts.push_back(TRY(read_part(parts)));
  }
  return found;
}

Result<std::optional<cases::Case>> first(Result<std::vector<cases::Case>> found) {
  auto all = TRY(std::move(found));
  if (all.empty()) return std::optional<cases::Case>();
  return std::optional<cases::Case>(std::move(all.front()));
}

}  // namespace

bool ended(cases::State state) {
  return state == cases::State::decided || state == cases::State::refused || state == cases::State::withdrawn;
}

bool ended(cases::Case const& what) {
  return std::all_of(what.parts.begin(), what.parts.end(), [](cases::Part const& part) { return ended(part.state); });
}

Result<void> insert_case(store::Database& database, cases::Case const& what, Uuid const& event) {
  auto row =
      TRY(database.prepare("INSERT INTO cases (id, number, matter, bundle, holder, catalog_version, submitted_at, "
                           "province_number, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  row.bind_all(what.id, std::string_view(what.number), std::string_view(what.matter), what.bundle,
               std::string_view(what.holder), what.catalog_version, micros(what.submitted_at),
               std::string_view(what.province_number), event);
  TRY(row.run());
  auto part_row = TRY(database.prepare(
      "INSERT INTO case_parts (case_id, number, item, state, outcome, terms, steps) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  for (auto const& part : what.parts) {
    part_row.bind_all(what.id, part.number, std::string_view(part.item), std::string_view(to_string(part.state)),
                      std::string_view(to_string(part.outcome)), std::string_view(terms_of(part).dump()),
                      std::string_view(steps_of(part).dump()));
    TRY(part_row.run());
  }
  return {};
}

Result<void> update_part(store::Database& database, cases::Case const& what, cases::Part const& part) {
  auto row = TRY(database.prepare(
      "UPDATE case_parts SET state = ?3, outcome = ?4, terms = ?5, steps = ?6 WHERE case_id = ?1 AND number = ?2"));
  row.bind_all(what.id, part.number, std::string_view(to_string(part.state)), std::string_view(to_string(part.outcome)),
               std::string_view(terms_of(part).dump()), std::string_view(steps_of(part).dump()));
  TRY(row.run());
  if (!ended(what) || part.steps.empty()) return {};
  auto end = TRY(database.prepare("UPDATE cases SET ended_at = max(coalesce(ended_at, 0), ?2) WHERE id = ?1"));
  end.bind_all(what.id, micros(part.steps.back().at));
  return end.run();
}

Result<std::optional<cases::Case>> read_case(store::Database& database, Uuid const& id) {
  return first(select(database, "id = ?", id.to_string()));
}

Result<std::optional<cases::Case>> read_case(store::Database& database, std::string_view number) {
  return first(select(database, "number = ?", number));
}

Result<std::vector<cases::Case>> cases_of(store::Database& database, identity::Holder const& holder) {
  return select(database, "holder = ? ORDER BY submitted_at DESC, id DESC", holder);
}

Result<void> set_papers(store::Database& database, Uuid const& case_id, std::string_view material,
                        std::vector<PaperPage> const& pages, WallTime at) {
  auto remove = TRY(database.prepare("DELETE FROM case_papers WHERE case_id = ? AND material = ?"));
  remove.bind_all(case_id, material);
  TRY(remove.run());
  auto insert = TRY(database.prepare(
      "INSERT INTO case_papers (case_id, material, page, sha256, document, added_at) VALUES (?, ?, ?, ?, ?, ?)"));
  int number = 0;
  for (auto const& page : pages) {
    insert.bind_all(case_id, material, ++number, std::string_view(page.sha256), std::string_view(page.document),
                    micros(at));
    TRY(insert.run());
  }
  return {};
}

}  // namespace yizhan::office
