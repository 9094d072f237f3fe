#include "tests/support/code_pictures/code_pictures.h"

#include <algorithm>
#include <cmath>

namespace yizhan::test {

std::uint64_t PictureRandom::next() {
  m_state += 0x9E3779B97F4A7C15U;
  auto z = m_state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

double PictureRandom::uniform(double low, double high) {
  return low + (high - low) * static_cast<double>(next() >> 11) / 9007199254740992.0;  // 2^53
}

char const* to_string(Difficulty difficulty) {
  switch (difficulty) {
    case Difficulty::rotation: return "rotation";
    case Difficulty::perspective: return "perspective";
    case Difficulty::blur: return "blur";
    case Difficulty::motion: return "motion";
    case Difficulty::noise: return "noise";
    case Difficulty::glare: return "glare";
    case Difficulty::low_contrast: return "low_contrast";
    case Difficulty::inverted: return "inverted";
    case Difficulty::screen_grid: return "screen_grid";
    case Difficulty::small: return "small";
    case Difficulty::uneven_light: return "uneven_light";
    case Difficulty::jpeg: return "jpeg";
    case Difficulty::combined: return "combined";
    case Difficulty::other: return "other";
  }
  return "";
}

std::string ticket_like_text(std::uint64_t seed, int length) {
  constexpr std::string_view k_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  PictureRandom random(seed);
  std::string text = "YZ1:";
  for (int i = 0; i < length; ++i) text += k_letters[static_cast<std::size_t>(random.below(45))];
  return text;
}

namespace {

/// The mildest form of everything, so that a picture is never only its difficulty.
View plain_view(PictureRandom& random, int modules, double pixels) {
  View view;
  view.module = pixels / modules;
  view.centre_x = 640 + random.uniform(-120, 120);
  view.centre_y = 360 + random.uniform(-30, 30);
  view.roll = random.uniform(-8, 8);
  view.tilt_x = random.uniform(-8, 8);
  view.tilt_y = random.uniform(-8, 8);
  view.black = random.uniform(15, 45);
  view.white = random.uniform(185, 235);
  return view;
}

/// `t` is 0 … 1; at 1 most of it cannot be read any more.
void make_difficult(View& view, Difficulty difficulty, double t, int modules, PictureRandom& random) {
  auto const between = [t](double easy, double hard) { return easy + (hard - easy) * t; };
  switch (difficulty) {
    case Difficulty::rotation:
      view.roll = random.uniform(-180, 180);
      view.blur = between(0.5, 1.4);
      break;
    case Difficulty::perspective:
      (random.below(2) == 0 ? view.tilt_x : view.tilt_y) = (random.below(2) == 0 ? 1 : -1) * between(20, 62);
      view.roll = random.uniform(-30, 30);
      break;
    case Difficulty::blur: view.blur = view.module * between(0.3, 1.0); break;
    case Difficulty::motion:
      view.motion = view.module * between(0.5, 2.6);
      view.motion_angle = random.uniform(0, 180);
      break;
    case Difficulty::noise:
      view.noise = between(12, 95);
      view.impulses = random.below(2) == 0 ? between(0.0, 0.10) : 0;
      break;
    case Difficulty::glare: view.glare = between(0.25, 1.0); break;
    case Difficulty::low_contrast: {
      double const range = between(45, 5);
      view.black = random.uniform(20, 200);
      view.white = view.black + range;
      view.noise = between(1.5, 3);
      break;
    }
    case Difficulty::inverted:
      view.light_on_dark = true;
      view.blur = view.module * between(0.15, 0.7);
      view.glare = random.below(3) == 0 ? between(0.2, 0.7) : 0;
      view.noise = between(2, 14);
      break;
    case Difficulty::screen_grid:
      view.grid_pixels = 1 + random.below(4);
      view.grid_depth = between(0.4, 1.0);
      view.light_on_dark = random.below(3) == 0;
      view.blur = random.uniform(0.3, 0.8);
      view.noise = between(2, 14);
      break;
    case Difficulty::small:
      view.module = between(2.4, 1.0);
      view.blur = random.uniform(0.4, 0.6);
      view.centre_x = random.uniform(200, 1080);
      view.centre_y = random.uniform(180, 540);
      break;
    case Difficulty::uneven_light:
      view.light_slope = between(0.6, 0.97);
      view.shadow = between(0.3, 0.92);
      view.noise = between(2, 5);
      break;
    case Difficulty::jpeg:
      view.jpeg_quality = static_cast<int>(between(35, 2));
      view.module = std::min(view.module, 480.0 / modules);
      break;
    case Difficulty::combined:
      view.roll = random.uniform(-180, 180);
      view.tilt_x = random.uniform(-1, 1) * between(10, 40);
      view.tilt_y = random.uniform(-1, 1) * between(10, 40);
      view.blur = view.module * between(0.15, 0.5);
      view.noise = between(4, 26);
      view.black = between(25, 70);
      view.white = between(190, 120);
      view.light_slope = between(0.2, 0.7);
      view.light_on_dark = random.below(3) == 0;
      if (random.below(3) == 0) view.glare = between(0.2, 0.6);
      if (random.below(2) == 0) view.jpeg_quality = static_cast<int>(between(60, 15));
      if (random.below(3) == 0) {
        view.grid_pixels = 1 + random.below(3);
        view.grid_depth = between(0.3, 0.8);
      }
      break;
    case Difficulty::other:
      view.roll = random.uniform(-180, 180);
      view.blur = view.module * between(0.15, 0.6);
      view.noise = between(2, 30);
      view.light_on_dark = random.below(4) == 0;
      break;
  }
}

}  // namespace

CodePicture code_picture(Difficulty difficulty, int severity, std::uint64_t seed) {
  CodePicture picture;
  picture.difficulty = difficulty;
  picture.severity = severity;
  picture.seed =
      seed * 1'000'003 + static_cast<std::uint64_t>(difficulty) * 1'009 + static_cast<std::uint64_t>(severity);
  PictureRandom random(picture.seed);
  double pixels = random.uniform(360, 560);
  if (difficulty == Difficulty::other) {
    constexpr char const* k_formats[] = {"DataMatrix", "EAN13", "Code128"};
    picture.format = k_formats[severity % 3];
    picture.text = severity % 3 == 1 ? "6901234567892" : "DOC-" + std::to_string(100'000 + random.below(900'000));
    if (severity % 3 == 0) pixels = random.uniform(140, 240);
  } else {
    picture.format = "QRCode";
    // A ticket's code as often as any other: their modules are small.
    if (severity % 2 == 0) {
      picture.text = ticket_like_text(picture.seed, 276 + random.below(25));
    } else {
      picture.text = "https://example.org/t/" + std::to_string(10'000'000 + random.below(90'000'000));
      pixels = random.uniform(150, 330);
    }
  }
  auto const modules = code_matrix(picture.format, picture.text).width;
  picture.view = plain_view(random, modules, pixels);
  make_difficult(picture.view, difficulty, static_cast<double>(severity) / (k_pictures_each - 1), modules, random);
  return picture;
}

}  // namespace yizhan::test
