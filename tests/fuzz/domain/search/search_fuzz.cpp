// What people type: any bytes find something or nothing, and never more than was asked for.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/catalog/catalog.h"

namespace {

using namespace yizhan::catalog;

Catalog const& hall() {
  static Catalog const made = [] {
    Catalog all;
    auto const add = [&](char const* zh, char const* en, char const* hint) {
      auto& item = all.items.emplace_back();
      item.code = "item_" + std::to_string(all.items.size());
      item.name = {zh, en};
      item.hint = {hint, "Hint"};
      item.keywords = {"yinhang", "4050", "丢失"};
    };
    add("补换社保卡", "Replace a social security card", "丢了、坏了");
    add("城乡居民养老保险", "Residents' pension insurance", "参保、缴费");
    add("居住证签注", "Renew a residence permit", "每年一次");
    add("女儿绿卡 4050 人员", "A card", "重庆行长");
    all.synonyms = {{"丢了", "遗失", "挂失"}, {"lost", "replace"}, {"孩子", "子女"}};
    return all;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const query = yizhan::text::chars_of(std::as_bytes(std::span(data, size)));
  auto const found = hall().search(query, 3);
  if (found.size() > 3) std::abort();
  for (auto const& matter : found) {
    if (matter.item == nullptr) std::abort();
  }
  return 0;
}
