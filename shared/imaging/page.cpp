#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include "shared/imaging/document_image.h"
#include "shared/imaging/quad.h"

namespace yizhan::imaging {

namespace {

constexpr int k_search_side = 800;     // pixels in which the page is looked for
constexpr int k_measure_side = 1'000;  // and its sharpness is measured
constexpr float k_at_the_edge = 4;     // of k_search_side
constexpr double k_burnt = 250;
constexpr double k_white_paper = 236;  // a scan's paper is burnt out everywhere, which is no glare

cv::Mat view_of(Picture const& picture) {
  auto const type = picture.channels == 1 ? CV_8UC1 : CV_8UC3;
  // OpenCV has no view of what it may not write to; nothing here does.
  return {picture.height, picture.width, type, const_cast<std::uint8_t*>(picture.pixels.data())};
}

Picture picture_of(cv::Mat const& mat) {
  Picture picture{mat.cols, mat.rows, mat.channels(), {}};
  picture.pixels.resize(picture.row_bytes() * static_cast<std::size_t>(picture.height));
  for (int y = 0; y < mat.rows; ++y) {
    std::copy_n(mat.ptr(y), picture.row_bytes(),
                picture.pixels.begin() + static_cast<std::ptrdiff_t>(y * picture.row_bytes()));
  }
  return picture;
}

cv::Mat grey_of(cv::Mat const& mat) {
  if (mat.channels() == 1) return mat;
  cv::Mat grey;
  cv::cvtColor(mat, grey, cv::COLOR_RGB2GRAY);
  return grey;
}

/// `scale` becomes what the result's pixels are in the source's.
cv::Mat small_of(cv::Mat const& mat, int long_side, double& scale) {
  scale = std::max(1.0, static_cast<double>(std::max(mat.cols, mat.rows)) / long_side);
  if (scale <= 1.0) return mat;
  cv::Mat small;
  cv::Size const size(std::max(1, cvRound(mat.cols / scale)), std::max(1, cvRound(mat.rows / scale)));
  cv::resize(mat, small, size, 0, 0, cv::INTER_AREA);
  return small;
}

double apart(cv::Point2d const& a, cv::Point2d const& b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Width over height of the page itself, from how its sides run together (Zhang and He, "Whiteboard scanning and image
/// enhancement", 2007, §3.3), with the camera looking at the picture's middle. The focal length comes out of the same
/// sides unless one pair of them is parallel; then it is what such cameras have, 60° from corner to corner.
double aspect_of(std::array<cv::Point2d, 4> const& corner, cv::Size const& picture) {
  auto const plain = (apart(corner[0], corner[1]) + apart(corner[3], corner[2])) /
                     (apart(corner[0], corner[3]) + apart(corner[1], corner[2]));
  auto const at = [&](std::size_t i) {
    return cv::Point3d(corner[i].x - picture.width / 2.0, corner[i].y - picture.height / 2.0, 1);
  };
  auto const m1 = at(0);
  auto const m2 = at(1);
  auto const m3 = at(3);
  auto const m4 = at(2);
  auto const n2 = m1.cross(m4).dot(m3) / m2.cross(m4).dot(m3) * m2 - m1;
  auto const n3 = m1.cross(m4).dot(m2) / m3.cross(m4).dot(m2) * m3 - m1;
  auto const diagonal2 =
      static_cast<double>(picture.width) * picture.width + static_cast<double>(picture.height) * picture.height;
  auto focal2 = 0.75 * diagonal2;
  if (std::abs(n2.z) > 0.03 && std::abs(n3.z) > 0.03) {
    auto const seen = -(n2.x * n3.x + n2.y * n3.y) / (n2.z * n3.z);
    if (seen > 0.2 * diagonal2 && seen < 4 * diagonal2) focal2 = seen;
  }
  auto const length2 = [&](cv::Point3d const& n) { return (n.x * n.x + n.y * n.y) / focal2 + n.z * n.z; };
  auto const aspect = std::sqrt(length2(n2) / length2(n3));
  return aspect > plain / 1.5 && aspect < plain * 1.5 ? aspect : plain;
}

cv::Mat straightened(cv::Mat const& source, std::array<cv::Point2d, 4> const& corner) {
  auto const width = std::max(apart(corner[0], corner[1]), apart(corner[3], corner[2]));
  auto const height = std::max(apart(corner[0], corner[3]), apart(corner[1], corner[2]));
  // The longer side keeps its pixels, the other one follows from the page's shape.
  auto const aspect = aspect_of(corner, source.size());
  cv::Size const size(std::max(1, cvRound(aspect >= 1 ? width : height * aspect)),
                      std::max(1, cvRound(aspect >= 1 ? width / aspect : height)));
  std::array<cv::Point2f, 4> const from{corner[0], corner[1], corner[2], corner[3]};
  auto const w = static_cast<float>(size.width);
  auto const h = static_cast<float>(size.height);
  std::array<cv::Point2f, 4> const to{cv::Point2f{0, 0}, {w, 0}, {w, h}, {0, h}};
  cv::Mat page;
  cv::warpPerspective(source, page, cv::getPerspectiveTransform(from.data(), to.data()), size, cv::INTER_LINEAR,
                      cv::BORDER_REPLICATE);
  return page;
}

void measure(cv::Mat const& page, Corrected& result) {
  double scale = 1;
  auto const grey = grey_of(small_of(page, k_measure_side, scale));
  cv::Mat edges;
  cv::Laplacian(grey, edges, CV_32F);
  cv::Scalar mean;
  cv::Scalar spread;
  cv::meanStdDev(edges, mean, spread);
  result.sharpness = spread[0] * spread[0];
  result.brightness = cv::mean(grey)[0];

  std::vector<std::uint8_t> tones(grey.begin<std::uint8_t>(), grey.end<std::uint8_t>());
  auto const middle = tones.begin() + static_cast<std::ptrdiff_t>(tones.size() / 2);
  std::nth_element(tones.begin(), middle, tones.end());
  if (*middle < k_white_paper) {
    auto const burnt = std::count_if(tones.begin(), tones.end(), [](std::uint8_t tone) { return tone >= k_burnt; });
    result.glare = static_cast<double>(burnt) / static_cast<double>(tones.size());
  }
}

Corrected corrected(Picture const& picture) {
  auto const source = view_of(picture);
  double scale = 1;
  auto const small = grey_of(small_of(source, k_search_side, scale));
  Corrected result;
  auto const quad = find_page(small);
  if (!quad) {
    measure(source, result);
    result.picture = picture;
    return result;
  }
  result.found = true;
  std::array<cv::Point2d, 4> corner;
  for (std::size_t i = 0; i < 4; ++i) {
    auto const& at = (*quad)[i];
    result.cut_off = result.cut_off || at.x < k_at_the_edge || at.y < k_at_the_edge ||
                     at.x > static_cast<float>(small.cols) - k_at_the_edge ||
                     at.y > static_cast<float>(small.rows) - k_at_the_edge;
    // Pixels are measured at their middle.
    corner[i] = {(at.x + 0.5) * scale - 0.5, (at.y + 0.5) * scale - 0.5};
    result.corners[i] = {corner[i].x, corner[i].y};
  }
  auto const page = straightened(source, corner);
  measure(page, result);
  result.picture = picture_of(page);
  return result;
}

/// OpenCV would start a pool of threads of its own for a fraction of a second.
void one_thread() {
  static bool const done = (cv::setNumThreads(1), true);
  static_cast<void>(done);
}

}  // namespace

Result<Corrected> correct_document(Picture const& picture) {
  one_thread();
  try {
    return corrected(picture);
  } catch (std::exception const& problem) {
    return Error::make("picture_failed", Retry::no, problem.what());
  }
}

Advice advice_for(Corrected const& corrected) {
  constexpr double k_least_brightness = 70;
  constexpr double k_most_glare = 0.04;
  constexpr double k_least_sharpness = 60;
  if (!corrected.found) return corrected.brightness < k_least_brightness ? Advice::too_dark : Advice::no_page;
  if (corrected.cut_off) return Advice::page_cut_off;
  if (corrected.brightness < k_least_brightness) return Advice::too_dark;
  if (corrected.glare > k_most_glare) return Advice::glare;
  return corrected.sharpness < k_least_sharpness ? Advice::hold_still : Advice::good;
}

Picture shrunk_to(Picture const& picture, int long_side) {
  one_thread();
  if (std::max(picture.width, picture.height) <= long_side) return picture;
  double scale = 1;
  return picture_of(small_of(view_of(picture), long_side, scale));
}

}  // namespace yizhan::imaging
