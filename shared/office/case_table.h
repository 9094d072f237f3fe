#pragma once
/// Rows of `cases`, `case_parts`, `case_papers`. Only shared/office includes this. Writers join an open transaction.
#include "shared/domain/cases/case.h"
#include "shared/store/store.h"

namespace yizhan::office {

/// A page by its own hash, and the document it was sent as ("": the platform had it before).
struct PaperPage {
  std::string sha256;
  std::string document;
};

Result<void> insert_case(store::Database& database, cases::Case const& what, Uuid const& event);
/// State, steps and promises of a part; the case's end where it was the last one.
Result<void> update_part(store::Database& database, cases::Case const& what, cases::Part const& part);
Result<std::optional<cases::Case>> read_case(store::Database& database, Uuid const& id);
Result<std::optional<cases::Case>> read_case(store::Database& database, std::string_view number);
/// Newest first.
Result<std::vector<cases::Case>> cases_of(store::Database& database, identity::Holder const& holder);
/// The pages of a material as the platform has them; those it had for this case before are replaced.
Result<void> set_papers(store::Database& database, Uuid const& case_id, std::string_view material,
                        std::vector<PaperPage> const& pages, WallTime at);

/// Nothing is to be expected any more.
[[nodiscard]] bool ended(cases::State state);
[[nodiscard]] bool ended(cases::Case const& what);

}  // namespace yizhan::office
