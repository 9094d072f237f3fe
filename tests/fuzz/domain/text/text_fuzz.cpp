// Text from devices and networks: encodings, times, identifiers, the log's redaction, events' data.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/line/event.h"

namespace {

using namespace yizhan;

void must(bool held) {
  if (!held) std::abort();
}

void encodings(std::string_view bytes) {
  auto const points = text::to_code_points(bytes);
  must(points.size() == text::length(bytes));
  auto const rewritten = text::from_code_points(points);
  must(text::is_utf8(rewritten));
  must(text::is_utf8(bytes) == (rewritten == bytes));
  must(text::from_utf16le(text::to_utf16le(bytes)) == rewritten);
  must(text::is_utf8(text::from_utf16le(text::bytes_of(bytes))));
  must(text::is_utf8(text::without_controls(bytes)));
  must(text::trim(bytes).size() <= bytes.size());
  must(text::length(text::prefix(bytes, 3)) <= 3);
  must(text::chars_of(text::from_hex(text::to_hex(text::bytes_of(bytes))).value()) == bytes);
  must(text::chars_of(text::from_base64url(text::to_base64url(text::bytes_of(bytes))).value()) == bytes);
  if (auto const decoded = text::from_base64url(bytes)) must(text::to_base64url(*decoded) == bytes);
}

void times_and_ids(std::string_view bytes) {
  if (auto const time = text::from_rfc3339(bytes)) (void)text::from_rfc3339(text::to_rfc3339(*time));
  if (auto const uuid = Uuid::parse(bytes)) must(uuid->to_string() == text::to_lower_ascii(bytes));
  if (auto const day = calendar::BusinessDay::parse(bytes)) must(day->to_string() == bytes);
}

void redaction(std::string_view bytes) {
  auto const once = log::redact(bytes);
  must(once.size() <= bytes.size());
  must(log::redact(once) == once);
}

void event_data(std::string_view bytes) {
  auto const json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded()) return;
  (void)line::check_no_personal_data(json);
  auto const canonical = line::canonical(json);
  if (canonical) must(line::canonical(nlohmann::json::parse(*canonical)).value() == *canonical);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const bytes = text::chars_of(std::as_bytes(std::span(data, size)));
  encodings(bytes);
  times_and_ids(bytes);
  redaction(bytes);
  event_data(bytes);
  return 0;
}
