#pragma once
/// Shared by all journeys. A flow is a pure state machine: step(event) changes its state and returns what the outside
/// world should do (effects, run by kiosk/app). No I/O, no clock, no ImGui. Thread: ui.
///
/// Every state names every event it does not care about through `AnyOf<…>`; a new event therefore fails to compile
/// until someone has decided what it means in each state.
#include <concepts>
#include <string>
#include <utility>
#include <vector>

namespace yizhan::flows {

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

template <class Event, class... Listed>
concept AnyOf = (std::same_as<Event, Listed> || ...);

/// A sentence to say: translation key and named arguments ("{number}"). The app translates and speaks it.
struct Sentence {
  std::string key;
  std::vector<std::pair<std::string, std::string>> arguments;
  bool operator==(Sentence const&) const = default;
};

}  // namespace yizhan::flows
