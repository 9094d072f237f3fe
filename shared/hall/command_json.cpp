#include "shared/hall/command_json.h"

#include <nlohmann/json.hpp>

namespace yizhan::hall {

namespace {

using nlohmann::json;
using namespace yizhan::queue;

std::int64_t micros(WallTime time) { return time.time_since_epoch().count(); }

json micros_or_null(std::optional<WallTime> const& time) { return time ? json(micros(*time)) : json(nullptr); }

/// Reads by throwing inside, so that a table of fields stays a table; `read` below turns it into an Error.
Uuid uuid_at(json const& object, char const* key) {
  auto id = Uuid::parse(object.at(key).get_ref<std::string const&>());
  if (!id) throw std::invalid_argument(key);
  return *id;
}

calendar::BusinessDay day_at(json const& object, char const* key) {
  auto day = calendar::BusinessDay::parse(object.at(key).get_ref<std::string const&>());
  if (!day) throw std::invalid_argument(key);
  return *day;
}

std::int64_t integer_at(json const& object, char const* key) {
  if (!object.at(key).is_number_integer()) throw std::invalid_argument(key);  // get() would cut fractions off
  return object.at(key).get<std::int64_t>();
}

WallTime time_at(json const& object, char const* key) { return WallTime(Duration(integer_at(object, key))); }

std::optional<WallTime> time_or_none_at(json const& object, char const* key) {
  if (object.at(key).is_null()) return std::nullopt;
  return time_at(object, key);
}

char letter(json const& value) {
  auto const& text = value.get_ref<std::string const&>();
  if (text.size() != 1 || !is_queue_letter(text[0])) throw std::invalid_argument("queue");
  return text[0];
}

PriorityClass priority_at(json const& object, char const* key) {
  auto priority = parse_priority(object.at(key).get_ref<std::string const&>());
  if (!priority) throw std::invalid_argument(key);
  return *priority;
}

TicketState state_at(json const& object, char const* key) {
  auto state = parse_ticket_state(object.at(key).get_ref<std::string const&>());
  if (!state) throw std::invalid_argument(key);
  return *state;
}

Ticket read_ticket(json const& object) {
  Ticket ticket;
  ticket.id = uuid_at(object, "id");
  ticket.day = day_at(object, "day");
  ticket.number = object.at("number");
  ticket.queue = letter(object.at("queue"));
  ticket.series = object.at("series");
  ticket.service = object.at("service");
  ticket.priority = priority_at(object, "priority");
  ticket.state = state_at(object, "state");
  ticket.holder = object.at("holder");
  ticket.issued_at = time_at(object, "issued_at");
  ticket.issued_by = object.at("issued_by");
  ticket.counter = object.at("counter");
  ticket.called_at = time_or_none_at(object, "called_at");
  ticket.started_at = time_or_none_at(object, "started_at");
  ticket.ended_at = time_or_none_at(object, "ended_at");
  ticket.calls = static_cast<int>(integer_at(object, "calls"));
  return ticket;
}

decltype(HallCommand::what) read_what(json const& object) {
  auto const& kind = object.at("kind").get_ref<std::string const&>();
  if (kind == "issue") {
    return IssueTicket{uuid_at(object, "ticket"), letter(object.at("queue")),      object.at("series"),
                       object.at("service"),      priority_at(object, "priority"), object.at("holder")};
  }
  if (kind == "call_next") {
    CallNext call;
    for (auto const& queue : object.at("queues")) call.queues.push_back(letter(queue));
    return call;
  }
  if (kind == "call_number") return CallNumber{object.at("number")};
  if (kind == "close_day") return CloseDay{object.at("closing").get<bool>()};
  auto const ticket = uuid_at(object, "ticket");
  if (kind == "recall") return Recall{ticket};
  if (kind == "no_show") return NoShow{ticket};
  if (kind == "start") return StartService{ticket};
  if (kind == "finish") return FinishService{ticket};
  if (kind == "cancel") return Cancel{ticket};
  throw std::invalid_argument("kind");
}

template <class Read>
auto read(Read&& read_all) -> Result<std::invoke_result_t<Read>> {
  try {
    return read_all();
  } catch (std::exception const&) {  // nlohmann's and our own above; what() may quote the value, so it stays here
    return Error::make("hall_malformed");
  }
}

struct Kind {
  char const* operator()(IssueTicket const&) const { return "issue"; }
  char const* operator()(CallNext const&) const { return "call_next"; }
  char const* operator()(CallNumber const&) const { return "call_number"; }
  char const* operator()(Recall const&) const { return "recall"; }
  char const* operator()(NoShow const&) const { return "no_show"; }
  char const* operator()(StartService const&) const { return "start"; }
  char const* operator()(FinishService const&) const { return "finish"; }
  char const* operator()(Cancel const&) const { return "cancel"; }
  char const* operator()(CloseDay const&) const { return "close_day"; }
};

struct AddFields {
  json& object;
  void operator()(IssueTicket const& issue) const {
    object["ticket"] = issue.ticket.to_string();
    object["queue"] = std::string(1, issue.queue);
    object["series"] = issue.series;
    object["service"] = issue.service;
    object["priority"] = to_string(issue.priority);
    object["holder"] = issue.holder;
  }
  void operator()(CallNext const& call) const {
    auto queues = json::array();
    for (char letter : call.queues) queues.push_back(std::string(1, letter));
    object["queues"] = std::move(queues);
  }
  void operator()(CallNumber const& call) const { object["number"] = call.number; }
  void operator()(CloseDay const& close) const { object["closing"] = close.closing; }
  template <class OfTicket>
  void operator()(OfTicket const& command) const {
    object["ticket"] = command.ticket.to_string();
  }
};

}  // namespace

char const* kind_of(HallCommand const& command) { return std::visit(Kind{}, command.what); }

json to_json(HallCommand const& command) {
  json object{{"id", command.id.to_string()}, {"day", command.day.to_string()}, {"at", micros(command.at)},
              {"device", command.device},     {"counter", command.counter},     {"kind", kind_of(command)}};
  std::visit(AddFields{object}, command.what);
  return object;
}

json to_json(Ticket const& ticket) {
  return {{"id", ticket.id.to_string()},
          {"day", ticket.day.to_string()},
          {"number", ticket.number},
          {"queue", std::string(1, ticket.queue)},
          {"series", ticket.series},
          {"service", ticket.service},
          {"priority", to_string(ticket.priority)},
          {"state", to_string(ticket.state)},
          {"holder", ticket.holder},
          {"issued_at", micros(ticket.issued_at)},
          {"issued_by", ticket.issued_by},
          {"counter", ticket.counter},
          {"called_at", micros_or_null(ticket.called_at)},
          {"started_at", micros_or_null(ticket.started_at)},
          {"ended_at", micros_or_null(ticket.ended_at)},
          {"calls", ticket.calls}};
}

json to_json(HallReply const& reply) {
  json object = json::object();
  if (!reply.ticket.id.is_nil()) object["ticket"] = to_json(reply.ticket);
  if (!reply.closed.empty()) {
    auto& closed = object["closed"] = json::array();
    for (auto const& ticket : reply.closed) closed.push_back(to_json(ticket));
  }
  if (reply.existing) object["existing"] = true;
  if (reply.repeated) object["repeated"] = true;
  return object;
}

Result<HallCommand> command_from_json(json const& object) {
  return read([&] {
    return HallCommand{uuid_at(object, "id"), day_at(object, "day"), time_at(object, "at"),
                       object.at("device"),   object.at("counter"),  read_what(object)};
  });
}

Result<Ticket> ticket_from_json(json const& object) {
  return read([&] { return read_ticket(object); });
}

Result<HallReply> reply_from_json(json const& object) {
  return read([&] {
    HallReply reply;
    if (object.contains("ticket")) reply.ticket = read_ticket(object.at("ticket"));
    if (object.contains("closed"))
      for (auto const& ticket : object.at("closed")) reply.closed.push_back(read_ticket(ticket));
    reply.existing = object.value("existing", false);
    reply.repeated = object.value("repeated", false);
    return reply;
  });
}

Result<json> parse_json(std::string_view text) {
  auto value = json::parse(text, nullptr, false);
  if (value.is_discarded()) return Error::make("hall_malformed");
  return value;
}

}  // namespace yizhan::hall
