#include <algorithm>

#include "shared/base/text.h"
#include "shared/domain/catalog/checks.h"
#include "shared/domain/catalog/codes.h"

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_most_choices = 6;
constexpr std::size_t k_choice_zh = 18;  // code points on a card
constexpr std::size_t k_choice_en = 52;

void check_places(Draft& draft, std::string const& pointer, Matter const& matter) {
  auto const& places = matter.places();
  if (places.empty()) draft.report(pointer, "is offered nowhere");
  std::set<Channel> seen;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto const& place = places[i];
    auto const where = at(pointer, i);
    if (!seen.insert(place.channel).second) draft.report(where + "/channel", "stands twice");
    if (!place.phone.empty() && !is_phone(place.phone)) draft.report(where + "/phone", "no telephone number");
    if (!place.url.empty() && !is_url(place.url)) draft.report(where + "/url", "no address https://…");
    if (place.channel == Channel::phone && place.phone.empty()) draft.report(where + "/phone", "missing");
    if (place.channel == Channel::online && place.url.empty()) draft.report(where + "/url", "missing");
  }
}

void check_questions(Draft& draft, std::string const& pointer, std::vector<Question> const& questions) {
  check_unique(draft, pointer, "/id", questions, [](Question const& question) { return question.id; });
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto const where = at(pointer, i) + "/choices";
    auto const& choices = questions[i].choices;
    if (choices.size() > k_most_choices) draft.report(where, "more than six");
    if (choices.size() < 2) draft.report(where, "at least two are wanted");
    check_unique(draft, where, "/id", choices, [](Choice const& choice) { return choice.id; });
    for (std::size_t j = 0; j < choices.size(); ++j) {
      check_icon(draft, at(where, j) + "/icon", choices[j].icon);
      bool const fits =
          text::length(choices[j].text.zh) <= k_choice_zh && text::length(choices[j].text.en) <= k_choice_en;
      if (!fits) draft.warn(at(where, j) + "/text", "too long for a card");
    }
  }
}

void check_outcomes(Draft& draft, std::string const& pointer, Matter const& matter) {
  auto const& outcomes = matter.outcomes();
  auto const offered = [&](Channel channel) {
    auto const& places = matter.places();
    return std::any_of(places.begin(), places.end(), [&](Place const& place) { return place.channel == channel; });
  };
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    auto const& outcome = outcomes[i];
    auto const where = at(pointer, i);
    if (outcome.eligible && outcome.channels.empty()) draft.report(where + "/channels", "says nowhere, but eligible");
    if (!outcome.eligible && !outcome.channels.empty())
      draft.report(where + "/channels", "says where, but not eligible");
    if (!outcome.eligible && outcome.reason.empty()) draft.report(where + "/reason", "missing: why not");
    for (std::size_t j = 0; j < outcome.channels.size(); ++j) {
      if (!offered(outcome.channels[j])) draft.report(at(where + "/channels", j), "not among its places");
    }
    if (outcome.service.empty()) continue;
    if (!draft.catalog.matter(outcome.service)) draft.report(where + "/service", "no such item or bundle");
    if (outcome.service == matter.code()) draft.report(where + "/service", "is the same matter");
  }
}

std::set<std::string> ids(std::vector<Group> const& groups) {
  std::set<std::string> found;
  for (auto const& group : groups) found.insert(group.id);
  return found;
}

}  // namespace

void check_matter(Draft& draft, std::string const& pointer, Matter const& matter) {
  auto const& all = draft.catalog;
  check_card_text(draft, pointer, matter.name(), matter.hint());
  check_icon(draft, pointer + "/icon", matter.icon());
  bool const queue_known = std::any_of(all.queues.begin(), all.queues.end(),
                                       [&](queue::Queue const& queue) { return queue.letter == matter.queue(); });
  if (matter.queue() != '\0' && !queue_known) draft.report(pointer + "/queue", "no such queue");
  auto const& audiences = matter.item ? matter.item->audiences : matter.bundle->audiences;
  auto const& life_events = matter.item ? matter.item->life_events : matter.bundle->life_events;
  check_references(draft, pointer + "/audiences", audiences, ids(all.audiences), "no such audience");
  check_references(draft, pointer + "/life_events", life_events, ids(all.life_events), "no such life event");
  check_places(draft, pointer + "/places", matter);
  check_questions(draft, pointer + "/questions", matter.questions());
  check_outcomes(draft, pointer + "/outcomes", matter);
  bool const at_kiosk = std::any_of(matter.places().begin(), matter.places().end(),
                                    [](Place const& place) { return place.channel == Channel::kiosk; });
  if (matter.form().empty()) {
    if (at_kiosk) draft.report(pointer + "/form", "missing: it can be done at a kiosk");
  } else if (all.form(matter.form()) == nullptr) {
    draft.report(pointer + "/form", "no such form");
  } else if (!at_kiosk) {
    draft.warn(pointer + "/form", "it cannot be done at a kiosk");
  }
}

}  // namespace yizhan::catalog
