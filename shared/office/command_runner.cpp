#include "shared/office/command_runner.h"

#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/hall/command_json.h"
#include "shared/hall/number_memory.h"
#include "shared/office/ticket_events.h"
#include "shared/office/used_code.h"

namespace yizhan::office {

using namespace yizhan::queue;
using nlohmann::json;

namespace {

/// Older than this, nobody waits for a command any more.
constexpr std::chrono::minutes k_still_wanted{10};

json to_json(Attachment const& attachment) {
  json object{{"actor", attachment.actor}, {"channel", attachment.channel}};
  if (attachment.print_job) object["print_job"] = attachment.print_job->to_string();
  if (!attachment.personal.empty()) object["personal"] = text::to_base64url(attachment.personal);
  if (!attachment.credential.empty()) object["credential"] = attachment.credential;
  return object;
}

Result<Attachment> attachment_from_json(json const& object) {
  Attachment attachment;
  attachment.actor = object.value("actor", "");
  attachment.channel = object.value("channel", "");
  attachment.credential = object.value("credential", "");
  if (object.contains("print_job")) attachment.print_job = TRY(Uuid::parse(object.value("print_job", "")));
  if (object.contains("personal")) attachment.personal = TRY(text::from_base64url(object.value("personal", "")));
  return attachment;
}

}  // namespace

struct CommandRunner::Intent {
  HallCommand command;
  Attachment attachment;
  Uuid event;
  bool told = false;
};

Result<HallReply> CommandRunner::run(HallCommand const& command, Attachment const& attachment) {
  return m_authority.shares_transaction() ? run_here(command, attachment) : run_elsewhere(command, attachment);
}

Result<HallReply> CommandRunner::run_here(HallCommand const& command, Attachment const& attachment) {
  auto const event = Uuid::v7(m_env);
  return m_store.commit([&]() -> Result<HallReply> {
    auto reply = TRY(m_authority.apply(command));
    if (!reply.repeated) TRY(record(command, reply, attachment, event, "queued"));
    return reply;
  });
}

Result<HallReply> CommandRunner::run_elsewhere(HallCommand const& command, Attachment const& attachment) {
  TRY(finish_open_intents());  // one thing after another: events leave in the order of what happened
  auto const event = Uuid::v7(m_env);
  TRY(m_store.commit([&] { return open_intent(command, attachment, event); }));

  auto reply = m_authority.apply(command);
  if (!reply && reply.error().is("hall_unreachable")) {
    auto told = m_store.commit([&]() -> Result<void> {
      auto statement = TRY(m_store.database().prepare("UPDATE intents SET told = 1 WHERE command = ?"));
      return statement.bind_all(command.id).run();
    });
    if (!told) log::warning("intent not marked: {}", told.error().to_line());
    return reply;
  }
  if (!reply) {
    TRY(m_store.commit([&] { return drop_intent(command.id); }));
    return reply;
  }
  auto const close_intent = [&]() -> Result<void> {
    TRY(record(command, *reply, attachment, event, "queued"));
    return drop_intent(command.id);
  };
  TRY(m_store.commit(close_intent));
  return reply;
}

Result<void> CommandRunner::finish_open_intents() {
  if (m_authority.shares_transaction()) return {};
  for (auto const& intent : TRY(open_intents())) TRY(finish(intent));
  return {};
}

Result<void> CommandRunner::finish(Intent const& intent) {
  auto const now = m_clock.now();
  bool const wanted = !intent.told && now - intent.command.at <= k_still_wanted &&
                      TRY(calendar::local_day(now, m_zone)) == intent.command.day;
  auto const reply = wanted ? m_authority.apply(intent.command) : m_authority.settle(intent.command);
  if (!reply && reply.error().retryable()) return reply.error();
  if (!reply) log::info("command {} ended: {}", intent.command.id.to_string(), reply.error().to_line());
  return m_store.commit([&]() -> Result<void> {
    if (reply) TRY(record(intent.command, *reply, intent.attachment, intent.event, "failed"));
    return drop_intent(intent.command.id);
  });
}

Result<void> CommandRunner::open_intent(HallCommand const& command, Attachment const& attachment, Uuid const& event) {
  json const body{{"command", hall::to_json(command)}, {"attachment", to_json(attachment)}};
  auto statement =
      TRY(m_store.database().prepare("INSERT INTO intents (command, body, event, created_at) VALUES (?, ?, ?, ?)"));
  return statement.bind_all(command.id, body.dump(), event, command.at.time_since_epoch().count()).run();
}

Result<void> CommandRunner::drop_intent(Uuid const& command) {
  auto statement = TRY(m_store.database().prepare("DELETE FROM intents WHERE command = ?"));
  return statement.bind_all(command).run();
}

Result<std::vector<CommandRunner::Intent>> CommandRunner::open_intents() {
  auto statement =
      TRY(m_store.database().prepare("SELECT body, event, told FROM intents ORDER BY created_at, command"));
  std::vector<Intent> intents;
  while (TRY(statement.step())) {
    auto const body = TRY(hall::parse_json(statement.text(0)));
    auto command = TRY(hall::command_from_json(body.value("command", json())));
    auto attachment = TRY(attachment_from_json(body.value("attachment", json::object())));
    auto const event = TRY(Uuid::parse(statement.text(1)));
    intents.push_back({std::move(command), std::move(attachment), event, statement.integer(2) != 0});
  }
  return intents;
}

/// REQUIRES: an open Store::commit. `job_state`: "queued", or "failed" where nobody is left who would print.
Result<void> CommandRunner::record(HallCommand const& command, HallReply const& reply, Attachment const& attachment,
                                   Uuid const& event, std::string_view job_state) {
  auto& database = m_store.database();
  bool const one = !std::holds_alternative<CloseDay>(command.what);
  for (auto const& draft : events_of(command, reply, m_terminal, attachment.channel)) {
    if (one) {
      TRY(m_store.outbox().append_with_id(event, draft.type, draft.subject, draft.data));
    } else {
      TRY(m_store.outbox().append(draft.type, draft.subject, draft.data));
    }
    TRY(m_store.audit().append(draft.type, attachment.actor, draft.subject, {{"number", draft.data.at("number")}}));
  }
  if (std::holds_alternative<IssueTicket>(command.what)) TRY(hall::remember_number(m_store, reply.ticket));
  if (std::holds_alternative<IssueTicket>(command.what) && !reply.existing && !reply.ticket.holder.empty()) {
    auto taken = TRY(database.prepare(
        "INSERT INTO taken_tickets (ticket, holder, day) VALUES (?, ?, ?) ON CONFLICT (ticket) DO NOTHING"));
    TRY(taken.bind_all(reply.ticket.id, reply.ticket.holder, reply.ticket.day.to_string()).run());
  }
  auto const now = m_clock.now().time_since_epoch().count();
  if (attachment.print_job) {
    auto job = TRY(database.prepare(
        "INSERT INTO print_jobs (id, ticket, state, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)"));
    TRY(job.bind_all(*attachment.print_job, reply.ticket.id, job_state, now).run());
  }
  if (!attachment.credential.empty()) TRY(m_store.set_setting(used_code(attachment.credential), "1"));
  if (!attachment.personal.empty()) {
    auto visit =
        TRY(database.prepare("INSERT INTO visits (ticket, holder, personal, created_at) VALUES (?, ?, ?, ?) ON "
                             "CONFLICT (ticket) DO NOTHING"));
    visit.bind_all(reply.ticket.id, reply.ticket.holder, std::span<std::byte const>(attachment.personal), now);
    TRY(visit.run());
  }
  return {};
}

}  // namespace yizhan::office
