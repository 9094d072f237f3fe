#include "shared/office/case_events.h"

#include <array>
#include <charconv>

#include "shared/base/text.h"
#include "shared/domain/cases/case_number.h"

namespace yizhan::office {

namespace {

using nlohmann::json;

json documents_of(std::vector<SentDocument> const& documents) {
  auto list = json::array();
  for (auto const& one : documents) {
    json material;
    if (!one.material.empty()) material = one.material;
    list.push_back({{"sha256", one.sha256},
                    {"size", one.size},
                    {"kind", one.kind},
                    {"material", std::move(material)},
                    {"page", one.page}});
  }
  return list;
}

constexpr std::array<std::pair<std::string_view, cases::Act>, 7> k_facts{{
    {"cn.yizhan.case.received.v1", cases::Act::receive},
    {"cn.yizhan.case.accepted.v1", cases::Act::accept},
    {"cn.yizhan.case.supplement_requested.v1", cases::Act::ask_supplement},
    {"cn.yizhan.case.suspended.v1", cases::Act::suspend},
    {"cn.yizhan.case.resumed.v1", cases::Act::resume},
    {"cn.yizhan.case.decided.v1", cases::Act::decide},
    {"cn.yizhan.case.refused.v1", cases::Act::refuse},
}};
constexpr std::string_view k_platform = "urn:yizhan:platform";

std::string word(json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A code of ours, not a text for people: it is looked up among the translations.
bool is_code(std::string_view text) {
  constexpr std::size_t k_longest = 64;
  return text.size() <= k_longest && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

bool read_materials(json const& data, cases::Step& step) {
  constexpr std::size_t k_most = 100;
  auto const found = data.find("materials");
  if (found == data.end()) return true;
  if (!found->is_array() || found->size() > k_most) return false;
  for (auto const& one : *found) {
    if (!one.is_string() || !is_code(one.get_ref<std::string const&>())) return false;
    step.materials.push_back(one.get<std::string>());
  }
  return true;
}

std::optional<int> number(json const& data, char const* name, int least, int most) {
  auto const found = data.find(name);
  if (found == data.end() || !found->is_number_integer()) return std::nullopt;
  auto const value = found->get<std::int64_t>();
  if (value < least || value > most) return std::nullopt;
  return static_cast<int>(value);
}

}  // namespace

json submitted_data(Submitted const& submitted) {
  auto const& what = submitted.what;
  auto parts = json::array();
  for (auto const& part : what.parts) {
    parts.push_back({{"part", part.number}, {"item", part.item}, {"after", part.after}});
  }
  auto promised = json::array();
  for (auto const& one : submitted.promised) {
    promised.push_back(
        {{"material", one.material}, {"due", one.due.day.to_string()}, {"provisional", one.due.provisional}});
  }
  return {{"case", what.number},          {"matter", what.matter},
          {"bundle", what.bundle},        {"catalog", what.catalog_version},
          {"channel", submitted.channel}, {"holder", what.holder},
          {"parts", std::move(parts)},    {"documents", documents_of(submitted.documents)},
          {"on_file", submitted.on_file}, {"promised", std::move(promised)}};
}

json supplemented_data(cases::Case const& what, int part, Uuid const& supplement,
                       std::vector<SentDocument> const& documents, json on_file) {
  return {{"case", what.number},
          {"part", part},
          {"supplement", supplement.to_string()},
          {"documents", documents_of(documents)},
          {"on_file", std::move(on_file)}};
}

json evaluation_data(feedback::Evaluation const& evaluation, std::string const& case_number) {
  json ticket;
  json number;
  if (evaluation.about == feedback::About::visit) ticket = evaluation.subject.to_string();
  if (!case_number.empty()) number = case_number;
  auto options = json::array();
  for (auto const& code : evaluation.options) {
    int value = 0;
    std::from_chars(code.data(), code.data() + code.size(), value);
    options.push_back(value);
  }
  return {{"about", to_string(evaluation.about)},
          {"ticket", std::move(ticket)},
          {"case", std::move(number)},
          {"item", evaluation.matter},
          {"grade", static_cast<int>(evaluation.grade)},
          {"options", std::move(options)},
          {"channel", "kiosk"},
          {"nth", 1}};
}

json follow_up_data(feedback::FollowUp const& follow_up, std::optional<calendar::Due> due) {
  json day;
  if (due) day = due->day.to_string();
  return {{"evaluation", follow_up.evaluation.to_string()},
          {"state", to_string(follow_up.state)},
          {"due", std::move(day)},
          {"provisional", due && due->provisional}};
}

std::optional<PlatformFact> read_platform_fact(line::Change const& change, std::string_view zone) {
  auto const* const type =
      std::find_if(k_facts.begin(), k_facts.end(), [&](auto const& one) { return one.first == change.type; });
  if (type == k_facts.end()) return std::nullopt;
  auto const event = json::parse(change.body, nullptr, false);
  if (!event.is_object() || word(event, "source") != k_platform) return std::nullopt;
  auto const data = event.find("data");
  if (data == event.end() || !data->is_object()) return std::nullopt;

  PlatformFact fact;
  fact.case_number = word(*data, "case");
  auto const part = number(*data, "part", 0, 99);
  auto const at = text::from_rfc3339(word(*data, "at"));
  if (!cases::is_case_number(fact.case_number) || !part || !at) return std::nullopt;
  fact.part = *part;
  fact.step.act = type->second;
  fact.step.at = WallTime(Duration(*at));
  auto const day = calendar::local_day(fact.step.at, zone);
  if (!day) return std::nullopt;
  fact.step.day = *day;
  fact.step.source = change.id;
  fact.step.reason = word(*data, "reason");
  if (!is_code(fact.step.reason) || !read_materials(*data, fact.step)) return std::nullopt;
  fact.step.days = number(*data, "days", 0, 1000).value_or(0);
  if (fact.step.act == cases::Act::decide) {
    auto const outcome = cases::parse_outcome(word(*data, "outcome"));
    if (!outcome || *outcome == cases::Outcome::none) return std::nullopt;
    fact.step.outcome = *outcome;
  }
  constexpr std::size_t k_longest_number = 64;
  fact.province_number = word(*data, "province_number");
  if (fact.province_number.size() > k_longest_number || !text::is_utf8(fact.province_number)) return std::nullopt;
  return fact;
}

}  // namespace yizhan::office
