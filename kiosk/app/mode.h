#pragma once
/// One window of the program: a flow, its screens, and the runner of its effects. Thread: ui.
#include <memory>
#include <optional>
#include <string>

#include "kiosk/app/devices.h"
#include "kiosk/app/machine.h"
#include "kiosk/ui/window.h"

namespace yizhan::app {

/// What every mode stands on.
struct Services {
  Machine& machine;
  Devices& devices;
  UiQueue& queue;
  Env env;  // a scenario's clock, or the real one
  ui::Translations const& translations;
  bool dock = false;
};

class Mode {
 public:
  virtual ~Mode() = default;
  virtual void draw(ui::Ui& ui) = 0;
  /// Somebody came before the terminal, or left it.
  virtual void presence(bool /*present*/) {}
  /// Steps the flow with what was drawn, tapped or answered since; true where something changed.
  virtual bool process() = 0;
  /// Time has passed. When it wants to be called next; empty: not by time.
  virtual std::optional<SteadyTime> tick() = 0;
  /// The queue changed, here or on another machine.
  virtual void hall_changed() = 0;
  /// The flow's state, for `expect state`.
  [[nodiscard]] virtual std::string state() const = 0;
  /// A person or a scenario touched the window.
  virtual void input() {}

  virtual void reader(device::IdReaderEvent&) {}
  virtual void scanner(device::CodeScannerEvent&) {}
  virtual void printer(device::TicketPrinterEvent const&) {}
  virtual void spoken(std::uint64_t) {}
  virtual void document_printer(device::DocumentPrinterEvent const&) {}
  virtual void document_camera(device::DocumentCameraEvent&) {}
  virtual void health_changed() {}
  /// Whether another catalogue may come into force now.
  [[nodiscard]] virtual bool between_visits() const { return true; }
  /// Machine::documents() changed; the catalogue only between visits.
  virtual void documents_changed() {}
};

[[nodiscard]] std::unique_ptr<Mode> make_resident_mode(Services const& services, ui::Window& window);
[[nodiscard]] std::unique_ptr<Mode> make_counter_mode(Services const& services, ui::Window& window);
[[nodiscard]] std::unique_ptr<Mode> make_display_mode(Services const& services, ui::Window& window);
[[nodiscard]] std::unique_ptr<Mode> make_technician_mode(Services const& services, ui::Window& window);

// --- shared by the modes (mode.cpp) -----------------------------------------------------------------------------------
[[nodiscard]] device::Language speech_language(ui::Language language);
/// "10:42" in the hall's zone.
[[nodiscard]] std::string local_clock(Services const& services, WallTime time);
/// "11-24 10:42".
[[nodiscard]] std::string local_date_time(Services const& services, WallTime time);
/// Hall name, clock, "the link is down" and so on.
void update_chrome(Services const& services, ui::Ui& ui);
/// What is printed for a ticket.
[[nodiscard]] paper::TicketPaper paper_of(Services const& services, catalog::Catalog const& catalog,
                                          office::IssuedTicket const& issued);
/// Marks the job sent, prints it, and marks how it ended.
class PrintDesk {
 public:
  explicit PrintDesk(Services const& services) : m_services(services) {}
  void print(office::IssuedTicket const& issued);
  /// Call for every printer event; true where it ended a job of this desk.
  bool heed(device::TicketPrinterEvent const& event);

 private:
  Services m_services;
  std::map<Uuid, bool> m_jobs;
  OwnerToken m_alive;
};

}  // namespace yizhan::app
