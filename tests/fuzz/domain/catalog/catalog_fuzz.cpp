// A catalogue from outside: it is taken whole or refused with a place; what was taken can be searched.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/catalog/catalog.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  auto const text = text::chars_of(std::as_bytes(std::span(data, size)));
  auto const catalog = catalog::parse_catalog(text);
  if (catalog.has_value() != catalog::check_catalog(text).empty()) std::abort();
  if (!catalog) return 0;
  for (auto const& item : catalog->items) {
    auto const found = catalog->search(item.name.zh);
    if (catalog->find(item.code) == nullptr || catalog->in_group(item.group).empty()) std::abort();
    if (found.size() > catalog->items.size()) std::abort();
  }
  return 0;
}
