#include "tests/support/printing/eve_printer.h"

#include <filesystem>
#include <stdexcept>

namespace yizhan::test {

namespace {

constexpr std::chrono::seconds k_start_limit(20);

std::string bus_configuration(std::string const& socket) {
  return R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=)" +
         socket + R"(</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_type="method_return"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
)";
}

/// Runs with one argument, the document. What it writes to standard error is read by ippeveprinter.
std::string command_script(std::string const& folder) {
  return "#!/bin/sh\nf='" + folder + R"sh('
[ -s "$f/reasons" ] && echo "STATE: $(cat "$f/reasons")" >&2
while [ -e "$f/hold" ] && [ ! -e "$f/give_up" ]; do sleep 0.02; done
echo "STATE: none" >&2
[ -e "$f/give_up" ] && exit 1
n=$(($(cat "$f/count" 2>/dev/null || echo 0) + 1))
cp "$1" "$f/document-$n.pdf"
echo $n >"$f/count"
)sh";
}

}  // namespace

EvePrinter::EvePrinter() {
  auto const socket = (m_folder / "bus").string();
  write_file(m_folder / "bus.conf", bus_configuration(socket));
  m_bus.emplace(Command{.argv = {"dbus-daemon", "--nofork", "--config-file=" + (m_folder / "bus.conf").string()}});
  if (!eventually(k_start_limit, [&] { return std::filesystem::exists(socket); })) {
    throw std::runtime_error("dbus-daemon does not start: " + m_bus->err());
  }
  auto const command = m_folder / "command";
  write_file(command, command_script(m_folder.path().string()));
  std::filesystem::permissions(command, std::filesystem::perms::owner_all);
  std::filesystem::create_directory(m_folder / "spool");
  std::filesystem::create_directory(m_folder / "keys");
  // The port was free a moment ago.
  for (int tries = 0;; ++tries) {
    m_port = free_port();
    try {
      start();
      return;
    } catch (std::runtime_error const&) {
      if (tries == 4) throw;
    }
  }
}

void EvePrinter::start() {
  m_printer.emplace(Command{.argv = {"ippeveprinter", "-r", "off", "-n", "localhost", "-p", std::to_string(m_port),
                                     "-d", (m_folder / "spool").string(), "-K", (m_folder / "keys").string(), "-f",
                                     "application/pdf", "-c", (m_folder / "command").string(), "-vv", "Test"},
                            .environment = {{"DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + (m_folder / "bus").string()},
                                            {"HOME", m_folder.path().string()}}});
  auto const answers = [&] {
    return run({.argv = {"ipptool", "-q", uri(), "get-printer-attributes.test"}}, std::chrono::seconds(10)).exit == 0;
  };
  bool const started = eventually(k_start_limit, [&] { return !m_printer->running() || answers(); });
  if (!started || !m_printer->running()) throw std::runtime_error("ippeveprinter does not start: " + m_printer->err());
}

void EvePrinter::kill() { m_printer->kill(); }

void EvePrinter::set_reasons(std::string_view reasons) { write_file(m_folder / "reasons", reasons); }
void EvePrinter::hold_back() { write_file(m_folder / "hold", ""); }
void EvePrinter::release() { std::filesystem::remove(m_folder / "hold"); }
void EvePrinter::give_up() { write_file(m_folder / "give_up", ""); }

int EvePrinter::printed() const {
  auto const count = m_folder / "count";
  return std::filesystem::exists(count) ? std::stoi(read_file(count)) : 0;
}

std::string EvePrinter::document(int number) const {
  return read_file(m_folder / ("document-" + std::to_string(number) + ".pdf"));
}

void EvePrinter::occupy(std::string const& user) {
  write_file(m_folder / "other.pdf", "%PDF-1.5\n");
  write_file(m_folder / "other.test", R"({ OPERATION Print-Job
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR language attributes-natural-language en
ATTR uri printer-uri $uri
ATTR name requesting-user-name )" + user +
                                          R"(
ATTR mimeMediaType document-format application/pdf
FILE $filename
STATUS successful-ok })");
  auto const sent = run(
      {.argv = {"ipptool", "-t", "-f", (m_folder / "other.pdf").string(), uri(), (m_folder / "other.test").string()}});
  if (sent.exit != 0) throw std::runtime_error("ipptool: " + sent.out + sent.err);
}

std::string EvePrinter::jobs() const {
  return run({.argv = {"ipptool", "-t", uri(), "get-jobs.test"}}).out + m_printer->err();
}

}  // namespace yizhan::test
