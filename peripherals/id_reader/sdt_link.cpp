#include "peripherals/id_reader/sdt_link.h"

#include <array>

#include "shared/base/text.h"

namespace yizhan::id_reader {

Result<Reply> SdtLink::ask(Command const& command, Duration time_out) {
  host::Deadline const deadline(time_out);
  m_line->discard_input();
  m_decoder.reset();
  TRY(m_line->write_all(encode_frame(command.code), deadline));
  SecretBytes chunk(512);
  for (;;) {
    auto const got = m_line->read_some(chunk.span(), deadline);
    if (!got && got.error().is("device_timeout")) {
      m_decoder.reset();
      return Error::make("reader_silent", Retry::later).caused_by(got.error());
    }
    if (!got) return got.error();
    for (auto const byte : chunk.view().first(*got)) {
      auto const found = m_decoder.push(byte);
      if (found == FrameDecoder::Found::bad_checksum) return Error::make("reader_garbled", Retry::later, "checksum");
      if (found != FrameDecoder::Found::frame) continue;
      auto reply = TRY(parse_reply(m_decoder.take_payload()));
      if (reply.fits(command)) return reply;
    }
  }
}

Result<device::CardReading> SdtLink::read_found_card(bool keep_photo) {
  auto const selected = TRY(ask(k_select_card));
  if (selected.status != k_select_card.success) return error_of_status(selected.status);

  auto answer = ask(k_read_card, k_reading_time_out);
  bool const garbled = answer ? answer->status == 0x10 || answer->status == 0x11 : answer.error().is("reader_garbled");
  if (garbled) answer = ask(k_read_card, k_reading_time_out);
  if (!answer) return answer.error();
  if (answer->status != k_read_card.success) return error_of_status(answer->status);
  auto reading = TRY(parse_reading(answer->data));
  if (!keep_photo) reading.photo.wipe();

  // A card without a newer address says "no content"; whatever else goes wrong here does not spoil the reading.
  auto const address = ask(k_newest_address);
  if (!address && address.error().is("device_cancelled")) return address.error();
  if (address && address->status == k_newest_address.success) {
    auto text = text::from_utf16le(address->data.view());
    reading.newest_address = SecretText(text::trim(text));
    scrub(text);
  }
  return reading;
}

Result<SdtLink::Sam> SdtLink::sam() {
  auto const status = TRY(ask(k_sam_status));
  if (status.status != k_sam_status.success) return Sam{status.status, {}};
  auto const number = TRY(ask(k_sam_number));
  if (number.status != k_sam_number.success) return Sam{number.status, {}};
  return Sam{status.status, format_sam_number(number.data.view())};
}

}  // namespace yizhan::id_reader
