#include <algorithm>

#include "shared/base/text.h"
#include "shared/domain/catalog/checks.h"
#include "shared/domain/catalog/codes.h"

namespace yizhan::catalog {

namespace {

// What fits on a card of the resident's pages without "…", in code points.
constexpr std::size_t k_name_zh = 16;
constexpr std::size_t k_name_en = 48;
constexpr std::size_t k_hint_zh = 26;
constexpr std::size_t k_hint_en = 64;

void check_groups(Draft& draft, std::string const& pointer, std::vector<Group> const& groups) {
  check_unique(draft, pointer, "/id", groups, [](Group const& group) { return group.id; });
  for (std::size_t i = 0; i < groups.size(); ++i) {
    check_icon(draft, at(pointer, i) + "/icon", groups[i].icon);
    check_card_text(draft, at(pointer, i), groups[i].name, groups[i].hint);
  }
}

/// Lists of things nobody belongs to lead residents to an empty page.
void check_used(Draft& draft) {
  auto const& all = draft.catalog;
  for (std::size_t i = 0; i < all.groups.size(); ++i) {
    if (all.in_group(all.groups[i].id).empty()) draft.report(at("/groups", i), "has no item");
  }
  for (std::size_t i = 0; i < all.audiences.size(); ++i) {
    if (all.for_audience(all.audiences[i].id).empty()) draft.report(at("/audiences", i), "has neither item nor bundle");
  }
  for (std::size_t i = 0; i < all.life_events.size(); ++i) {
    if (all.for_life_event(all.life_events[i].id).empty()) {
      draft.report(at("/life_events", i), "has neither item nor bundle");
    }
  }
}

void check_synonyms(Draft& draft) {
  std::set<std::string> seen;
  auto const& lists = draft.catalog.synonyms;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (std::size_t j = 0; j < lists[i].size(); ++j) {
      if (!seen.insert(lists[i][j]).second) draft.report(at(at("/synonyms", i), j), "stands twice");
    }
  }
}

void check_materials(Draft& draft) {
  auto const& all = draft.catalog;
  check_unique(draft, "/materials", "/id", all.materials, [](Material const& material) { return material.id; });
  std::set<std::string> used;
  for (auto const& item : all.items) {
    for (auto const& material : item.materials) used.insert(material.id);
  }
  for (std::size_t i = 0; i < all.materials.size(); ++i) {
    auto const& material = all.materials[i];
    if (used.count(material.id) == 0) draft.warn(at("/materials", i), "no item asks for it");
    if (material.necessity == Necessity::tolerated && material.tolerate_days == 0) {
      draft.report(at("/materials", i) + "/tolerate_days", "necessity 3 needs the working days to bring it");
    }
  }
}

}  // namespace

void check_card_text(Draft& draft, std::string const& pointer, Text const& name, Text const& hint) {
  auto const look = [&](char const* member, std::string const& words, std::size_t most) {
    if (text::length(words) > most) draft.warn(pointer + member, "too long for a card (" + std::to_string(most) + ")");
  };
  look("/name/zh", name.zh, k_name_zh);
  look("/name/en", name.en, k_name_en);
  look("/hint/zh", hint.zh, k_hint_zh);
  look("/hint/en", hint.en, k_hint_en);
}

void check_icon(Draft& draft, std::string const& pointer, std::string const& icon) {
  if (!icon.empty() && !is_icon(icon)) draft.report(pointer, "no such icon");
}

void check_references(Draft& draft, std::string const& pointer, std::vector<std::string> const& names,
                      std::set<std::string> const& known, char const* what) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].empty() && known.count(names[i]) == 0) draft.report(at(pointer, i), what);
  }
}

void check_head(Draft& draft) {
  auto const& all = draft.catalog;
  bool const digits = std::all_of(all.hall.begin(), all.hall.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || all.hall.size() > 12) draft.report("/hall", "at most 12 digits are wanted");
  check_unique(draft, "/queues", "/letter", all.queues,
               [](queue::Queue const& queue) { return queue.letter == '\0' ? "" : std::string(1, queue.letter); });
  check_groups(draft, "/groups", all.groups);
  check_groups(draft, "/audiences", all.audiences);
  check_groups(draft, "/life_events", all.life_events);
  for (std::size_t i = 0; i < all.code_rules.size(); ++i) {
    if (all.code_rules[i].min_length > all.code_rules[i].max_length) {
      draft.report(at("/code_rules", i) + "/max_length", "less than min_length");
    }
  }
  check_used(draft);
  check_synonyms(draft);
  check_materials(draft);
}

}  // namespace yizhan::catalog
