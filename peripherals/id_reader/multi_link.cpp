#include "peripherals/id_reader/multi_link.h"

#include <utility>

#include "peripherals/id_reader/exchange.h"
#include "peripherals/id_reader/sdt_protocol.h"
#include "shared/base/log.h"

namespace yizhan::id_reader {

Result<MultiReply> MultiLink::ask(MultiCommand const& command, Duration time_out) {
  host::Deadline const deadline(time_out);
  m_decoder.expect_at_most(command.max_data + 2);
  auto const take = [&](SecretBytes const& payload) -> Result<std::optional<MultiReply>> {
    auto reply = TRY(parse_multi_reply(payload));
    if (!reply.fits(command)) return std::optional<MultiReply>();
    return std::optional<MultiReply>(std::move(reply));
  };
  return exchange<MultiReply>(*m_line, m_decoder, encode_multi_frame(command.code), deadline, take);
}

Result<ReaderStatus> MultiLink::status() {
  auto const version = TRY(ask(multi_version(), k_command_time_out));
  if (version.status != k_multi_success) {
    return ReaderStatus{version.status, {}, error_of_multi_status(version.status, m_layout)};
  }
  return ReaderStatus{version.status, format_version(version.data.view()), std::nullopt};
}

Result<bool> MultiLink::find() {
  m_by_look.reset();
  bool const reads = m_layout.look == m_layout.read;
  auto looked = TRY(ask(multi_card(m_layout, m_layout.look), reads ? k_reading_time_out : k_command_time_out));
  if (looked.status == k_multi_success) {
    if (reads) m_by_look.emplace(std::move(looked.data));
    return true;
  }
  auto const module = module_status_of(looked.status, m_layout);
  if (module && *module != k_no_card) {
    auto error = error_of_status(*module);
    if (!is_about_card(error)) return error;
    m_by_look.emplace(std::move(error));
    return true;
  }
  if (!module && std::exchange(m_told, looked.status) != looked.status) {
    log::warning("id_reader: status {:04x} taken for \"no card\"", looked.status);
  }
  return false;
}

Result<SecretBytes> MultiLink::read_data() {
  host::Deadline const whole(k_reading_time_out);
  auto const command = multi_card(m_layout, m_layout.read);
  auto answer = ask(command, k_reading_time_out);
  if (!answer && answer.error().is("reader_garbled")) answer = ask(command, left_of(whole));
  if (!answer) return answer.error();
  if (answer->status == k_multi_success) return std::move(answer->data);
  auto error = error_of_multi_status(answer->status, m_layout);
  // The card was there a moment ago: whatever word says that it is not, it was taken away.
  auto const module = module_status_of(answer->status, m_layout);
  if (!module || *module == k_no_card) {
    return Error::make("card_read_failed", Retry::later).caused_by(std::move(error));
  }
  return error;
}

Result<device::CardReading> MultiLink::read(bool keep_photo) {
  auto const data = m_by_look ? std::move(*m_by_look) : read_data();
  m_by_look.reset();
  if (!data) return data.error();
  auto reading = TRY(parse_reading(*data));
  if (!keep_photo) reading.photo.wipe();
  return reading;
}

}  // namespace yizhan::id_reader
