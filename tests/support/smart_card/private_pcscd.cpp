#include "tests/support/smart_card/private_pcscd.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "tests/support/pki/pki.h"

namespace yizhan::test {

namespace {

constexpr std::chrono::seconds k_start_limit(20);

/// As systemd starts it: the listening socket is given to it, so it needs none at the system's place. `--disable-polkit` is
/// known from pcsc-lite 2.0 on, where polkit would ask a message bus that a test does not have.
constexpr char const* k_launcher = R"py(
import os, socket, subprocess, sys
path, configuration = sys.argv[1:]
if os.path.exists(path): os.unlink(path)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(64)
os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
known = subprocess.run(["pcscd", "--help"], capture_output=True, text=True).stdout
options = ["--disable-polkit"] if "--disable-polkit" in known else []
os.execvp("pcscd", ["pcscd", "--foreground", "--debug", "--config", configuration] + options)
)py";

}  // namespace

std::string PrivatePcscd::socket_path() {
  static TempDir const folder("pcsc");
  static std::string const path = [] {
    auto const socket = (folder / "comm").string();
    ::setenv("PCSCLITE_CSOCK_NAME", socket.c_str(), 1);
    return socket;
  }();
  return path;
}

PrivatePcscd::PrivatePcscd() {
  static_cast<void>(socket_path());
  std::filesystem::create_directory(m_folder / "readers");
}

PrivatePcscd::~PrivatePcscd() {
  if (m_process) kill();
}

void PrivatePcscd::configure(bool with_reader) {
  auto const file = m_folder / "readers" / "vpcd";
  std::filesystem::remove(file);
  if (!with_reader) return;
  auto const port = std::to_string(m_port);
  write_file(file, "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" + port +
                       "\nLIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID " + port + "\n");
}

void PrivatePcscd::start(bool with_reader) {
  // Two virtual readers want two neighbouring ports, which were free a moment ago.
  for (int tries = 0; tries < 5; ++tries) {
    if (m_port == 0) m_port = std::min<std::uint16_t>(free_port(), 65'000);
    configure(with_reader);
    m_process.emplace(Command{.argv = {"python3", "-c", k_launcher, socket_path(), (m_folder / "readers").string()}});
    bool const ready = m_process->wait_for_output("daemon ready", k_start_limit);
    if (ready && log().find("Could not initialize connection to virtual ICC") == std::string::npos) return;
    if (!ready && !m_process->running()) break;
    kill();
    m_port = 0;
  }
  throw std::runtime_error("pcscd does not start: " + log());
}

void PrivatePcscd::kill() {
  m_process->kill();
  std::error_code error;
  std::filesystem::remove(socket_path(), error);
}

std::string PrivatePcscd::log() const { return m_process ? m_process->out() + m_process->err() : std::string(); }

emulated::StaffCardData make_staff_card(StaffCardNames const& names) {
  auto const issued = self_signed(names.holder, WallTime{std::chrono::hours{24 * 365 * 56}});
  emulated::StaffCardData data;
  std::transform(names.card_id.begin(), names.card_id.end(), data.card_id.begin(),
                 [](std::uint8_t byte) { return std::byte{byte}; });
  data.key_pem = issued.key_pem;
  data.certificate = issued.certificate_pem;
  return data;
}

}  // namespace yizhan::test
