// The device's line: POST and GET /v1/events, GET /v1/position, POST /v1/epochs.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "shared/base/uuid.h"
#include "tools/platform/body.h"
#include "tools/platform/calls.h"
#include "tools/platform/cases.h"
#include "tools/platform/event.h"
#include "tools/platform/json.h"

namespace yizhan::platform {

namespace {

struct Position {
  std::uint64_t epoch = 0;
  std::uint64_t sequence = 0;
  std::string chain = k_chain_start;
};

Position to_position(pqxx::result const& rows) {
  if (rows.empty()) return {};
  auto const row = rows[0];
  return {row[0].as<std::uint64_t>(), row[1].as<std::uint64_t>(), row[2].as<std::string>()};
}

/// Locks the device's row: its batches and epochs go one after another, however many connections it opens.
Position lock_position(pqxx::transaction_base& transaction, Device const& device) {
  query(transaction, "INSERT INTO platform_devices (source, hall) VALUES ($1, $2) ON CONFLICT DO NOTHING", device.urn,
        device.hall);
  return to_position(query(
      transaction, "SELECT epoch, sequence, chain FROM platform_devices WHERE source = $1 FOR UPDATE", device.urn));
}

/// What is stored at a place of the line.
struct Stored {
  std::string id;
  std::string sha256;
  std::string chain;
  std::string status;
  std::string problem;
};

std::map<std::uint64_t, Stored> stored_places(pqxx::transaction_base& transaction, Device const& device,
                                              Event const& first, Event const& last) {
  std::map<std::uint64_t, Stored> places;
  for (auto const& row : query(transaction,
                               "SELECT sequence, id, sha256, chain, status, coalesce(problem, '') FROM platform_line"
                               " WHERE source = $1 AND epoch = $2 AND sequence BETWEEN $3 AND $4",
                               device.urn, first.epoch, first.sequence, last.sequence))
    places[row[0].as<std::uint64_t>()] = {row[1].as<std::string>(), row[2].as<std::string>(), row[3].as<std::string>(),
                                          row[4].as<std::string>(), row[5].as<std::string>()};
  return places;
}

/// id → SHA-256 of the facts already stored among `events`.
std::map<std::string, std::string> stored_facts(pqxx::transaction_base& transaction, Device const& device,
                                                std::vector<Event> const& events) {
  std::string ids = "{";
  for (auto const& event : events) ids += (ids.size() > 1 ? "," : "") + event.id;
  ids += "}";
  std::map<std::string, std::string> facts;
  for (auto const& row :
       query(transaction, "SELECT id, sha256 FROM platform_facts WHERE source = $1 AND id = ANY($2::uuid[])",
             device.urn, ids))
    facts[row[0].as<std::string>()] = row[1].as<std::string>();
  return facts;
}

struct Verdict {
  std::string status;
  std::string problem;
};

Verdict judge(Event const& event, std::map<std::string, std::string>& facts) {
  if (event.personal) return {"rejected", problem_type("personal_data")};
  auto const [known, fresh] = facts.emplace(event.id, event.fact_sha256);
  if (fresh) return {"accepted", ""};
  if (known->second == event.fact_sha256) return {"duplicate", ""};
  return {"rejected", problem_type("conflict")};
}

nlohmann::json to_result(std::string const& id, std::string const& status, std::string const& problem) {
  nlohmann::json result{{"id", id}, {"status", status}};
  if (!problem.empty()) result["problem"] = problem;
  return result;
}

/// One statement per table, so that 500 events cost two round trips.
void store(pqxx::transaction_base& transaction, Device const& device, std::vector<Event const*> const& events,
           std::vector<Verdict> const& verdicts) {
  if (events.empty()) return;
  auto lines = nlohmann::json::array();
  auto facts = nlohmann::json::array();
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto const& event = *events[i];
    auto const& verdict = verdicts[i];
    lines.push_back({{"epoch", event.epoch},
                     {"sequence", event.sequence},
                     {"chain", event.chain},
                     {"id", event.id},
                     {"sha256", event.fact_sha256},
                     {"status", verdict.status},
                     {"problem", verdict.problem}});
    if (verdict.status == "accepted")
      facts.push_back({{"id", event.id}, {"sha256", event.fact_sha256}, {"type", event.type}, {"fact", event.fact}});
  }
  query(transaction,
        "INSERT INTO platform_line (source, epoch, sequence, chain, id, sha256, status, problem)"
        " SELECT $1, epoch, sequence, chain, id, sha256, status, nullif(problem, '') FROM json_to_recordset($2::json)"
        " AS r(epoch bigint, sequence bigint, chain text, id uuid, sha256 text, status text, problem text)",
        device.urn, lines.dump());
  query(transaction,
        "INSERT INTO platform_facts (source, hall, id, sha256, type, fact)"
        " SELECT $1, $2, id, sha256, type, fact FROM json_to_recordset($3::json)"
        " AS r(id uuid, sha256 text, type text, fact text)",
        device.urn, device.hall, facts.dump());
  auto const& last = *events.back();
  query(transaction, "UPDATE platform_devices SET sequence = $2, chain = $3 WHERE source = $1", device.urn,
        last.sequence, last.chain);
}

Answer gap(Position const& position) {
  return problem(
      409, "gap", "The line goes on elsewhere; resend from there.",
      {{"expected", {{"epoch", std::to_string(position.epoch)}, {"sequence", padded(position.sequence + 1)}}}});
}

Answer fork(char const* why) { return problem(409, "fork", why); }

Answer take_batch(std::vector<Event> const& events, Device const& device, pqxx::transaction_base& transaction) {
  auto const position = lock_position(transaction, device);
  auto const& first = events.front();
  if (first.epoch < position.epoch || first.epoch == 0)
    return problem(409, "superseded", "The line goes on in a newer epoch, or none was opened.",
                   {{"current", std::to_string(position.epoch)}});
  if (first.epoch > position.epoch || first.sequence > position.sequence + 1) return gap(position);

  auto const places = stored_places(transaction, device, first, events.back());
  auto facts = stored_facts(transaction, device, events);
  auto results = nlohmann::json::array();
  std::vector<Event const*> fresh;
  std::vector<Verdict> verdicts;
  auto chain = position.chain;
  for (auto const& event : events) {
    if (auto const known = places.find(event.sequence); known != places.end()) {
      auto const& stored = known->second;
      if (stored.id != event.id || stored.sha256 != event.fact_sha256 || stored.chain != event.chain)
        return fork("Another fact is stored at a sequence of this batch.");
      results.push_back(to_result(event.id, stored.status == "rejected" ? "rejected" : "duplicate", stored.problem));
      continue;
    }
    if (next_chain(chain, event.placed) != event.chain) return fork("The chain does not verify.");
    chain = event.chain;
    verdicts.push_back(judge(event, facts));
    if (verdicts.back().status == "accepted" && is_case_event(event.type))
      if (auto const name = take_case_event(transaction, device, event); !name.empty()) {
        facts.erase(event.id);
        verdicts.back() = {"rejected", problem_type(name)};
      }
    fresh.push_back(&event);
    results.push_back(to_result(event.id, verdicts.back().status, verdicts.back().problem));
  }
  store(transaction, device, fresh, verdicts);
  auto const through = std::max(position.sequence, events.back().sequence);
  return json_answer(200, {{"results", results}, {"accepted_through", padded(through)}});
}

bool is_reason(nlohmann::json const& value) {
  return value == "created" || value == "restored" || value == "behind" || value == "platform_lost";
}

bool is_previous(nlohmann::json const& value) {
  if (value.is_null()) return true;
  return value.is_object() && value.value("epoch", nlohmann::json()).is_string() &&
         value.value("sequence", nlohmann::json()).is_string() && value.value("chain", nlohmann::json()).is_string();
}

struct EpochRequest {
  std::string request_id;
  std::uint64_t based_on = 0;
  std::string whole;  // canonical, to tell a repeat from a reuse of its id
};

std::optional<EpochRequest> parse_epoch_request(std::string_view body) {
  auto const parsed = parse_json(body);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  for (char const* name : {"request_id", "reason", "based_on"})
    if (!parsed->contains(name) || !(*parsed)[name].is_string()) return std::nullopt;
  if (!is_reason((*parsed)["reason"]) || !parsed->contains("previous") || !is_previous((*parsed)["previous"]))
    return std::nullopt;
  auto const id = Uuid::parse((*parsed)["request_id"].get_ref<std::string const&>());
  auto const based_on = parse_decimal((*parsed)["based_on"].get_ref<std::string const&>());
  auto whole = canonical_json(*parsed);
  if (!id || !based_on || !whole) return std::nullopt;
  return EpochRequest{id->to_string(), *based_on, *whole};
}

}  // namespace

