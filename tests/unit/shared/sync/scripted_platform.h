#pragma once
/// A platform in memory behind a scripted transport: it keeps a line as the contract says, and a test may make the next call
/// fail in any way. Time passes only while the engine waits. Shares no code with the engine's codecs.
#include <zlib.h>

#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/sync/http_transport.h"

namespace yizhan::test {

using nlohmann::json;

inline std::string gunzip(std::string const& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(4 * 1024 * 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  bool const whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(whole ? stream.total_out : 0);
  inflateEnd(&stream);
  return out;
}

inline sync::HttpResponse json_response(int status, json const& body) {
  return {status, "application/json", {}, {}, body.dump()};
}
inline sync::HttpResponse problem(int status, std::string const& name, json extra = json::object()) {
  extra["type"] = "urn:yizhan:problem:" + name;
  extra["status"] = status;
  return {status, "application/problem+json", {}, {}, extra.dump()};
}
inline sync::HttpResponse html(int status) { return {status, "text/html", {}, {}, "<html>Please log in</html>"}; }
inline std::string padded16(std::uint64_t n) {
  auto const digits = std::to_string(n);
  return std::string(16 - digits.size(), '0') + digits;
}

class ScriptedPlatform final : public sync::HttpTransport {
 public:
  using Response = Result<sync::HttpResponse>;
  using Handler = std::function<Response(sync::HttpRequest const&)>;

  explicit ScriptedPlatform(ManualEnv& env) : m_env(env) {}

  struct Stored {
    std::string id;
    std::string hash;
    std::string chain;
    std::string status;
    std::string problem;
    json event;
  };

  // ---- state a test may look at or set ----
  std::uint64_t epoch = 0;
  std::map<std::uint64_t, Stored> line;  // of the current epoch
  std::map<std::string, std::string> facts;
  std::map<std::string, std::string> epoch_requests;
  std::vector<json> epoch_bodies;
  std::function<std::string(json const& event)> reject;  // "" or a problem's name
  /// The next calls of a path (prefix) are answered by these, in order, instead.
  std::map<std::string, std::deque<Handler>> instead;
  std::function<void()> after_commit;  // within POST /v1/events
  Duration latency{0};
  bool hold_changes = true;
  json changes = json::array();
  std::string changes_cursor = "c1";
  std::string trust;
  std::string trust_etag = "\"t1\"";
  Duration clock_ahead{0};
  std::vector<sync::HttpRequest> requests;
  std::vector<SteadyTime> request_times;

  [[nodiscard]] std::size_t count(std::string_view path) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(requests, [&](auto const& r) { return r.path.starts_with(path); }));
  }
  [[nodiscard]] std::vector<json> batches() const {
    std::vector<json> out;
    for (auto const& request : requests)
      if (request.path == "/v1/events") out.push_back(json::parse(gunzip(request.body)));
    return out;
  }

  // ---- transport ----
  sync::RequestId start(sync::HttpRequest request) override {
    requests.push_back(request);
    request_times.push_back(m_env.clock.steady().now());
    auto const id = ++m_last_id;
    auto response = answer(request);
    auto at = m_env.clock.steady().now() + latency;
    if (request.held.count() > 0 && hold_changes && response && response->status == 200 && changes.empty())
      at += request.held;
    m_under_way.push_back({id, at, std::move(response)});
    return id;
  }
  void cancel(sync::RequestId id) override {
    std::erase_if(m_under_way, [&](auto const& item) { return item.id == id; });
  }
  std::vector<sync::Completion> wait(Duration limit) override {
    if (std::exchange(m_woken, false)) return {};
    auto const now = m_env.clock.steady().now();
    auto next = now + limit;
    for (auto const& item : m_under_way) next = std::min(next, item.at);
    if (next > now) m_env.clock.advance(next - now);
    std::vector<sync::Completion> out;
    for (auto it = m_under_way.begin(); it != m_under_way.end();) {
      if (it->at > m_env.clock.steady().now()) {
        ++it;
        continue;
      }
      out.push_back({it->id, std::move(it->response)});
      it = m_under_way.erase(it);
    }
    return out;
  }
  void wake() override { m_woken = true; }

 private:
  struct UnderWay {
    sync::RequestId id;
    SteadyTime at;
    Response response;
  };

  Response answer(sync::HttpRequest const& request) {
    for (auto& [path, handlers] : instead) {
      if (!request.path.starts_with(path) || handlers.empty()) continue;
      auto handler = std::move(handlers.front());
      handlers.pop_front();
      return handler(request);
    }
    return honest(request);
  }

