#pragma once
/// A photographed page on its way to a stored material: decoded, straightened, compressed. Everything here is pure
/// and takes hundreds of milliseconds for a large photo: not on the ui thread. Thread: any.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shared/base/result.h"
#include "shared/imaging/picture.h"

namespace yizhan::imaging {

struct DecodeLimits {
  std::int64_t pixels = 12'000'000;          // of the result; what is larger is made smaller
  std::int64_t source_pixels = 100'000'000;  // by the file's header; more is refused before decoding
  std::size_t bytes = 40'000'000;            // of the file
  std::size_t decoder_memory = 256'000'000;  // beside the result: what a progressive JPEG may hold
};

/// JPEG (upright by its EXIF orientation), PNG or WebP (transparent parts white), told apart by their first bytes;
/// grey stays grey, everything else becomes RGB. Large pictures are made smaller while they are decoded, so that memory
/// stays below `decoder_memory` + 2 × 3 × `pixels`. What can only be decoded whole (interlaced PNG) is refused above
/// `pixels`.
/// Errors: picture_format (none of the three, or a kind of them nobody uses: CMYK), picture_too_large,
/// picture_unreadable (damaged or cut off).
Result<Picture> decode(std::span<std::byte const> file, DecodeLimits const& limits = {});

/// What a page looks like in its picture, and the page alone.
struct Corrected {
  Picture picture;                 // the page upright as it lay, or the whole picture where none was found
  bool found = false;              // four corners of a page
  std::array<Point, 4> corners{};  // in the source, clockwise from the top left; zeros unless found
  bool cut_off = false;            // the page leaves the picture
  double sharpness = 0;            // variance of the Laplacian at 1,000 pixels of long side; under 60 is blurred
  double brightness = 0;           // mean of the page, 0 … 255
  double glare = 0;                // share of the page that is burnt out, 0 … 1
};
/// Never fails for want of a page. REQUIRES: not empty.
/// Errors: picture_failed (the library's words).
Result<Corrected> correct_document(Picture const& picture);

/// The one thing to tell the person who holds the page; the first that is wrong.
enum class Advice { good, no_page, page_cut_off, too_dark, glare, hold_still };
[[nodiscard]] Advice advice_for(Corrected const& corrected);

struct Compression {
  int long_side = 2'000;  // pixels; smaller pictures stay as they are
  std::size_t most_bytes = 600'000;
  int best_quality = 88;  // of JPEG, stepped down to the least one, then the picture shrinks
  int least_quality = 50;
};
/// A baseline JPEG without metadata of at most `most_bytes`. REQUIRES: not empty. Errors: picture_failed.
Result<std::vector<std::byte>> compress(Picture const& picture, Compression const& compression = {});

/// At most `long_side` pixels; a picture that already is comes back as it is. REQUIRES: not empty, long_side ≥ 1.
[[nodiscard]] Picture shrunk_to(Picture const& picture, int long_side);

}  // namespace yizhan::imaging
