#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "peripherals/host/fd_line.h"
#include "peripherals/host/transports.h"

namespace yizhan::host {

namespace {

class InputNode final : public FdLine {
 public:
  InputNode(int fd, std::shared_ptr<Interrupt> interrupt) : FdLine(fd, std::move(interrupt)) {}
};

}  // namespace

Result<std::unique_ptr<Line>> open_input_node(std::string const& node, std::shared_ptr<Interrupt> interrupt) {
  int const fd = ::open(node.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return open_error(node, errno);
  std::unique_ptr<Line> line = std::make_unique<InputNode>(fd, std::move(interrupt));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return open_error(node, errno);
  line->discard_input();
  return line;
}

}  // namespace yizhan::host
