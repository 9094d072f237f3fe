#include "tests/support/child_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <thread>

extern char** environ;

namespace yizhan::test {

namespace {

constexpr std::chrono::milliseconds k_poll{5};

struct User {
  uid_t uid;
  gid_t gid;
};

std::optional<User> find_user(std::string const& name) {
  if (name.empty()) return std::nullopt;
  auto const* entry = ::getpwnam(name.c_str());
  if (entry == nullptr) throw std::runtime_error("no such user: " + name);
  return User{entry->pw_uid, entry->pw_gid};
}

std::string find_program(std::string const& name) {
  if (name.find('/') != std::string::npos) return name;
  char const* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    auto const end = rest.find(':');
    auto candidate = std::string(rest.substr(0, end)) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return name;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (auto& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(std::vector<std::pair<std::string, std::string>> const& added) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view const line = *entry;
    auto const name = line.substr(0, line.find('='));
    bool replaced = false;
    for (auto const& [key, value] : added) replaced = replaced || key == name;
    if (!replaced) result.emplace_back(line);
  }
  for (auto const& [key, value] : added) result.push_back(key + "=" + value);
  return result;
}

int open_file(std::filesystem::path const& path, int flags) {
  int const file = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot open " + path.string());
  return file;
}

}  // namespace

bool eventually(std::chrono::milliseconds limit, std::function<bool()> const& condition) {
  auto const end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return condition();
    std::this_thread::sleep_for(k_poll);
  }
  return true;
}

std::uint16_t free_port() {
  int const probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  bool const found = probe >= 0 && ::bind(probe, generic, size) == 0 && ::getsockname(probe, generic, &size) == 0;
  if (probe >= 0) ::close(probe);
  if (!found) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

ChildProcess::ChildProcess(Command const& command) {
  auto const user = find_user(command.run_as);
  // Everything that allocates happens before fork: the child of a threaded test may only make system calls.
  auto arguments = command.argv;
  auto environment = environment_with(command.environment);
  auto const program = find_program(arguments.at(0));
  auto argv = pointers(arguments);
  auto envp = pointers(environment);
  if (!command.input.empty()) write_file(m_files / "in", command.input);
  int const in = command.input.empty() ? open_file("/dev/null", O_RDONLY) : open_file(m_files / "in", O_RDONLY);
  int const out = open_file(m_files / "out", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
  int const err = open_file(m_files / "err", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
  pid_t const parent = ::getpid();
  m_pid = ::fork();
  if (m_pid == 0) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (user && (::setgroups(1, &user->gid) != 0 || ::setgid(user->gid) != 0 || ::setuid(user->uid) != 0)) ::_exit(126);
    // After setuid, which would clear it.
    ::prctl(PR_SET_PDEATHSIG, command.signal_at_parents_death);
    if (::getppid() != parent) ::_exit(126);
    if (!command.working_folder.empty() && ::chdir(command.working_folder.c_str()) != 0) ::_exit(126);
    ::execve(program.c_str(), argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(in);
  ::close(out);
  ::close(err);
  if (m_pid < 0) throw std::runtime_error("fork failed");
}

ChildProcess::~ChildProcess() { kill(); }

bool ChildProcess::running() {
  if (m_exit) return false;
  int status = 0;
  pid_t const ended = ::waitpid(m_pid, &status, WNOHANG);
  if (ended == 0 || (ended < 0 && errno == EINTR)) return true;
  m_exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return false;
}

bool ChildProcess::wait_for_output(std::string const& text, std::chrono::milliseconds limit) {
  auto const seen = [&] { return out().find(text) != std::string::npos || err().find(text) != std::string::npos; };
  bool ended = false;
  eventually(limit, [&] {
    ended = !running();  // Asked first: what it wrote before its end is then complete.
    return ended || seen();
  });
  return seen();
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds limit) {
  eventually(limit, [&] { return !running(); });
  return m_exit;
}

void ChildProcess::send(int signal) {
  if (running()) ::kill(m_pid, signal);
}

int ChildProcess::terminate(std::chrono::milliseconds limit) {
  send(SIGTERM);
  if (!wait(limit)) kill();
  return m_exit.value_or(-1);
}

void ChildProcess::kill() {
  send(SIGKILL);
  wait();
}

Outcome run(Command const& command, std::chrono::milliseconds limit) {
  ChildProcess process(command);
  if (!process.wait(limit)) process.kill();
  auto const exit = process.wait().value_or(-1);
  return {exit, process.out(), process.err()};
}

}  // namespace yizhan::test
