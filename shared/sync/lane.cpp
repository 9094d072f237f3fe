#include "shared/sync/lane.h"

#include <algorithm>
#include <utility>

#include "shared/base/log.h"
#include "shared/domain/calendar/hall_time.h"

namespace yizhan::sync {

std::optional<HttpRequest> Lane::next() {
  auto const at = due();
  if (!at || *at > m_context.env.steady.now()) return std::nullopt;
  auto made = make();
  if (!made) {
    failed(std::move(made).error(), std::nullopt, false);
    return std::nullopt;
  }
  if (*made) m_request = {(*made)->method, (*made)->path, (*made)->headers, {}, (*made)->held};
  return std::move(*made);
}

Contact Lane::complete(Result<HttpResponse> response) {
  m_under_way.reset();
  auto answer = interpret(m_request, std::move(response));
  if (!answer) {
    cut(answer.error());
    failed(std::move(answer).error(), std::nullopt, true);
    return Contact::none;
  }
  if (answer->status == 401 || answer->status == 403) {
    m_refused = true;
    m_out_of_reach = false;
    m_error = error_of(*answer);
    log::error("sync: {}", m_error->to_line());
    on_refused();
    return Contact::made;
  }
  if (!answer->ok() && (answer->status == 408 || answer->status == 429 || answer->status >= 500)) {
    failed(error_of(*answer), answer->retry_after(m_context.clock.now()), false);
    return Contact::made;
  }
  auto taken = take(*answer);
  if (!taken) {
    // An answer of another shape is a stranger's.
    bool const stranger = answer->ok() && taken.error().is("platform_answer");
    failed(std::move(taken).error(), std::nullopt, stranger);
    return stranger ? Contact::none : Contact::made;
  }
  m_backoff.succeeded();
  m_error.reset();
  m_out_of_reach = false;
  return Contact::made;
}

std::optional<RequestId> Lane::abandon_held() {
  if (m_request.held.count() == 0) return std::nullopt;
  return std::exchange(m_under_way, std::nullopt);
}

std::optional<SteadyTime> Lane::due() const {
  if (m_under_way || m_refused) return std::nullopt;
  return std::max(m_look, m_backoff.until().value_or(SteadyTime{}));
}

std::optional<SteadyTime> Lane::waiting_until() const {
  auto const until = m_backoff.until();
  if (m_under_way || !until || *until <= m_context.env.steady.now()) return std::nullopt;
  return until;
}

void Lane::resume() {
  m_refused = false;
  m_backoff.link_up();
}

void Lane::in_reach_again() {
  if (m_out_of_reach) m_backoff.link_up();
  m_out_of_reach = false;
}

void Lane::failed(Error error, std::optional<Duration> retry_after, bool out_of_reach) {
  m_backoff.failed(m_context.env.steady.now(), m_context.env.rng, retry_after);
  if (!m_error) log::warning("sync: {}", error.to_line());
  m_error = std::move(error);
  m_out_of_reach = out_of_reach;
}

}  // namespace yizhan::sync
