#pragma once
/// Carries commands to the hall and writes down what came of them: state or result, outbox event, audit record, print job
/// and visit. Embedded hall: all in ONE transaction. Hall elsewhere: (1) the intent, event id fixed; (2) the hall's own
/// transaction, idempotent by command id; (3) the result, intent gone. Whatever dies between leaves the intent, and
/// finish_open_intents() ends it with the same ids.
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/result.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/hall/hall_authority.h"
#include "shared/store/store.h"

namespace yizhan::office {

/// What is written beside a command's result.
struct Attachment {
  std::string actor;                // audit: "staff:<number>", or "machine"
  std::string channel = "kiosk";    // kiosk | counter
  std::optional<Uuid> print_job;    // queued for the reply's ticket
  std::vector<std::byte> personal;  // sealed; empty: nobody
  std::string credential;           // hex id of a code that counts once: it is used up now; empty: none
};

class CommandRunner {
 public:
  /// The references outlive the runner. `terminal`: 3 digits; `zone` tells the day.
  CommandRunner(Env env, store::Store& store, hall::HallAuthority& authority, calendar::HallClock& clock,
                std::string terminal, std::string zone)
      : m_env(env),
        m_store(store),
        m_authority(authority),
        m_clock(clock),
        m_terminal(std::move(terminal)),
        m_zone(std::move(zone)) {}

  /// Errors: the hall's and the store's. After hall_unreachable the command is looked up later, never carried out late.
  Result<queue::HallReply> run(queue::HallCommand const& command, Attachment const& attachment);
  /// Commands whose result is not recorded yet, oldest first. One of this day, made within the last ten minutes and
  /// whose caller was not told that it failed, is carried out (the resident may still stand there); others are only
  /// looked up. Errors: hall_unreachable and other retryable ones: what is left stays open.
  Result<void> finish_open_intents();

 private:
  struct Intent;
  Result<queue::HallReply> run_here(queue::HallCommand const& command, Attachment const& attachment);
  Result<queue::HallReply> run_elsewhere(queue::HallCommand const& command, Attachment const& attachment);
  Result<std::vector<Intent>> open_intents();
  Result<void> finish(Intent const& intent);
  Result<void> open_intent(queue::HallCommand const& command, Attachment const& attachment, Uuid const& event);
  Result<void> drop_intent(Uuid const& command);
  Result<void> record(queue::HallCommand const& command, queue::HallReply const& reply, Attachment const& attachment,
                      Uuid const& event, std::string_view job_state);

  Env m_env;
  store::Store& m_store;
  hall::HallAuthority& m_authority;
  calendar::HallClock& m_clock;
  std::string m_terminal;
  std::string m_zone;
};

}  // namespace yizhan::office
