// A file of divisions: refused with a place, or each division is found under its parent, by its code and by its name.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/forms/divisions.h"

namespace {

using yizhan::forms::Divisions;

void walk(Divisions const& all, std::string_view parent, std::string const& address) {
  for (auto const& child : all.children(parent)) {
    if (all.find(child.code) != &child || all.path(child.code).back() != &child) std::abort();
    auto const located = all.locate(address + child.name);
    if (located.path.empty() && !child.name.empty()) std::abort();
    walk(all, child.code, address + child.name);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = yizhan::text::chars_of(std::as_bytes(std::span(data, size)));
  auto const all = Divisions::parse(text);
  if (!all) return all.error().is("divisions_invalid") ? 0 : (std::abort(), 0);
  walk(*all, "", "");
  (void)all->locate(text);
  return 0;
}
