#pragma once
/// Real programs as a test's other half: spawned, watched, ended with the test.
#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/temp_dir.h"

namespace yizhan::test {

/// Asks `condition` every few milliseconds until it holds or `limit` has passed; its last answer.
bool eventually(std::chrono::milliseconds limit, std::function<bool()> const& condition);

/// A TCP port of 127.0.0.1 that was free a moment ago. Another process may take it first: retry where that matters,
/// or let the program listen on port 0 and read its ready line.
[[nodiscard]] std::uint16_t free_port();

/// What a program is started with.
struct Command {
  std::vector<std::string> argv;                                 // argv[0] is searched in PATH
  std::vector<std::pair<std::string, std::string>> environment;  // added to the test's own
  std::string working_folder;
  std::string input;   // standard input; empty: /dev/null
  std::string run_as;  // user name; only root may
  // What the program gets when the thread that spawned it ends, however it ends: nothing of a killed test stays behind.
  int signal_at_parents_death = SIGKILL;
};

class ChildProcess {
 public:
  /// Starts the program. A program that cannot be executed ends with 127. Throws std::runtime_error without a process.
  explicit ChildProcess(Command const& command);
  /// SIGKILL if it still runs, and reaps it.
  ~ChildProcess();
  ChildProcess(ChildProcess const&) = delete;
  ChildProcess& operator=(ChildProcess const&) = delete;

  [[nodiscard]] pid_t pid() const { return m_pid; }
  [[nodiscard]] bool running();
  /// What it wrote so far.
  [[nodiscard]] std::string out() const { return read_file(m_files / "out"); }
  [[nodiscard]] std::string err() const { return read_file(m_files / "err"); }
  /// True once `text` is in out() or err(); false at the limit or when it ended without.
  bool wait_for_output(std::string const& text, std::chrono::milliseconds limit = std::chrono::seconds(20));
  /// Exit code, 128 + signal for a killed one; nullopt at the limit.
  std::optional<int> wait(std::chrono::milliseconds limit = std::chrono::seconds(20));

  void send(int signal);
  /// SIGTERM, after `limit` SIGKILL; the exit code as wait() gives it.
  int terminate(std::chrono::milliseconds limit = std::chrono::seconds(10));
  void kill();

 private:
  TempDir m_files{"run"};
  pid_t m_pid = -1;
  std::optional<int> m_exit;
};

struct Outcome {
  int exit = -1;
  std::string out;
  std::string err;
};
/// Runs to the end. A program over the limit is killed (exit 137).
Outcome run(Command const& command, std::chrono::milliseconds limit = std::chrono::seconds(60));

}  // namespace yizhan::test
