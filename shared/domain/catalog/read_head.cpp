#include "shared/domain/catalog/reader.h"

namespace yizhan::catalog {

namespace {

constexpr std::int64_t k_largest_version = 9'007'199'254'740'991;  // 2^53-1, as in the platform's messages

queue::Queue read_queue(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  queue::Queue queue;
  queue.letter = object.letter("letter");
  auto name = object.text("name");
  queue.name_zh = std::move(name.zh);
  queue.name_en = std::move(name.en);
  return queue;
}

Group read_group(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Group group;
  group.id = object.key("id");
  group.name = object.text("name");
  group.hint = object.text("hint");
  group.icon = object.key("icon");
  return group;
}

CodeRule read_code_rule(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  CodeRule rule;
  rule.prefix = object.string("prefix");
  rule.min_length = static_cast<std::size_t>(object.integer("min_length", 1, 4096));
  rule.max_length = static_cast<std::size_t>(object.integer("max_length", 1, 4096));
  return rule;
}

std::vector<std::string> read_synonyms(Json const& json, std::string const& where, Draft& draft) {
  std::vector<std::string> words;
  if (!json.is_array()) return draft.report(where, "an array is wanted"), words;
  for (std::size_t i = 0; i < json.size(); ++i) {
    auto const* const word = json[i].get_ptr<std::string const*>();
    if (word == nullptr || word->empty()) {
      draft.report(at(where, i), "a text is wanted");
    } else {
      words.push_back(*word);
    }
  }
  if (json.size() < 2) draft.report(where, "at least two words are wanted");
  return words;
}

}  // namespace

void read_head(Json const& document, Draft& draft) {
  auto& catalog = draft.catalog;
  Object top(document, "", draft);
  catalog.version = top.integer("version", 1, k_largest_version);
  catalog.hall = top.string("hall", Need::may);
  catalog.from = top.day("from");
  catalog.hall_name = top.text("hall_name");
  top.each("queues", Need::must, [&](Json const& each, std::string const& where) {
    catalog.queues.push_back(read_queue(each, where, draft));
  });
  top.each("groups", Need::must, [&](Json const& each, std::string const& where) {
    catalog.groups.push_back(read_group(each, where, draft));
  });
  top.each("audiences", Need::may, [&](Json const& each, std::string const& where) {
    catalog.audiences.push_back(read_group(each, where, draft));
  });
  top.each("life_events", Need::may, [&](Json const& each, std::string const& where) {
    catalog.life_events.push_back(read_group(each, where, draft));
  });
  top.each("code_rules", Need::may, [&](Json const& each, std::string const& where) {
    catalog.code_rules.push_back(read_code_rule(each, where, draft));
  });
  top.each("synonyms", Need::may, [&](Json const& each, std::string const& where) {
    catalog.synonyms.push_back(read_synonyms(each, where, draft));
  });
  // Their members are read elsewhere, in an order that lets one refer to another.
  auto const skip = [](Json const&, std::string const&) {};
  top.each("items", Need::must, skip);
  for (auto const* list : {"materials", "bundles", "forms"}) top.each(list, Need::may, skip);
}

}  // namespace yizhan::catalog