 public:
  Response honest(sync::HttpRequest const& request) {
    if (request.path == "/v1/position")
      return json_response(
          200, {{"epoch", std::to_string(epoch)}, {"sequence", padded16(last_sequence())}, {"chain", last_chain()}});
    if (request.path == "/v1/epochs") return open_epoch(json::parse(request.body));
    if (request.path == "/v1/events") return take(json::parse(gunzip(request.body)));
    if (request.path == "/v1/time") {
      auto const now = m_env.clock.wall().now() + clock_ahead + latency / 2;
      return json_response(200, {{"now", text::to_rfc3339(now.time_since_epoch().count())}});
    }
    if (request.path == "/v1/trust") {
      for (auto const& [name, value] : request.headers)
        if (name == "If-None-Match" && value == trust_etag) return sync::HttpResponse{304, {}, trust_etag, {}, {}};
      return sync::HttpResponse{200, "application/cose", trust_etag, {}, trust};
    }
    if (request.path.starts_with("/v1/changes"))
      return json_response(
          200, {{"events", std::exchange(changes, json::array())}, {"cursor", changes_cursor}, {"more", false}});
    if (request.path == "/v1/snapshot")
      return json_response(200, {{"state", {{"hall", "420106001001"}}}, {"cursor", "s1"}});
    return problem(404, "not_found");
  }

 private:
  [[nodiscard]] std::uint64_t last_sequence() const { return line.empty() ? 0 : line.rbegin()->first; }
  [[nodiscard]] std::string last_chain() const {
    return line.empty() ? std::string(64, '0') : line.rbegin()->second.chain;
  }

  Response open_epoch(json const& body) {
    epoch_bodies.push_back(body);
    auto const id = body.at("request_id").get<std::string>();
    if (auto const known = epoch_requests.find(id); known != epoch_requests.end())
      return json_response(201, {{"epoch", known->second}});
    if (body.at("based_on") != std::to_string(epoch))
      return problem(409, "epoch_conflict", {{"current", std::to_string(epoch)}});
    ++epoch;
    line.clear();
    epoch_requests[id] = std::to_string(epoch);
    return json_response(201, {{"epoch", std::to_string(epoch)}});
  }

  Response take(json const& batch) {
    json results = json::array();
    auto const first = std::stoull(batch[0].at("sequence").get<std::string>());
    auto const of = std::stoull(batch[0].at("epoch").get<std::string>());
    if (of < epoch) return problem(409, "superseded", {{"current", std::to_string(epoch)}});
    if (of > epoch || first > last_sequence() + 1)
      return problem(409, "gap",
                     {{"expected", {{"epoch", std::to_string(epoch)}, {"sequence", padded16(last_sequence() + 1)}}}});
    auto after = line;
    auto new_facts = facts;
    for (auto const& event : batch) {
      auto const sequence = std::stoull(event.at("sequence").get<std::string>());
      auto const id = event.at("id").get<std::string>();
      auto fact = event;
      for (char const* place : {"epoch", "sequence", "chain"}) fact.erase(place);
      auto unchained = event;
      unchained.erase("chain");
      auto const hash = crypto::sha256_hex(text::bytes_of(fact.dump()));
      if (auto const known = after.find(sequence); known != after.end()) {
        if (known->second.id != id || known->second.hash != hash) return problem(409, "fork");
        bool const rejected = known->second.status == "rejected";
        results.push_back({{"id", id}, {"status", rejected ? "rejected" : "duplicate"}});
        if (rejected) results.back()["problem"] = known->second.problem;
        continue;
      }
      auto const previous = after.empty() ? std::string(64, '0') : after.rbegin()->second.chain;
      auto const chain = crypto::chain_after(previous, unchained.dump());
      if (chain != event.at("chain")) return problem(409, "fork");
      Stored stored{id, hash, chain, "accepted", "", event};
      if (auto const why = reject ? reject(event) : std::string(); !why.empty()) {
        stored.status = "rejected";
        stored.problem = "urn:yizhan:problem:" + why;
      } else if (auto const [at, fresh] = new_facts.emplace(id, hash); !fresh) {
        stored.status = at->second == hash ? "duplicate" : "rejected";
        if (stored.status == "rejected") stored.problem = "urn:yizhan:problem:conflict";
      }
      results.push_back({{"id", id}, {"status", stored.status}});
      if (!stored.problem.empty()) results.back()["problem"] = stored.problem;
      after[sequence] = stored;
    }
    line = after;
    facts = new_facts;
    if (after_commit) std::exchange(after_commit, nullptr)();
    return json_response(200, {{"results", results}, {"accepted_through", padded16(last_sequence())}});
  }

  ManualEnv& m_env;
  std::vector<UnderWay> m_under_way;
  sync::RequestId m_last_id = 0;
  bool m_woken = false;
};

}  // namespace yizhan::test
