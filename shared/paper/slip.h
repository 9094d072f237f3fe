#pragma once
/// The short form of a document, for the ticket printer: receipt, acceptance, list of what to bring.
#include <string>
#include <vector>

#include "shared/paper/document.h"
#include "shared/paper/mono_image.h"
#include "shared/paper/ticket.h"

namespace yizhan::paper {

/// A material with a box to tick.
struct SlipItem {
  std::string text;
  std::string note;
  bool checked = false;
};

/// As Document: the sentences are the caller's, empty fields leave no gap. REQUIRES: names and numbers masked.
struct Slip {
  std::string hall;
  std::string title;  // required
  std::string subtitle;
  std::string number;  // large, where there is one
  std::string date_text;
  std::vector<DocumentRow> rows;
  std::string items_heading;
  std::vector<SlipItem> items;
  std::string qr;
  std::string qr_caption;
  std::string footer;
};

/// Thread: any one at a time. Errors: paper_title_empty, paper_too_long (over 1.5 m), qr_too_long, paper_failed.
Result<MonoImage> render_slip(Slip const& slip, PaperWidth width);

}  // namespace yizhan::paper
