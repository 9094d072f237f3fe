#include "peripherals/id_reader/exchange.h"

#include <sys/timerfd.h>

namespace yizhan::id_reader {

Duration left_of(host::Deadline const& deadline) {
  itimerspec spec{};
  ::timerfd_gettime(deadline.fd(), &spec);
  return std::chrono::seconds(spec.it_value.tv_sec) + std::chrono::microseconds(spec.it_value.tv_nsec / 1000);
}

}  // namespace yizhan::id_reader
