#pragma once
/// One question, one answer, over an open port.
#include "peripherals/host/line.h"
#include "peripherals/id_reader/sdt_frame.h"
#include "peripherals/id_reader/sdt_protocol.h"

namespace yizhan::id_reader {

inline constexpr Duration k_command_time_out = std::chrono::milliseconds(1500);
inline constexpr Duration k_reading_time_out = std::chrono::seconds(5);

/// Thread: the device's.
class SdtLink {
 public:
  explicit SdtLink(std::unique_ptr<host::Line> line) : m_line(std::move(line)) {}

  /// Errors: reader_silent (nothing whole came in time, later), reader_garbled (a frame with a bad checksum or status
  /// bytes, later), device_absent (unplugged, later), device_cancelled.
  Result<Reply> ask(Command const& command, Duration time_out = k_command_time_out);

  /// Select, read, newest address, of a card that was found. A garbled reading is asked for once more (the card is
  /// still selected). Errors: those of ask() and error_of_status().
  Result<device::CardReading> read_found_card(bool keep_photo);

  struct Sam {
    std::uint8_t status = 0;  // 0x90 is healthy
    std::string number;       // empty where the status is not
  };
  Result<Sam> sam();

 private:
  std::unique_ptr<host::Line> m_line;
  FrameDecoder m_decoder;
};

}  // namespace yizhan::id_reader
