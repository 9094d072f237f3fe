#include "tests/support/store/machine.h"

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::test {
namespace {

template <class T>
T must(Result<T> result, char const* what) {
  if (!result.has_value()) {
    std::fprintf(stderr, "%s: %s\n", what, result.error().to_line().c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

}  // namespace

Machine::Machine(std::uint64_t seed) : m_env(k_morning, seed) {
  auto const vault = m_dir / "vault";
  std::filesystem::create_directory(vault);
  m_vault = must(crypto::open_development_vault(vault, crypto::Profile::demo), "vault");
}

Machine::~Machine() = default;

Result<void> Machine::open(store::DatabaseOptions options) {
  m_store.reset();
  m_clock = std::make_unique<calendar::HallClock>(m_env.clock.wall(), m_env.clock.steady(), WallTime{});
  store::StoreOptions store_options;
  store_options.folder = folder();
  store_options.device = k_device;
  store_options.database = std::move(options);
  m_store = TRY(store::Store::open(std::move(store_options), *m_vault, m_env.env(), *m_clock));
  return {};
}

store::Store& Machine::store() {
  if (!m_store) must(Result<void>(Error::make("not_open")), "Machine::store");
  return *m_store;
}

Uuid Machine::append(std::string const& subject) {
  return must(store().commit([&] {
    return outbox().append("cn.yizhan.ticket.issued.v1", subject, {{"number", "A001"}, {"queue", "A"}});
  }),
              "append");
}

Result<void> Machine::open_epoch(std::string const& epoch, std::string const& based_on) {
  auto const request = TRY(outbox().epoch_request(line::EpochReason::created, based_on));
  return outbox().open_epoch(request.request_id, epoch);
}

std::vector<line::PlacedEvent> Machine::due() { return must(outbox().due(100'000, 1 << 30, 0), "due"); }

Result<void> Machine::accept(std::vector<line::PlacedEvent> const& events) {
  if (events.empty()) return {};
  std::vector<line::Answer> answers;
  for (auto const& event : events) answers.push_back({event.fact.id, line::Verdict::accepted, ""});
  return outbox().record_answers(events.back().place.epoch, answers, events.back().place.sequence, m_clock->now());
}

std::string Machine::one(std::string const& sql) {
  auto statement = must(store().database().prepare(sql), sql.c_str());
  return must(statement.step(), sql.c_str()) ? statement.text(0) : "";
}

std::uint64_t first_broken_link(std::vector<line::PlacedEvent> const& events, std::string previous) {
  for (auto const& event : events) {
    auto wire = nlohmann::json::parse(line::to_wire(event));
    wire.erase("chain");
    auto bytes = must(text::from_hex(previous), "chain");
    auto const body = wire.dump();
    for (char const c : body) bytes.push_back(static_cast<std::byte>(c));
    if (event.place.chain != crypto::sha256_hex(bytes)) return event.place.sequence;
    previous = event.place.chain;
  }
  return 0;
}

}  // namespace yizhan::test
