#include "peripherals/code_scanner/zxing_adapter.h"

#define ZX_USE_UTF8 1  // 1.4: text() gives UTF-8, as it always does from 2.0 on
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>

#include "peripherals/code_scanner/charset.h"

// 2.2 renamed DecodeHints and can look for light codes on dark by itself; 1.4 (Debian 12) cannot, decode.cpp inverts
// the picture by hand for both.
#if __has_include(<ZXing/ReaderOptions.h>)
#include <ZXing/ReaderOptions.h>
using ZXingOptions = ZXing::ReaderOptions;
#else
#include <ZXing/DecodeHints.h>
using ZXingOptions = ZXing::DecodeHints;
#endif

namespace yizhan::code_scanner {

namespace {

ZXing::Binarizer binarizer_of(Threshold threshold) {
  switch (threshold) {
    case Threshold::local: return ZXing::Binarizer::LocalAverage;
    case Threshold::global: return ZXing::Binarizer::GlobalHistogram;
    case Threshold::fixed: return ZXing::Binarizer::FixedThreshold;
    case Threshold::none: return ZXing::Binarizer::BoolCast;
  }
  return ZXing::Binarizer::LocalAverage;
}

/// Formats that hold letters enough and check digits enough to be no accident. Left out: those without a check digit
/// (Codabar, Code 39, ITF), short ones (EAN-8, UPC-E) and those that stripes resemble (DataBar).
ZXing::BarcodeFormats formats_of(Kinds kinds) {
  using ZXing::BarcodeFormat;
  switch (kinds) {
    case Kinds::all: return {};
    case Kinds::sound:
      return BarcodeFormat::QRCode | BarcodeFormat::DataMatrix | BarcodeFormat::Aztec | BarcodeFormat::PDF417 |
             BarcodeFormat::EAN13 | BarcodeFormat::Code128;
    case Kinds::qr: return BarcodeFormat::QRCode;
    case Kinds::square: return BarcodeFormat::QRCode | BarcodeFormat::DataMatrix | BarcodeFormat::Aztec;
    case Kinds::bars: return BarcodeFormat::EAN13 | BarcodeFormat::Code128;
  }
  return {};
}

/// Formats without a check digit or with few letters are found in noise and print: two equal lines are enough for ZXing. Only what
/// stands in many lines is taken from them.
template <class Code>
bool is_accident(Code const& code) {
  using ZXing::BarcodeFormat;
  constexpr int k_enough_lines = 6;
  auto const weak = BarcodeFormat::Codabar | BarcodeFormat::Code39 | BarcodeFormat::Code93 | BarcodeFormat::ITF |
                    BarcodeFormat::EAN8 | BarcodeFormat::UPCE | BarcodeFormat::DataBar | BarcodeFormat::DataBarExpanded;
  return weak.testFlag(code.format()) && code.lineCount() < k_enough_lines;
}

/// ZXing prints "EAN-13" for the format it calls EAN13.
std::string name_of(ZXing::BarcodeFormat format) {
  std::string name(ZXing::ToString(format));
  std::erase(name, '-');
  return name;
}

template <class Code>
FoundCode convert(Code const& code) {
  FoundCode found{name_of(code.format()), {}, {}};
  if (code.hasECI()) {
    found.text = code.text();
  } else {
    auto const& bytes = code.bytes();
    found.text = text_of_bytes({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
  }
  for (auto const& corner : code.position()) found.corners.emplace_back(corner.x, corner.y);
  return found;
}

}  // namespace

std::vector<FoundCode> read_codes(GreyImage const& image, ReadOptions options) {
  std::vector<FoundCode> found;
  constexpr int k_smallest_code = 8;  // modules of the lower side of a Data Matrix
  if (image.width < k_smallest_code || image.height < k_smallest_code) return found;
  try {
    ZXingOptions hints;
    hints.setTryHarder(options.effort >= Effort::harder);
    hints.setTryRotate(options.effort >= Effort::turned);
    // 1.4 ends the program by an assertion where it finds the same bars in two sizes. Smaller pictures are our own passes.
    hints.setTryDownscale(false);
    hints.setFormats(formats_of(options.kinds));
    hints.setBinarizer(binarizer_of(options.threshold));
#if __has_include(<ZXing/ReaderOptions.h>)
    hints.setTryInvert(false);
    hints.setTextMode(ZXing::TextMode::Plain);
#endif
    ZXing::ImageView const view(image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum);
    for (auto const& code : ZXing::ReadBarcodes(view, hints)) {
      if (!code.isValid() || is_accident(code)) continue;
      auto converted = convert(code);
      auto const same = [&](FoundCode const& other) {
        return other.format == converted.format && other.text == converted.text;
      };
      if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(converted));
    }
  } catch (std::exception const&) {
    found.clear();
  }
  return found;
}

}  // namespace yizhan::code_scanner
