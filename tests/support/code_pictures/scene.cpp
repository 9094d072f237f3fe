// From a code's modules to light on a sensor: geometry, surface, optics; then, frame by frame, noise and compression.
#include <cstdio>  // before jpeglib.h, which needs FILE
#include <cstdlib>

#include <jpeglib.h>

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "tests/support/code_pictures/code_pictures.h"

namespace yizhan::test {

namespace {

constexpr int k_width = 1280;
constexpr int k_height = 720;
constexpr double k_focal = 1100;  // pixels: a lens of about 60°
constexpr double k_degree = 3.14159265358979323846 / 180;
constexpr int k_samples = 3;  // a side of each pixel

/// From the sensor to the code's plane, both about their middles: the inverse of a rotation seen through a pinhole.
class Projection {
 public:
  explicit Projection(View const& view) : m_view(view) {
    double const a = view.roll * k_degree, b = view.tilt_x * k_degree, c = view.tilt_y * k_degree;
    // First two columns of R = Rx(b) · Ry(c) · Rz(a).
    m_x = {std::cos(c) * std::cos(a), std::cos(b) * std::sin(a) + std::sin(b) * std::sin(c) * std::cos(a),
           std::sin(b) * std::sin(a) - std::cos(b) * std::sin(c) * std::cos(a)};
    m_y = {-std::cos(c) * std::sin(a), std::cos(b) * std::cos(a) - std::sin(b) * std::sin(c) * std::sin(a),
           std::sin(b) * std::cos(a) + std::cos(b) * std::sin(c) * std::sin(a)};
  }
  /// u·m_x + v·m_y + (0,0,f) is parallel to the ray (x,y,f).
  void operator()(double px, double py, double& u, double& v) const {
    double const x = (px - m_view.centre_x) / k_focal, y = (py - m_view.centre_y) / k_focal;
    double const a = m_x[0] - x * m_x[2], b = m_y[0] - x * m_y[2], c = m_x[1] - y * m_x[2], d = m_y[1] - y * m_y[2];
    double const e = x * k_focal, f = y * k_focal, det = a * d - b * c;
    u = (e * d - b * f) / det;
    v = (a * f - e * c) / det;
  }

