#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

#include "shared/imaging/quad.h"

namespace yizhan::imaging {

namespace {

using Contour = std::vector<cv::Point>;

constexpr double k_least_share = 0.12;    // of the picture: what is smaller is no page held up to be read
constexpr double k_least_fill = 0.85;     // of the four corners' area that the contour fills
constexpr double k_sharpest_corner = 55;  // degrees
constexpr double k_flattest_corner = 125;

struct Candidate {
  Quad quad;
  double score = 0;
};

/// Clockwise, beginning with the corner nearest to the picture's own.
Quad ordered(std::vector<cv::Point2f> corners) {
  cv::Point2f middle(0, 0);
  for (auto const& corner : corners) middle += corner * 0.25F;
  std::sort(corners.begin(), corners.end(), [&](auto const& a, auto const& b) {
    return std::atan2(a.y - middle.y, a.x - middle.x) < std::atan2(b.y - middle.y, b.x - middle.x);
  });
  auto const first = std::min_element(corners.begin(), corners.end(),
                                      [](auto const& a, auto const& b) { return a.x + a.y < b.x + b.y; });
  std::rotate(corners.begin(), first, corners.end());
  return {corners[0], corners[1], corners[2], corners[3]};
}

double corner_degrees(cv::Point2f const& before, cv::Point2f const& at, cv::Point2f const& after) {
  auto const a = before - at;
  auto const b = after - at;
  auto const cosine = a.dot(b) / (std::hypot(a.x, a.y) * std::hypot(b.x, b.y) + 1e-6);
  return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / CV_PI;
}

bool looks_like_a_page(Quad const& quad) {
  for (std::size_t i = 0; i < 4; ++i) {
    auto const degrees = corner_degrees(quad[(i + 3) % 4], quad[i], quad[(i + 1) % 4]);
    if (degrees < k_sharpest_corner || degrees > k_flattest_corner) return false;
  }
  return true;
}

/// Each side as the line through the contour's own points along it: corners may be round or folded.
Quad refined(Quad const& rough, Contour const& contour) {
  std::array<std::vector<cv::Point2f>, 4> along;
  for (auto const& point : contour) {
    for (std::size_t i = 0; i < 4; ++i) {
      auto const from = rough[i];
      auto const side = rough[(i + 1) % 4] - from;
      auto const length = std::hypot(side.x, side.y);
      cv::Point2f const offset = cv::Point2f(point) - from;
      auto const at = (offset.x * side.x + offset.y * side.y) / (length * length);
      auto const apart = std::abs(offset.x * side.y - offset.y * side.x) / length;
      if (at > 0.1F && at < 0.9F && apart < 6) along[i].push_back(point);
    }
  }
  std::array<cv::Vec4f, 4> lines;
  for (std::size_t i = 0; i < 4; ++i) {
    if (along[i].size() < 10) return rough;
    cv::fitLine(along[i], lines[i], cv::DIST_HUBER, 0, 0.01, 0.01);
  }
  Quad result;
  for (std::size_t i = 0; i < 4; ++i) {
    auto const& a = lines[(i + 3) % 4];
    auto const& b = lines[i];
    auto const cross = a[0] * b[1] - a[1] * b[0];
    if (std::abs(cross) < 0.1F) return rough;
    auto const t = ((b[2] - a[2]) * b[1] - (b[3] - a[3]) * b[0]) / cross;
    result[i] = {a[2] + t * a[0], a[3] + t * a[1]};
    auto const moved = result[i] - rough[i];
    if (std::hypot(moved.x, moved.y) > 40) return rough;
  }
  return result;
}

std::optional<Candidate> candidate_of(Contour const& contour, double picture_area) {
  Contour hull;
  cv::convexHull(contour, hull);
  auto const area = cv::contourArea(hull);
  if (area < k_least_share * picture_area || area > 0.995 * picture_area) return std::nullopt;
  auto const around = cv::arcLength(hull, true);
  for (auto const tolerance : {0.01, 0.02, 0.03, 0.05}) {
    Contour corners;
    cv::approxPolyDP(hull, corners, tolerance * around, true);
    if (corners.size() != 4) continue;
    auto const quad = ordered({corners.begin(), corners.end()});
    std::vector<cv::Point2f> const outline(quad.begin(), quad.end());
    auto const fill = area / std::max(cv::contourArea(outline), 1.0);
    if (fill < k_least_fill || fill > 1.15 || !looks_like_a_page(quad)) return std::nullopt;
    return Candidate{refined(quad, contour), area * (fill > 1 ? 1 / fill : fill)};
  }
  return std::nullopt;
}

void collect(cv::Mat const& black_and_white, std::optional<Candidate>& best) {
  std::vector<Contour> contours;
  cv::findContours(black_and_white, contours, cv::RETR_LIST, cv::CHAIN_APPROX_NONE);
  auto const picture_area = static_cast<double>(black_and_white.total());
  for (auto const& contour : contours) {
    if (contour.size() < 200) continue;
    auto const found = candidate_of(contour, picture_area);
    if (found && (!best || found->score > best->score)) best = found;
  }
}

}  // namespace

std::optional<Quad> find_page(cv::Mat const& grey) {
  cv::Mat calm;
  cv::medianBlur(grey, calm, 5);
  std::optional<Candidate> best;

  // A light page on a darker table: its threshold finds the page whole, writing closed up.
  cv::Mat split;
  auto const middle = cv::threshold(calm, split, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  auto const kernel = cv::getStructuringElement(cv::MORPH_RECT, {9, 9});
  cv::morphologyEx(split, split, cv::MORPH_CLOSE, kernel);
  cv::morphologyEx(split, split, cv::MORPH_OPEN, kernel);
  collect(split, best);
  if (best) return best->quad;

  // Otherwise its edges, the faint ones too.
  for (auto const strength : {1.0, 0.5, 0.25}) {
    cv::Mat edges;
    cv::Canny(calm, edges, middle * strength * 0.5, middle * strength);
    cv::dilate(edges, edges, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    collect(edges, best);
    if (best) return best->quad;
  }
  return std::nullopt;
}

}  // namespace yizhan::imaging
