#pragma once
/// What the driver asks of a reader, whichever protocol it speaks.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "peripherals/api/id_reader.h"
#include "peripherals/host/line.h"

namespace yizhan::id_reader {

enum class Protocol {
  sdt,    // AA AA AA 96 69 …: the module itself
  multi,  // 02 … 03: a multi-function reader with a module inside
};
/// "sdt", "multi"; empty where no protocol has that name.
[[nodiscard]] std::optional<Protocol> parse_protocol(std::string_view name);

/// Limits of whole operations, however slowly the bytes arrive.
inline constexpr Duration k_command_time_out = std::chrono::milliseconds(1500);
inline constexpr Duration k_reading_time_out = std::chrono::seconds(5);

struct ReaderStatus {
  std::uint16_t status = 0;    // the protocol's own word; 0x90 and 0x9000 are healthy
  std::string number;          // which reader it is: the SAM's "05.01-20170101-0001234567-0987654321", or a version
  std::optional<Error> fault;  // empty where it is healthy
};

/// Errors of all: reader_silent (nothing whole came in time, later), reader_garbled (a frame with a bad checksum, later),
/// those of host::Line. Thread: the device's.
class ReaderProtocol {
 public:
  virtual ~ReaderProtocol() = default;
  /// A command or two.
  virtual Result<ReaderStatus> status() = 0;
  /// Whether a card lies there. One command. Errors: also those of error_of_status() (sdt_protocol.h).
  virtual Result<bool> find() = 0;
  /// The card that was found, within k_reading_time_out. A garbled answer is asked for once more within that time.
  /// Errors: also card_read_failed, reader_untrusted_card, card_wrong_type, card_select_failed.
  virtual Result<device::CardReading> read(bool keep_photo) = 0;
};

[[nodiscard]] std::unique_ptr<ReaderProtocol> make_protocol(Protocol protocol, std::unique_ptr<host::Line> line);

}  // namespace yizhan::id_reader
