#include "tests/support/code_pictures/code_free.h"

#include <algorithm>
#include <cmath>

namespace yizhan::test {

namespace {

using code_scanner::GreyImage;

constexpr double k_turn = 2 * 3.14159265358979323846;

std::uint8_t& at(GreyImage& image, int x, int y) {
  return image
      .pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)];
}
std::uint8_t grey(double value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)); }

GreyImage blank(int width, int height, std::uint8_t tone) {
  return {width, height,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), tone)};
}

void fill(GreyImage& image, int x, int y, int width, int height, std::uint8_t tone) {
  for (int row = std::max(0, y); row < std::min(image.height, y + height); ++row) {
    for (int column = std::max(0, x); column < std::min(image.width, x + width); ++column)
      at(image, column, row) = tone;
  }
}

void add_noise(GreyImage& image, int most, PictureRandom& random) {
  for (auto& pixel : image.pixels) {
    pixel = static_cast<std::uint8_t>(std::clamp(static_cast<int>(pixel) + random.below(2 * most + 1) - most, 0, 255));
  }
}

GreyImage noise(int width, int height, PictureRandom& random) {
  auto image = blank(width, height, 0);
  int const blot = 1 << random.below(4);
  bool const two_tones = random.below(2) == 0;
  for (int y = 0; y < height; y += blot) {
    for (int x = 0; x < width; x += blot) {
      auto const tone = static_cast<std::uint8_t>(random.below(256));
      fill(image, x, y, blot, blot, two_tones ? (tone < 128 ? std::uint8_t{30} : std::uint8_t{220}) : tone);
    }
  }
  return image;
}

GreyImage gratings(int width, int height, PictureRandom& random) {
  auto image = blank(width, height, 0);
  double const period = random.uniform(3, 40), angle = random.uniform(0, k_turn);
  double const second = random.uniform(3, 40),
               second_angle = random.below(2) == 0 ? angle + k_turn / 4 : random.uniform(0, k_turn);
  bool const square = random.below(2) == 0, crossed = random.below(2) == 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double wave = std::sin((x * std::cos(angle) + y * std::sin(angle)) * k_turn / period);
      if (crossed) wave *= std::sin((x * std::cos(second_angle) + y * std::sin(second_angle)) * k_turn / second);
      if (square) wave = wave > 0 ? 1 : -1;
      at(image, x, y) = grey(128 + 95 * wave);
    }
  }
  add_noise(image, 4, random);
  return image;
}

void add_oval(GreyImage& image, double cx, double cy, double rx, double ry, double tone) {
  for (int y = std::max(0, static_cast<int>(cy - ry)); y < std::min(image.height, static_cast<int>(cy + ry) + 1); ++y) {
    for (int x = std::max(0, static_cast<int>(cx - rx)); x < std::min(image.width, static_cast<int>(cx + rx) + 1);
         ++x) {
      double const dx = (x - cx) / rx, dy = (y - cy) / ry, inside = 1 - dx * dx - dy * dy;
      if (inside > 0) at(image, x, y) = grey(at(image, x, y) + tone * std::min(1.0, 2 * inside));
    }
  }
}

GreyImage faces(int width, int height, PictureRandom& random) {
  auto image = blank(width, height, static_cast<std::uint8_t>(40 + random.below(120)));
  int const people = 1 + random.below(4);
  for (int i = 0; i < people; ++i) {
    double const size = random.uniform(0.08, 0.3) * height;
    double const x = random.uniform(0, width), y = random.uniform(0, height);
    add_oval(image, x, y, size, 1.3 * size, random.uniform(30, 90));
    for (double const side : {-0.4, 0.4}) {
      add_oval(image, x + side * size, y - 0.3 * size, 0.18 * size, 0.1 * size, -80);
      add_oval(image, x + side * size, y - 0.3 * size, 0.06 * size, 0.06 * size, -60);
    }
    add_oval(image, x, y + 0.6 * size, 0.4 * size, 0.12 * size, -50);
    add_oval(image, x, y - 1.1 * size, size, 0.5 * size, -90);
  }
  add_noise(image, 2 + random.below(12), random);
  return image;
}

