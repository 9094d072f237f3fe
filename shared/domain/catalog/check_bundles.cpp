#include <algorithm>
#include <functional>

#include "shared/domain/catalog/checks.h"

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_most_parts = 40;

/// Parts that wait for each other are never decided.
void check_order(Draft& draft, std::string const& pointer, Bundle const& bundle) {
  auto const& parts = bundle.parts;
  auto const place = [&](std::string const& item) {
    auto const found =
        std::find_if(parts.begin(), parts.end(), [&](BundlePart const& part) { return part.item == item; });
    return static_cast<std::size_t>(found - parts.begin());
  };
  enum class Mark { unseen, open, done };
  std::vector<Mark> marks(parts.size(), Mark::unseen);
  std::function<void(std::size_t)> visit = [&](std::size_t i) {
    marks[i] = Mark::open;
    for (std::size_t j = 0; j < parts[i].after.size(); ++j) {
      auto const& before = parts[i].after[j];
      auto const next = place(before);
      auto const where = at(at(pointer, i) + "/after", j);
      if (before.empty()) continue;
      if (next == parts.size()) {
        draft.report(where, "no part of this bundle");
      } else if (marks[next] == Mark::open) {
        draft.report(where, next == i ? "waits for itself" : "waits in a circle");
      } else if (marks[next] == Mark::unseen) {
        visit(next);
      }
    }
    marks[i] = Mark::done;
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (marks[i] == Mark::unseen) visit(i);
  }
}

/// The same id is the same thing, asked once: it cannot be of two kinds in what one resident fills.
void check_shared_fields(Draft& draft, std::size_t bundle_place) {
  auto const& all = draft.catalog;
  auto const& bundle = all.bundles[bundle_place];
  std::vector<std::string> ids{bundle.form};
  for (auto const& part : bundle.parts) {
    if (auto const* const item = all.find(part.item)) ids.push_back(item->form);
  }
  std::map<std::string, forms::FieldKind> kinds;
  std::set<std::string> seen;
  for (auto const& id : ids) {
    auto const* const form = all.form(id);
    if (form == nullptr || !seen.insert(id).second) continue;
    auto const form_pointer = at("/forms", static_cast<std::size_t>(form - all.forms.data()));
    for (std::size_t s = 0; s < form->sections.size(); ++s) {
      auto const& fields = form->sections[s].fields;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (fields[f].id.empty()) continue;
        auto const [known, is_new] = kinds.emplace(fields[f].id, fields[f].kind);
        if (is_new || known->second == fields[f].kind) continue;
        draft.report(at(at(form_pointer + "/sections", s) + "/fields", f) + "/kind",
                     "of another kind in a form of bundle " + bundle.code);
      }
    }
  }
}

/// Conditions of a part's materials ask for answers of the part's own questions, which a bundle does not put.
void check_answers(Draft& draft, std::string const& pointer, Bundle const& bundle) {
  constexpr std::string_view k_answers = "answers.";
  std::set<std::string> asked;
  for (auto const& question : bundle.questions) asked.insert(question.id);
  for (std::size_t i = 0; i < bundle.parts.size(); ++i) {
    auto const* const item = draft.catalog.find(bundle.parts[i].item);
    if (item == nullptr) continue;
    for (auto const& material : item->materials) {
      if (!material.when) continue;
      for (auto const& name : material.when->variables()) {
        if (name.compare(0, k_answers.size(), k_answers) != 0) continue;
        if (asked.count(name.substr(k_answers.size())) != 0) continue;
        draft.warn(at(pointer, i) + "/item",
                   "material " + material.id + " depends on " + name + ", which the bundle does not ask");
      }
    }
  }
}

}  // namespace

void check_bundles(Draft& draft) {
  auto const& all = draft.catalog;
  std::set<std::string> codes;
  for (auto const& item : all.items) codes.insert(item.code);
  for (std::size_t i = 0; i < all.bundles.size(); ++i) {
    auto const& bundle = all.bundles[i];
    auto const pointer = at("/bundles", i);
    if (!bundle.code.empty() && !codes.insert(bundle.code).second) draft.report(pointer + "/code", "stands twice");
    check_matter(draft, pointer, {nullptr, &bundle});
    auto const parts = pointer + "/parts";
    if (bundle.parts.size() > k_most_parts) {
      draft.report(parts, "more than 40");
      continue;
    }
    if (bundle.parts.size() < 2) draft.report(parts, "at least two are wanted");
    check_unique(draft, parts, "/item", bundle.parts, [](BundlePart const& part) { return part.item; });
    for (std::size_t j = 0; j < bundle.parts.size(); ++j) {
      auto const& code = bundle.parts[j].item;
      if (!code.empty() && all.find(code) == nullptr) draft.report(at(parts, j) + "/item", "no such item");
    }
    check_order(draft, parts, bundle);
    check_shared_fields(draft, i);
    check_answers(draft, parts, bundle);
  }
}

}  // namespace yizhan::catalog
