#pragma once
/// Cases (办件) as the platform keeps them: what devices tell of them, what the back office does with them, and the facts that
/// halls then hear.
#include <nlohmann/json.hpp>
#include <pqxx/transaction_base>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/env.h"
#include "tools/platform/event.h"

namespace yizhan::platform {

/// True for the types that take_case_event() judges.
[[nodiscard]] bool is_case_event(std::string_view type);
/// Stores what the event says; "" or the name of the problem that rejects it, nothing being stored then: case_data,
/// case_number, conflict, case_unknown, case_state. REQUIRES: is_case_event(event.type).
std::string take_case_event(pqxx::transaction_base& transaction, Device const& device, Event const& event);

/// What a department does with a part, 0 being every part that it fits.
struct Act {
  std::string number;
  int part = 0;
  std::string act;  // receive, accept, ask_supplement, suspend, resume, decide, refuse
  std::vector<std::string> materials;
  std::string reason;
  int days = 5;
  std::string outcome = "granted";
};
/// Carries it out and tells the case's hall; "" or why not: case_unknown, act_unknown, act_incomplete (reason, materials, days
/// or outcome do not fit the act), act_out_of_order (no such part in a state it fits), part_waits (for another part),
/// documents_waiting.
std::string carry_out(pqxx::transaction_base& transaction, Env const& env, Act const& act);

/// The state of all parts together: what the applicant must do first, else what is furthest behind; decided where at least one part
/// was and all have ended.
[[nodiscard]] std::string overall_state(std::vector<std::string> const& states);

}  // namespace yizhan::platform
