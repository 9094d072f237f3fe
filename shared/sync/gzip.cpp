#include <zlib.h>

#include <cstdio>
#include <cstdlib>

#include "shared/sync/messages.h"

namespace yizhan::sync {

std::string gzip(std::string_view text) {
  z_stream stream{};
  constexpr int k_window_gzip = 15 + 16;
  bool ok = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, k_window_gzip, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  std::string out;
  if (ok) {
    out.resize(deflateBound(&stream, text.size()));
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    ok = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(stream.total_out);
    deflateEnd(&stream);
  }
  if (!ok) {
    std::fputs("zlib: no memory\n", stderr);
    std::abort();
  }
  return out;
}

}  // namespace yizhan::sync
