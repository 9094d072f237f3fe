// Drafts and signatures as they lie in a store: refused, or taken so that what is written again is read the same.
#include <cstdlib>

#include "shared/base/text.h"
#include "shared/domain/cases/draft.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  auto const json = nlohmann::json::parse(data, data + size, nullptr, false);
  if (json.is_discarded()) return 0;
  if (auto const draft = cases::parse_draft(json)) {
    auto const written = cases::to_json(*draft);
    auto const again = cases::parse_draft(written);
    if (!again || cases::to_json(*again) != written || again->fields.size() > 300) std::abort();
  }
  if (auto const signature = cases::parse_signature(json)) {
    auto const written = cases::to_json(*signature);
    auto const again = cases::parse_signature(written);
    if (!again || cases::to_json(*again) != written || again->strokes.size() > 200) std::abort();
  }
  return 0;
}
