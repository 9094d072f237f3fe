#pragma once
/// A page's four corners. Inside shared/imaging only.
#include <array>
#include <optional>

#include <opencv2/core.hpp>

namespace yizhan::imaging {

using Quad = std::array<cv::Point2f, 4>;  // clockwise from the top left

/// The page in a grey picture of about 800 pixels. Throws cv::Exception.
[[nodiscard]] std::optional<Quad> find_page(cv::Mat const& grey);

}  // namespace yizhan::imaging
