#include "shared/domain/catalog/catalog.h"

#include <algorithm>

#include "shared/domain/catalog/codes.h"
#include "shared/domain/catalog/search.h"

namespace yizhan::catalog {

namespace {

bool holds(std::vector<std::string> const& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// Bundles first.
template <class Fits>
std::vector<Matter> matters_where(Catalog const& catalog, Fits&& fits) {
  std::vector<Matter> found;
  for (auto const& bundle : catalog.bundles) {
    if (fits(bundle)) found.push_back({nullptr, &bundle});
  }
  for (auto const& item : catalog.items) {
    if (fits(item)) found.push_back({&item, nullptr});
  }
  return found;
}

}  // namespace

char const* to_string(Channel channel) { return codes::channels[static_cast<std::size_t>(channel)].data(); }

bool ServiceItem::offered_on(calendar::BusinessDay const& day) const {
  return (!power.from || *power.from <= day) && (!power.until || day <= *power.until);
}

Place const* ServiceItem::place(Channel channel) const {
  auto const found =
      std::find_if(places.begin(), places.end(), [&](Place const& place) { return place.channel == channel; });
  return found == places.end() ? nullptr : &*found;
}

ServiceItem const* Catalog::find(std::string_view code) const {
  auto const found =
      std::find_if(items.begin(), items.end(), [&](ServiceItem const& item) { return item.code == code; });
  return found == items.end() ? nullptr : &*found;
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

std::vector<ServiceItem const*> Catalog::in_group(std::string_view group) const {
  std::vector<ServiceItem const*> found;
  for (auto const& item : items) {
    if (item.group == group) found.push_back(&item);
  }
  return found;
}

std::vector<Matter> Catalog::for_audience(std::string_view audience) const {
  return matters_where(*this, [&](auto const& matter) { return holds(matter.audiences, audience); });
}

std::vector<Matter> Catalog::for_life_event(std::string_view life_event) const {
  return matters_where(*this, [&](auto const& matter) { return holds(matter.life_events, life_event); });
}

std::vector<Matter> Catalog::search(std::string_view query, std::size_t limit) const {
  // A catalogue that was put together by hand has no index.
  auto const searched = index ? index : std::make_shared<SearchIndex const>(*this);
  std::vector<Matter> found;
  for (auto const place : searched->find(query, limit)) {
    bool const is_bundle = place < bundles.size();
    found.push_back(is_bundle ? Matter{nullptr, &bundles[place]} : Matter{&items[place - bundles.size()], nullptr});
  }
  return found;
}

}  // namespace yizhan::catalog
