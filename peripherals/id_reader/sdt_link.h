#pragma once
/// An SDT module over an open line.
#include "peripherals/id_reader/reader_protocol.h"
#include "peripherals/id_reader/sdt_frame.h"
#include "peripherals/id_reader/sdt_protocol.h"

namespace yizhan::id_reader {

class SdtLink final : public ReaderProtocol {
 public:
  explicit SdtLink(std::unique_ptr<host::Line> line) : m_line(std::move(line)) {}

  Result<ReaderStatus> status() override;
  Result<bool> find() override;
  Result<device::CardReading> read(bool keep_photo) override;

 private:
  Result<Reply> ask(Command const& command, Duration time_out = k_command_time_out);

  std::unique_ptr<host::Line> m_line;
  FrameDecoder m_decoder;
};

}  // namespace yizhan::id_reader
