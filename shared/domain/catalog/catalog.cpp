#include "shared/domain/catalog/catalog.h"

#include <algorithm>

#include "shared/base/text.h"

namespace yizhan::catalog {

namespace {

std::vector<std::string> words_of(std::string_view query) {
  std::vector<std::string> words;
  std::u32string word;
  auto const finish = [&] {
    if (!word.empty()) words.push_back(text::to_lower_ascii(text::from_code_points(word)));
    word.clear();
  };
  for (char32_t const c : text::to_code_points(query)) {
    // Input methods for Chinese also give full-width spaces.
    if (c <= U' ' || c == U'\u3000') {
      finish();
    } else {
      word.push_back(c);
    }
  }
  finish();
  return words;
}

/// How well one word fits: 0 not at all.
int fit(ServiceItem const& item, std::string const& word) {
  auto const english = text::to_lower_ascii(item.name.en);
  if (item.name.zh.starts_with(word) || english.starts_with(word)) return 5;
  if (item.name.zh.find(word) != std::string::npos || english.find(word) != std::string::npos) return 4;
  int best = 0;
  for (auto const& keyword : item.keywords) {
    if (keyword == word) return 3;
    if (keyword.starts_with(word)) {
      best = std::max(best, 2);
    } else if (keyword.find(word) != std::string::npos) {
      best = std::max(best, 1);
    }
  }
  return best;
}

}  // namespace

ServiceItem const* Catalog::find(std::string_view code) const {
  auto const found =
      std::find_if(items.begin(), items.end(), [&](ServiceItem const& item) { return item.code == code; });
  return found == items.end() ? nullptr : &*found;
}

std::vector<ServiceItem const*> Catalog::in_group(std::string_view group) const {
  std::vector<ServiceItem const*> found;
  for (auto const& item : items) {
    if (item.group == group) found.push_back(&item);
  }
  return found;
}

Matter Catalog::matter(std::string_view code) const {
  auto const found =
      std::find_if(bundles.begin(), bundles.end(), [&](Bundle const& bundle) { return bundle.code == code; });
  if (found != bundles.end()) return {nullptr, &*found};
  return {find(code), nullptr};
}

forms::Form const* Catalog::form(std::string_view id) const {
  auto const found = std::find_if(forms.begin(), forms.end(), [&](forms::Form const& form) { return form.id == id; });
  return found == forms.end() ? nullptr : &*found;
}

std::vector<Matter> Catalog::search(std::string_view query, std::size_t limit) const {
  auto const words = words_of(query);
  std::vector<std::pair<int, Matter>> scored;
  for (auto const& item : items) {
    int total = 0;
    bool all = true;
    for (auto const& word : words) {
      int const points = fit(item, word);
      all = all && points > 0;
      total += points;
    }
    if (all) scored.push_back({total, {&item, nullptr}});
  }
  std::stable_sort(scored.begin(), scored.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
  std::vector<Matter> found;
  for (auto const& [points, matter] : scored) {
    if (found.size() == limit) break;
    found.push_back(matter);
  }
  return found;
}

}  // namespace yizhan::catalog
