// Headers of tus, a line each: name, ": ", value; behind an empty line the body. The first byte says which call.
#include <cstdint>
#include <cstdlib>

#include "shared/base/text.h"
#include "tools/platform/upload.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  using namespace yizhan::platform;
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<char const*>(data + 1), size - 1);
  Request request{.method = data[0] % 2 == 0 ? "POST" : "PATCH", .content_type = "application/offset+octet-stream"};
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) break;
    auto const colon = line.find(": ");
    if (colon != std::string_view::npos)
      request.upload.emplace(text::to_lower_ascii(line.substr(0, colon)), line.substr(colon + 2));
  }
  request.body = text;
  if (refuse_version(request)) return 0;
  if (request.method == "POST") {
    auto const wanted = read_creation(request);
    if (auto const* creation = std::get_if<UploadWanted>(&wanted))
      if (creation->size == 0 || creation->size > k_upload_limit || !is_sha256(creation->sha256)) std::abort();
  } else {
    auto const piece = read_piece(request);
    if (auto const* offset = std::get_if<std::uint64_t>(&piece); offset != nullptr && *offset >> 53 != 0) std::abort();
  }
  return 0;
}
