#include "shared/sync/line_lane.h"

#include <algorithm>
#include <span>

#include "shared/base/log.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/sync/messages.h"

namespace yizhan::sync {
namespace {

// Whoever appends says so; this is for what was appended by another program.
constexpr Duration k_look_anyway = std::chrono::seconds(30);

Result<bool> is_newer(std::string const& epoch, std::string const& than) {
  return TRY(parse_decimal(epoch)) > TRY(parse_decimal(than));
}

}  // namespace

void LineLane::notify() {
  m_nothing_due = false;
  m_cloned = false;  // until the store says so again
  look_again(Duration{0});
}

void LineLane::resume() {
  Lane::resume();
  notify();
}

Result<std::optional<HttpRequest>> LineLane::make() {
  m_asked = Asked::nothing;
  auto const status = TRY(m_context.port.status());
  m_cloned = status.halt == line::Halt::cloned;
  // A refusal of an earlier run: since then somebody started the program again.
  if (status.halt == line::Halt::refused) TRY(m_context.port.set_halt(line::Halt::none));
  bool const needs_epoch = status.halt == line::Halt::no_epoch;
  if (m_cloned || (status.backlog == 0 && !needs_epoch)) {
    m_nothing_due = true;
    look_again(k_look_anyway);
    return std::optional<HttpRequest>();
  }
  if (m_opening) return std::optional(TRY(ask_epoch()));
  if (!m_position_known || needs_epoch) return std::optional(ask_position());
  return ask_batch();
}

HttpRequest LineLane::ask_position() {
  m_asked = Asked::position;
  return {"GET", "/v1/position", {}, {}, {}};
}

Result<HttpRequest> LineLane::ask_epoch() {
  m_request = TRY(m_context.port.epoch_request(m_opening->reason, m_opening->based_on));
  m_asked = Asked::epoch;
  return HttpRequest{"POST", "/v1/epochs", {{"Content-Type", "application/json"}}, write_epoch_request(*m_request), {}};
}

Result<std::optional<HttpRequest>> LineLane::ask_batch() {
  // The brackets count too.
  m_batch = TRY(m_context.port.due(m_event_limit, k_largest_batch_bytes - 2, 0));
  if (m_batch.empty()) return Error::make("line_stuck", Retry::later, "a backlog of which nothing is due");
  auto body = gzip(write_batch(m_batch));
  while (body.size() > m_byte_limit && m_batch.size() > 1) {
    auto const fitting = m_batch.size() * m_byte_limit / body.size();
    m_batch.resize(std::clamp<std::size_t>(fitting, 1, m_batch.size() - 1));
    body = gzip(write_batch(m_batch));
  }
  m_batch_bytes = body.size();
  m_asked = Asked::batch;
  return std::optional(
      HttpRequest{"POST",
                  "/v1/events",
                  {{"Content-Type", "application/cloudevents-batch+json"}, {"Content-Encoding", "gzip"}},
                  std::move(body),
                  {}});
}

Result<void> LineLane::take(Answer const& answer) {
  switch (m_asked) {
    case Asked::nothing: return {};
    case Asked::position: return take_position(answer);
    case Asked::epoch: return take_epoch(answer);
    case Asked::batch: return take_batch(answer);
  }
  return {};
}

Result<void> LineLane::take_position(Answer const& answer) {
  if (!answer.ok()) return error_of(answer);
  return decide(TRY(read_position(answer.response.body)));
}

Result<void> LineLane::decide(line::Place const& platform) {
  auto& port = m_context.port;
  auto const ours = TRY(port.status());
  // New, restored, or an earlier request still unanswered: the store knows which.
  if (ours.halt == line::Halt::no_epoch) return open(line::EpochReason::created, platform);
  if (TRY(is_newer(platform.epoch, ours.last.epoch))) {
    log::error("the platform's epoch {} was not opened by this machine: sending stops", platform.epoch);
    m_cloned = true;
    return port.set_halt(line::Halt::cloned);
  }
  if (TRY(is_newer(ours.last.epoch, platform.epoch))) return open(line::EpochReason::platform_lost, platform);
  if (m_forked || platform.sequence > ours.last.sequence) return open(line::EpochReason::behind, platform);
  auto const chain = port.chain_at(platform.sequence);
  if (!chain && chain.error().is("not_kept")) return open(line::EpochReason::platform_lost, platform);
  if (!chain) return chain.error();
  if (*chain != platform.chain) return open(line::EpochReason::behind, platform);
  if (platform.sequence < ours.accepted_through) {
    auto const reopened = port.reopen_from(platform.sequence + 1);
    if (!reopened && reopened.error().is("not_kept")) return open(line::EpochReason::platform_lost, platform);
    if (!reopened) return reopened.error();
    log::warning("the platform lost what it had after {}: sending it again", line::padded(platform.sequence));
  }
  m_position_known = true;
  return {};
}

Result<void> LineLane::open(line::EpochReason reason, line::Place const& platform) {
  m_opening = Opening{reason, platform.epoch};
  return {};
}

Result<void> LineLane::take_epoch(Answer const& answer) {
  auto const request = *m_request;
  auto const again = [this]() -> Result<void> {
    m_opening.reset();
    m_position_known = false;
    return m_context.port.forget_epoch_request();
  };
  if (!answer.ok()) {
    if (answer.status != 409) return error_of(answer);
    TRY(again());
    return conflict(answer);
  }
  auto const epoch = TRY(read_epoch(answer.response.body));
  auto const opened = m_context.port.open_epoch(request.request_id, epoch);
  // A platform set back to an earlier epoch counts from there: ask until it has passed ours.
  if (!opened && opened.error().is("epoch_not_newer")) return again();
  if (!opened) return opened.error();
  log::info("epoch {} opened ({})", epoch, line::to_string(request.reason));
  m_opening.reset();
  m_forked = false;
  m_position_known = true;
  return {};
}

Result<void> LineLane::take_batch(Answer const& answer) {
  if (answer.ok()) return take_results(answer);
  switch (answer.status) {
    case 409: return conflict(answer);
    case 400:
    case 413:
    case 415:
    case 422:
      if (m_batch.size() > 1) {
        m_event_limit = m_batch.size() / 2;
        return {};
      }
      log::warning("event {} is not taken ({}): withheld", m_batch.front().fact.id.to_string(), answer.problem);
      return m_context.port.withhold(m_batch.front().fact.id, answer.problem);
    default: return error_of(answer);
  }
}

Result<void> LineLane::take_results(Answer const& answer) {
  auto const read = TRY(read_batch_answer(answer.response.body, m_batch));
  if (read.answers.empty()) return Error::make("platform_answer", Retry::later, "no result of this batch");
  auto const through = std::min(read.accepted_through, m_batch.back().place.sequence);
  TRY(m_context.port.record_answers(m_batch.front().place.epoch, read.answers, through, m_context.clock.now()));
  for (auto const& result : read.answers)
    if (result.verdict == line::Verdict::rejected)
      log::warning("event {} was rejected ({}): parked", result.id.to_string(), result.problem);
  m_conflicts = 0;
  m_byte_limit = std::min(k_largest_batch_bytes, m_byte_limit * 2);
  m_event_limit = std::min(k_most_events, m_event_limit * 2);
  return {};
}

Result<void> LineLane::conflict(Answer const& answer) {
  m_position_known = false;
  m_forked = m_forked || answer.is("fork");
  // A new position settles the first; a platform that goes on contradicting itself must not be asked in a loop.
  if (++m_conflicts <= 2) return {};
  look_again(std::min(Backoff::k_longest, Duration(Backoff::k_first * (1L << std::min(m_conflicts, 9U)))));
  return error_of(answer);
}

void LineLane::cut(Error const& error) {
  bool const sent_nothing =
      error.is("network_resolve") || error.is("network_connect") || error.code().starts_with("tls_");
  if (m_asked != Asked::batch || sent_nothing) return;
  m_byte_limit = std::max(k_smallest_batch_bytes, std::min(m_byte_limit, m_batch_bytes) / 2);
}

void LineLane::on_refused() {
  auto const stored = m_context.port.set_halt(line::Halt::refused);
  if (!stored) log::error("cannot note the refusal: {}", stored.error().to_line());
}

}  // namespace yizhan::sync
