#include "shared/hall/postgres_hall.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/hall/command_json.h"
#include "shared/hall/number_memory.h"

namespace yizhan::hall {

using namespace yizhan::queue;
using nlohmann::json;

namespace {

/// Codes live as long as the program, so what the database names is looked up here.
Error refusal(std::string const& code) {
  constexpr std::array<std::string_view, 11> k_refusals{
      "queue_empty",        "counter_busy",       "counter_missing",      "ticket_not_found",
      "ticket_not_waiting", "ticket_wrong_state", "ticket_other_counter", "recall_limit",
      "numbers_exhausted",  "command_void",       "hall_epoch_changed"};
  auto const known = std::ranges::find(k_refusals, code);
  if (known == k_refusals.end()) return Error::make("hall_malformed");
  return Error::make(*known, code == "hall_epoch_changed" ? Retry::later : Retry::no);
}

}  // namespace

Result<std::unique_ptr<PostgresHall>> PostgresHall::create(std::string const& uri, store::Store& store,
                                                           calendar::HallClock& clock, Policy policy,
                                                           ChangeSignal signal) {
  auto settings = TRY(parse_uri(uri));
  return std::unique_ptr<PostgresHall>(new PostgresHall(std::move(settings), store, clock, policy, std::move(signal)));
}

PostgresHall::PostgresHall(ConnectionSettings settings, store::Store& store, calendar::HallClock& clock, Policy policy,
                           ChangeSignal signal)
    : m_store(store), m_clock(clock), m_policy(policy), m_link(settings), m_listener(settings, std::move(signal)) {}

Result<HallReply> PostgresHall::apply(HallCommand const& command) { return send(command, false); }

Result<HallReply> PostgresHall::settle(HallCommand const& command) { return send(command, true); }

Result<HallReply> PostgresHall::send(HallCommand const& command, bool settle) {
  if (m_epoch.empty()) m_epoch = TRY(m_link.call("SELECT hall.epoch()", {}));
  auto wire = to_json(command);
  wire["epoch"] = m_epoch;
  wire["ageing"] = Duration(m_policy.ageing).count();
  wire["max_calls"] = m_policy.max_calls;
  if (settle) wire["settle"] = true;
  if (auto const* issue = std::get_if<IssueTicket>(&command.what)) {
    // A hall restored from a backup must not give out again what people hold in their hands.
    wire["known"] = TRY(highest_known(m_store, command.day, issue->queue, issue->series));
  }
  auto const answer = TRY(ask("apply", wire));
  if (answer.contains("error")) {
    auto error = refusal(answer.value("error", ""));
    if (error.is("hall_epoch_changed")) {
      log::warning("the hall's database was restored; its new epoch is taken over");
      m_epoch.clear();
    }
    return error;
  }
  return reply_from_json(answer);
}

Result<json> PostgresHall::ask(char const* function, json const& question) {
  auto const answer = TRY(m_link.call(std::string("SELECT hall.") + function + "($1::jsonb)", {question.dump()}));
  return parse_json(answer);
}

Result<std::vector<Ticket>> PostgresHall::tickets(json const& question) {
  std::vector<Ticket> found;
  for (auto const& ticket : TRY(ask("find", question))) found.push_back(TRY(ticket_from_json(ticket)));
  return found;
}

Result<HallView> PostgresHall::view(calendar::BusinessDay const& day) {
  auto const answer = TRY(ask("view", {{"day", day.to_string()}, {"ageing", Duration(m_policy.ageing).count()}}));
  HallView view;
  view.day = day;
  view.version = answer.value("version", std::int64_t{0});
  struct Part {
    char const* name;
    std::vector<Ticket>& tickets;
  };
  for (auto const& [name, list] :
       {Part{"waiting", view.waiting}, Part{"active", view.active}, Part{"recently_ended", view.recently_ended}}) {
    for (auto const& ticket : answer.value(name, json::array())) list.push_back(TRY(ticket_from_json(ticket)));
  }
  return view;
}

Result<std::optional<Ticket>> PostgresHall::find(calendar::BusinessDay const& day, std::string const& number) {
  auto found = TRY(tickets({{"day", day.to_string()}, {"number", number}}));
  return found.empty() ? std::optional<Ticket>() : std::optional<Ticket>(std::move(found.front()));
}

Result<std::optional<Ticket>> PostgresHall::find(Uuid const& ticket) {
  auto found = TRY(tickets({{"ticket", ticket.to_string()}}));
  return found.empty() ? std::optional<Ticket>() : std::optional<Ticket>(std::move(found.front()));
}

Result<std::vector<Ticket>> PostgresHall::of_holder(calendar::BusinessDay const& day, identity::Holder const& holder) {
  return tickets({{"day", day.to_string()}, {"holder", holder}});
}

Result<WaitInputs> PostgresHall::wait_inputs(calendar::BusinessDay const& day, char queue) {
  auto const since = (m_clock.now() - k_counter_at_work).time_since_epoch().count();
  auto const answer =
      TRY(ask("wait_inputs", {{"day", day.to_string()}, {"queue", std::string(1, queue)}, {"since", since}}));
  WaitInputs inputs;
  inputs.ahead = answer.value("ahead", 0);
  inputs.working_counters = std::max(1, answer.value("counters", 0));
  for (auto const& seconds : answer.value("times", json::array()))
    inputs.service_times.emplace_back(seconds.get<std::int64_t>());
  return inputs;
}

Result<std::vector<Announcement>> PostgresHall::announcements(calendar::BusinessDay const& day, std::int64_t after) {
  std::vector<Announcement> calls;
  for (auto const& call : TRY(ask("announcements_after", {{"day", day.to_string()}, {"after", after}}))) {
    auto const ticket = TRY(Uuid::parse(call.value("ticket", "")));
    calls.push_back({call.value("sequence", std::int64_t{0}), ticket, call.value("number", ""),
                     call.value("counter", ""), call.value("recall", false)});
  }
  return calls;
}

}  // namespace yizhan::hall
