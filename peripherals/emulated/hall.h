#pragma once
/// All emulated devices of one machine, and the words that move them: one line each, in scenario files, on the demo's
/// socket and on its dock.
///
///   card present NAME|FILE    a person of people.json, or a 256-byte text block
///   card remove
///   code show FILE|TEXT       a PNG, or a QR code of the text, before the camera; without a camera the text is scanned
///   code scan TEXT            by the serial scanner
///   code hide
///   reader fault FAULT        none silent garbled noisy slow partial half pull auth31 auth32 auth33 … (id_reader.h)
///   printer fault FAULT [after ROWS]   none near_end paper_end cover cutter overheated unrecoverable offline silent
///   printer speed ROWS        a second; 0: at once
///   printer tickets           how many were cut
///   docprinter fault FAULT    none paper_end cover jam toner stopped offline held closed silent; repair: as none
///   docprinter documents      how many were printed
///   doccamera show FILE       a photo below the document camera; hide: the empty table
///   doccamera fault FAULT     none silent; repair: as none
///   staffcard insert|remove   into vpcd's reader
///   staffcard fault FAULT     none silent garbled partial slow pull foreign blocked
///   reader|scanner|hidscanner|printer|camera|docprinter|doccamera unplug|plug
///   reader|scanner|hidscanner|printer renumber    out and in again: the device is back under another node (NODE.1, NODE.2, …)
///   reader|scanner|hidscanner|printer swap        another device, which says nothing, is at its node; plug: the device comes back
///                                      under another node; unplug: both are out
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "peripherals/emulated/bus.h"
#include "peripherals/emulated/camera.h"
#include "peripherals/emulated/code_scanner.h"
#include "peripherals/emulated/document_camera.h"
#include "peripherals/emulated/document_printer.h"
#include "peripherals/emulated/id_reader.h"
#include "peripherals/emulated/ticket_printer.h"
#include "peripherals/emulated/vpcd.h"

namespace yizhan::emulated {

/// A device without a path is not there.
struct HallOptions {
  std::uint64_t seed = 1;
  std::filesystem::path people = "assets/demo/people.json";
  std::optional<std::filesystem::path> reader;  // port
  ReaderWire reader_wire = ReaderWire::sdt;
  std::optional<std::filesystem::path> scanner;      // port
  std::optional<std::filesystem::path> hid_scanner;  // node of reports
  std::optional<std::filesystem::path> printer;      // port
  int printer_width = 576;
  std::filesystem::path tickets;                          // folder of ticket-N.png; empty: none are kept
  std::optional<std::filesystem::path> camera;            // picture file
  std::optional<std::filesystem::path> document_printer;  // folder of document-N.pdf
  std::optional<std::filesystem::path> document_camera;   // picture file
  struct StaffCard {
    std::uint16_t vpcd = 35963;              // port of 127.0.0.1
    std::filesystem::path key, certificate;  // PEM
  };
  std::optional<StaffCard> staff_card;

  /// All of them below one folder: reader, scanner, printer, camera/frame.png, document_camera/frame.png, tickets and
  /// documents in the folder itself.
  static HallOptions all_in(std::filesystem::path const& folder, std::uint64_t seed = 1);
};

/// Thread: any one at a time; the devices have threads of their own.
class EmulatedHall {
 public:
  /// Errors: people_unreadable, pty_failed, png_write, port_failed.
  static Result<std::unique_ptr<EmulatedHall>> create(HallOptions options);

  ~EmulatedHall();

  /// The bus that reader, scanner and printer are plugged into; empty of them when the hall is gone.
  [[nodiscard]] std::shared_ptr<host::Bus> bus() { return m_bus; }

  /// One line of the words above; the answer is empty or a value.
  /// Errors: unknown_command, device_not_emulated, person_unknown, and the devices' own.
  Result<std::string> command(std::string_view line);

  [[nodiscard]] EmulatedReader* reader() { return m_reader.get(); }
  [[nodiscard]] EmulatedScanner* scanner() { return m_scanner.get(); }
  [[nodiscard]] EmulatedPrinter* printer() { return m_printer.get(); }
  [[nodiscard]] EmulatedCamera* camera() { return m_camera.get(); }
  [[nodiscard]] EmulatedDocumentPrinter* document_printer() { return m_document_printer.get(); }
  [[nodiscard]] EmulatedDocumentCamera* document_camera() { return m_document_camera.get(); }

 private:
  EmulatedHall() = default;
  Result<std::string> card(std::string_view verb, std::string_view rest);
  Result<std::string> code(std::string_view verb, std::string_view rest);
  Result<std::string> reader(std::string_view verb, std::string_view rest);
  Result<std::string> printer(std::string_view verb, std::string_view rest);
  Result<std::string> printer_fault(std::string_view rest);
  Result<std::string> document_printer(std::string_view verb, std::string_view rest);
  Result<std::string> document_camera(std::string_view verb, std::string_view rest);
  Result<std::string> staff_card(std::string_view verb, std::string_view rest);
  /// One device's cable: where it was first, and what took its place.
  struct Cable {
    WireDevice* device;
    std::filesystem::path node;
    int renumbered = 0;
    std::unique_ptr<EmulatedScanner> stranger;
  };
  void connect(std::string name, WireDevice& device, std::string identity, host::Kind kind = host::Kind::tty);
  Result<std::string> plug(std::string_view name, std::string_view verb);
  Result<void> swap(Cable& cable);
  Result<std::string> plug_camera(std::string_view verb);

  std::shared_ptr<EmulatedBus> const m_bus = std::make_shared<EmulatedBus>();
  std::map<std::string, Cable, std::less<>> m_cables;  // by the device's word
  std::map<std::string, Card> m_people;
  std::unique_ptr<EmulatedReader> m_reader;
  std::unique_ptr<EmulatedScanner> m_scanner;
  std::unique_ptr<EmulatedHidScanner> m_hid_scanner;
  std::unique_ptr<EmulatedPrinter> m_printer;
  std::unique_ptr<EmulatedCamera> m_camera;
  std::unique_ptr<EmulatedDocumentPrinter> m_document_printer;
  std::unique_ptr<EmulatedDocumentCamera> m_document_camera;
  std::unique_ptr<VirtualCard> m_staff_card;
};

}  // namespace yizhan::emulated
