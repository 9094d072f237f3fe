#pragma once
/// Driver of SDT modules on a serial line.
///
/// States: Absent (port not there) → Ready (status and number answered) → Busy (card found) → Ready; any → Faulted
/// (silent, garbled three times, self-test, not authorised). Absent and Faulted are left by themselves: the port is
/// opened anew after 250 ms … 1 s. ReaderHealth comes at each such change and for each check_health().
///
/// A card: CardFound, then exactly one of CardRead and CardFailed, unless polling stops meanwhile. After either the
/// same card is looked at again only when it was taken away in between; the module reports a card that was read as
/// absent until it is placed again, so a card that failed is treated likewise.
#include <memory>
#include <string>

#include "peripherals/api/id_reader.h"
#include "peripherals/host/port.h"

namespace yizhan::id_reader {

struct SdtReaderOptions {
  std::string name = "id_reader";
  std::shared_ptr<host::Port> port;
  Duration poll_interval = std::chrono::milliseconds(300);  // 300 ms … 1 s
  bool keep_photo = false;                                  // else it is scrubbed before the event
};

/// `executor` is the device's own thread; it and `env` outlive the reader. The destructor ends a wait at once and no
/// event follows it. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::IdReader> make_sdt_reader(Executor& executor, Env env, SdtReaderOptions options,
                                                                device::IdReader::Listener listener);

/// One reading on the calling thread, for command lines. Waits up to `wait` for a card.
/// Errors: card_absent (none came, later), those of the port, reader_silent, reader_garbled, and those of error_of_status() (sdt_protocol.h).
Result<device::CardReading> read_once(host::Port& port, Duration wait, bool keep_photo = false);

struct ReaderStatus {
  std::uint8_t status = 0;  // SW3, 0x90 is healthy
  std::string number;       // of the SAM, "05.01-20170101-0001234567-0987654321"
};
/// Errors: those of the port, reader_silent, reader_garbled.
Result<ReaderStatus> reader_status(host::Port& port);

}  // namespace yizhan::id_reader
