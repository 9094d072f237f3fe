#include "shared/paper/document.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <memory>

#include "shared/base/text.h"
#include "shared/paper/document_flow.h"
#include "shared/paper/printed_text.h"
#include "shared/paper/qr.h"

namespace yizhan::paper {

namespace {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Context = std::unique_ptr<cairo_t, Destroy>;

Error failed(cairo_status_t status) { return Error::make("paper_failed", Retry::no, cairo_status_to_string(status)); }

/// Counts only: one dot of paper.
class Nowhere final : public PageTarget {
 public:
  cairo_t* begin_page() override { return m_context.get(); }
  void end_page() override {}

 private:
  Surface m_surface{cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)};
  Context m_context{cairo_create(m_surface.get())};
};

class PdfPages final : public PageTarget {
 public:
  explicit PdfPages(Document const& document)
      : m_surface(cairo_pdf_surface_create_for_stream(&PdfPages::write, this, k_page_width, k_page_height)),
        m_context(cairo_create(m_surface.get())) {
    auto* const surface = m_surface.get();
    auto const created = text::to_rfc3339(document.created.time_since_epoch().count() * 1'000'000);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, clean(document.title).c_str());
    // Seconds are all that cairo reads.
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, (created.substr(0, 19) + "Z").c_str());
  }
  cairo_t* begin_page() override { return m_context.get(); }
  void end_page() override { cairo_show_page(m_context.get()); }

  Result<std::vector<std::byte>> finish() {
    auto const drawn = cairo_status(m_context.get());
    cairo_surface_finish(m_surface.get());
    if (drawn != CAIRO_STATUS_SUCCESS) return failed(drawn);
    if (auto const written = cairo_surface_status(m_surface.get()); written != CAIRO_STATUS_SUCCESS) {
      return failed(written);
    }
    return std::move(m_bytes);
  }

 private:
  static cairo_status_t write(void* self, unsigned char const* data, unsigned int size) {
    auto const* const bytes = reinterpret_cast<std::byte const*>(data);
    auto& all = static_cast<PdfPages*>(self)->m_bytes;
    all.insert(all.end(), bytes, bytes + size);
    return CAIRO_STATUS_SUCCESS;
  }

  std::vector<std::byte> m_bytes;
  Surface m_surface;
  Context m_context;
};

class PicturePages final : public PageTarget {
 public:
  explicit PicturePages(int dpi)
      : m_width(static_cast<int>(k_page_width * dpi / 72)),
        m_height(static_cast<int>(k_page_height * dpi / 72)),
        m_dpi(dpi) {}
  cairo_t* begin_page() override {
    m_surface.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, m_width, m_height));
    m_context.reset(cairo_create(m_surface.get()));
    cairo_set_source_rgb(m_context.get(), 1, 1, 1);
    cairo_paint(m_context.get());
    cairo_scale(m_context.get(), m_dpi / 72.0, m_dpi / 72.0);
    return m_context.get();
  }
  void end_page() override {
    if (auto const status = cairo_status(m_context.get()); status != CAIRO_STATUS_SUCCESS) m_failure = status;
    cairo_surface_flush(m_surface.get());
    auto const* const pixels = cairo_image_surface_get_data(m_surface.get());
    auto const stride = cairo_image_surface_get_stride(m_surface.get());
    GreyPicture page{m_width, m_height, {}};
    page.grey.reserve(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height));
    for (int y = 0; pixels != nullptr && y < m_height; ++y) {
      // Everything is grey, so any channel will do; four bytes a pixel.
      for (int x = 0; x < m_width; ++x) page.grey.push_back(pixels[y * stride + 4 * x + 1]);
    }
    m_pages.push_back(std::move(page));
  }
  Result<std::vector<GreyPicture>> finish() {
    if (m_failure != CAIRO_STATUS_SUCCESS) return failed(m_failure);
    return std::move(m_pages);
  }

 private:
  int m_width;
  int m_height;
  int m_dpi;
  Surface m_surface;
  Context m_context;
  cairo_status_t m_failure = CAIRO_STATUS_SUCCESS;
  std::vector<GreyPicture> m_pages;
};

/// Twice: footers tell the number of all pages.
Result<void> draw(Document const& document, PageTarget& target) {
  if (clean(document.title).empty()) return Error::make("paper_title_empty");
  std::optional<MonoImage> qr;
  if (!document.qr.empty()) qr = TRY(make_qr(document.qr, QrLevel::medium));
  Nowhere nowhere;
  auto const pages = TRY(DocumentFlow(document, qr, nowhere, 1).draw());
  TRY(DocumentFlow(document, std::move(qr), target, pages).draw());
  return {};
}

}  // namespace

Result<std::vector<std::byte>> render_pdf(Document const& document) {
  PdfPages pages(document);
  TRY(draw(document, pages));
  return pages.finish();
}

Result<std::vector<GreyPicture>> render_pages(Document const& document, int dpi) {
  PicturePages pages(dpi);
  TRY(draw(document, pages));
  return pages.finish();
}

}  // namespace yizhan::paper
