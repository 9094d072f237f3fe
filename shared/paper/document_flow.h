#pragma once
/// A document on as many pages as it takes. Inside shared/paper only.
#include <optional>
#include <string>
#include <vector>

#include "shared/paper/sheet.h"

namespace yizhan::paper {

/// Where pages are drawn.
class PageTarget {
 public:
  virtual ~PageTarget() = default;
  /// A blank page in points.
  virtual cairo_t* begin_page() = 0;
  virtual void end_page() = 0;
};

inline constexpr int k_most_pages = 60;

/// Draws once; `pages` is what the footers call the number of all pages.
class DocumentFlow {
 public:
  DocumentFlow(Document const& document, std::optional<MonoImage> qr, PageTarget& target, int pages)
      : m_document(document), m_qr(std::move(qr)), m_target(target), m_pages(pages) {}
  /// How many pages it took; drawing stops behind the most of them. Errors: paper_too_long.
  Result<int> draw();

 private:
  struct Column {
    double x = 0;
    double width = 0;
  };
  void begin_page();
  void end_page();
  /// A new page where `height` does not fit any more, unless this one is empty.
  void need(double height);
  [[nodiscard]] double left() const;
  void head();
  [[nodiscard]] bool signed_below() const;
  /// Of a part without rows and table, as long as it is short; else 0.
  [[nodiscard]] double height_of_words(DocumentPart const& part) const;
  void part(DocumentPart const& part);
  void heading(std::string const& text);
  void paragraph(std::string const& text);
  void rows(std::vector<DocumentRow> const& rows);
  void table(DocumentTable const& table);
  /// Cells side by side, each wrapped; over pages only where one alone is too small for it. `repeat`: the head to be
  /// drawn again on a new page.
  void row(std::vector<Column> const& columns, std::vector<std::string> const& cells, bool head,
           std::vector<std::string> const* repeat);
  void draw_cells(std::vector<Column> const& columns, std::vector<TextLayout> const& cells, double height,
                  bool first_is_label, bool head);
  void signature();

  Document const& m_document;
  std::optional<MonoImage> m_qr;
  PageTarget& m_target;
  int m_pages;
  std::optional<Sheet> m_sheet;
  int m_page = 0;
  double m_y = 0;
  double m_top = 0;  // where this page's content begins
  bool m_label_column = false;
};

}  // namespace yizhan::paper
