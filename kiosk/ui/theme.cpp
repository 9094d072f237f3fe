#include "kiosk/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace yizhan::ui {

namespace {

constexpr Colour rgb(std::uint32_t value, std::uint8_t alpha = 255) {
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
          static_cast<std::uint8_t>(value), alpha};
}

constexpr Theme k_civic{
    .palette = Palette::civic,
    .ground = rgb(0xF6F2EA),
    .surface = rgb(0xFFFFFF),
    .surface_high = rgb(0xE4EFEE),
    .ink = rgb(0x17282A),
    .ink_soft = rgb(0x495A5C),
    .line = rgb(0xDCD5C8),
    .brand = rgb(0x0F5C63),
    .brand_deep = rgb(0x0A444A),
    .on_brand = rgb(0xFFFFFF),
    .brand_tint = rgb(0xE1EEED),
    .action = rgb(0xB8440E),
    .action_deep = rgb(0x8F340A),
    .on_action = rgb(0xFFFFFF),
    .focus = rgb(0xC26A00),
    .info = rgb(0x0B557F),
    .info_tint = rgb(0xE2EFF7),
    .good = rgb(0x1C6637),
    .good_tint = rgb(0xE2F2E6),
    .warning = rgb(0x7D5000),
    .warning_tint = rgb(0xFFF0D2),
    .error = rgb(0xA01C1C),
    .error_tint = rgb(0xFBE5E2),
    .disabled = rgb(0xE6E1D8),
    .on_disabled = rgb(0x5E6566),
    .shadow = rgb(0x16302F, 7),
    .scrim = rgb(0x0A2224, 168),
    .motion = true,
    .outlines = false,
};

constexpr Theme k_yellow{
    .palette = Palette::yellow,
    .ground = rgb(0xFFE66B),
    .surface = rgb(0xFFF3B0),
    .surface_high = rgb(0xFFD93B),
    .ink = rgb(0x0B0B0B),
    .ink_soft = rgb(0x2B2A20),
    .line = rgb(0x3A3620),
    .brand = rgb(0x14213D),
    .brand_deep = rgb(0x000000),
    .on_brand = rgb(0xFFE66B),
    .brand_tint = rgb(0xFFEC8F),
    .action = rgb(0x7A1500),
    .action_deep = rgb(0x540F00),
    .on_action = rgb(0xFFF6CC),
    .focus = rgb(0x0B3BA8),
    .info = rgb(0x0A3357),
    .info_tint = rgb(0xFFF3B0),
    .good = rgb(0x0B4020),
    .good_tint = rgb(0xFFF3B0),
    .warning = rgb(0x5A2E00),
    .warning_tint = rgb(0xFFF3B0),
    .error = rgb(0x7D0A0A),
    .error_tint = rgb(0xFFF3B0),
    .disabled = rgb(0xE9D36A),
    .on_disabled = rgb(0x4A4424),
    .shadow = rgb(0x000000, 0),
    .scrim = rgb(0x1A1700, 190),
    .motion = true,
    .outlines = true,
    .line_px = 2,
};

constexpr Theme k_contrast{
    .palette = Palette::contrast,
    .ground = rgb(0x000000),
    .surface = rgb(0x0A0A0A),
    .surface_high = rgb(0x2A2A2A),
    .ink = rgb(0xFFFFFF),
    .ink_soft = rgb(0xE6E6E6),
    .line = rgb(0xFFFFFF),
    .brand = rgb(0x002B2F),
    .brand_deep = rgb(0x00484F),
    .on_brand = rgb(0xFFFFFF),
    .brand_tint = rgb(0x101010),
    .action = rgb(0xFFD400),
    .action_deep = rgb(0xFFF0A0),
    .on_action = rgb(0x000000),
    .focus = rgb(0x00E5FF),
    .info = rgb(0x9BD8FF),
    .info_tint = rgb(0x0A1A26),
    .good = rgb(0x8CF0AA),
    .good_tint = rgb(0x08210F),
    .warning = rgb(0xFFD36B),
    .warning_tint = rgb(0x261A00),
    .error = rgb(0xFFB3AC),
    .error_tint = rgb(0x2B0808),
    .disabled = rgb(0x1E1E1E),
    .on_disabled = rgb(0xB4B4B4),
    .shadow = rgb(0x000000, 0),
    .scrim = rgb(0x000000, 200),
    .motion = false,
    .outlines = true,
    .line_px = 2,
};

}  // namespace

