// kill -9 at any moment: nothing acknowledged is lost, nothing is half there, and the next start is not held up.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "shared/base/real_env.h"
#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

constexpr int k_kills = 60;

/// Another process that opens the folder and commits events until it is killed; after each commit it acknowledges the
/// event's sequence on `acknowledgements`.
pid_t start_writer(test::Machine& machine, int acknowledgements, bool opens_epochs) {
  pid_t const child = ::fork();
  if (child != 0) return child;
  if (!machine.open()) ::_exit(3);
  for (std::uint64_t i = 1;; ++i) {
    machine.append("event");
    if (!machine.store().commit([&] { return machine.store().audit().append("a", "b", "c", {{"i", i}}); })) ::_exit(4);
    auto const last = machine.outbox().status()->last;
    if (opens_epochs && i % 7 == 0) {
      auto const next = std::to_string(std::stoull(last.epoch) + 1);
      if (!machine.open_epoch(next, last.epoch)) ::_exit(5);
    }
    std::uint64_t const total = std::stoull(machine.one("SELECT count(*) FROM outbox WHERE subject = 'event'"));
    if (::write(acknowledgements, &total, sizeof total) != sizeof total) ::_exit(6);
  }
}

class Killed : public testing::TestWithParam<bool> {};

TEST_P(Killed, LosesNothingAcknowledgedAndStartsAgain) {
  SeededRng rng(20261124);
  std::uint64_t acknowledged = 0;
  test::Machine machine(7);
  for (int kill = 0; kill < k_kills; ++kill) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    pid_t const writer = start_writer(machine, pipe[1], GetParam());
    ::close(pipe[1]);
    // Dies somewhere behind its n-th acknowledgement, wherever a random stretch of waiting for the next one ends.
    auto const wanted = rng.below(6);
    for (std::uint64_t n = 0; n < wanted; ++n) {
      std::uint64_t count = 0;
      ASSERT_EQ(::read(pipe[0], &count, sizeof count), static_cast<ssize_t>(sizeof count)) << "the writer stopped";
      acknowledged = count;
    }
    for (auto spin = rng.below(4'000'000); spin > 0; --spin) asm volatile("");
    ASSERT_EQ(::kill(writer, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(writer, &status, 0), writer);
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit " << WEXITSTATUS(status);
    std::uint64_t count = 0;
    while (::read(pipe[0], &count, sizeof count) == static_cast<ssize_t>(sizeof count)) acknowledged = count;
    ::close(pipe[0]);

    auto const opened = machine.open();
    ASSERT_TRUE(opened) << opened.error().to_line();
    ASSERT_FALSE(machine.store().missing());
    auto const stored = std::stoull(machine.one("SELECT count(*) FROM outbox WHERE subject = 'event'"));
    ASSERT_GE(stored, acknowledged);
    auto const findings = machine.store().check();
    ASSERT_TRUE(findings);
    ASSERT_TRUE(findings->empty()) << findings->front();
    machine.close();
    machine.env().clock.advance(std::chrono::seconds(1));  // the next writer makes other ids from the same seed
  }
  EXPECT_GT(acknowledged, 20u);
}

INSTANTIATE_TEST_SUITE_P(Writers, Killed, testing::Values(false, true),
                         [](auto const& info) { return info.param ? "OpeningEpochs" : "Appending"; });

}  // namespace
}  // namespace yizhan::store
