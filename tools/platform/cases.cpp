#include "tools/platform/cases.h"

#include <algorithm>
#include <array>
#include <set>

#include "shared/base/text.h"
#include "shared/base/uuid.h"
#include "shared/crypto/hash.h"
#include "tools/platform/case_event.h"
#include "tools/platform/database.h"
#include "tools/platform/json.h"

namespace yizhan::platform {

namespace {

using nlohmann::json;

constexpr std::string_view k_submitted = "cn.yizhan.case.submitted.v1";
constexpr std::string_view k_supplemented = "cn.yizhan.case.supplemented.v1";
constexpr std::string_view k_withdrawn = "cn.yizhan.case.withdrawn.v1";

/// Locks the case: what happens to it happens one after another. False where the hall has no such case.
bool lock_case(pqxx::transaction_base& transaction, std::string const& number, std::string const& hall) {
  return !query(transaction, "SELECT 1 FROM platform_cases WHERE number = $1 AND hall = $2 FOR UPDATE", number, hall)
              .empty();
}

void store_papers(pqxx::transaction_base& transaction, json const& data, std::string const& supplement) {
  auto const number = data["case"].get<std::string>();
  query(transaction,
        "INSERT INTO platform_case_documents (number, sha256, size, kind, material, page, supplement)"
        " SELECT $1, sha256, size, kind, coalesce(material, ''), page, nullif($3, '')::uuid"
        " FROM json_to_recordset($2::json) AS d(sha256 text, size bigint, kind text, material text, page integer)"
        " ON CONFLICT DO NOTHING",
        number, data["documents"].dump(), supplement);
  query(transaction,
        "INSERT INTO platform_case_on_file (number, material, sha256)"
        " SELECT $1, material, json_array_elements_text(sha256)"
        " FROM json_to_recordset($2::json) AS f(material text, sha256 json) ON CONFLICT DO NOTHING",
        number, data["on_file"].dump());
}

void store_step(pqxx::transaction_base& transaction, std::string const& number, int part, char const* act,
                std::string const& at) {
  query(transaction, "INSERT INTO platform_case_steps (number, part, act, at) VALUES ($1, $2, $3, $4::timestamptz)",
        number, part, std::string(act), at);
}

std::string take_submitted(pqxx::transaction_base& transaction, Device const& device, Event const& event,
                           json const& data) {
  if (!is_submitted(data)) return "case_data";
  auto const number = data["case"].get<std::string>();
  if (!is_number_of(number, device)) return "case_number";
  auto const fresh = query(transaction,
                           "INSERT INTO platform_cases (number, hall, source, matter, bundle, catalog, channel, holder,"
                           " submitted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz)"
                           " ON CONFLICT DO NOTHING RETURNING 1",
                           number, device.hall, device.urn, data["matter"].get<std::string>(),
                           data["bundle"].get<bool>(), data["catalog"].get<std::int64_t>(),
                           data["channel"].get<std::string>(), data["holder"].get<std::string>(), event.time);
  if (fresh.empty()) return "conflict";
  // The promised period of an item is that of the catalogue in force when it was applied for.
  query(transaction,
        "INSERT INTO platform_case_parts (number, part, item, after, promise_count, promise_unit)"
        " SELECT $1, p.part, p.item, p.after, (c.promises->p.item->>0)::integer, (c.promises->p.item->>1)::integer"
        " FROM json_to_recordset($2::json) AS p(part integer, item text, after json) LEFT JOIN LATERAL"
        " (SELECT promises FROM platform_published WHERE document = 'catalog' AND $3 LIKE hall || '%'"
        "  ORDER BY length(hall) DESC LIMIT 1) AS c ON true",
        number, data["parts"].dump(), device.hall);
  store_papers(transaction, data, "");
  query(transaction,
        "INSERT INTO platform_case_promised (number, material)"
        " SELECT $1, material FROM json_to_recordset($2::json) AS p(material text) ON CONFLICT DO NOTHING",
        number, data["promised"].dump());
  for (auto const& part : data["parts"]) store_step(transaction, number, part["part"], "submit", event.time);
  return "";
}

std::set<std::string> brought_by(json const& data) {
  std::set<std::string> materials;
  for (auto const* list : {"documents", "on_file"})
    for (auto const& paper : data[list])
      if (paper["material"].is_string()) materials.insert(paper["material"].get<std::string>());
  return materials;
}

/// Whether one of `materials` is in the rows' first column.
bool any_of_them(pqxx::result const& rows, std::set<std::string> const& materials) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](auto const& row) { return materials.count(row[0].template as<std::string>()) == 1; });
}

