#include "shared/sync/lookup.h"

#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/sync/answer.h"

namespace yizhan::sync {
namespace {

using nlohmann::json;

constexpr std::size_t k_most = 200;  // of anything in an answer

Error unexpected(std::string_view what) { return Error::make("platform_answer", Retry::later, std::string(what)); }

/// One object of an answer; members that are missing or of another kind are an error.
class Reader {
 public:
  explicit Reader(json const& value) : m_value(value) {}

  [[nodiscard]] Result<std::string> string(char const* name) const {
    auto const* found = member(name);
    if (found == nullptr || !found->is_string() || found->get_ref<std::string const&>().size() > 256)
      return unexpected(name);
    return found->get<std::string>();
  }
  /// "" for null or absent.
  [[nodiscard]] Result<std::string> string_or_none(char const* name) const {
    auto const* found = member(name);
    if (found == nullptr || found->is_null()) return std::string();
    return string(name);
  }
  [[nodiscard]] Result<int> number(char const* name, int most) const {
    auto const* found = member(name);
    if (found == nullptr || !found->is_number_integer()) return unexpected(name);
    auto const value = found->get<std::int64_t>();
    if (value < 0 || value > most) return unexpected(name);
    return static_cast<int>(value);
  }
  [[nodiscard]] Result<bool> flag(char const* name) const {
    auto const* found = member(name);
    if (found == nullptr || !found->is_boolean()) return unexpected(name);
    return found->get<bool>();
  }
  [[nodiscard]] Result<WallTime> time(char const* name) const {
    auto const text = TRY(string(name));
    auto const micros = text::from_rfc3339(text);
    if (!micros) return unexpected(name);
    return WallTime(Duration(*micros));
  }
  [[nodiscard]] Result<std::optional<calendar::BusinessDay>> day_or_none(char const* name) const {
    auto const text = TRY(string_or_none(name));
    if (text.empty()) return std::optional<calendar::BusinessDay>();
    auto const day = calendar::BusinessDay::parse(text);
    if (!day) return unexpected(name);
    return std::optional(*day);
  }
  /// Each element of an array of objects through `read`.
  template <class Item, class Read>
  Result<std::vector<Item>> list(char const* name, Read const& read) const {
    auto const* found = member(name);
    if (found == nullptr || !found->is_array() || found->size() > k_most) return unexpected(name);
    std::vector<Item> items;
    for (auto const& element : *found) {
      if (!element.is_object()) return unexpected(name);
      auto item = TRY(read(Reader(element)));
      items.push_back(std::move(item));
    }
    return items;
  }
  [[nodiscard]] Result<std::vector<std::string>> strings(char const* name) const {
    auto const* found = member(name);
    if (found == nullptr || !found->is_array() || found->size() > k_most) return unexpected(name);
    std::vector<std::string> items;
    for (auto const& element : *found) {
      if (!element.is_string()) return unexpected(name);
      items.push_back(element.get<std::string>());
    }
    return items;
  }
  [[nodiscard]] json const* member(char const* name) const {
    auto const found = m_value.find(name);
    return found == m_value.end() ? nullptr : &*found;
  }

 private:
  json const& m_value;
};

template <class Value, class Parse>
Result<Value> word(Reader const& reader, char const* name, Parse const& parse) {
  auto const text = TRY(reader.string(name));
  auto const value = parse(text);
  if (!value) return unexpected(name);
  return *value;
}

Result<cases::RemoteStep> read_step(Reader const& reader) {
  cases::RemoteStep step;
  step.act = TRY(word<cases::Act>(reader, "act", cases::parse_act));
  step.at = TRY(reader.time("at"));
  step.reason = TRY(reader.string_or_none("reason"));
  return step;
}

Result<cases::RemoteSupplement> read_supplement(Reader const& reader) {
  cases::RemoteSupplement supplement;
  supplement.materials = TRY(reader.strings("materials"));
  supplement.reason = TRY(reader.string_or_none("reason"));
  supplement.until = TRY(reader.day_or_none("until"));
  return supplement;
}

Result<cases::RemotePart> read_part(Reader const& reader) {
  cases::RemotePart part;
  part.number = TRY(reader.number("part", 99));
  part.item = TRY(reader.string("item"));
  part.state = TRY(word<cases::State>(reader, "state", cases::parse_state));
  part.outcome = TRY(word<cases::Outcome>(reader, "outcome", cases::parse_outcome));
  part.due = TRY(reader.day_or_none("due"));
  part.provisional = TRY(reader.flag("provisional"));
  auto const* supplement = reader.member("supplement");
  if (supplement != nullptr && supplement->is_object()) {
    part.supplement = TRY(read_supplement(Reader(*supplement)));
  }
  part.steps = TRY(reader.list<cases::RemoteStep>("steps", read_step));
  return part;
}

Result<cases::RemoteCase> read_case(Reader const& reader) {
  cases::RemoteCase found;
  found.number = TRY(reader.string("case"));
  found.matter = TRY(reader.string("matter"));
  found.bundle = TRY(reader.flag("bundle"));
  found.submitted_at = TRY(reader.time("submitted_at"));
  found.state = TRY(word<cases::State>(reader, "state", cases::parse_state));
  found.name = TRY(reader.string_or_none("name"));
  found.parts = TRY(reader.list<cases::RemotePart>("parts", read_part));
  return found;
}

Result<cases::RemotePaper> read_paper(Reader const& reader) {
  cases::RemotePaper paper;
  paper.material = TRY(reader.string("material"));
  paper.pages = TRY(reader.strings("sha256"));
  paper.at = TRY(reader.time("at"));
  return paper;
}

}  // namespace

std::string write_lookup(cases::LookupQuestion const& question) {
  bool const by_card = !question.number.empty();
  json body{{"how", by_card ? "card" : "code"}, {"holder", nullptr}};
  if (by_card) {
    body["holder"] = {{"kind", identity::to_string(question.kind)}, {"number", question.number.view()}};
  }
  if (!question.case_number.empty()) body["case"] = question.case_number;
  return body.dump();
}

Result<cases::LookupAnswer> read_lookup(std::string_view body) {
  auto const value = TRY(parse_json(body));
  if (!value.is_object()) return unexpected("not an object");
  Reader const reader(value);
  cases::LookupAnswer answer;
  answer.cases = TRY(reader.list<cases::RemoteCase>("cases", read_case));
  answer.papers = TRY(reader.list<cases::RemotePaper>("on_file", read_paper));
  return answer;
}

}  // namespace yizhan::sync
