#include "shared/office/ticket_events.h"

namespace yizhan::office {

namespace {

using nlohmann::json;
using namespace yizhan::queue;

/// Whole seconds; a clock never runs backwards in hall time, but two machines' clocks may differ.
std::int64_t seconds_between(WallTime from, std::optional<WallTime> const& to) {
  if (!to || *to < from) return 0;
  return std::chrono::duration_cast<std::chrono::seconds>(*to - from).count();
}

struct Draft {
  Ticket const& ticket;
  std::string const& terminal;
  std::string const& channel;

  [[nodiscard]] EventDraft event(char const* verb, json more) const {
    json data{{"ticket", ticket.id.to_string()},
              {"day", ticket.day.to_string()},
              {"number", ticket.number},
              {"queue", std::string(1, ticket.queue)},
              {"service", ticket.service}};
    data.update(more);
    return {std::string("cn.yizhan.ticket.") + verb + ".v1", ticket.id.to_string(), std::move(data)};
  }
  [[nodiscard]] EventDraft called() const {
    return event("called", {{"counter", terminal}, {"waited_s", seconds_between(ticket.issued_at, ticket.called_at)}});
  }

  [[nodiscard]] EventDraft operator()(IssueTicket const&) const {
    return event("issued", {{"series", ticket.series},
                            {"priority", to_string(ticket.priority)},
                            {"holder", ticket.holder},
                            {"channel", channel}});
  }
  [[nodiscard]] EventDraft operator()(CallNext const&) const { return called(); }
  [[nodiscard]] EventDraft operator()(CallNumber const&) const { return called(); }
  [[nodiscard]] EventDraft operator()(Recall const&) const {
    return event("recalled", {{"counter", terminal}, {"calls", ticket.calls}});
  }
  [[nodiscard]] EventDraft operator()(NoShow const&) const {
    return event("missed", {{"counter", terminal}, {"calls", ticket.calls}});
  }
  [[nodiscard]] EventDraft operator()(StartService const&) const {
    return event("started",
                 {{"counter", terminal}, {"waited_s", seconds_between(ticket.issued_at, ticket.started_at)}});
  }
  [[nodiscard]] EventDraft operator()(FinishService const&) const {
    auto const from = ticket.started_at.value_or(ticket.issued_at);
    return event("finished", {{"counter", terminal}, {"served_s", seconds_between(from, ticket.ended_at)}});
  }
  [[nodiscard]] EventDraft operator()(Cancel const&) const { return event("cancelled", json::object()); }
  [[nodiscard]] EventDraft operator()(CloseDay const&) const { return event("expired", json::object()); }
};

}  // namespace

std::vector<EventDraft> events_of(HallCommand const& command, HallReply const& reply, std::string const& terminal,
                                  std::string const& channel) {
  std::vector<EventDraft> events;
  if (reply.existing) return events;
  if (std::holds_alternative<CloseDay>(command.what)) {
    for (auto const& ticket : reply.closed) events.push_back(Draft{ticket, terminal, channel}(CloseDay{}));
    return events;
  }
  events.push_back(std::visit(Draft{reply.ticket, terminal, channel}, command.what));
  return events;
}

}  // namespace yizhan::office