enum class Supply { asked, promised, unwanted };
/// What papers are for a part in `state`. Promised ones (容缺) may come until the part has ended; beside a request for
/// others, which the machine may not have heard of yet, they do not answer it.
Supply supply_of(pqxx::transaction_base& transaction, std::string const& number, int part, std::string const& state,
                 json const& data) {
  bool const asked = state == "supplement";
  bool const open = asked || state == "submitted" || state == "received" || state == "accepted" || state == "suspended";
  auto const brought = brought_by(data);
  bool const promised =
      open &&
      any_of_them(query(transaction, "SELECT material FROM platform_case_promised WHERE number = $1", number), brought);
  if (!asked) return promised ? Supply::promised : Supply::unwanted;
  auto const wanted = query(transaction,
                            "SELECT json_array_elements_text(materials) FROM platform_case_steps WHERE ordinal ="
                            " (SELECT max(ordinal) FROM platform_case_steps"
                            "  WHERE number = $1 AND part = $2 AND act = 'ask_supplement')",
                            number, part);
  return promised && !any_of_them(wanted, brought) ? Supply::promised : Supply::asked;
}

std::string take_supplemented(pqxx::transaction_base& transaction, Device const& device, Event const& event,
                              json const& data) {
  if (!is_supplemented(data)) return "case_data";
  auto const number = data["case"].get<std::string>();
  auto const part = data["part"].get<int>();
  auto const supplement = data["supplement"].get<std::string>();
  if (!lock_case(transaction, number, device.hall)) return "case_unknown";
  if (!query(transaction, "SELECT 1 FROM platform_case_supplements WHERE number = $1 AND supplement = $2", number,
             supplement)
           .empty())
    return "conflict";
  auto const state =
      query(transaction, "SELECT state FROM platform_case_parts WHERE number = $1 AND part = $2", number, part);
  auto const supply =
      state.empty() ? Supply::unwanted : supply_of(transaction, number, part, state[0][0].as<std::string>(), data);
  if (supply == Supply::unwanted) return "case_state";
  query(transaction, "INSERT INTO platform_case_supplements (number, supplement, part) VALUES ($1, $2, $3)", number,
        supplement, part);
  store_papers(transaction, data, supplement);
  query(transaction, "UPDATE platform_cases SET pending = true WHERE number = $1", number);
  if (supply == Supply::promised) return "";
  query(transaction, "UPDATE platform_case_parts SET state = 'received' WHERE number = $1 AND part = $2", number, part);
  store_step(transaction, number, part, "supplied", event.time);
  return "";
}

std::string take_withdrawn(pqxx::transaction_base& transaction, Device const& device, Event const& event,
                           json const& data) {
  if (!is_withdrawn(data)) return "case_data";
  auto const number = data["case"].get<std::string>();
  if (!lock_case(transaction, number, device.hall)) return "case_unknown";
  auto const parts = query(transaction,
                           "UPDATE platform_case_parts SET state = 'withdrawn' WHERE number = $1"
                           " AND state IN ('submitted', 'received', 'supplement') RETURNING part",
                           number);
  if (parts.empty()) return "case_state";
  for (auto const& row : parts) store_step(transaction, number, row[0].as<int>(), "withdraw", event.time);
  return "";
}

// ---- the back office ----------------------------------------------------------------------------------------------------

