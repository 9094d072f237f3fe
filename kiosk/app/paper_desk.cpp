#include "kiosk/app/paper_desk.h"

#include "shared/base/log.h"
#include "shared/crypto/hash.h"

namespace yizhan::app {

namespace {

using namespace flows::matter;

constexpr int k_screen_dpi = 100;

}  // namespace

PaperDesk::PaperDesk(Services const& services, ThreadExecutor& worker, Emit emit)
    : m_services(services), m_worker(worker), m_emit(std::move(emit)) {}

void PaperDesk::compose(ComposeDocument& what, PaperWorld world) {
  world.catalog = what.catalog;
  auto const draft = std::make_shared<cases::Draft const>(std::move(what.draft));
  auto const applicant = std::make_shared<identity::Person const>(std::move(what.applicant));
  auto const work = [world, draft, applicant]() -> Result<std::shared_ptr<ComposedDocument const>> {
    auto const document = application_document(world, *draft, *applicant);
    auto composed = std::make_shared<ComposedDocument>();
    composed->pdf = TRY(paper::render_pdf(document));
    composed->pages = TRY(paper::render_pages(document, k_screen_dpi));
    composed->sha256 = crypto::sha256_hex(composed->pdf);
    return std::shared_ptr<ComposedDocument const>(std::move(composed));
  };
  m_services.queue.run(m_worker, m_session.token(), work,
                       [this](Result<std::shared_ptr<ComposedDocument const>> composed) {
                         if (!composed) {
                           log::warning("application not drawn: {}", composed.error().to_line());
                           return m_emit(DocumentRefused{std::string(composed.error().code())});
                         }
                         m_composed = std::move(*composed);
                         ++m_revision;
                         m_emit(DocumentReady{m_composed->sha256, m_composed->pages.size()});
                       });
}

std::shared_ptr<ComposedDocument const> PaperDesk::composed(std::string const& sha256) const {
  return m_composed && m_composed->sha256 == sha256 ? m_composed : nullptr;
}

ui::ImageView PaperDesk::page(std::size_t index) const {
  if (!m_composed || index >= m_composed->pages.size()) return {};
  auto const& page = m_composed->pages[index];
  constexpr std::uint64_t k_most_pages = 100;
  return {page.width, page.height, ui::ImageView::Format::grey8, page.grey, m_revision * k_most_pages + index};
}

void PaperDesk::print_document(Uuid const& job, paper::Document document) {
  auto const title = document.title;
  m_services.queue.run(
      m_worker, m_session.token(), [document = std::move(document)] { return paper::render_pdf(document); },
      [this, job, title](Result<std::vector<std::byte>> pdf) {
        if (pdf) return m_services.devices.print_document(job, std::move(*pdf), title);
        log::warning("document not drawn: {}", pdf.error().to_line());
        auto const of = m_jobs.extract(job);
        if (!of.empty()) m_emit(PaperRefused{of.mapped(), std::string(pdf.error().code()), false});
      });
}

void PaperDesk::print(Paper paper, PaperWorld const& world, flows::MatterFlow const& flow,
                      flows::CaseView const* view) {
  auto const job = Uuid::v7(m_services.env);
  m_jobs[job] = paper;
  bool const receipt = view != nullptr;
  switch (paper) {
    case Paper::notice_slip: m_services.devices.print(job, notice_slip(world, flow.what(), flow.verdict())); break;
    case Paper::notice_document:
      print_document(job, notice_document(world, flow.what(), flow.verdict(), flow.facts()));
      break;
    case Paper::receipt_slip:
      if (receipt) m_services.devices.print(job, receipt_slip(world, *view));
      break;
    case Paper::receipt_document:
      if (receipt) print_document(job, receipt_document(world, *view));
      break;
  }
}

template <class Event>
bool PaperDesk::heed_any(Event const& event) {
  auto const take = [this](Uuid const& job) -> std::optional<Paper> {
    auto const node = m_jobs.extract(job);
    if (node.empty()) return std::nullopt;
    return node.mapped();
  };
  if (auto const* done = std::get_if<device::PrintFinished>(&event)) {
    auto const paper = take(done->job);
    if (paper) m_emit(PaperPrinted{*paper});
    return paper.has_value();
  }
  if (auto const* failed = std::get_if<device::PrintFailed>(&event)) {
    auto const paper = take(failed->job);
    if (!paper) return false;
    log::warning("paper not printed: {}", failed->error.to_line());
    m_emit(PaperRefused{*paper, std::string(failed->error.code()), false});
    return true;
  }
  if (auto const* unknown = std::get_if<device::PrintUnknown>(&event)) {
    auto const paper = take(unknown->job);
    if (!paper) return false;
    log::warning("paper perhaps not printed: {}", unknown->error.to_line());
    m_emit(PaperRefused{*paper, std::string(unknown->error.code()), true});
    return true;
  }
  return false;
}

bool PaperDesk::heed(device::TicketPrinterEvent const& event) { return heed_any(event); }
bool PaperDesk::heed(device::DocumentPrinterEvent const& event) { return heed_any(event); }

void PaperDesk::wipe() {
  m_session.renew();
  m_composed.reset();
  m_jobs.clear();
  ++m_revision;
}

}  // namespace yizhan::app
