#include "peripherals/id_reader/card_reader.h"
#include "peripherals/id_reader/multi_link.h"
#include "peripherals/id_reader/sdt_link.h"

namespace yizhan::id_reader {

std::optional<Protocol> parse_protocol(std::string_view name) {
  if (name == "sdt") return Protocol::sdt;
  if (name == "multi") return Protocol::multi;
  return std::nullopt;
}

std::unique_ptr<ReaderProtocol> make_protocol(Protocol protocol, std::unique_ptr<host::Line> line) {
  if (protocol == Protocol::multi) return std::make_unique<MultiLink>(std::move(line));
  return std::make_unique<SdtLink>(std::move(line));
}

Result<device::CardReading> read_once(host::Port& port, Duration wait, bool keep_photo, Protocol protocol) {
  auto const interrupt = std::make_shared<host::Interrupt>();
  auto opened = TRY(port.open(interrupt));
  auto const reader = make_protocol(protocol, std::move(opened.line));
  auto const status = TRY(reader->status());
  if (status.fault) return *status.fault;
  host::Deadline const deadline(wait);
  for (;;) {
    bool const found = TRY(reader->find());
    if (found) return reader->read(keep_photo);
    if (deadline.passed()) return Error::make("card_absent", Retry::later);
    TRY(host::pause(std::chrono::milliseconds(200), *interrupt));
  }
}

Result<ReaderStatus> reader_status(host::Port& port, Protocol protocol) {
  auto opened = TRY(port.open(std::make_shared<host::Interrupt>()));
  return make_protocol(protocol, std::move(opened.line))->status();
}

}  // namespace yizhan::id_reader