 private:
  View const& m_view;
  std::array<double, 3> m_x{};
  std::array<double, 3> m_y{};
};

/// What a point of the code's plane reflects or emits.
double surface(CodeMatrix const& code, View const& view, double u, double v) {
  double const mx = u / view.module + code.width / 2.0, my = v / view.module + code.height / 2.0;
  double const light = view.light_on_dark ? view.black : view.white,
               dark = view.light_on_dark ? view.white : view.black;
  double grey = light;
  if (mx >= 0 && my >= 0 && mx < code.width && my < code.height) {
    grey = code.at(static_cast<int>(mx), static_cast<int>(my)) ? dark : light;
  } else {
    double const far_x = std::max(-mx, mx - code.width) - (code.linear ? 7 : 0),
                 far_y = std::max(-my, my - code.height);
    double const far = std::max(far_x, far_y);
    if (far > 6) return 70 + 25 * std::sin(u / 37) * std::cos(v / 53);  // the room behind
    if (far > 4) return 40;                                             // a telephone's frame, a table's edge
  }
  if (view.grid_pixels > 0) {
    double const gx = mx * view.grid_pixels, gy = my * view.grid_pixels;
    double const fx = gx - std::floor(gx), fy = gy - std::floor(gy);
    if (fx > 0.72 || fy > 0.80) grey *= 1 - view.grid_depth;
  }
  return grey;
}

std::vector<float> sampled(CodeMatrix const& code, View const& view) {
  Projection const project(view);
  std::vector<float> out(static_cast<std::size_t>(k_width) * k_height);
  // Outside the sheet nothing is sharp: one sample will do there.
  double const half = view.module * (std::max(code.width, code.height) / 2.0 + 14);
  for (int y = 0; y < k_height; ++y) {
    for (int x = 0; x < k_width; ++x) {
      double u = 0, v = 0;
      project(x, y, u, v);
      double sum = 0;
      if (std::abs(u) > half || std::abs(v) > half) {
        sum = surface(code, view, u, v) * k_samples * k_samples;
      } else {
        for (int i = 0; i < k_samples * k_samples; ++i) {
          project(x + (i % k_samples + 0.5) / k_samples - 0.5, y + (i / k_samples + 0.5) / k_samples - 0.5, u, v);
          sum += surface(code, view, u, v);
        }
      }
      out[static_cast<std::size_t>(y) * k_width + static_cast<std::size_t>(x)] =
          static_cast<float>(sum / (k_samples * k_samples));
    }
  }
  return out;
}

/// Light falling unevenly, a shadow with an edge, a lamp mirrored in the glass.
void light(std::vector<float>& picture, CodeMatrix const& code, View const& view, PictureRandom& random) {
  double const side = view.module * std::max(code.width, code.height);
  double const angle = random.uniform(0, 360) * k_degree, shadow_angle = random.uniform(0, 360) * k_degree;
  double const shadow_at = random.uniform(-0.2, 0.2) * side;
  double const lamp_angle = random.uniform(0, 360) * k_degree;
  double const lamp_x = view.centre_x + 0.45 * side * std::cos(lamp_angle);
  double const lamp_y = view.centre_y + 0.45 * side * std::sin(lamp_angle);
  double const lamp_radius = side * (0.12 + 0.25 * view.glare);
  for (int y = 0; y < k_height; ++y) {
    for (int x = 0; x < k_width; ++x) {
      auto& pixel = picture[static_cast<std::size_t>(y) * k_width + static_cast<std::size_t>(x)];
      double const dx = x - view.centre_x, dy = y - view.centre_y;
      double grey = pixel;
      if (view.light_slope > 0) {
        double const along = std::clamp((dx * std::cos(angle) + dy * std::sin(angle)) / side + 0.5, 0.0, 1.0);
        grey *= 1 - view.light_slope * along;
      }
      if (view.shadow > 0 && dx * std::cos(shadow_angle) + dy * std::sin(shadow_angle) > shadow_at) {
        grey *= 1 - view.shadow;
      }
      if (view.glare > 0) {
        double const far = std::hypot(x - lamp_x, y - lamp_y) / lamp_radius;
        grey += 330 * view.glare * std::exp(-far * far * far);
      }
      pixel = static_cast<float>(grey);
    }
  }
}

float at(std::vector<float> const& picture, int x, int y) {
  return picture[static_cast<std::size_t>(std::clamp(y, 0, k_height - 1)) * k_width +
                 static_cast<std::size_t>(std::clamp(x, 0, k_width - 1))];
}

void blur_along(std::vector<float>& picture, std::vector<float> const& kernel, double dx, double dy) {
  auto const before = picture;
  int const half = static_cast<int>(kernel.size()) / 2;
  std::vector<std::pair<int, int>> steps;
  for (int i = -half; i <= half; ++i) {
    steps.emplace_back(static_cast<int>(std::lround(i * dx)), static_cast<int>(std::lround(i * dy)));
  }
  for (int y = 0; y < k_height; ++y) {
    for (int x = 0; x < k_width; ++x) {
      float sum = 0;
      for (std::size_t i = 0; i < kernel.size(); ++i) {
        sum += kernel[i] * at(before, x + steps[i].first, y + steps[i].second);
      }
      picture[static_cast<std::size_t>(y) * k_width + static_cast<std::size_t>(x)] = sum;
    }
  }
}

void blur(std::vector<float>& picture, View const& view) {
  if (view.motion > 1) {
    std::vector<float> const kernel(static_cast<std::size_t>(view.motion / 2) * 2 + 1,
                                    static_cast<float>(1.0 / (static_cast<int>(view.motion / 2) * 2 + 1)));
    blur_along(picture, kernel, std::cos(view.motion_angle * k_degree), std::sin(view.motion_angle * k_degree));
  }
  if (view.blur < 0.2) return;
  int const half = static_cast<int>(std::ceil(view.blur * 2.5));
  std::vector<float> kernel;
  float sum = 0;
  for (int i = -half; i <= half; ++i) {
    kernel.push_back(static_cast<float>(std::exp(-i * i / (2 * view.blur * view.blur))));
    sum += kernel.back();
  }
  for (auto& weight : kernel) weight /= sum;
  blur_along(picture, kernel, 1, 0);
  blur_along(picture, kernel, 0, 1);
}

/// There and back through libjpeg. Pictures of our own making: its default handler, which ends the program, never comes to it.
void compress(code_scanner::GreyImage& image, int quality) {
  jpeg_error_mgr errors{};
  jpeg_compress_struct out{};
  out.err = jpeg_std_error(&errors);
  jpeg_create_compress(&out);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&out, &memory, &size);
  out.image_width = static_cast<unsigned>(image.width);
  out.image_height = static_cast<unsigned>(image.height);
  out.input_components = 1;
  out.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&out);
  jpeg_set_quality(&out, quality, TRUE);
  jpeg_start_compress(&out, TRUE);
  while (out.next_scanline < out.image_height) {
    JSAMPROW row = image.pixels.data() + static_cast<std::size_t>(out.next_scanline) * out.image_width;
    jpeg_write_scanlines(&out, &row, 1);
  }
  jpeg_finish_compress(&out);
  jpeg_destroy_compress(&out);
  auto back = code_scanner::decode_image({memory, size});
  std::free(memory);
  if (!back) throw std::runtime_error("a JPEG of our own cannot be read");
  image = std::move(*back);
}

}  // namespace

