// Choosing a matter, and what the parts of the journey lead to.
#include "kiosk/flows/resident_step.h"

namespace yizhan::flows {

using namespace resident;
using Effects = ResidentStep::Effects;

namespace {

/// A part's effects among the journey's own.
template <class Effect_>
void take_over(Effects& all, std::vector<Effect_> list) {
  for (auto& effect : list) {
    if (auto* speak = std::get_if<Speak>(&effect)) {
      all.emplace_back(std::move(*speak));
    } else {
      all.emplace_back(std::move(effect));
    }
  }
}

}  // namespace

// --- choose ---------------------------------------------------------------------------------------------------------

Effects ResidentStep::on(ChooseGroup& state, Searched event) {
  state.search = std::move(event.text);
  return {};
}
Effects ResidentStep::on(ChooseGroup& state, FindByChosen event) {
  state = {event.by, {}};
  return {};
}
Effects ResidentStep::on(ChooseGroup& state, GroupChosen event) {
  return to(ChooseService{state.by, std::move(event.group)});
}
Effects ResidentStep::on(ChooseGroup&, ServiceChosen event) {
  flow.m_list = {};
  return to_matter(event.service);
}
Effects ResidentStep::on(ChooseGroup&, CardIdentified event) { return card(std::move(event)); }

Effects ResidentStep::on(ChooseService& state, ServiceChosen event) {
  flow.m_list = state;
  return to_matter(event.service);
}
Effects ResidentStep::on(ChooseService& state, Back) { return to(ChooseGroup{state.by, {}}); }
Effects ResidentStep::on(ChooseService&, CardIdentified event) { return card(std::move(event)); }

/// From a matter to where it was chosen; a matter of an appointment was not, its field is as near.
Effects ResidentStep::back_to_list() {
  auto const matter = flow.m_matter ? flow.m_matter->what() : catalog::Matter{};
  flow.m_matter.reset();
  if (flow.m_progress) {
    flow.m_progress->come_back();
    return to(InProgress{});
  }
  if (!flow.m_list.group.empty()) return to(flow.m_list);
  bool const appointed = !flow.m_wanted_service.empty();
  flow.m_wanted_service.clear();
  if (appointed && matter.item != nullptr) return to(ChooseService{FindBy::fields, matter.item->group});
  return to(ChooseGroup{});
}

// --- the parts ------------------------------------------------------------------------------------------------------

Effects ResidentStep::after(std::vector<matter::Effect> list) {
  Effects all;
  take_over(all, std::move(list));
  auto const outcome = flow.m_matter->outcome();
  switch (outcome.kind) {
    case matter::Outcome::Kind::none: break;
    case matter::Outcome::Kind::finished: append(all, leave()); break;
    case matter::Outcome::Kind::take_ticket: append(all, to_confirm(outcome.service)); break;
    case matter::Outcome::Kind::services: append(all, back_to_list()); break;
    case matter::Outcome::Kind::rate: {
      std::vector<rating::Effect> first;
      auto rating = RatingFlow::of(*outcome.ratable, first);
      append(all, to_rating(std::move(rating), std::move(first)));
      break;
    }
  }
  return all;
}

Effects ResidentStep::after(std::vector<progress::Effect> list) {
  Effects all;
  take_over(all, std::move(list));
  auto const outcome = flow.m_progress->outcome();
  switch (outcome.kind) {
    case progress::Outcome::Kind::none: break;
    case progress::Outcome::Kind::finished: append(all, leave()); break;
    case progress::Outcome::Kind::services:
      flow.m_progress.reset();
      flow.m_purpose = Purpose::take_ticket;
      append(all, flow.m_person ? onward() : to_method());
      break;
    case progress::Outcome::Kind::draft: {
      if (!flow.m_catalog->matter(outcome.draft->matter)) {
        append(all, to(Problem{"service_unknown", {}}, effects(say("error.service_unknown"))));
        break;
      }
      std::vector<matter::Effect> first;
      flow.m_matter = MatterFlow::resume(world(), *outcome.draft, *flow.m_person, first);
      flow.m_state = InMatter{};
      append(all, after(std::move(first)));
      break;
    }
    case progress::Outcome::Kind::supplement: {
      if (!flow.m_catalog->matter(outcome.view->what.matter)) {
        append(all, to(Problem{"service_unknown", {}}, effects(say("error.service_unknown"))));
        break;
      }
      std::vector<matter::Effect> first;
      flow.m_matter = MatterFlow::supplement(world(), *outcome.view, outcome.part, *flow.m_person, first);
      flow.m_state = InMatter{};
      append(all, after(std::move(first)));
      break;
    }
    case progress::Outcome::Kind::rate: {
      std::vector<rating::Effect> first;
      auto rating = RatingFlow::of(*outcome.ratable, first);
      append(all, to_rating(std::move(rating), std::move(first)));
      break;
    }
  }
  return all;
}

Effects ResidentStep::after(std::vector<rating::Effect> list) {
  Effects all;
  take_over(all, std::move(list));
  if (flow.m_rating->finished()) append(all, leave());
  return all;
}

}  // namespace yizhan::flows
