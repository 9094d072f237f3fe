/// Picture files from cameras and clerks' folders: any bytes, small limits so that a run is short.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "shared/imaging/document_image.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan::imaging;
  DecodeLimits limits;
  limits.pixels = 40'000;
  limits.source_pixels = 1'000'000;
  limits.decoder_memory = 8'000'000;
  auto const picture = decode(std::as_bytes(std::span(data, size)), limits);
  if (!picture) return 0;
  auto const bytes = picture->row_bytes() * static_cast<std::size_t>(picture->height);
  if (picture->width < 1 || picture->height < 1 || picture->pixels.size() != bytes) std::abort();
  if (static_cast<std::int64_t>(picture->width) * picture->height > limits.pixels) std::abort();
  auto const corrected = correct_document(*picture);
  if (!corrected || corrected->picture.empty()) std::abort();
  Compression compression;
  compression.most_bytes = 20'000;
  auto const file = compress(corrected->picture, compression);
  if (!file || file->size() > compression.most_bytes) std::abort();
  return 0;
}
