#include "shared/domain/catalog/read_guidance.h"

#include "shared/base/text.h"
#include "shared/domain/catalog/codes.h"

namespace yizhan::catalog {

namespace {

Place read_place(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Place place;
  place.channel = object.one_of<Channel>("channel", codes::channels);
  place.where = object.text("where");
  place.hours = object.text("hours", Need::may);
  place.phone = object.string("phone", Need::may);
  place.url = object.string("url", Need::may);
  return place;
}

Choice read_choice(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Choice choice;
  choice.id = object.key("id");
  choice.text = object.text("text");
  choice.hint = object.text("hint", Need::may);
  choice.icon = object.key("icon", Need::may);
  return choice;
}

Question read_question(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Question question;
  question.id = object.key("id");
  question.text = object.text("text");
  question.hint = object.text("hint", Need::may);
  question.when = object.condition("when");
  object.each("choices", Need::must, [&](Json const& each, std::string const& below) {
    question.choices.push_back(read_choice(each, below, draft));
  });
  return question;
}

Outcome read_outcome(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Outcome outcome;
  outcome.when = object.condition("when");
  outcome.eligible = object.boolean("eligible", true);
  object.each("channels", Need::may, [&](Json const& each, std::string const& below) {
    auto const* const name = each.get_ptr<std::string const*>();
    for (std::size_t i = 0; name != nullptr && i < std::size(codes::channels); ++i) {
      if (codes::channels[i] == *name) return outcome.channels.push_back(static_cast<Channel>(i));
    }
    outcome.channels.push_back(Channel::counter);  // places stay those of the document
    draft.report(below, "one of kiosk, counter, community, phone, online is wanted");
  });
  outcome.reason = object.text("reason", Need::may);
  outcome.instead = object.text("instead", Need::may);
  outcome.service = object.key("service", Need::may);
  return outcome;
}

}  // namespace

std::vector<Place> read_places(Object& object, Draft& draft) {
  std::vector<Place> places;
  object.each("places", Need::must,
              [&](Json const& each, std::string const& below) { places.push_back(read_place(each, below, draft)); });
  return places;
}

std::vector<Question> read_questions(Object& object, Draft& draft) {
  std::vector<Question> questions;
  object.each("questions", Need::may, [&](Json const& each, std::string const& below) {
    questions.push_back(read_question(each, below, draft));
  });
  return questions;
}

std::vector<Outcome> read_outcomes(Object& object, Draft& draft) {
  std::vector<Outcome> outcomes;
  object.each("outcomes", Need::may, [&](Json const& each, std::string const& below) {
    outcomes.push_back(read_outcome(each, below, draft));
  });
  return outcomes;
}

std::vector<std::string> read_keywords(Object& object, Draft& draft) {
  std::vector<std::string> keywords;
  object.each("keywords", Need::may, [&](Json const& each, std::string const& below) {
    auto const* const word = each.get_ptr<std::string const*>();
    if (word == nullptr || text::trim(*word).empty()) return draft.report(below, "a text is wanted");
    keywords.push_back(text::to_lower_ascii(*word));
  });
  return keywords;
}

}  // namespace yizhan::catalog
