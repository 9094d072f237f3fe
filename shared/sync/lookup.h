#pragma once
/// The bodies of POST /v1/cases/lookup. What is asked holds a person's number: it is never logged.
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/domain/cases/remote_case.h"

namespace yizhan::sync {

[[nodiscard]] std::string write_lookup(cases::LookupQuestion const& question);
/// Errors: platform_answer.
Result<cases::LookupAnswer> read_lookup(std::string_view body);

}  // namespace yizhan::sync
