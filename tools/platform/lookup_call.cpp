// POST /v1/cases/lookup: how far a person's cases are, masked. What is asked is never logged, and who is unknown hears the same as who
// asks for somebody else's case.
#include <algorithm>

#include "shared/base/text.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/cases/case.h"
#include "tools/platform/body.h"
#include "tools/platform/calls.h"
#include "tools/platform/case_event.h"
#include "tools/platform/cases.h"
#include "tools/platform/json.h"
#include "tools/platform/person.h"

namespace yizhan::platform {

namespace {

using nlohmann::json;

constexpr int k_cases = 50;  // the newest
constexpr std::size_t k_number_limit = 64;
constexpr char const* k_zone = "Asia/Shanghai";

struct Question {
  std::string person;  // index; "" by code
  std::string number;  // "" all of the person's
};

Answer bad_question() { return problem(400, "bad_request", "The body is not a question for cases."); }

std::optional<Question> parse_question(std::string const& body, SecretBytes const& key) {
  auto const parsed = parse_json(body);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  Question question;
  auto const how = parsed->value("how", json());
  auto const number = parsed->value("case", json());
  if (!number.is_null()) {
    if (!number.is_string() || !is_case_number(number.get_ref<std::string const&>())) return std::nullopt;
    question.number = number.get<std::string>();
  }
  // A code shows its case to whoever holds it, and nothing of the person.
  if (how == "code") return question.number.empty() ? std::nullopt : std::optional(question);
  auto const holder = parsed->value("holder", json());
  if (how != "card" || !holder.is_object()) return std::nullopt;
  auto const kind = holder.find("kind");
  auto const id = holder.find("number");
  if (kind == holder.end() || !kind->is_string() || !is_code(kind->get_ref<std::string const&>()) ||
      id == holder.end() || !id->is_string())
    return std::nullopt;
  auto const& text = id->get_ref<std::string const&>();
  if (text.empty() || text.size() > k_number_limit) return std::nullopt;
  question.person = person_index(key, kind->get_ref<std::string const&>(), text);
  return question;
}

WallTime time_of(pqxx::field const& microseconds) {
  return WallTime(std::chrono::microseconds(microseconds.as<std::int64_t>()));
}

std::string rfc3339(WallTime time) { return text::to_rfc3339(time.time_since_epoch().count()); }

calendar::HolidayCalendar holidays(pqxx::transaction_base& transaction) {
  auto const rows = query(transaction, "SELECT content FROM platform_published WHERE document = 'calendar'");
  if (rows.empty()) return {};
  auto parsed = calendar::HolidayCalendar::parse(rows[0][0].as<std::string>());
  return parsed ? std::move(parsed).value() : calendar::HolidayCalendar{};
}

/// The part as the rules of the legal clock want it. They are law, not a message: here they may be the devices' own.
cases::Part part_of(pqxx::transaction_base& transaction, std::string const& number, pqxx::row const& row) {
  cases::Part part;
  part.number = row[0].as<int>();
  part.item = row[1].as<std::string>();
  part.state = cases::parse_state(row[2].as<std::string>()).value();
  part.outcome = cases::parse_outcome(row[3].as<std::string>()).value();
  if (!row[4].is_null()) part.promise = {row[4].as<int>(), static_cast<calendar::TimeUnit>(row[5].as<int>())};
  for (auto const& step : query(transaction,
                                "SELECT act, (extract(epoch FROM at) * 1000000)::bigint, reason, materials, days"
                                " FROM platform_case_steps WHERE number = $1 AND part = $2 ORDER BY ordinal",
                                number, part.number)) {
    auto const at = time_of(step[1]);
    part.steps.push_back({.act = cases::parse_act(step[0].as<std::string>()).value(),
                          .at = at,
                          .day = calendar::local_day(at, k_zone).value(),
                          .reason = step[2].as<std::string>(),
                          .materials = json::parse(step[3].as<std::string>()).get<std::vector<std::string>>(),
                          .days = step[4].as<int>()});
  }
  return part;
}

json supplement_of(cases::Part const& part, calendar::HolidayCalendar const& calendar) {
  auto const until = cases::supplement_due(part, calendar);
  if (!until) return nullptr;
  auto const asked = std::find_if(part.steps.rbegin(), part.steps.rend(),
                                  [](cases::Step const& step) { return step.act == cases::Act::ask_supplement; });
  return {{"materials", asked->materials}, {"reason", asked->reason}, {"until", until->day.to_string()}};
}

json to_json(cases::Part const& part, calendar::HolidayCalendar const& calendar) {
  // What has ended is not due any more.
  auto const due = part.state == cases::State::accepted ? cases::due(part, calendar) : std::nullopt;
  json result{{"part", part.number},
              {"item", part.item},
              {"state", cases::to_string(part.state)},
              {"outcome", cases::to_string(part.outcome)},
              {"due", nullptr},
              {"provisional", due && due->provisional},
              {"supplement", supplement_of(part, calendar)},
              {"steps", json::array()}};
  if (due) result["due"] = due->day.to_string();
  for (auto const& step : part.steps)
    result["steps"].push_back({{"act", cases::to_string(step.act)}, {"at", rfc3339(step.at)}, {"reason", step.reason}});
  return result;
}

json case_json(pqxx::transaction_base& transaction, pqxx::row const& row, bool with_name,
               calendar::HolidayCalendar const& calendar) {
  auto const number = row[0].as<std::string>();
  json one{{"case", number},
           {"matter", row[1].as<std::string>()},
           {"bundle", row[2].as<bool>()},
           {"submitted_at", rfc3339(time_of(row[3]))},
           {"parts", json::array()}};
  std::vector<std::string> states;
  for (auto const& part : query(transaction,
                                "SELECT part, item, state, outcome, promise_count, promise_unit"
                                " FROM platform_case_parts WHERE number = $1 ORDER BY part",
                                number)) {
    states.push_back(part[2].as<std::string>());
    one["parts"].push_back(to_json(part_of(transaction, number, part), calendar));
  }
  one["state"] = overall_state(states);
  if (with_name) one["name"] = row[4].as<std::string>();
  return one;
}

/// The newest pages of each material that came whole with one of the person's cases.
json papers(pqxx::transaction_base& transaction, std::string const& person) {
  auto list = json::array();
  for (auto const& row : query(transaction,
                               "SELECT DISTINCT ON (material) material, json_agg(plain_sha256 ORDER BY page),"
                               " (extract(epoch FROM submitted) * 1000000)::bigint"
                               " FROM platform_case_documents JOIN platform_cases USING (number)"
                               " WHERE person = $1 AND kind = 'material' AND plain_sha256 IS NOT NULL AND fault = ''"
                               " GROUP BY material, number, supplement, submitted, counted"
                               " ORDER BY material, counted DESC, supplement DESC NULLS LAST LIMIT 200",
                               person))
    list.push_back({{"material", row[0].as<std::string>()},
                    {"sha256", json::parse(row[1].as<std::string>())},
                    {"at", rfc3339(time_of(row[2]))}});
  return list;
}

constexpr char const* k_columns =
    "SELECT number, matter, bundle, (extract(epoch FROM submitted) * 1000000)::bigint, name FROM platform_cases ";

Answer answer_question(pqxx::transaction_base& transaction, Question const& question, Device const& device) {
  bool const by_code = question.person.empty();
  // By code only in the hall that gave it out: numbers can be guessed.
  auto const rows =
      by_code
          ? query(transaction, k_columns + std::string("WHERE number = $1 AND hall = $2"), question.number, device.hall)
          : query(transaction,
                  k_columns +
                      std::string("WHERE person = $1 AND ($2 = '' OR number = $2) ORDER BY counted DESC LIMIT ") +
                      std::to_string(k_cases),
                  question.person, question.number);
  json whole{{"cases", json::array()}, {"on_file", json::array()}};
  auto const calendar = rows.empty() ? calendar::HolidayCalendar{} : holidays(transaction);
  for (auto const& row : rows) whole["cases"].push_back(case_json(transaction, row, !by_code, calendar));
  if (!rows.empty() && !by_code) whole["on_file"] = papers(transaction, question.person);
  auto answer = json_answer(200, whole);
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

}  // namespace

Answer look_up_cases(Request const& request, Database& database, World const& world) {
  if (auto const wait = world.lookups.refuse(request.device.urn)) {
    auto answer = problem(429, "too_many_requests", "This device looks up cases too often.");
    answer.headers.emplace_back("Retry-After", std::to_string(wait->count()));
    return answer;
  }
  auto body = read_body(request, "application/json");
  if (body.refusal) return *body.refusal;
  auto const question = parse_question(body.bytes, world.folder.person_key);
  scrub(body.bytes);
  if (!question) return bad_question();
  return database.run_on_snapshot(
      [&](pqxx::transaction_base& transaction) { return answer_question(transaction, *question, request.device); });
}

}  // namespace yizhan::platform
