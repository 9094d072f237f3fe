#include "tools/platform/body.h"

#include <zlib.h>

#include <array>
#include <string_view>

#include "shared/base/text.h"

namespace yizhan::platform {

namespace {

Body refuse(int status, std::string_view name, std::string_view detail) {
  return {.bytes = {}, .refusal = problem(status, name, detail)};
}

Body inflate_gzip(std::string const& packed) {
  constexpr int k_gzip_only = 15 + 16;  // zlib: window bits + 16
  z_stream stream{};
  if (inflateInit2(&stream, k_gzip_only) != Z_OK) return refuse(503, "unavailable", "Out of memory.");
  // zlib's interface predates const; it does not write to its input.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::array<char, 16384> block;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= k_body_limit) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(block.data(), block.size() - stream.avail_out);
  }
  bool const whole = state == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (out.size() > k_body_limit) return refuse(413, "too_large", "A body is at most 1 MiB inflated.");
  if (!whole) return refuse(400, "bad_request", "The gzip body is damaged or cut.");
  return {.bytes = std::move(out), .refusal = std::nullopt};
}

}  // namespace

Body read_body(Request const& request, std::string_view content_type) {
  auto sent = std::string_view(request.content_type);
  sent = text::trim(sent.substr(0, sent.find(';')));  // parameters (charset=utf-8) say nothing new
  if (text::to_lower_ascii(sent) != content_type)
    return refuse(415, "unsupported_media_type", "Content-Type must be " + std::string(content_type) + ".");
  auto const encoding = text::to_lower_ascii(text::trim(request.content_encoding));
  if (request.body.size() > k_body_limit) return refuse(413, "too_large", "A body is at most 1 MiB.");
  if (encoding == "gzip") return inflate_gzip(request.body);
  if (!encoding.empty() && encoding != "identity")
    return refuse(415, "unsupported_media_type", "Content-Encoding must be gzip or absent.");
  return {.bytes = request.body, .refusal = std::nullopt};
}

}  // namespace yizhan::platform
