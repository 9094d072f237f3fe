#include "tests/support/demo_pki.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
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

PlatformProcess::PlatformProcess(DemoPki const& pki, std::string database_uri, std::vector<std::string> options)
    : m_pki_folder(pki.folder().string()), m_database_uri(std::move(database_uri)), m_options(std::move(options)) {
  start();
}

void PlatformProcess::start() {
  Command command{.argv = {program("yizhan-platform").string(), "--listen", "127.0.0.1:" + std::to_string(m_port),
                           "--database", m_database_uri, "--tls", m_pki_folder, "--back-office",
                           (m_folder / "office.sock").string()}};
  command.argv.insert(command.argv.end(), m_options.begin(), m_options.end());
  m_process = std::make_unique<ChildProcess>(command);
  constexpr std::string_view k_ready = "listening on 127.0.0.1:";
  if (!m_process->wait_for_output(std::string(k_ready)))
    throw std::runtime_error("yizhan-platform did not start: " + m_process->err());
  auto const out = m_process->out();
  auto const* digits = out.data() + out.find(k_ready) + k_ready.size();
  std::from_chars(digits, out.data() + out.size(), m_port);
}

std::string PlatformProcess::back_office(std::string const& line) const {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  auto const path = (m_folder / "office.sock").string();
  if (path.size() >= sizeof name.sun_path) return "";
  std::memcpy(name.sun_path, path.c_str(), path.size());
  int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string answer;
  auto const sent = line + '\n';
  timeval const limit{30, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (::connect(socket, reinterpret_cast<sockaddr const*>(&name), sizeof name) == 0 &&
      ::send(socket, sent.data(), sent.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(sent.size())) {
    std::array<char, 4096> block{};
    while (answer.find('\n') == std::string::npos) {
      auto const count = ::recv(socket, block.data(), block.size(), 0);
      if (count <= 0) break;
      answer.append(block.data(), static_cast<std::size_t>(count));
    }
  }
  ::close(socket);
  return answer.substr(0, answer.find('\n'));
}

}  // namespace yizhan::test
