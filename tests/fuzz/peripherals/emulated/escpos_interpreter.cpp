// The input as a picture: what the driver sends holds no real-time command and prints that picture, dots only added.
// The input as bytes on the wire: the interpreter takes anything.
#include <cstdint>
#include <cstdlib>

#include "peripherals/emulated/escpos_interpreter.h"
#include "peripherals/ticket_printer/escpos.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yizhan;
  constexpr int k_width = 48;
  constexpr std::size_t k_row = k_width / 8;
  auto const rows = size / k_row;
  device::PaperImage image{k_width, static_cast<int>(rows), {data, data + rows * k_row}};
  auto const bytes = ticket_printer::encode_ticket(image);
  emulated::EscPosInterpreter printer(k_width);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    printer.push(bytes[i]);
    if (i == 0 || bytes[i - 1] != 0x10) continue;
    if (bytes[i] == 0x04 || bytes[i] == 0x05 || bytes[i] == 0x14) std::abort();
  }
  auto const paper = printer.take_ticket();
  if (printer.unknown_bytes() != 0 || paper.bits.size() < image.bits.size()) std::abort();
  for (std::size_t i = 0; i < image.bits.size(); ++i) {
    if ((paper.bits[i] & image.bits[i]) != image.bits[i]) std::abort();
  }
  emulated::EscPosInterpreter any(k_width);
  for (std::size_t i = 0; i < size && i < 4096; ++i) any.push(data[i]);
  return 0;
}
