#pragma once
/// A resident's journey as tests drive it: events in, state and effects out.
#include <gtest/gtest.h>

#include <algorithm>

#include "kiosk/flows/resident_flow.h"

namespace yizhan::flows {

inline catalog::Catalog small_catalog() {
  catalog::Catalog catalog;
  catalog.groups = {{"social", {"社保医保", "Social"}, {}, "shield"}, {"aid", {"救助", "Aid"}, {}, "help"}};
  auto const item = [](std::string code, std::string group, char queue) {
    catalog::ServiceItem made;
    made.code = std::move(code);
    made.group = std::move(group);
    made.name = {made.code, made.code};
    made.queue = queue;
    return made;
  };
  catalog.items = {item("card", "social", 'A'), item("join", "social", 'A'), item("emergency", "aid", 'B')};
  return catalog;
}

inline Uuid uuid(int n) {
  Uuid made;
  made.bytes[15] = static_cast<std::byte>(n);
  return made;
}

inline identity::Person zhang_san() {
  return {identity::DocumentKind::id_card, SecretText("420106199003070016"), SecretText("张三"), "1990",
          identity::Verification::card_read};
}
inline identity::Person wang() {
  return {identity::DocumentKind::id_card, SecretText("420106195211020023"), SecretText("王秀英"), "1952",
          identity::Verification::card_read};
}

inline resident::TicketView ticket_view(std::string number, int n, bool existing = false,
                                        std::string service = "card") {
  resident::TicketView view;
  view.ticket.id = uuid(n);
  view.ticket.number = std::move(number);
  view.ticket.service = std::move(service);
  view.existing = existing;
  view.print_job = uuid(100 + n);
  return view;
}

struct Visit {
  catalog::Catalog catalog = small_catalog();
  ResidentFlow flow{catalog, {.elder_age = 70, .this_year = 2026}};
  std::vector<resident::Effect> effects;  // of the last event
  // What go_to() chooses.
  std::string group = "social";
  std::string service = "card";

  template <class Event>
  Visit& on(Event event) {
    effects = flow.step(std::move(event));
    return *this;
  }
  [[nodiscard]] std::string name() const { return flow.name(); }
  /// Throws, and so fails the test, in another state.
  template <class State>
  [[nodiscard]] State const& state() const {
    return std::get<State>(flow.state());
  }
  template <class Effect>
  [[nodiscard]] Effect const* asked() const {
    for (auto const& effect : effects) {
      if (auto const* found = std::get_if<Effect>(&effect)) return found;
    }
    return nullptr;
  }
  [[nodiscard]] bool said(std::string_view key) const {
    return std::ranges::any_of(effects, [&](auto const& effect) {
      auto const* speak = std::get_if<resident::Speak>(&effect);
      return speak != nullptr && speak->sentence.key == key;
    });
  }
  [[nodiscard]] std::string said_number() const {
    auto const* speak = asked<resident::Speak>();
    return speak == nullptr || speak->sentence.arguments.empty() ? "" : speak->sentence.arguments[0].second;
  }

  /// Brings a new visit to the state of this name.
  void go_to(std::string_view wanted);
  /// The session is over and nothing of it is left.
  void expect_wiped() const {
    EXPECT_EQ(name(), "resident.home");
    EXPECT_NE(asked<resident::Wipe>(), nullptr);
    EXPECT_NE(asked<resident::StopScanner>(), nullptr);
    EXPECT_EQ(flow.person(), nullptr);
    EXPECT_FALSE(flow.in_session());
    EXPECT_EQ(flow.purpose(), resident::Purpose::take_ticket);
  }
};

inline constexpr std::string_view k_resident_states[] = {
    "resident.identify",
    "resident.card",
    "resident.card.reading",
    "resident.card.problem",
    "resident.code",
    "resident.code.problem",
    "resident.phone",
    "resident.document",
    "resident.recognised",
    "resident.groups",
    "resident.services",
    "resident.bring",
    "resident.confirm",
    "resident.ticket.issuing",
    "resident.ticket.issued",
    "resident.ticket.existing",
    "resident.tickets.looking",
    "resident.tickets",
    "resident.tickets.cancel",
    "resident.problem",
    "resident.other_person",
};

inline void Visit::go_to(std::string_view wanted) {
  using namespace resident;
  auto const steps = [&](auto... events) { (on(std::move(events)), ...); };
  if (wanted == "resident.home") return;
  if (wanted == "resident.identify") return steps(Begin{});
  if (wanted == "resident.card") return steps(Begin{}, MethodChosen{Method::card});
  if (wanted == "resident.card.reading") return steps(CardSeen{});
  if (wanted == "resident.card.problem") return steps(CardRefused{"card_unreadable"});
  if (wanted == "resident.code") return steps(Begin{}, MethodChosen{Method::code});
  if (wanted == "resident.code.problem") return steps(CodeSeen{"X"}, CodeRefused{"code_unknown"});
  if (wanted == "resident.phone") return steps(Begin{}, MethodChosen{Method::phone});
  if (wanted == "resident.document") return steps(Begin{}, MethodChosen{Method::document});
  steps(CardIdentified{zhang_san(), {}});
  if (wanted == "resident.recognised") return;
  if (wanted == "resident.other_person") return steps(CardIdentified{wang(), {}});
  if (wanted.starts_with("resident.tickets")) {
    steps(Begin{Purpose::find_ticket});
    if (wanted == "resident.tickets.looking") return;
    steps(TicketsFound{{ticket_view("A001", 1, false, service), ticket_view("B002", 2, false, service)}});
    if (wanted == "resident.tickets.cancel") steps(CancelChosen{uuid(2)});
    return;
  }
  steps(Next{});
  if (wanted == "resident.groups") return;
  steps(GroupChosen{group});
  if (wanted == "resident.services") return;
  steps(ServiceChosen{service});
  if (wanted == "resident.bring") return;
  steps(Next{});
  if (wanted == "resident.confirm") return;
  steps(Next{});
  if (wanted == "resident.ticket.issued") return steps(TicketReady{ticket_view("A001", 1, false, service)});
  if (wanted == "resident.ticket.existing") return steps(TicketReady{ticket_view("A001", 1, true, service)});
  if (wanted == "resident.problem") return steps(TicketRefused{"hall_unreachable"});
}

}  // namespace yizhan::flows