void add_box(GreyImage& image, int x, int y, int module) {
  fill(image, x, y, 7 * module, 7 * module, 30);
  fill(image, x + module, y + module, 5 * module, 5 * module, 225);
  fill(image, x + 2 * module, y + 2 * module, 3 * module, 3 * module, 30);
}

GreyImage print(int width, int height, PictureRandom& random) {
  auto image = blank(width, height, 225);
  int const letter = 8 + random.below(24), stroke = std::max(1, letter / 8);
  for (int y = letter; y + letter < height; y += letter * 3 / 2) {
    for (int x = letter; x + letter < width; x += letter) {
      if (random.below(8) == 0) continue;
      for (int strokes = 2 + random.below(5); strokes > 0; --strokes) {
        int const dx = random.below(letter * 4 / 5), dy = random.below(letter * 4 / 5),
                  length = letter / 3 + random.below(letter / 2);
        random.below(2) == 0 ? fill(image, x + dx, y + dy, length, stroke, 40)
                             : fill(image, x + dx, y + dy, stroke, length, 40);
      }
    }
  }
  for (int boxes = random.below(5); boxes > 0; --boxes)
    add_box(image, random.below(width), random.below(height), 2 + random.below(5));
  // Stripes like the edge of an air mail letter or of a barcode that was cut off.
  if (random.below(3) == 0) {
    int const top = random.below(height);
    for (int x = 0; x < width; x += 2 + random.below(9))
      fill(image, x, top, 1 + random.below(5), 30 + random.below(40), 40);
  }
  add_noise(image, 3 + random.below(8), random);
  return image;
}

}  // namespace

GreyImage code_free_frame(CodeFree kind, int width, int height, std::uint64_t seed) {
  PictureRandom random(seed * 4 + static_cast<std::uint64_t>(kind));
  switch (kind) {
    case CodeFree::noise: return noise(width, height, random);
    case CodeFree::gratings: return gratings(width, height, random);
    case CodeFree::faces: return faces(width, height, random);
    case CodeFree::print: return print(width, height, random);
  }
  return {};
}

CodeMatrix altered(CodeMatrix const& code, CodeMatrix const& other, Alteration how, std::uint64_t seed) {
  PictureRandom random(seed);
  auto out = code;
  double const share = random.uniform(0.01, 0.35);
  auto const index = [&](int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(code.width) + static_cast<std::size_t>(x);
  };
  switch (how) {
    case Alteration::flipped:
      for (std::size_t i = 0; i < out.black.size(); ++i) {
        if (random.uniform(0, 1) < share) out.black[i] = !out.black[i];
      }
      break;
    case Alteration::cut: {
      // A strip of white or black, from one side or in the middle.
      bool const across = random.below(2) == 0, ink = random.below(4) == 0;
      int const side = across ? code.height : code.width, depth = std::max(1, static_cast<int>(side * share * 1.5));
      int const from = random.below(side - std::min(side - 1, depth));
      for (int y = 0; y < code.height; ++y) {
        for (int x = 0; x < code.width; ++x) {
          int const along = across ? y : x;
          if (along >= from && along < from + depth) out.black[index(x, y)] = ink;
        }
      }
      break;
    }
    case Alteration::mixed: {
      int const from = static_cast<int>(code.height * random.uniform(0.1, 0.9));
      bool const in_turn = random.below(4) == 0;
      for (int y = 0; y < code.height; ++y) {
        for (int x = 0; x < code.width; ++x) {
          if (in_turn ? y % 2 == 1 : y >= from) out.black[index(x, y)] = other.at(x, y);
        }
      }
      break;
    }
  }
  return out;
}

GreyImage flat_frame(CodeMatrix const& code, int module, int width, int height, std::uint64_t seed) {
  PictureRandom random(seed);
  auto image = blank(width, height, 215);
  int const left = (width - code.width * module) / 2, top = (height - code.height * module) / 2;
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; ++x) {
      if (code.at(x, y)) fill(image, left + x * module, top + y * module, module, module, 35);
    }
  }
  add_noise(image, 6, random);
  return image;
}

}  // namespace yizhan::test