Theme const& theme_of(Palette palette) {
  switch (palette) {
    case Palette::civic: return k_civic;
    case Palette::yellow: return k_yellow;
    case Palette::contrast: return k_contrast;
  }
  return k_civic;
}

Colour Theme::tone(Tone tone) const {
  switch (tone) {
    case Tone::neutral: return brand;
    case Tone::info: return info;
    case Tone::good: return good;
    case Tone::warning: return warning;
    case Tone::error: return error;
  }
  return brand;
}

Colour Theme::tone_tint(Tone tone) const {
  switch (tone) {
    case Tone::neutral: return brand_tint;
    case Tone::info: return info_tint;
    case Tone::good: return good_tint;
    case Tone::warning: return warning_tint;
    case Tone::error: return error_tint;
  }
  return brand_tint;
}

double luminance(Colour colour) {
  auto const channel = [](std::uint8_t value) {
    double const c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(colour.r) + 0.7152 * channel(colour.g) + 0.0722 * channel(colour.b);
}

double contrast(Colour a, Colour b) {
  double const la = luminance(a);
  double const lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Colour blend(Colour bottom, Colour top) {
  auto const mix = [&](std::uint8_t under, std::uint8_t over) {
    return static_cast<std::uint8_t>((under * (255 - top.a) + over * top.a + 127) / 255);
  };
  return {mix(bottom.r, top.r), mix(bottom.g, top.g), mix(bottom.b, top.b), 255};
}

std::vector<TextPair> text_pairs(Theme const& t) {
  // High contrast draws brand-coloured texts and icons in ink: see accent() in pen.cpp.
  Colour const accent = t.palette == Palette::contrast ? t.ink : t.brand;
  std::vector<TextPair> pairs{
      {"ink on ground", t.ink, t.ground},
      {"ink on surface", t.ink, t.surface},
      {"ink on surface_high", t.ink, t.surface_high},
      {"ink_soft on ground", t.ink_soft, t.ground},
      {"ink_soft on surface", t.ink_soft, t.surface},
      {"ink_soft on surface_high", t.ink_soft, t.surface_high},
      {"accent on ground", accent, t.ground},
      {"accent on surface", accent, t.surface},
      {"accent on surface_high", accent, t.surface_high},
      {"accent on brand_tint", accent, t.brand_tint},
      {"ink on brand_tint", t.ink, t.brand_tint},
      {"ink_soft on brand_tint", t.ink_soft, t.brand_tint},
      {"on_brand on brand", t.on_brand, t.brand},
      {"on_brand on brand_deep", t.on_brand, t.brand_deep},
      {"on_action on action", t.on_action, t.action},
      {"on_action on action_deep", t.on_action, t.action_deep},
      {"on_disabled on disabled", t.on_disabled, t.disabled},
  };
  for (Tone const tone : {Tone::info, Tone::good, Tone::warning, Tone::error}) {
    pairs.push_back({"tone on its tint", t.tone(tone), t.tone_tint(tone)});
    pairs.push_back({"tone on surface", t.tone(tone), t.surface});
    pairs.push_back({"tone on ground", t.tone(tone), t.ground});
    pairs.push_back({"ink on a tint", t.ink, t.tone_tint(tone)});
    pairs.push_back({"ink_soft on a tint", t.ink_soft, t.tone_tint(tone)});
  }
  pairs.push_back({"danger button", t.error_tint, t.error});
  return pairs;
}

}  // namespace yizhan::ui
