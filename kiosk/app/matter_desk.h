#pragma once
/// Runs what the parts of a resident's journey ask for: drafts, papers, applications, progress, ratings. Thread: ui.
#include <functional>
#include <memory>

#include "kiosk/app/paper_desk.h"
#include "kiosk/app/picture_desk.h"

namespace yizhan::app {

class MatterDesk {
 public:
  using Emit = std::function<void(flows::resident::Event)>;
  /// `flow` outlives the desk.
  MatterDesk(Services const& services, flows::ResidentFlow const& flow, Emit emit);

  void run(flows::matter::Effect& effect, ui::Language language);
  void run(flows::progress::Effect& effect);
  void run(flows::rating::Effect& effect);
  /// True where the event was this desk's or what it shows has changed.
  bool heed(device::TicketPrinterEvent const& event) { return m_papers.heed(event); }
  bool heed(device::DocumentPrinterEvent const& event) { return m_papers.heed(event); }
  bool heed(device::DocumentCameraEvent& event) { return m_pictures.heed(event); }

  [[nodiscard]] PictureDesk const& pictures() const { return m_pictures; }
  [[nodiscard]] PaperDesk const& papers() const { return m_papers; }
  void wipe();

 private:
  struct MatterRunner;
  struct ProgressRunner;
  struct RatingRunner;
  [[nodiscard]] PaperWorld paper_world(ui::Language language) const;
  /// Runs `work` on the store thread, `done` here, unless the session has ended by then.
  template <class Work, class Done>
  void ask(Work work, Done done) {
    m_services.machine.ask(m_session.token(), std::move(work), std::move(done));
  }

  Services m_services;
  flows::ResidentFlow const& m_flow;
  Emit m_emit;
  ThreadExecutor m_worker{"papers"};
  PictureDesk m_pictures;
  PaperDesk m_papers;
  OwnerToken m_session;
};

}  // namespace yizhan::app
