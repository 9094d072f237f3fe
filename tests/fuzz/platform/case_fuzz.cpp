// What a machine may say of a case: the event's data, and the application once it is decrypted. The first byte says which.
#include <cstdint>
#include <cstdlib>

#include "tools/platform/application_document.h"
#include "tools/platform/case_event.h"
#include "tools/platform/json.h"
#include "tools/platform/upload.h"

namespace {

void must(bool held) {
  if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::platform;
  if (size == 0) return 0;
  std::string_view const text(reinterpret_cast<char const*>(data + 1), size - 1);
  if (data[0] % 2 == 0) {
    auto const application = parse_application(text);
    // Pages that nobody announced are always missed.
    if (application && !application->materials.empty() && application->materials[0].how == "photographed")
      must(!compare(*application, Announced{.number = application->number,
                                            .matter = application->matter,
                                            .catalog = application->catalog,
                                            .parts = application->parts})
                .empty());
    return 0;
  }
  auto const value = parse_json(text);
  if (!value || !value->is_object()) return 0;
  if (is_submitted(*value)) {
    must(is_case_number((*value)["case"].get<std::string>()));
    for (auto const& document : (*value)["documents"]) must(is_sha256(document["sha256"].get<std::string>()));
  }
  if (is_supplemented(*value)) must((*value)["part"].get<int>() >= 1);
  (void)is_withdrawn(*value);
  return 0;
}
