#pragma once
/// The bytes of a document before anything is built from them.
#include "shared/domain/catalog/draft.h"

namespace yizhan::catalog {

inline constexpr std::size_t k_largest_document = 4U << 20;
inline constexpr std::size_t k_deepest_document = 64;

/// The document; null and a finding where it is no JSON, larger than 4 MiB, nested deeper than 64, or has a member twice.
Json read_document(std::string_view bytes, std::vector<Finding>& findings);

}  // namespace yizhan::catalog
