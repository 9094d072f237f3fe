#pragma once
/// Codes in the 64-byte reports of HID point-of-sale scanners (USB HID Usage Tables, page 8Ch; layout as Newland,
/// Honeywell and Zebra send it):
///
///     [0] 02, report   [1] bytes of data, 0…56   [2…57] data   [58…62] the maker's own   [63] 00 last, 01 more follows
///
/// Symbology in the maker's bytes differs from make to make and is not read; an AIM identifier in the data is.
#include "peripherals/code_scanner/framing.h"

namespace yizhan::code_scanner {

/// A hidraw node gives one report a read; other wires any pieces. Bytes that are no such report are skipped, and the
/// code they stood before or in is code_incomplete, never a part of itself.
class HidPosFraming final : public CodeFramer {
 public:
  explicit HidPosFraming(FramingOptions options) : m_options(std::move(options)) {}
  std::vector<Result<FramedCode>> push(std::string_view bytes) override;
  std::optional<Result<FramedCode>> silence() override;
  [[nodiscard]] bool pending() const override { return !m_report.empty() || m_begun || m_damaged; }
  /// Reports of one code follow each other within milliseconds.
  [[nodiscard]] Duration silence_time() const override { return std::chrono::milliseconds(300); }
  void reset() override;

 private:
  void skip_to_report();
  std::optional<Result<FramedCode>> take_report();

  FramingOptions m_options;
  std::string m_report;    // not yet whole
  std::string m_data;      // of the reports so far
  bool m_begun = false;    // a report said that more follows
  bool m_damaged = false;  // bytes were skipped
  bool m_overlong = false;
};

}  // namespace yizhan::code_scanner