CodeMatrix code_matrix(std::string_view format, std::string const& text) {
  auto const wanted = ZXing::BarcodeFormatFromString(std::string(format));
  bool const linear = wanted == ZXing::BarcodeFormat::EAN13 || wanted == ZXing::BarcodeFormat::Code128;
  ZXing::MultiFormatWriter writer(wanted);
  writer.setMargin(0);
  if (wanted == ZXing::BarcodeFormat::QRCode) writer.setEccLevel(6);  // of 8: Q
  auto const matrix = writer.encode(text, 0, linear ? 40 : 0);
  CodeMatrix code{matrix.width(), matrix.height(), linear, {}};
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; ++x) code.black.push_back(matrix.get(x, y));
  }
  return code;
}

CodeScene::CodeScene(CodeMatrix const& code, View view, std::uint64_t seed) : m_view(view), m_seed(seed) {
  PictureRandom random(seed ^ 0x5EED);
  m_light = sampled(code, view);
  light(m_light, code, view, random);
  blur(m_light, view);
}

code_scanner::GreyImage CodeScene::frame(std::uint64_t number) const {
  PictureRandom random(m_seed * 31 + number * 7'919 + 1);
  code_scanner::GreyImage image{k_width, k_height, std::vector<std::uint8_t>(m_light.size())};
  auto const impulses = static_cast<std::uint64_t>(m_view.impulses * 65'536);
  for (std::size_t i = 0; i < m_light.size(); ++i) {
    // The sum of four bytes is near enough to a bell curve: mean 510, standard deviation 147.8.
    auto const bits = random.next();
    auto const sum = (bits & 255U) + (bits >> 8 & 255U) + (bits >> 16 & 255U) + (bits >> 24 & 255U);
    double const grey = m_light[i] + (static_cast<double>(sum) - 510) * (m_view.noise / 147.8);
    auto pixel = static_cast<std::uint8_t>(std::clamp(grey + 0.5, 0.0, 255.0));
    if ((bits >> 32 & 65'535U) < impulses) pixel = (bits >> 48 & 1U) != 0 ? 255 : 0;
    image.pixels[i] = pixel;
  }
  if (m_view.jpeg_quality > 0) compress(image, m_view.jpeg_quality);
  return image;
}

}  // namespace yizhan::test