struct Rule {
  char const* act;
  std::vector<std::string_view> from;
  char const* to;
  char const* type;
  std::vector<std::string_view> reasons;
};

std::array<Rule, 7> const& rules() {
  static std::array<Rule, 7> const k_rules{
      Rule{"receive", {"submitted"}, "received", "received", {""}},
      Rule{"accept", {"received"}, "accepted", "accepted", {""}},
      Rule{"ask_supplement",
           {"received"},
           "supplement",
           "supplement_requested",
           {"materials_missing", "materials_unclear", "form_incomplete"}},
      Rule{"suspend",
           {"accepted"},
           "suspended",
           "suspended",
           {"hearing", "inspection", "quarantine", "testing", "appraisal", "expert_review"}},
      Rule{"resume", {"suspended"}, "accepted", "resumed", {""}},
      Rule{"decide", {"accepted"}, "decided", "decided", {"", "condition_unmet"}},
      Rule{"refuse",
           {"received", "supplement"},
           "refused",
           "refused",
           {"not_competent", "condition_unmet", "materials_not_supplied", "repeated"}}};
  return k_rules;
}

template <class Range>
bool holds(Range const& range, std::string_view value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

bool is_complete(Act const& act, Rule const& rule) {
  if (!holds(rule.reasons, act.reason)) return false;
  if (act.act == "decide") return act.outcome == "granted" || act.outcome == "denied";
  if (act.act != "ask_supplement") return true;
  return !act.materials.empty() && act.materials.size() <= 99 && act.days >= 1 && act.days <= 365 &&
         std::all_of(act.materials.begin(), act.materials.end(), [](auto const& id) { return is_code(id); });
}

struct Part {
  int number = 0;
  std::string item;
  std::string state;
  std::vector<std::string> after;
};

bool has_ended(std::string_view state) { return state == "decided" || state == "refused" || state == "withdrawn"; }

std::vector<Part> parts_of(pqxx::transaction_base& transaction, std::string const& number) {
  std::vector<Part> parts;
  for (auto const& row :
       query(transaction, "SELECT part, item, state, after FROM platform_case_parts WHERE number = $1 ORDER BY part",
             number))
    parts.push_back({row[0].as<int>(), row[1].as<std::string>(), row[2].as<std::string>(),
                     json::parse(row[3].as<std::string>()).get<std::vector<std::string>>()});
  return parts;
}

bool waits(Part const& part, std::vector<Part> const& all) {
  return std::any_of(all.begin(), all.end(),
                     [&](Part const& other) { return holds(part.after, other.item) && !has_ended(other.state); });
}

/// What the fact says besides case, part and time.
json details(Act const& act, std::string const& province_number) {
  if (act.act == "receive") return {{"province_number", province_number}};
  if (act.act == "ask_supplement") return {{"materials", act.materials}, {"reason", act.reason}, {"days", act.days}};
  if (act.act == "decide") return {{"outcome", act.outcome}, {"reason", act.reason}};
  if (act.act == "suspend" || act.act == "refuse") return {{"reason", act.reason}};
  return json::object();
}

struct Where {
  std::string number;
  std::string hall;
};

/// A fact of the platform's own: in the changes of one hall, in the order everybody's facts have there.
void tell(pqxx::transaction_base& transaction, Env const& env, Where const& where, std::string const& type, json data) {
  auto const now = text::to_rfc3339(env.wall.now().time_since_epoch().count());
  data["case"] = where.number;
  data["at"] = now;
  auto const id = Uuid::v7(env).to_string();
  json const fact{{"specversion", "1.0"},
                  {"id", id},
                  {"source", "urn:yizhan:platform"},
                  {"type", type},
                  {"subject", "case/" + where.number},
                  {"time", now},
                  {"datacontenttype", "application/json"},
                  {"clockstate", "trusted"},
                  {"data", std::move(data)}};
  auto const text = canonical_json(fact).value();
  query(transaction,
        "INSERT INTO platform_facts (source, hall, id, sha256, type, fact)"
        " VALUES ('urn:yizhan:platform', $1, $2, $3, $4, $5)",
        where.hall, id, crypto::sha256_hex(text::bytes_of(text)), type, text);
}

void move(pqxx::transaction_base& transaction, Env const& env, Act const& act, Rule const& rule, int part) {
  query(transaction, "UPDATE platform_case_parts SET state = $3, outcome = $4 WHERE number = $1 AND part = $2",
        act.number, part, std::string(rule.to), act.act == "decide" ? act.outcome : std::string("none"));
  query(transaction,
        "INSERT INTO platform_case_steps (number, part, act, at, reason, materials, days)"
        " VALUES ($1, $2, $3, $4::timestamptz, $5, $6::json, $7)",
        act.number, part, act.act, text::to_rfc3339(env.wall.now().time_since_epoch().count()), act.reason,
        json(act.materials).dump(), act.act == "ask_supplement" ? act.days : 0);
}

/// The province's own number: division, day and a running number. Given when a case is received first.
std::string province_number(pqxx::transaction_base& transaction, std::string const& number) {
  auto const rows = query(transaction,
                          "UPDATE platform_cases SET province_number = coalesce(province_number,"
                          " left(number, 6) || substr(number, 13, 8) || lpad(counted::text, 8, '0'))"
                          " WHERE number = $1 RETURNING province_number",
                          number);
  return rows[0][0].as<std::string>();
}

}  // namespace

