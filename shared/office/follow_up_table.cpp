#include "shared/office/follow_up_table.h"

#include <nlohmann/json.hpp>

namespace yizhan::office {

namespace {

using nlohmann::json;

json to_json(catalog::Period const& period) {
  return {{"count", period.count}, {"unit", static_cast<int>(period.unit)}};
}
catalog::Period period_of(json const& object) {
  return {object.at("count").get<int>(), static_cast<calendar::TimeUnit>(object.at("unit").get<int>())};
}
json act_or_null(std::optional<feedback::FollowUpAct> const& act) { return act ? json(to_string(*act)) : json(); }
json day_or_null(std::optional<calendar::BusinessDay> const& day) { return day ? json(day->to_string()) : json(); }

json to_json(feedback::FollowUp const& follow_up) {
  return {{"evaluation", follow_up.evaluation.to_string()}, {"about", to_string(follow_up.about)},
          {"subject", follow_up.subject.to_string()},       {"matter", follow_up.matter},
          {"grade", static_cast<int>(follow_up.grade)},     {"contact", to_json(follow_up.policy.contact)},
          {"close", to_json(follow_up.policy.close)},       {"state", to_string(follow_up.state)},
          {"measure", act_or_null(follow_up.measure)},      {"appeal", act_or_null(follow_up.appeal)},
          {"opened", follow_up.opened.to_string()},         {"contacted", day_or_null(follow_up.contacted)},
          {"closed", day_or_null(follow_up.closed)}};
}

Error corrupt() { return Error::make("database_corrupt", Retry::no, "follow_ups"); }

Result<std::optional<feedback::FollowUpAct>> read_act(json const& value) {
  if (value.is_null()) return std::optional<feedback::FollowUpAct>();
  auto const act = feedback::parse_follow_up_act(value.get<std::string>());
  if (!act) return corrupt();
  return act;
}
Result<std::optional<calendar::BusinessDay>> read_day(json const& value) {
  if (value.is_null()) return std::optional<calendar::BusinessDay>();
  return std::optional<calendar::BusinessDay>(TRY(calendar::BusinessDay::parse(value.get<std::string>())));
}

/// Throws where a member is missing or of another type.
Result<feedback::FollowUp> read_body(json const& body) {
  auto const about = feedback::parse_about(body.at("about").get<std::string>());
  auto const grade = feedback::grade_of(body.at("grade").get<int>());
  auto const state = feedback::parse_follow_up_state(body.at("state").get<std::string>());
  if (!about || !grade || !state) return corrupt();
  feedback::FollowUp follow_up;
  follow_up.evaluation = TRY(Uuid::parse(body.at("evaluation").get<std::string>()));
  follow_up.about = *about;
  follow_up.subject = TRY(Uuid::parse(body.at("subject").get<std::string>()));
  follow_up.matter = body.at("matter").get<std::string>();
  follow_up.grade = *grade;
  follow_up.policy = {period_of(body.at("contact")), period_of(body.at("close"))};
  follow_up.state = *state;
  follow_up.measure = TRY(read_act(body.at("measure")));
  follow_up.appeal = TRY(read_act(body.at("appeal")));
  follow_up.opened = TRY(calendar::BusinessDay::parse(body.at("opened").get<std::string>()));
  follow_up.contacted = TRY(read_day(body.at("contacted")));
  follow_up.closed = TRY(read_day(body.at("closed")));
  return follow_up;
}

Result<feedback::FollowUp> read_row(store::Statement const& row) {
  try {
    auto follow_up = TRY(read_body(json::parse(row.text(1))));
    follow_up.id = TRY(row.uuid(0));
    return follow_up;
  } catch (json::exception const&) {
    return corrupt();
  }
}

Result<std::vector<feedback::FollowUp>> select(store::Database& database, std::string const& where,
                                               std::optional<Uuid> const& value) {
  auto rows = TRY(database.prepare("SELECT id, body FROM follow_ups " + where + " ORDER BY opened_at, id"));
  if (value) rows.bind(1, *value);
  std::vector<feedback::FollowUp> found;
  while (TRY(rows.step())) found.push_back(TRY(read_row(rows)));
  return found;
}

Result<std::optional<feedback::FollowUp>> first(Result<std::vector<feedback::FollowUp>> found) {
  auto all = TRY(std::move(found));
  if (all.empty()) return std::optional<feedback::FollowUp>();
  return std::optional<feedback::FollowUp>(std::move(all.front()));
}

}  // namespace

Result<void> put_follow_up(store::Database& database, feedback::FollowUp const& follow_up, WallTime now) {
  auto row =
      TRY(database.prepare("INSERT INTO follow_ups (id, evaluation, body, open, opened_at) VALUES (?1, ?2, ?3, ?4, ?5) "
                           "ON CONFLICT (id) DO UPDATE SET body = ?3, open = ?4"));
  bool const open = follow_up.state != feedback::FollowUpState::closed;
  row.bind_all(follow_up.id, follow_up.evaluation, std::string_view(to_json(follow_up).dump()), open,
               now.time_since_epoch().count());
  return row.run();
}

Result<std::optional<feedback::FollowUp>> read_follow_up(store::Database& database, Uuid const& id) {
  return first(select(database, "WHERE id = ?", id));
}

Result<std::optional<feedback::FollowUp>> follow_up_of(store::Database& database, Uuid const& evaluation) {
  return first(select(database, "WHERE evaluation = ?", evaluation));
}

Result<std::vector<feedback::FollowUp>> read_follow_ups(store::Database& database, bool open_only) {
  return select(database, open_only ? "WHERE open = 1" : "", std::nullopt);
}

Result<bool> evaluation_stored(store::Database& database, Uuid const& id) {
  auto row = TRY(database.prepare("SELECT 1 FROM evaluations WHERE id = ?"));
  row.bind_all(id);
  return row.step();
}

}  // namespace yizhan::office
