#pragma once
/// The file formats, one source file each. Inside shared/imaging only.
#include <span>

#include "shared/base/result.h"
#include "shared/imaging/document_image.h"

namespace yizhan::imaging {

using FileBytes = std::span<std::uint8_t const>;

/// Errors of all: picture_format, picture_too_large, picture_unreadable.
Result<Picture> decode_jpeg(FileBytes file, DecodeLimits const& limits);
Result<Picture> decode_png(FileBytes file, DecodeLimits const& limits);
Result<Picture> decode_webp(FileBytes file, DecodeLimits const& limits);

/// Errors: picture_failed.
Result<std::vector<std::byte>> encode_jpeg(Picture const& picture, int quality);

/// By a file's header: no pixels, more than `source_pixels`, a side that JPEG could not have.
Result<void> check_source_size(std::int64_t width, std::int64_t height, DecodeLimits const& limits);

/// EXIF orientation (CIPA DC-008, tag 0x0112) out of an APP1 segment's data: 1 … 8, 1 where there is none.
[[nodiscard]] int exif_orientation(FileBytes app1);
/// The picture as it was meant to be seen.
[[nodiscard]] Picture upright(Picture picture, int orientation);

}  // namespace yizhan::imaging
