#include "peripherals/id_reader/sdt_link.h"
#include "peripherals/id_reader/sdt_reader.h"

namespace yizhan::id_reader {

Result<device::CardReading> read_once(host::Port& port, Duration wait, bool keep_photo) {
  auto const interrupt = std::make_shared<host::Interrupt>();
  auto opened = TRY(port.open(interrupt));
  SdtLink link(std::move(opened.line));
  auto const status = TRY(link.ask(k_sam_status));
  if (status.status != k_sam_status.success) return error_of_status(status.status);
  host::Deadline const deadline(wait);
  for (;;) {
    auto const found = TRY(link.ask(k_find_card));
    if (found.status == k_find_card.success) return link.read_found_card(keep_photo);
    if (found.status != k_no_card || deadline.passed()) return error_of_status(found.status);
    TRY(host::pause(std::chrono::milliseconds(200), *interrupt));
  }
}

Result<ReaderStatus> reader_status(host::Port& port) {
  auto opened = TRY(port.open(std::make_shared<host::Interrupt>()));
  SdtLink link(std::move(opened.line));
  auto sam = TRY(link.sam());
  return ReaderStatus{sam.status, std::move(sam.number)};
}

}  // namespace yizhan::id_reader
