#include "tools/platform/publish.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "tools/platform/calls.h"
#include "tools/platform/case_event.h"
#include "tools/platform/database.h"

namespace yizhan::platform {

namespace {

using nlohmann::json;

/// Whose catalogue it is: a prefix of halls; nullopt where it is none.
std::optional<std::string> hall_of(json const& content) {
  auto const found = content.find("hall");
  if (found == content.end()) return "";
  if (!found->is_string()) return std::nullopt;
  auto const& hall = found->get_ref<std::string const&>();
  if (hall.size() > 12 || hall.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return hall;
}

/// Item → [count, unit] of the period it promises (承诺), as far as the catalogue says it.
json promises_of(json const& content) {
  auto promises = json::object();
  auto const items = content.find("items");
  if (items == content.end() || !items->is_array()) return promises;
  for (auto const& item : *items) {
    if (!item.is_object() || !item.contains("code") || !item["code"].is_string()) continue;
    auto const promise = item.find("promise");
    if (promise == item.end() || !promise->is_object()) continue;
    auto const count = promise->find("count");
    auto const unit = promise->find("unit");
    if (count == promise->end() || !count->is_number_unsigned() || *count > 10'000) continue;
    int code = 1;  // working days
    if (unit != promise->end()) {
      constexpr std::array k_units{"workday", "natural_day", "hour", "minute", "month"};
      auto const known = std::find(k_units.begin(), k_units.end(), *unit);
      if (known == k_units.end()) continue;
      code += static_cast<int>(known - k_units.begin());
    }
    promises[item["code"].get<std::string>()] = {*count, code};
  }
  return promises;
}

}  // namespace

std::string publish(pqxx::transaction_base& transaction, Folder const& folder, std::string const& document,
                    std::string_view content, bool force) {
  if (document != "catalog" && document != "calendar") return "document_unknown";
  auto const parsed = json::parse(content.begin(), content.end(), nullptr, false);
  if (!parsed.is_object() || !text::is_utf8(content)) return "document_invalid";
  auto const version = parsed.find("version");
  auto const hall = document == "catalog" ? hall_of(parsed) : std::string();
  if (version == parsed.end() || !version->is_number_unsigned() || !hall) return "document_invalid";
  auto const signed_document = sign(content, document == "catalog" ? folder.catalog_signer : folder.calendar_signer);
  if (!signed_document) return std::string(signed_document.error().code());
  auto const rows = query(
      transaction,
      "INSERT INTO platform_published AS p (document, hall, version, content, cose, etag, promises)"
      " VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, $7::json)"
      " ON CONFLICT (document, hall) DO UPDATE SET version = excluded.version, content = excluded.content,"
      " cose = excluded.cose, etag = excluded.etag, promises = excluded.promises, published = now()"
      " WHERE excluded.version > p.version OR $8 RETURNING 1",
      document, *hall, version->get<std::int64_t>(), std::string(content),
      text::to_hex(text::bytes_of(signed_document->bytes)), signed_document->etag, promises_of(parsed).dump(), force);
  return rows.empty() ? "version_back" : "";
}

Answer get_published(Request const& request, Database& database, std::string const& document) {
  return database.run([&](pqxx::transaction_base& transaction) {
    auto const rows = query(transaction,
                            "SELECT encode(cose, 'hex'), etag FROM platform_published"
                            " WHERE document = $1 AND $2 LIKE hall || '%' ORDER BY length(hall) DESC LIMIT 1",
                            document, request.device.hall);
    if (rows.empty()) return problem(404, "not_found", "No such document was published for this hall.");
    auto const cose = text::from_hex(rows[0][0].as<std::string>()).value();
    return serve({std::string(text::chars_of(cose)), rows[0][1].as<std::string>()}, request);
  });
}

}  // namespace yizhan::platform
