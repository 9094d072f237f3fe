#pragma once
/// The line in memory, with the rules of the real store: for tests of whoever drives a line::LinePort. Not thread-safe.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/domain/line/line_port.h"

namespace yizhan::test {

class MemoryLine final : public line::LinePort {
 public:
  struct Row {
    line::PlacedEvent event;
    std::string state = "due";  // due, accepted, parked, withheld
    std::string problem;
    int answers = 0;  // how often a result was recorded
  };

  MemoryLine(Env const& env, std::string urn) : m_env(env), m_urn(std::move(urn)) {}

  // ---- what a use case does ----
  Uuid append(std::string type = "cn.yizhan.ticket.issued.v1", std::string data = R"({"number":"A001"})") {
    auto fact = make_fact(std::move(type), std::move(data));
    auto const id = fact.id;
    rows.push_back({place_behind(last, std::move(fact)), "due", {}});
    last = rows.back().event.place;
    return id;
  }
  [[nodiscard]] std::size_t count(std::string_view state) const {
    return static_cast<std::size_t>(std::ranges::count(rows, state, &Row::state));
  }
  [[nodiscard]] Row const& row(Uuid const& id) const {
    return *std::ranges::find(rows, id, [](Row const& r) { return r.event.fact.id; });
  }
  /// A start after a restore, or a technician's `adopt`.
  void require_epoch(line::EpochReason reason) {
    reason_due = reason;
    halt = line::Halt::none;
  }

  // ---- LinePort ----
  Result<line::LineStatus> status() override {
    ++calls;
    if (broken) return Error::make("store_away", Retry::later);
    line::LineStatus out;
    out.last = last;
    out.halt = halt;
    if (halt == line::Halt::none && (reason_due || pending || last.epoch == "0")) out.halt = line::Halt::no_epoch;
    out.backlog = count("due");
    out.parked = count("parked") + count("withheld");
    auto const due = std::ranges::find(rows, "due", &Row::state);
    out.accepted_through = due == rows.end() ? last.sequence : due->event.place.sequence - 1;
    out.last_contact = contact;
    return out;
  }
  Result<std::vector<line::PlacedEvent>> due(std::size_t max_events, std::size_t max_bytes,
                                             std::uint64_t after) override {
    std::vector<line::PlacedEvent> out;
    std::size_t bytes = 0;
    for (auto const& row : rows) {
      if (row.state != "due" || row.event.place.sequence <= after) continue;
      bytes += line::to_wire(row.event).size() + 1;
      if (out.size() == max_events || (!out.empty() && bytes > max_bytes)) break;
      if (!out.empty() && row.event.place.sequence != out.back().place.sequence + 1) break;
      out.push_back(row.event);
    }
    return out;
  }
  Result<void> record_answers(std::string const& epoch, std::vector<line::Answer> const& answers, std::uint64_t,
                              WallTime) override {
    if (broken) return Error::make("store_away", Retry::later);
    if (epoch != last.epoch) return {};
    for (auto const& answer : answers) {
      auto const found = std::ranges::find(rows, answer.id, [](Row const& r) { return r.event.fact.id; });
      if (found == rows.end()) continue;
      ++found->answers;
      if (found->state != "due") continue;
      found->state = answer.verdict == line::Verdict::rejected ? "parked" : "accepted";
      found->problem = answer.problem;
    }
    return {};
  }
  Result<void> withhold(Uuid const& id, std::string const& problem) override {
    auto const at = std::ranges::find(rows, id, [](Row const& r) { return r.event.fact.id; });
    if (at == rows.end() || at->state != "due") return Error::make("event_not_due");
    auto const position = at - rows.begin();
    auto previous = at->event.place;
    previous.sequence -= 1;
    previous.chain = chain_at(previous.sequence).value();
    nlohmann::json const data{{"id", id.to_string()},
                              {"type", at->event.fact.type},
                              {"hash", crypto::sha256_hex(text::bytes_of(line::canonical_fact(at->event.fact)))},
                              {"problem", problem}};
    withheld.push_back({at->event, "withheld", problem});
    rows[static_cast<std::size_t>(position)] = {
        place_behind(previous, make_fact("cn.yizhan.event.withheld.v1", data.dump())), "due", {}};
    for (auto i = static_cast<std::size_t>(position) + 1; i < rows.size(); ++i)
      rows[i].event = place_behind(rows[i - 1].event.place, rows[i].event.fact);
    last = rows.back().event.place;
    return {};
  }
  Result<std::string> chain_at(std::uint64_t sequence) override {
    if (sequence == 0) return line::Place{}.chain;
    for (auto const& row : rows)
      if (row.event.place.epoch == last.epoch && row.event.place.sequence == sequence) return row.event.place.chain;
    return Error::make("not_kept");
  }
  Result<void> reopen_from(std::uint64_t sequence) override {
    if (!chain_at(sequence)) return Error::make("not_kept");
    for (auto& row : rows)
      if (row.event.place.epoch == last.epoch && row.event.place.sequence >= sequence) row.state = "due";
    return {};
  }
  Result<line::EpochRequest> epoch_request(line::EpochReason reason, std::string const& based_on) override {
    if (pending) return *pending;
    line::EpochRequest request;
    request.request_id = Uuid::v7(m_env);
    request.reason = reason == line::EpochReason::created ? reason_due.value_or(reason) : reason;
    request.based_on = based_on;
    if (last.epoch != "0") request.previous = last;
    pending = request;
    return request;
  }
  Result<void> open_epoch(Uuid const& request_id, std::string const& epoch) override {
    if (!pending || pending->request_id != request_id) return Error::make("epoch_request_unknown");
    if (std::stoull(epoch) <= std::stoull(last.epoch)) return Error::make("epoch_not_newer");
    opened.push_back(*pending);
    line::Place place{epoch, 0, line::Place{}.chain};
    std::vector<Row> next;
    nlohmann::json data{{"reason", line::to_string(pending->reason)}, {"previous", nullptr}};
    next.push_back({place_behind(place, make_fact("cn.yizhan.line.opened.v1", data.dump())), "due", {}});
    for (auto const& row : rows) {
      if (row.state != "due" && row.event.place.epoch != "0") {
        earlier.push_back(row);
        continue;
      }
      next.push_back({place_behind(next.back().event.place, row.event.fact), row.state, row.problem});
    }
    rows = std::move(next);
    last = rows.back().event.place;
    pending.reset();
    reason_due.reset();
    halt = line::Halt::none;
    return {};
  }
  Result<void> forget_epoch_request() override {
    pending.reset();
    return {};
  }
  Result<void> set_halt(line::Halt to) override {
    halt = to;
    return {};
  }
  Result<std::string> cursor() override { return m_cursor; }
  Result<void> apply_changes(std::vector<line::Change> const& more, std::string const& next) override {
    if (broken) return Error::make("store_away", Retry::later);
    changes.insert(changes.end(), more.begin(), more.end());
    m_cursor = next;
    return {};
  }
  Result<std::optional<std::string>> document(std::string const& name) override {
    auto const found = documents.find(name);
    if (found == documents.end()) return std::optional<std::string>();
    return std::optional(found->second.bytes);
  }
  Result<void> store_document(std::string const& name, std::int64_t version, std::string const& etag,
                              std::string const& bytes) override {
    auto& kept = documents[name];
    if (version < kept.version) return Error::make("document_version_back");
    kept = {version, etag, bytes};
    return {};
  }
  Result<std::string> document_etag(std::string const& name) override {
    auto const found = documents.find(name);
    return found == documents.end() ? std::string() : found->second.etag;
  }
  Result<void> store_clock(Duration offset, WallTime highest) override {
    clock_offset = offset;
    highest_time = highest;
    return {};
  }
  Result<void> touch_contact(WallTime at) override {
    contact = at;
    return {};
  }
  Result<std::vector<line::ParkedEvent>> parked() override {
    std::vector<line::ParkedEvent> out;
    for (auto const* list : {&rows, &withheld})
      for (auto const& row : *list)
        if (row.state == "parked" || row.state == "withheld")
          out.push_back({row.event.fact.id, row.event.fact.type, row.problem, row.event.fact.time});
    return out;
  }

