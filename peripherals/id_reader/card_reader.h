#pragma once
/// Driver of ID card readers, whichever protocol they speak and whatever carries their bytes.
///
/// States: Absent (port not there) → Ready (status and number answered) → Busy (card found) → Ready; any → Faulted
/// (silent, garbled three times, self-test, not authorised, another reader than the expected). Absent and Faulted are
/// left by themselves: the port is opened anew after 250 ms … 1 s, or at once when the port tells of an arrival.
/// ReaderHealth comes at each such change and for each check_health().
///
/// A card: CardFound, then exactly one of CardRead and CardFailed, unless polling stops meanwhile. After either the
/// same card is looked at again only when it was taken away in between; the module reports a card that was read as
/// absent until it is placed again, so a card that failed is treated likewise.
#include <memory>
#include <string>

#include "peripherals/api/id_reader.h"
#include "peripherals/host/port.h"
#include "peripherals/id_reader/reader_protocol.h"

namespace yizhan::id_reader {

struct ReaderOptions {
  std::string name = "id_reader";
  std::shared_ptr<host::Port> port;
  Protocol protocol = Protocol::sdt;
  Duration poll_interval = std::chrono::milliseconds(300);  // Pace::expecting
  Duration idle_interval = std::chrono::seconds(1);         // Pace::idle
  bool keep_photo = false;                                  // else it is scrubbed before the event
  /// The reader's number (ReaderStatus): any other reader is device_foreign. Empty: each is taken, and the log tells
  /// when it is another than before.
  std::string expected_identity;
};

/// `executor` is the device's own thread; it and `env` outlive the reader. The destructor ends a wait at once and no
/// event follows it. REQUIRES: not destroyed from its listener.
[[nodiscard]] std::unique_ptr<device::IdReader> make_card_reader(Executor& executor, Env env, ReaderOptions options,
                                                                 device::IdReader::Listener listener);

/// One reading on the calling thread, for command lines. Waits up to `wait` for a card.
/// Errors: card_absent (none came, later), those of the port and of ReaderProtocol.
Result<device::CardReading> read_once(host::Port& port, Duration wait, bool keep_photo = false,
                                      Protocol protocol = Protocol::sdt);

/// Errors: those of the port, reader_silent, reader_garbled. A reader that answers that it is not healthy is no error.
Result<ReaderStatus> reader_status(host::Port& port, Protocol protocol = Protocol::sdt);

}  // namespace yizhan::id_reader
