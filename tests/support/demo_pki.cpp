#include "tests/support/demo_pki.h"

#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace yizhan::test {

namespace {

std::string hyphened(std::string_view terminal) {
  auto name = std::string(terminal);
  for (char& c : name)
    if (c == ':') c = '-';
  return name;
}

}  // namespace

std::filesystem::path program(std::string_view name) {
  char const* folder = std::getenv("YIZHAN_BIN_DIR");
  return std::filesystem::path(folder == nullptr ? "build/bin" : folder) / name;
}

std::filesystem::path source_folder() {
  char const* folder = std::getenv("YIZHAN_SOURCE_DIR");
  return folder == nullptr ? std::filesystem::current_path() : std::filesystem::path(folder);
}

DemoPki::DemoPki(std::vector<std::string> const& terminals) { make(terminals); }

void DemoPki::make(std::vector<std::string> const& terminals) {
  std::vector<std::string> argv{(source_folder() / "tools/platform/make_demo_pki").string(), m_folder.path().string()};
  argv.insert(argv.end(), terminals.begin(), terminals.end());
  auto const made = run({.argv = argv});
  if (made.exit != 0) throw std::runtime_error("make_demo_pki: " + made.err);
}

std::string DemoPki::device_certificate(std::string_view terminal) const {
  return (m_folder / ("device-" + hyphened(terminal) + ".crt")).string();
}

std::string DemoPki::device_key(std::string_view terminal) const {
  return (m_folder / ("device-" + hyphened(terminal) + ".key")).string();
}

PlatformProcess::PlatformProcess(DemoPki const& pki, std::string database_uri)
    : m_pki_folder(pki.folder().string()), m_database_uri(std::move(database_uri)) {
  start();
}

void PlatformProcess::start() {
  m_process = std::make_unique<ChildProcess>(
      Command{.argv = {program("yizhan-platform").string(), "--listen", "127.0.0.1:" + std::to_string(m_port),
                       "--database", m_database_uri, "--tls", m_pki_folder}});
  constexpr std::string_view k_ready = "listening on 127.0.0.1:";
  if (!m_process->wait_for_output(std::string(k_ready)))
    throw std::runtime_error("yizhan-platform did not start: " + m_process->err());
  auto const out = m_process->out();
  auto const* digits = out.data() + out.find(k_ready) + k_ready.size();
  std::from_chars(digits, out.data() + out.size(), m_port);
}

}  // namespace yizhan::test
