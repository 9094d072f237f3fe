#pragma once
/// A signature as a picture of its own, beside its strokes.
#include <cstddef>
#include <vector>

#include "shared/base/result.h"
#include "shared/paper/document.h"

namespace yizhan::paper {

/// Black on white, PNG, `width` pixels wide, as high as the field's shape gives (at most as high as wide). REQUIRES: a field
/// of some size; 100 ≤ width ≤ 2,000. Errors: paper_failed.
Result<std::vector<std::byte>> render_signature_png(Strokes const& strokes, int width);

}  // namespace yizhan::paper
