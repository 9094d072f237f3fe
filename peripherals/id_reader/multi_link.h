#pragma once
/// A multi-function reader over an open line. It finds, selects and reads a card by one command, and has none for a
/// card's newest address.
#include "peripherals/id_reader/multi_frame.h"
#include "peripherals/id_reader/multi_protocol.h"
#include "peripherals/id_reader/reader_protocol.h"

namespace yizhan::id_reader {

class MultiLink final : public ReaderProtocol {
 public:
  explicit MultiLink(std::unique_ptr<host::Line> line, MultiLayout layout = {})
      : m_line(std::move(line)), m_layout(layout) {}

  Result<ReaderStatus> status() override;
  /// A status word that means nothing known is taken for "no card" and logged once: readers differ in it, and one that
  /// cannot tell must still be of use. It is a fault of the reading all the same.
  Result<bool> find() override;
  Result<device::CardReading> read(bool keep_photo) override;

 private:
  Result<MultiReply> ask(MultiCommand const& command, Duration time_out);
  Result<SecretBytes> read_data();

  std::unique_ptr<host::Line> m_line;
  MultiLayout const m_layout;
  MultiFrameDecoder m_decoder;
  std::optional<Result<SecretBytes>> m_by_look;  // what the last look already told of the reading
  std::uint16_t m_told = 0;                      // the unknown word that was logged last
};

}  // namespace yizhan::id_reader
