#pragma once
#include <thread>

#include "shared/hall/hall_authority.h"
#include "shared/hall/postgres_link.h"

namespace yizhan::hall {

/// Thread "hall": LISTENs on a connection of its own and signals each change, and once after every (re)connection, since
/// nobody knows what was missed. Ends promptly with the object.
class ChangeListener {
 public:
  ChangeListener(ConnectionSettings settings, ChangeSignal signal);
  ~ChangeListener();
  ChangeListener(ChangeListener const&) = delete;
  ChangeListener& operator=(ChangeListener const&) = delete;

 private:
  void listen(ConnectionSettings settings);

  ChangeSignal m_signal;
  int m_stop;  // eventfd
  std::thread m_thread;
};

}  // namespace yizhan::hall
