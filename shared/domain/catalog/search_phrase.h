#pragma once
/// Everyday phrases: 社保卡丢了, haizishangxue.
#include "shared/domain/catalog/search.h"
#include "shared/domain/catalog/search_text.h"

namespace yizhan::catalog {

/// For each matter how much of the phrase it covers, 0 to about 1: the phrase is cut into the longest words that occur in
/// the catalogue or among its synonyms, rarer and longer ones count more. Empty where no part is known.
[[nodiscard]] std::vector<float> phrase_scores(SearchIndex const& index, std::vector<Unit> const& phrase);

}  // namespace yizhan::catalog
