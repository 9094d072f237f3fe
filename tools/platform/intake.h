#pragma once
/// Receives cases by itself: once a case's event and all its documents are there, they are decrypted and held against each
/// other; what fits is received, and its hall hears of it. What does not fit stays as it is, with the fault's name.
#include <string>
#include <thread>

#include "tools/platform/calls.h"

namespace yizhan::platform {

class Intake {
 public:
  /// Starts the thread, which begins with what was left when the last process ended.
  Intake(std::string uri, World const& world);
  /// Ends after the case at hand.
  ~Intake();
  Intake(Intake const&) = delete;
  Intake& operator=(Intake const&) = delete;

 private:
  void run();

  std::string const m_uri;
  World const& m_world;
  std::thread m_thread;
};

/// Takes in one case whose documents are all there; false where there is none (or no database).
bool take_in_one(Database& database, World const& world);
/// Accepts every received part that waits for no other, of one case.
void accept_what_can_be(pqxx::transaction_base& transaction, World const& world, std::string const& number);

}  // namespace yizhan::platform
