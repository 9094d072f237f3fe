// A catalogue from outside: it is taken whole or refused with a place; what was taken can be searched and judged.
#include <algorithm>
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/catalog/guidance.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  auto const text = text::chars_of(std::as_bytes(std::span(data, size)));
  auto const catalog = catalog::parse_catalog(text);
  auto const findings = catalog::check_catalog(text);
  bool const sound = std::none_of(findings.begin(), findings.end(), [](auto const& finding) { return finding.error; });
  if (catalog.has_value() != sound) std::abort();
  if (!catalog) return 0;
  auto const today = calendar::BusinessDay::parse("2026-11-24").value();
  for (auto const& item : catalog->items) {
    if (catalog->find(item.code) == nullptr || catalog->in_group(item.group).empty()) std::abort();
    if (catalog->search(item.name.zh).size() > catalog->items.size() + catalog->bundles.size()) std::abort();
    auto const verdict = catalog::judge(*catalog, {&item, nullptr}, {}, today);
    if (verdict.eligible && verdict.places.empty() && verdict.outcome == nullptr) std::abort();
  }
  for (auto const& bundle : catalog->bundles) {
    auto const verdict = catalog::judge(*catalog, {nullptr, &bundle}, {}, today);
    if (verdict.parts.size() > bundle.parts.size()) std::abort();
  }
  return 0;
}
