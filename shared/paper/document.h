#pragma once
/// A4 documents for residents: one-time notice (一次性告知单), application form (申请表), acceptance slip (受理通知书),
/// receipt (收件回执), notice of supplement (补正通知书), notice of refusal (不予受理通知书). One model for all of them:
/// what is in it, its sentences included, is the caller's; how it looks is this room's.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::paper {

/// Of the document's own few words ("Page 1 of 2") and of shared shapes of hanzi.
enum class Language { zh_CN, en };

/// "label   value", the value wraps. An empty value is a line to write on.
struct DocumentRow {
  std::string label;
  std::string value;
};
/// Rows with fewer cells than `head` are filled up; a row is never split over pages, `head` is repeated on each.
struct DocumentTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<double> widths;  // relative; empty: equal
};
/// Drawn in this order; what is empty is left out. `text` keeps its line breaks.
struct DocumentPart {
  std::string heading;
  std::string text;
  std::vector<DocumentRow> rows;
  std::optional<DocumentTable> table;
};

/// Eight bits a pixel, rows without padding, 0 is black.
struct GreyPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> grey;
};
/// Pen strokes on a field of width × height, any unit.
struct StrokePoint {
  double x = 0;
  double y = 0;
};
struct Strokes {
  double width = 0;
  double height = 0;
  std::vector<std::vector<StrokePoint>> lines;
};
using SignaturePicture = std::variant<GreyPicture, Strokes>;

/// All text is UTF-8 and printed as it is, control characters (other than line breaks in `text`) left out.
struct Document {
  std::string title;  // required
  std::string subtitle;
  std::string hall;
  std::string number;     // of the case or notice
  std::string date_text;  // as it is printed
  std::vector<DocumentPart> parts;
  std::string qr;  // what the code holds, or empty
  std::string qr_caption;
  std::optional<SignaturePicture> signature;
  std::string signature_caption;  // also without a signature: a line to sign on
  std::string footer;             // on each page
  Language language = Language::zh_CN;
  std::chrono::sys_seconds created{};  // CreationDate of the file
};

/// The same bytes for an equal document and the same fonts. At most 60 pages. Thread: any one at a time.
/// Errors: paper_title_empty, paper_too_long, qr_too_long, paper_failed.
Result<std::vector<std::byte>> render_pdf(Document const& document);

/// The same pages as pictures, for a preview. REQUIRES: 30 ≤ dpi ≤ 400. Errors: as render_pdf().
Result<std::vector<GreyPicture>> render_pages(Document const& document, int dpi);

}  // namespace yizhan::paper
