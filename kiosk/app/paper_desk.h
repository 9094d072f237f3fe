#pragma once
/// Documents of a matter: the application that is shown, signed and handed in, and what is printed. They are made on a thread of
/// their own. Thread: ui.
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "kiosk/app/mode.h"
#include "kiosk/app/papers.h"
#include "kiosk/flows/resident_flow.h"
#include "kiosk/ui/widgets.h"

namespace yizhan::app {

/// An application as it was shown.
struct ComposedDocument {
  std::vector<std::byte> pdf;
  std::string sha256;
  std::vector<paper::GreyPicture> pages;
};

class PaperDesk {
 public:
  using Emit = std::function<void(flows::matter::Event)>;
  /// `worker` outlives the desk.
  PaperDesk(Services const& services, ThreadExecutor& worker, Emit emit);

  void compose(flows::matter::ComposeDocument& what, PaperWorld world);
  /// The application made last, if it is the one of this hash.
  [[nodiscard]] std::shared_ptr<ComposedDocument const> composed(std::string const& sha256) const;
  [[nodiscard]] ui::ImageView page(std::size_t index) const;

  /// The notice of the verdict, or the receipt of the case shown. `view`: of the receipt, null for a notice.
  void print(flows::matter::Paper paper, PaperWorld const& world, flows::MatterFlow const& flow,
             flows::CaseView const* view);
  /// True where the event ended a job of this desk.
  bool heed(device::TicketPrinterEvent const& event);
  bool heed(device::DocumentPrinterEvent const& event);
  void wipe();

 private:
  template <class Event>
  bool heed_any(Event const& event);
  void print_document(Uuid const& job, paper::Document document);

  Services m_services;
  ThreadExecutor& m_worker;
  Emit m_emit;
  std::shared_ptr<ComposedDocument const> m_composed;
  std::uint64_t m_revision = 0;
  std::map<Uuid, flows::matter::Paper> m_jobs;
  OwnerToken m_session;
};

}  // namespace yizhan::app
