#pragma once
/// What items and bundles have in common in the document.
#include "shared/domain/catalog/reader.h"

namespace yizhan::catalog {

std::vector<Place> read_places(Object& object, Draft& draft);
std::vector<Question> read_questions(Object& object, Draft& draft);
std::vector<Outcome> read_outcomes(Object& object, Draft& draft);
/// Lower case.
std::vector<std::string> read_keywords(Object& object, Draft& draft);

}  // namespace yizhan::catalog
