#pragma once
/// A machine of a test's own: hand-driven time, real SQLCipher in a temporary folder.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "shared/base/manual_env.h"
#include "shared/base/text.h"
#include "shared/crypto/key_vault.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/queue/hall_command.h"
#include "shared/store/store.h"
#include "tests/support/temp_dir.h"

namespace yizhan::test {

/// 2026-11-24 09:00 in Shanghai.
inline WallTime const k_morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{1}};

/// "ok", or the error's code.
template <class T>
std::string code_of(Result<T> const& result) {
  return result ? "ok" : std::string(result.error().code());
}

struct Machine {
  explicit Machine(std::string terminal_number = "001", std::uint64_t seed = 1, WallTime start = k_morning)
      : terminal(std::move(terminal_number)), env(start, seed), device("urn:yizhan:device:420106001001:" + terminal) {
    vault = std::move(crypto::open_development_vault(folder.path(), crypto::Profile::demo)).value();
    open();
  }

  /// Starts anew on the same folder: what a restarted process finds.
  void reopen() {
    close();
    open();
  }
  /// Lets go of the folder.
  void close() { store.reset(); }

  [[nodiscard]] calendar::BusinessDay today() { return *calendar::local_day(clock->now(), "Asia/Shanghai"); }
  [[nodiscard]] queue::HallCommand command(decltype(queue::HallCommand::what) what, std::string counter = "") {
    return {Uuid::v7(env.env()), today(), clock->now(), device, std::move(counter), std::move(what)};
  }
  /// One number out of the database.
  [[nodiscard]] std::int64_t count(std::string const& sql) {
    auto statement = store->database().prepare(sql);
    EXPECT_TRUE(statement) << statement.error().to_line();
    EXPECT_TRUE(statement->step().value_or(false)) << sql;
    return statement->integer(0);
  }

  char const* vfs = nullptr;  // of the next reopen()
  std::string terminal;
  TempDir folder{"hall"};
  ManualEnv env;
  std::string device;
  std::unique_ptr<crypto::KeyVault> vault;
  std::unique_ptr<calendar::HallClock> clock;
  std::unique_ptr<store::Store> store;

 private:
  void open() {
    clock = std::make_unique<calendar::HallClock>(env.clock.wall(), env.clock.steady(),
                                                  k_morning - std::chrono::hours(24 * 30));
    auto opened = store::Store::open({.folder = folder / "data", .device = device, .database = {.vfs = vfs}}, *vault,
                                     env.env(), *clock);
    if (!opened) throw std::runtime_error(opened.error().to_line());
    store = std::move(*opened);
  }
};

}  // namespace yizhan::test
