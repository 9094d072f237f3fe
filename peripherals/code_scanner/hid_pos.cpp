#include "peripherals/code_scanner/hid_pos.h"

#include <algorithm>
#include <utility>

#include "peripherals/code_scanner/charset.h"

namespace yizhan::code_scanner {

namespace {

constexpr std::size_t k_report = 64;
constexpr std::size_t k_data_at = 2;
constexpr std::size_t k_most_data = 56;
constexpr std::size_t k_more_at = 63;
constexpr char k_report_id = 0x02;

std::size_t byte_at(std::string const& bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// As far as it has come, it may be a report.
bool may_be_report(std::string const& bytes) {
  if (bytes[0] != k_report_id) return false;
  if (bytes.size() > 1 && byte_at(bytes, 1) > k_most_data) return false;
  return bytes.size() < k_report || byte_at(bytes, k_more_at) <= 1;
}

}  // namespace

void HidPosFraming::reset() {
  m_report.clear();
  m_data.clear();
  m_begun = m_damaged = m_overlong = false;
}

void HidPosFraming::skip_to_report() {
  while (!m_report.empty() && !may_be_report(m_report)) {
    m_damaged = true;
    auto const next = m_report.find(k_report_id, 1);
    m_report.erase(0, next);  // all of it where there is none
  }
}

std::vector<Result<FramedCode>> HidPosFraming::push(std::string_view bytes) {
  std::vector<Result<FramedCode>> codes;
  while (!bytes.empty()) {
    auto const size = std::min(bytes.size(), k_report - m_report.size());
    m_report.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
    skip_to_report();
    if (m_report.size() < k_report) continue;
    if (auto code = take_report()) codes.push_back(std::move(*code));
  }
  return codes;
}

std::optional<Result<FramedCode>> HidPosFraming::take_report() {
  auto const report = std::exchange(m_report, {});
  auto const size = byte_at(report, 1);
  if (m_data.size() + size > k_max_code_bytes)
    m_overlong = true;
  else
    m_data.append(report, k_data_at, size);
  m_begun = true;
  if (byte_at(report, k_more_at) == 1) return std::nullopt;
  auto const data = std::exchange(m_data, {});
  bool const damaged = m_damaged;
  bool const overlong = m_overlong;
  reset();
  if (damaged) return Result<FramedCode>(Error::make("code_incomplete", Retry::later, "damaged reports"));
  if (overlong) return Result<FramedCode>(Error::make("code_too_long"));
  return framed_code(data, m_options);
}

std::optional<Result<FramedCode>> HidPosFraming::silence() {
  bool const begun = m_begun || m_report.size() > 1;
  reset();
  if (!begun) return std::nullopt;
  return Result<FramedCode>(Error::make("code_incomplete", Retry::later, "the last report did not come"));
}

}  // namespace yizhan::code_scanner
