#include "peripherals/emulated/presence.h"

#include <linux/input.h>

#include "shared/base/text.h"

namespace yizhan::emulated {

Result<std::unique_ptr<EmulatedPresence>> EmulatedPresence::create(std::filesystem::path path) {
  std::unique_ptr<EmulatedPresence> sensor(new EmulatedPresence(std::move(path)));
  TRY(sensor->start());
  return sensor;
}

void EmulatedPresence::set(bool present) {
  send_record(EV_SW, SW_FRONT_PROXIMITY, present ? 1 : 0);
  send_record(EV_SYN, SYN_REPORT, 0);
}

void EmulatedPresence::send_record(std::uint16_t type, std::uint16_t code, std::int32_t value) {
  input_event event{};
  event.type = type;
  event.code = code;
  event.value = value;
  std::lock_guard const lock(m_mutex);
  send(std::as_bytes(std::span(&event, 1)));
}

void EmulatedPresence::send_bytes(std::string_view bytes) {
  std::lock_guard const lock(m_mutex);
  send(text::bytes_of(bytes));
}

}  // namespace yizhan::emulated