bool is_case_event(std::string_view type) {
  return type == k_submitted || type == k_supplemented || type == k_withdrawn;
}

std::string take_case_event(pqxx::transaction_base& transaction, Device const& device, Event const& event) {
  auto const fact = parse_json(event.fact);
  if (!fact) return "case_data";
  auto const& data = (*fact)["data"];
  if (event.type == k_submitted) return take_submitted(transaction, device, event, data);
  if (event.type == k_supplemented) return take_supplemented(transaction, device, event, data);
  return take_withdrawn(transaction, device, event, data);
}

std::string carry_out(pqxx::transaction_base& transaction, Env const& env, Act const& act) {
  auto const* rule = std::find_if(rules().begin(), rules().end(), [&](Rule const& one) { return one.act == act.act; });
  if (rule == rules().end()) return "act_unknown";
  if (!is_complete(act, *rule)) return "act_incomplete";
  auto const rows = query(
      transaction, "SELECT hall, pending OR fault <> '' FROM platform_cases WHERE number = $1 FOR UPDATE", act.number);
  if (rows.empty()) return "case_unknown";
  Where const where{act.number, rows[0][0].as<std::string>()};
  if ((act.act == "accept" || act.act == "receive") && rows[0][1].as<bool>()) return "documents_waiting";
  auto const parts = parts_of(transaction, act.number);
  std::vector<int> fitting;
  bool held = false;
  for (auto const& part : parts) {
    if ((act.part != 0 && act.part != part.number) || !holds(rule->from, part.state)) continue;
    bool const must_wait = act.act == "accept" && waits(part, parts);
    held = held || must_wait;
    if (!must_wait) fitting.push_back(part.number);
  }
  if (fitting.empty()) return held ? "part_waits" : "act_out_of_order";
  for (int const part : fitting) move(transaction, env, act, *rule, part);
  auto said = details(act, act.act == "receive" ? province_number(transaction, act.number) : "");
  auto const type = "cn.yizhan.case." + std::string(rule->type) + ".v1";
  // One fact for all parts is only said of a receipt.
  if (act.act == "receive" && fitting.size() == parts.size()) fitting = {0};
  for (int const part : fitting) {
    said["part"] = part;
    tell(transaction, env, where, type, said);
  }
  return "";
}

std::string overall_state(std::vector<std::string> const& states) {
  constexpr std::array k_behind{"supplement", "submitted", "received", "suspended", "accepted", "decided", "refused"};
  for (auto const* state : k_behind)
    if (holds(states, state)) return state;
  return "withdrawn";
}

}  // namespace yizhan::platform