Answer post_events(Request const& request, Database& database, World const& world) {
  auto const body = read_body(request, "application/cloudevents-batch+json");
  if (body.refusal) return *body.refusal;
  auto const batch = parse_batch(body.bytes, request.device);
  if (batch.refusal) return *batch.refusal;
  auto answer = database.run(
      [&](pqxx::transaction_base& transaction) { return take_batch(batch.events, request.device, transaction); });
  if (std::any_of(batch.events.begin(), batch.events.end(),
                  [](Event const& event) { return is_case_event(event.type); }))
    world.news.ring();
  return answer;
}

Answer get_position(Request const& request, Database& database) {
  return database.run([&](pqxx::transaction_base& transaction) {
    auto const position = to_position(query(
        transaction, "SELECT epoch, sequence, chain FROM platform_devices WHERE source = $1", request.device.urn));
    return json_answer(200, {{"epoch", std::to_string(position.epoch)},
                             {"sequence", padded(position.sequence)},
                             {"chain", position.chain}});
  });
}

Answer post_epochs(Request const& request, Database& database) {
  auto const body = read_body(request, "application/json");
  if (body.refusal) return *body.refusal;
  auto const wanted = parse_epoch_request(body.bytes);
  if (!wanted) return problem(400, "bad_request", "The body is not an epoch request.");
  return database.run([&](pqxx::transaction_base& transaction) {
    auto const position = lock_position(transaction, request.device);
    auto const earlier =
        query(transaction, "SELECT epoch, request FROM platform_epochs WHERE source = $1 AND request_id = $2",
              request.device.urn, wanted->request_id);
    if (!earlier.empty()) {
      auto const row = earlier[0];
      if (row[1].as<std::string>() != wanted->whole)
        return problem(409, "request_reused", "This request_id stands for another request.");
      return json_answer(201, {{"epoch", std::to_string(row[0].as<std::uint64_t>())}});
    }
    if (wanted->based_on != position.epoch)
      return problem(409, "epoch_conflict", "The current epoch is another one.",
                     {{"current", std::to_string(position.epoch)}});
    auto const epoch = position.epoch + 1;
    query(transaction, "INSERT INTO platform_epochs (source, epoch, request_id, request) VALUES ($1, $2, $3, $4)",
          request.device.urn, epoch, wanted->request_id, wanted->whole);
    query(transaction, "UPDATE platform_devices SET epoch = $2, sequence = 0, chain = $3 WHERE source = $1",
          request.device.urn, epoch, std::string(k_chain_start));
    return json_answer(201, {{"epoch", std::to_string(epoch)}});
  });
}

Answer get_events(Request const& request, Database& database) {
  auto const parameter = [&](char const* name) {
    auto const found = request.query.find(name);
    return found == request.query.end() ? std::nullopt : parse_decimal(found->second);
  };
  auto const epoch = parameter("epoch");
  auto const after = parameter("after");
  if (!epoch || !after) return problem(400, "bad_request", "epoch and after are decimal numbers.");
  return database.run([&](pqxx::transaction_base& transaction) {
    Answer answer{.status = 200, .content_type = "application/cloudevents-batch+json", .body = "["};
    for (auto const& row :
         query(transaction,
               "SELECT f.fact, l.sequence, l.chain FROM platform_line l JOIN platform_facts f USING (source, id)"
               " WHERE l.source = $1 AND l.epoch = $2 AND l.sequence > $3 AND l.status <> 'rejected'"
               " ORDER BY l.sequence LIMIT 500",
               request.device.urn, *epoch, *after)) {
      if (answer.body.size() > 1) answer.body += ',';
      answer.body += with_place(row[0].as<std::string>(), *epoch, row[1].as<std::uint64_t>(), row[2].as<std::string>());
    }
    answer.body += ']';
    return answer;
  });
}

}  // namespace yizhan::platform
