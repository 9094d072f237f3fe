#include "peripherals/id_reader/sdt_link.h"

#include <algorithm>

#include "peripherals/id_reader/exchange.h"
#include "shared/base/text.h"

namespace yizhan::id_reader {

Result<Reply> SdtLink::ask(Command const& command, Duration time_out) {
  host::Deadline const deadline(time_out);
  auto const take = [&](SecretBytes const& payload) -> Result<std::optional<Reply>> {
    auto reply = TRY(parse_reply(payload));
    if (!reply.fits(command)) return std::optional<Reply>();
    return std::optional<Reply>(std::move(reply));
  };
  return exchange<Reply>(*m_line, m_decoder, encode_frame(command.code), deadline, take);
}

Result<ReaderStatus> SdtLink::status() {
  auto const status = TRY(ask(k_sam_status));
  if (status.status != k_sam_status.success) return ReaderStatus{status.status, {}, error_of_status(status.status)};
  auto const number = TRY(ask(k_sam_number));
  if (number.status != k_sam_number.success) return ReaderStatus{number.status, {}, error_of_status(number.status)};
  return ReaderStatus{status.status, format_sam_number(number.data.view()), std::nullopt};
}

Result<bool> SdtLink::find() {
  auto const found = TRY(ask(k_find_card));
  if (found.status == k_no_card) return false;
  if (found.status != k_find_card.success) return error_of_status(found.status);
  return true;
}

Result<device::CardReading> SdtLink::read(bool keep_photo) {
  host::Deadline const whole(k_reading_time_out);
  auto const selected = TRY(ask(k_select_card));
  if (selected.status != k_select_card.success) return error_of_status(selected.status);

  auto answer = ask(k_read_card, left_of(whole));
  bool const garbled = answer ? answer->status == 0x10 || answer->status == 0x11 : answer.error().is("reader_garbled");
  if (garbled) answer = ask(k_read_card, left_of(whole));  // the card is still selected
  if (!answer) return answer.error();
  if (answer->status != k_read_card.success) return error_of_status(answer->status);
  auto reading = TRY(parse_reading(answer->data));
  if (!keep_photo) reading.photo.wipe();

  // A card without a newer address says "no content"; whatever else goes wrong here does not spoil the reading.
  auto const address = ask(k_newest_address, std::min(k_command_time_out, left_of(whole)));
  if (!address && address.error().is("device_cancelled")) return address.error();
  if (address && address->status == k_newest_address.success) {
    auto text = text::from_utf16le(address->data.view());
    reading.newest_address = SecretText(text::trim(text));
    scrub(text);
  }
  return reading;
}

}  // namespace yizhan::id_reader
