#pragma once
/// What a printer makes of ESC/POS bytes: the commands ticket software uses, nothing of the driver's own code. Text is
/// collected, not drawn: our tickets are raster.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "peripherals/api/ticket_printer.h"

namespace yizhan::emulated {

/// Thread: any one at a time.
class EscPosInterpreter {
 public:
  /// `width` of the paper in dots; rows are cut there.
  explicit EscPosInterpreter(int width) : m_width(width) {}

  enum class Action {
    none,             // goes on at once
    row,              // a row of dots was burnt
    cut,              // take_ticket() has the paper
    status_in_order,  // GS r: answer now
    automatic_status  // GS a: told_changes() has which
  };
  /// One byte of the data stream (real-time commands already taken out).
  Action push(std::uint8_t byte);

  /// The paper since the last cut, empty if nothing was printed.
  [[nodiscard]] device::PaperImage take_ticket();
  [[nodiscard]] std::uint8_t told_changes() const { return m_told_changes; }
  [[nodiscard]] std::string const& text() const { return m_text; }
  [[nodiscard]] std::string const& qr() const { return m_qr; }
  /// Bytes that began no command it knows. A correct driver leaves this at 0.
  [[nodiscard]] int unknown_bytes() const { return m_unknown; }
  /// Power was lost: half commands are forgotten.
  void reset();

 private:
  Action command();
  [[nodiscard]] std::optional<std::size_t> command_length() const;
  void store_qr();
  void burn_row();
  void feed(int rows);

  int m_width;
  std::vector<std::uint8_t> m_command;
  device::PaperImage m_paper;
  // GS v 0 under way
  std::size_t m_raster_left = 0;
  int m_raster_row_bytes = 0;
  std::vector<std::uint8_t> m_row;
  std::uint8_t m_told_changes = 0;
  std::string m_text;
  std::string m_qr_stored;
  std::string m_qr;
  int m_unknown = 0;
};

}  // namespace yizhan::emulated
