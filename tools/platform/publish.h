#pragma once
/// Signed documents that the back office publishes: the catalogue of a hall (or of all below a prefix) and the calendar.
#include <pqxx/transaction_base>
#include <string>
#include <string_view>

#include "tools/platform/documents.h"

namespace yizhan::platform {

/// Signs and stores `content`; "" or why not: document_unknown, document_invalid (not JSON with a whole-number version and, where
/// there is one, a hall of up to 12 digits), version_back (unless `force`), signing_failed.
std::string publish(pqxx::transaction_base& transaction, Folder const& folder, std::string const& document,
                    std::string_view content, bool force);

}  // namespace yizhan::platform