  struct Document {
    std::int64_t version = 0;
    std::string etag;
    std::string bytes;
  };

  // Open to tests.
  std::vector<Row> rows;      // of the current epoch, in order
  std::vector<Row> earlier;   // answered in earlier epochs
  std::vector<Row> withheld;  // taken out of the line
  line::Place last;
  line::Halt halt = line::Halt::none;
  std::optional<line::EpochReason> reason_due;
  std::optional<line::EpochRequest> pending;
  std::vector<line::EpochRequest> opened;
  std::vector<line::Change> changes;
  std::map<std::string, Document> documents;
  std::optional<Duration> clock_offset;
  std::optional<WallTime> highest_time;
  std::optional<WallTime> contact;
  bool broken = false;
  int calls = 0;  // of status()

 private:
  line::Fact make_fact(std::string type, std::string data) {
    line::Fact fact;
    fact.id = Uuid::v7(m_env);
    fact.source = m_urn;
    fact.type = std::move(type);
    fact.subject = "test";
    fact.time = text::to_rfc3339(m_env.wall.now().time_since_epoch().count());
    fact.data = line::canonical(nlohmann::json::parse(data)).value();
    return fact;
  }
  static line::PlacedEvent place_behind(line::Place const& previous, line::Fact fact) {
    line::PlacedEvent event{std::move(fact), {previous.epoch, previous.sequence + 1, {}}};
    event.place.chain = crypto::chain_after(previous.chain, line::canonical_without_chain(event));
    return event;
  }

  Env m_env;
  std::string m_urn;
  std::string m_cursor;
};

}  // namespace yizhan::test
