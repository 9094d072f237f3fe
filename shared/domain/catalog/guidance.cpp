#include "shared/domain/catalog/guidance.h"

#include <algorithm>

#include "shared/domain/rules/json_logic.h"

namespace yizhan::catalog {

namespace {

/// A rule that runs into its limits decides nothing: it does not hold.
bool holds(Condition const& condition, Facts const& facts) {
  if (!condition) return true;
  auto const result = condition->test(facts.data);
  return result && *result;
}

bool answered(Question const& question, Facts const& facts) {
  auto const found = facts.answers().find(question.id);
  return found != facts.answers().end() && !found->is_null();
}

/// Parts that apply, each behind those it waits for; otherwise in the order of the bundle.
std::vector<ServiceItem const*> parts_of(Catalog const& catalog, Bundle const& bundle, Facts const& facts,
                                         calendar::BusinessDay const& today) {
  std::vector<BundlePart const*> waiting;
  for (auto const& part : bundle.parts) {
    auto const* const item = catalog.find(part.item);
    if (item != nullptr && item->offered_on(today) && holds(part.when, facts)) waiting.push_back(&part);
  }
  std::vector<ServiceItem const*> ordered;
  while (!waiting.empty()) {
    auto const is_waiting = [&](std::string const& code) {
      return std::any_of(waiting.begin(), waiting.end(), [&](BundlePart const* part) { return part->item == code; });
    };
    auto next = std::find_if(waiting.begin(), waiting.end(), [&](BundlePart const* part) {
      return std::none_of(part->after.begin(), part->after.end(), is_waiting);
    });
    if (next == waiting.end()) next = waiting.begin();  // a circle, which no catalogue that was checked has
    ordered.push_back(catalog.find((*next)->item));
    waiting.erase(next);
  }
  return ordered;
}

int strictness(Necessity necessity) {
  switch (necessity) {
    case Necessity::required: return 2;
    case Necessity::tolerated: return 1;
    case Necessity::optional: return 0;
  }
  return 2;
}

/// One paper for two parts: what the stricter one wants.
void join(Material& known, Material const& other) {
  if (strictness(other.necessity) > strictness(known.necessity)) known.necessity = other.necessity;
  known.required = known.necessity != Necessity::optional;
  known.original = known.original || other.original;
  known.pages = std::max(known.pages, other.pages);
  if (known.note.empty()) known.note = other.note;
  // Whoever waits least decides; 0 says nothing.
  if (other.tolerate_days > 0) {
    known.tolerate_days =
        known.tolerate_days > 0 ? std::min(known.tolerate_days, other.tolerate_days) : other.tolerate_days;
  }
}

std::vector<Material> materials_of(std::vector<ServiceItem const*> const& parts, Facts const& facts) {
  std::vector<Material> joined;
  for (auto const* item : parts) {
    for (auto const& material : item->materials) {
      if (!holds(material.when, facts)) continue;
      auto const known =
          std::find_if(joined.begin(), joined.end(), [&](Material const& each) { return each.id == material.id; });
      known == joined.end() ? joined.push_back(material) : join(*known, material);
    }
  }
  bool const verified = facts.data["person"]["verified"] == true;
  for (auto& material : joined) material.from_card = material.from_card && verified;
  return joined;
}

}  // namespace

std::vector<Question const*> questions(Matter const& matter, Facts const& facts) {
  std::vector<Question const*> found;
  // A question that does not apply has no answer, also where one was given before the others changed.
  auto known = facts;
  for (auto const& question : matter.questions()) {
    if (holds(question.when, known)) {
      found.push_back(&question);
    } else {
      known.forget_answer(question.id);
    }
  }
  return found;
}

Question const* next_question(Matter const& matter, Facts const& facts) {
  for (auto const* question : questions(matter, facts)) {
    if (!answered(*question, facts)) return question;
  }
  return nullptr;
}

Verdict judge(Catalog const& catalog, Matter const& matter, Facts const& facts, calendar::BusinessDay const& today) {
  Verdict verdict;
  auto known = facts;
  auto const applying = questions(matter, facts);
  for (auto const& question : matter.questions()) {
    if (std::find(applying.begin(), applying.end(), &question) == applying.end()) known.forget_answer(question.id);
  }
  for (auto const& outcome : matter.outcomes()) {
    if (!holds(outcome.when, known)) continue;
    verdict.outcome = &outcome;
    break;
  }
  if (matter.item != nullptr) {
    if (matter.item->offered_on(today)) verdict.parts.push_back(matter.item);
  } else {
    verdict.parts = parts_of(catalog, *matter.bundle, known, today);
  }
  verdict.eligible = !verdict.parts.empty() && (verdict.outcome == nullptr || verdict.outcome->eligible);
  if (!verdict.eligible) return verdict;
  for (auto const& place : matter.places()) {
    auto const* const outcome = verdict.outcome;
    bool const there = outcome == nullptr || std::find(outcome->channels.begin(), outcome->channels.end(),
                                                       place.channel) != outcome->channels.end();
    if (there) verdict.places.push_back(&place);
  }
  verdict.materials = materials_of(verdict.parts, known);
  return verdict;
}

bool Verdict::at(Channel channel) const {
  return std::any_of(places.begin(), places.end(), [&](Place const* place) { return place->channel == channel; });
}

}  // namespace yizhan::catalog
