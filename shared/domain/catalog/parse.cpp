#include <algorithm>

#include "shared/domain/catalog/search.h"
#include "shared/domain/catalog/structure.h"

namespace yizhan::catalog {

namespace {

Draft read(std::string_view bytes) {
  Draft draft;
  auto const document = read_document(bytes, draft.findings);
  if (!draft.findings.empty()) return draft;
  read_head(document, draft);
  if (!document.is_object()) return draft;
  read_materials(document, draft);
  read_items(document, draft);
  read_bundles(document, draft);
  read_forms(document, draft);
  check_head(draft);
  check_items(draft);
  check_bundles(draft);
  check_forms(draft);
  check_conditions(draft);
  draft.written.clear();  // points into the document, which ends here
  return draft;
}

}  // namespace

std::vector<Finding> check_catalog(std::string_view json) { return read(json).findings; }

Result<Catalog> parse_catalog(std::string_view json) {
  auto draft = read(json);
  auto const first =
      std::find_if(draft.findings.begin(), draft.findings.end(), [](Finding const& finding) { return finding.error; });
  if (first != draft.findings.end()) {
    return Error::make("catalog_invalid", Retry::no,
                       (first->pointer.empty() ? "/" : first->pointer) + ": " + first->what);
  }
  draft.catalog.index = std::make_shared<SearchIndex const>(draft.catalog);
  return std::move(draft.catalog);
}

Result<Catalog> accept_catalog(std::string_view json, std::string_view hall, std::int64_t current) {
  auto catalog = TRY(parse_catalog(json));
  if (hall.substr(0, catalog.hall.size()) != catalog.hall) {
    return Error::make("catalog_other_hall", Retry::no, "of hall " + catalog.hall);
  }
  if (catalog.version < current) {
    return Error::make("document_version_back", Retry::no,
                       std::to_string(catalog.version) + " after " + std::to_string(current));
  }
  return catalog;
}

}  // namespace yizhan::catalog
