#include "tests/support/pages/photo.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

namespace yizhan::test {

namespace {

/// Maps a pixel of the photo to the page's own, (0, 0) to (1, 1).
class ToPage {
 public:
  explicit ToPage(std::array<imaging::Point, 4> const& corners) {
    constexpr std::array<std::array<double, 2>, 4> k_page{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
    // Eight unknowns: u = (ax + by + c) / (gx + hy + 1), v likewise.
    std::array<std::array<double, 9>, 8> m{};
    for (std::size_t i = 0; i < 4; ++i) {
      auto const [x, y] = corners[i];
      auto const [u, v] = k_page[i];
      m[2 * i] = {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
      m[2 * i + 1] = {0, 0, 0, x, y, 1, -v * x, -v * y, v};
    }
    for (std::size_t column = 0; column < 8; ++column) {
      auto const pivot = std::max_element(m.begin() + static_cast<std::ptrdiff_t>(column), m.end(),
                                          [&](auto& a, auto& b) { return std::abs(a[column]) < std::abs(b[column]); });
      std::swap(m[column], *pivot);
      for (std::size_t row = 0; row < 8; ++row) {
        if (row == column) continue;
        auto const factor = m[row][column] / m[column][column];
        for (std::size_t k = column; k < 9; ++k) m[row][k] -= factor * m[column][k];
      }
    }
    for (std::size_t i = 0; i < 8; ++i) m_h[i] = m[i][8] / m[i][i];
  }
  [[nodiscard]] imaging::Point at(double x, double y) const {
    auto const w = m_h[6] * x + m_h[7] * y + 1;
    return {(m_h[0] * x + m_h[1] * y + m_h[2]) / w, (m_h[3] * x + m_h[4] * y + m_h[5]) / w};
  }

 private:
  std::array<double, 8> m_h{};
};

double tone(paper::GreyPicture const& page, imaging::Point at) {
  auto const x = at.x * page.width - 0.5;
  auto const y = at.y * page.height - 0.5;
  auto const pixel = [&](double column, double row) {
    auto const c = std::clamp(static_cast<int>(column), 0, page.width - 1);
    auto const r = std::clamp(static_cast<int>(row), 0, page.height - 1);
    return static_cast<double>(page.grey[static_cast<std::size_t>(r * page.width + c)]);
  };
  auto const fx = x - std::floor(x);
  auto const fy = y - std::floor(y);
  auto const top = pixel(std::floor(x), std::floor(y)) * (1 - fx) + pixel(std::floor(x) + 1, std::floor(y)) * fx;
  auto const low =
      pixel(std::floor(x), std::floor(y) + 1) * (1 - fx) + pixel(std::floor(x) + 1, std::floor(y) + 1) * fx;
  return top * (1 - fy) + low * fy;
}

/// Running means, rows then columns.
void blur(std::vector<double>& tones, int width, int height, int radius) {
  auto const pass = [&](int lines, int length, int line_step, int step) {
    std::vector<double> sums(static_cast<std::size_t>(length) + 1);
    for (int line = 0; line < lines; ++line) {
      auto const at = [&](int i) { return static_cast<std::size_t>(line * line_step + i * step); };
      for (int i = 0; i < length; ++i)
        sums[static_cast<std::size_t>(i) + 1] = sums[static_cast<std::size_t>(i)] + tones[at(i)];
      for (int i = 0; i < length; ++i) {
        auto const from = std::max(0, i - radius);
        auto const to = std::min(length, i + radius + 1);
        tones[at(i)] = (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) / (to - from);
      }
    }
  };
  pass(height, width, width, 1);
  pass(width, height, 1, width);
}

}  // namespace

imaging::Picture photograph(paper::GreyPicture const& page, Scene const& scene) {
  ToPage const to_page(scene.corners);
  std::vector<double> tones;
  tones.reserve(static_cast<std::size_t>(scene.width) * static_cast<std::size_t>(scene.height));
  for (int y = 0; y < scene.height; ++y) {
    for (int x = 0; x < scene.width; ++x) {
      double sum = 0;
      for (auto const& [dx, dy] : {std::pair{0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}}) {
        auto const at = to_page.at(x + dx, y + dy);
        bool const on_page = at.x >= 0 && at.x < 1 && at.y >= 0 && at.y < 1;
        // The table's grain runs along x and is faint.
        sum += on_page ? tone(page, at) * scene.paper / 255
                       : scene.table + 6 * std::sin(y * 0.11 + 2 * std::sin(x * 0.004));
      }
      tones.push_back(sum / 4);
    }
  }
  if (scene.highlight) {
    auto const middle_x = (scene.corners[0].x + scene.corners[2].x) / 2;
    auto const middle_y = (scene.corners[0].y + scene.corners[2].y) / 2;
    auto const radius = scene.height * 0.16;
    for (int y = 0; y < scene.height; ++y) {
      for (int x = 0; x < scene.width; ++x) {
        auto const distance = std::hypot(x - middle_x, y - middle_y) / radius;
        if (distance < 1.2) tones[static_cast<std::size_t>(y * scene.width + x)] += 400 * (1.2 - distance);
      }
    }
  }
  if (scene.blur > 0) blur(tones, scene.width, scene.height, scene.blur);
  imaging::Picture picture{scene.width, scene.height, 3, {}};
  picture.pixels.reserve(picture.row_bytes() * static_cast<std::size_t>(scene.height));
  std::minstd_rand noise(7);
  for (auto const one : tones) {
    auto const grain =
        scene.noise == 0 ? 0 : static_cast<int>(noise() % static_cast<unsigned>(2 * scene.noise + 1)) - scene.noise;
    // Lamps of halls are warm.
    for (auto const warmth : {1.0, 0.98, 0.93}) {
      picture.pixels.push_back(static_cast<std::uint8_t>(std::clamp((one + grain) * warmth, 0.0, 255.0)));
    }
  }
  return picture;
}

paper::Document register_page() {
  paper::Document page;
  page.title = "常住人口登记卡";
  page.subtitle = "（演示样张，虚构人员）";
  page.number = "420106-0017";
  page.date_text = "2024年3月5日登记";
  page.qr = "YZ-DEMO-REGISTER-0017";
  page.parts.push_back({"",
                        "",
                        {{"姓名", "张三"},
                         {"户主或与户主关系", "户主"},
                         {"性别", "男"},
                         {"民族", "汉"},
                         {"出生日期", "1990年3月7日"},
                         {"公民身份号码", "420106199003070016"},
                         {"籍贯", "湖北省武汉市"},
                         {"住址", "示范市示范区示范街道一号路17号2单元301室"},
                         {"文化程度", "大学本科"},
                         {"婚姻状况", "已婚"},
                         {"服务处所", "示范街道便民服务站"},
                         {"何时由何地迁来本址", "2015年6月18日由示范市示范区二号路迁入"}},
                        {}});
  page.parts.push_back({"登记事项变更和更正记载", "本页其余栏目空白。", {}, {}});
  page.signature_caption = "承办人签章";
  return page;
}

paper::GreyPicture rendered(paper::Document const& document, int dpi) {
  auto pages = paper::render_pages(document, dpi);
  if (!pages || pages->empty()) throw std::runtime_error("no page");
  return std::move(pages->front());
}

}  // namespace yizhan::test
