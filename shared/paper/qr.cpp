#include "shared/paper/qr.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <exception>
#include <string>

namespace yizhan::paper {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Result<MonoImage> make_qr(std::string_view text, QrLevel level) {
  if (text.empty()) return Error::make("qr_empty");
  try {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    // ZXing's scale 1 … 8 stands for the four levels L M Q H, two numbers each.
    writer.setMargin(0).setEccLevel(level == QrLevel::medium ? 4 : 6);
    if (!is_ascii(text)) writer.setEncoding(ZXing::CharacterSet::UTF8);
    auto const matrix = writer.encode(std::string(text), 0, 0);
    MonoImage image(matrix.width(), matrix.height());
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        if (matrix.get(x, y)) image.set_black(x, y);
      }
    }
    return image;
  } catch (std::exception const& problem) {
    return Error::make("qr_too_long", Retry::no, std::to_string(text.size()) + " bytes: " + problem.what());
  }
}

MonoImage enlarge_qr(MonoImage const& qr, int module) {
  MonoImage image((qr.width + 2 * k_qr_quiet_zone) * module, (qr.height + 2 * k_qr_quiet_zone) * module);
  for (int y = 0; y < qr.height * module; ++y) {
    for (int x = 0; x < qr.width * module; ++x) {
      if (qr.black(x / module, y / module)) image.set_black(x + k_qr_quiet_zone * module, y + k_qr_quiet_zone * module);
    }
  }
  return image;
}

}  // namespace yizhan::paper
