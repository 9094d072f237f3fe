#pragma once
/// The devices of this machine, by its configuration: found by their identity on its bus, a driver and a thread each. In the demo profile the port
/// "emulated" gives a device of this process, seen from the other end of the wire. Events arrive on the ui thread.
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/app/device_board.h"
#include "kiosk/app/ui_queue.h"
#include "peripherals/api/code_scanner.h"
#include "peripherals/api/document_camera.h"
#include "peripherals/api/document_printer.h"
#include "peripherals/api/id_reader.h"
#include "peripherals/api/smart_card.h"
#include "peripherals/api/speech.h"
#include "peripherals/api/ticket_printer.h"
#include "peripherals/code_scanner/wedge.h"
#include "peripherals/emulated/hall.h"
#include "peripherals/emulated/recorded_speech.h"
#include "peripherals/host/bus.h"
#include "peripherals/host/port.h"
#include "shared/base/real_env.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/config/config.h"
#include "shared/paper/slip.h"
#include "shared/paper/ticket.h"

namespace yizhan::app {

class Devices {
 public:
  struct Options {
    config::Config config;
    crypto::Profile profile = crypto::Profile::production;
    /// Where the emulated devices' ports and the printed tickets go.
    std::filesystem::path emulated;
    std::uint64_t seed = 1;
    /// Nobody hears it: speech ends at once (scenarios, tests).
    bool silent = false;
  };
  /// `board` outlives the devices. Errors: emulation_not_allowed (production), device_address, those of the emulators.
  static Result<std::unique_ptr<Devices>> create(Options options, UiQueue& queue, DeviceBoard& board);
  ~Devices();

  // --- what the devices tell; thread: ui ----------------------------------------------------------------------------
  std::function<void(device::IdReaderEvent&)> on_reader;
  std::function<void(device::CodeScannerEvent&)> on_scanner;
  std::function<void(device::TicketPrinterEvent const&)> on_printer;
  std::function<void(device::Paper)> on_paper;
  std::function<void(device::DocumentPrinterEvent const&)> on_document_printer;
  std::function<void(device::DocumentCameraEvent&)> on_document_camera;
  std::function<void(device::SmartCardEvent const&)> on_smart_card;
  std::function<void(std::uint64_t)> on_spoken;
  std::function<void()> on_health;

  // --- what they are told; thread: ui -------------------------------------------------------------------------------
  /// Pace::idle while nobody is asked for a card.
  void start_reading(device::Pace pace);
  void start_scanning();
  void stop_scanning();
  /// Draws and prints on the printer's thread; PrintFinished, PrintFailed or PrintUnknown follows for `job`.
  void print(Uuid const& job, paper::TicketPaper ticket);
  void print(Uuid const& job, paper::Slip slip);
  /// On A4; the same three come by on_document_printer. `pdf` is scrubbed when it is through.
  /// REQUIRES: no personal data in `title`.
  void print_document(Uuid const& job, std::vector<std::byte> pdf, std::string title);
  /// Previews come while it is open. take: one DocumentStill or DocumentStillFailed for `request`.
  void open_document_camera();
  void close_document_camera();
  void take_document_picture(std::uint64_t request);
  /// Returns the utterance's id for on_spoken.
  std::uint64_t say(std::string text, device::Language language);
  void hush();
  /// A burst of keys: a scanner that types, if one is configured.
  void typed(code_scanner::TypedCode code);
  void set_volume(int percent);
  void check_health();

  [[nodiscard]] std::shared_ptr<host::Bus> bus() const { return m_bus; }
  [[nodiscard]] std::map<std::string, device::Health> health() const { return m_board.all(); }
  [[nodiscard]] bool has_camera() const { return m_camera != nullptr; }
  [[nodiscard]] bool has_reader() const { return m_reader != nullptr; }
  [[nodiscard]] bool has_scanner() const { return m_camera || m_scanner || m_wedge; }
  [[nodiscard]] bool has_printer() const { return m_printer != nullptr; }
  [[nodiscard]] bool has_document_printer() const { return m_document_printer != nullptr; }
  [[nodiscard]] bool has_document_camera() const { return m_document_camera != nullptr; }
  [[nodiscard]] bool has_speech() const { return m_speech != nullptr; }
  /// What was said so far, for scenarios; null where nobody keeps it (production).
  [[nodiscard]] emulated::SpokenLog const* spoken() const { return m_spoken.get(); }
  /// Null without emulated devices.
  [[nodiscard]] emulated::EmulatedHall* emulated() { return m_emulated.get(); }

 private:
  Devices(Options options, UiQueue& queue, DeviceBoard& board)
      : m_options(std::move(options)), m_queue(queue), m_board(board) {}
  Result<void> open();
  Result<void> open_scanner();
  Result<std::shared_ptr<host::Port>> port_at(std::string const& address, host::PortSettings settings);
  Result<void> open_emulated();
  void note(device::Health health);
  /// A listener whose events are handled on the ui thread, unless the devices are gone by then.
  template <class Event>
  std::function<void(Event)> to_ui(void (Devices::*handle)(Event&));
  void heed_reader(device::IdReaderEvent& event);
  void heed_scanner(device::CodeScannerEvent& event);
  void heed_printer(device::TicketPrinterEvent& event);
  void heed_document_printer(device::DocumentPrinterEvent& event);
  void heed_document_camera(device::DocumentCameraEvent& event);
  void heed_smart_card(device::SmartCardEvent& event);
  void heed_speech(device::SpeechEvent& event);
  void print_picture(Uuid const& job, std::function<Result<paper::MonoImage>(paper::PaperWidth)> draw);

  Options m_options;
  UiQueue& m_queue;
  DeviceBoard& m_board;
  RealEnv m_real;
  OwnerToken m_alive;
  std::unique_ptr<emulated::EmulatedHall> m_emulated;
  std::shared_ptr<host::Bus> m_bus;
  bool m_document_pictures = false;  // the document camera's device is a picture file
  std::shared_ptr<emulated::SpokenLog> m_spoken;
  std::map<std::uint64_t, UiQueue::Pending> m_speaking;
  std::uint64_t m_next_utterance = 1;
  std::map<Uuid, UiQueue::Pending> m_printing;
  std::map<std::uint64_t, UiQueue::Pending> m_taking;

  // Each driver after its thread, so that it goes first.
  ThreadExecutor m_reader_thread{"id_reader"};
  ThreadExecutor m_scanner_thread{"code_scanner"};
  ThreadExecutor m_camera_thread{"camera"};
  ThreadExecutor m_printer_thread{"ticket_printer"};
  ThreadExecutor m_document_printer_thread{"doc_printer"};
  ThreadExecutor m_document_camera_thread{"doc_camera"};
  ThreadExecutor m_smart_card_thread{"smart_card"};
  ThreadExecutor m_speech_thread{"speech"};
  std::unique_ptr<device::IdReader> m_reader;
  std::unique_ptr<device::CodeScanner> m_scanner;
  std::unique_ptr<code_scanner::WedgeScanner> m_wedge;
  std::unique_ptr<device::CodeScanner> m_camera;
  std::unique_ptr<device::TicketPrinter> m_printer;
  std::unique_ptr<device::DocumentPrinter> m_document_printer;
  std::unique_ptr<device::DocumentCamera> m_document_camera;
  std::unique_ptr<device::SmartCardReader> m_smart_card;
  std::unique_ptr<device::Speech> m_speech;
};

}  // namespace yizhan::app
