#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>

#include "peripherals/host/fd_line.h"
#include "peripherals/host/transports.h"

namespace yizhan::host {

namespace {

class PrinterNode final : public FdLine {
 public:
  PrinterNode(int fd, std::shared_ptr<Interrupt> interrupt) : FdLine(fd, std::move(interrupt)) {}

 private:
  /// usblp gives empty reads for empty USB packets, which many printers send while they have nothing to say.
  [[nodiscard]] bool nothing_is_end() const override { return false; }
};

class ReportNode final : public FdLine {
 public:
  ReportNode(int fd, std::shared_ptr<Interrupt> interrupt) : FdLine(fd, std::move(interrupt)) {}
};

template <class NodeLine>
Result<std::unique_ptr<Line>> open_node(std::string const& node, std::shared_ptr<Interrupt> interrupt) {
  int const fd = ::open(node.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return open_error(node, errno);
  struct stat what {};
  constexpr unsigned k_memory_devices = 1;  // /dev/null, /dev/zero …
  bool const device = ::fstat(fd, &what) == 0 && S_ISCHR(what.st_mode) && major(what.st_rdev) != k_memory_devices;
  if (!device) {
    ::close(fd);
    return Error::make("device_absent", Retry::no, node + ": not a device");
  }
  std::unique_ptr<Line> line = std::make_unique<NodeLine>(fd, std::move(interrupt));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return open_error(node, errno);
  line->discard_input();
  return line;
}

}  // namespace

Result<std::unique_ptr<Line>> open_printer_node(std::string const& node, std::shared_ptr<Interrupt> interrupt) {
  return open_node<PrinterNode>(node, std::move(interrupt));
}

Result<std::unique_ptr<Line>> open_report_node(std::string const& node, std::shared_ptr<Interrupt> interrupt) {
  return open_node<ReportNode>(node, std::move(interrupt));
}

}  // namespace yizhan::host
