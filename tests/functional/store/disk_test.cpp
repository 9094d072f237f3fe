// Disks that are full, that fail, and that lie about it.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/support/store/fault_disk.h"
#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

using test::DiskFault;
using test::DiskOperation;

bool is_log(std::string const& file) { return file.ends_with("-wal"); }

class Disk : public testing::Test {
 protected:
  test::FaultDisk m_disk;
  test::Machine m_machine;
  int m_fatal = 0;

  void SetUp() override {
    DatabaseOptions options;
    options.vfs = m_disk.name();
    options.on_fatal = [this](Error const&) { ++m_fatal; };
    ASSERT_TRUE(m_machine.open(options));
    ASSERT_TRUE(m_machine.open_epoch("1"));
    m_machine.append("first");
  }
  Result<Uuid> append() {
    return m_machine.store().commit(
        [&] { return m_machine.outbox().append("cn.yizhan.ticket.issued.v1", "later", nlohmann::json::object()); });
  }
  std::uint64_t last() { return m_machine.outbox().status()->last.sequence; }
  void expect_whole(std::uint64_t sequence) {
    m_disk.decide = {};
    EXPECT_EQ(last(), sequence);
    ASSERT_TRUE(m_machine.open());
    EXPECT_EQ(last(), sequence);
    EXPECT_FALSE(m_machine.store().missing());
    EXPECT_TRUE(m_machine.store().check()->empty());
  }
};

TEST_F(Disk, NoSharedMemoryFileIsNeeded) {
  // The faulty disk has no shared memory at all: a log index outside the heap could not have opened.
  EXPECT_EQ(last(), 2u);
}

TEST_F(Disk, FullSaysSoStoresNothingAndServesAgainByItself) {
  m_disk.decide = [](DiskOperation operation, std::string const& file) {
    return operation == DiskOperation::write && is_log(file) ? DiskFault::full : DiskFault::none;
  };
  for (int i = 0; i < 3; ++i) {
    auto const refused = append();
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is("disk_full")) << refused.error().to_line();
    EXPECT_TRUE(refused.error().retryable());
    EXPECT_EQ(last(), 2u) << "reading goes on";
  }
  EXPECT_EQ(m_fatal, 0);
  m_disk.decide = {};
  EXPECT_TRUE(append());
  expect_whole(3);
}

TEST_F(Disk, FullInTheMiddleOfTheFramesLeavesNoHalfTransaction) {
  for (int nth = 1; nth < 8; ++nth) {
    int writes = 0;
    m_disk.decide = [&](DiskOperation operation, std::string const& file) {
      return operation == DiskOperation::write && is_log(file) && ++writes >= nth ? DiskFault::full : DiskFault::none;
    };
    auto const before = last();
    auto const result = append();
    m_disk.decide = {};
    EXPECT_EQ(last(), before + (result ? 1 : 0)) << nth;
  }
  expect_whole(last());
}

TEST_F(Disk, AFailedSyncOfACommitThatIsThereIsASuccess) {
  bool failed = false;
  m_disk.decide = [&](DiskOperation operation, std::string const& file) {
    if (failed || operation != DiskOperation::sync || !is_log(file)) return DiskFault::none;
    failed = true;
    return DiskFault::error;
  };
  auto const id = append();
  ASSERT_TRUE(failed) << "no sync of the log at COMMIT";
  ASSERT_TRUE(id) << id.error().to_line();
  EXPECT_TRUE(m_machine.outbox().contains(*id).value());
  EXPECT_EQ(m_machine.store().high_water().mark().last_sequence, 3u);
  EXPECT_EQ(m_fatal, 0);
  expect_whole(3);
}

TEST_F(Disk, AFailedWriteOfACommitThatIsNotThereIsAFailure) {
  bool failed = false;
  m_disk.decide = [&](DiskOperation operation, std::string const& file) {
    if (failed || operation != DiskOperation::write || !is_log(file)) return DiskFault::none;
    failed = true;
    return DiskFault::error;
  };
  auto const result = append();
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().is("database_io")) << result.error().to_line();
  EXPECT_EQ(m_machine.store().high_water().mark().last_sequence, 2u);
  EXPECT_TRUE(append()) << "and the connection works again";
  expect_whole(3);
}

TEST_F(Disk, EveryOperationOfACommitMayFailOnceInEitherWay) {
  for (auto const fault : {DiskFault::error, DiskFault::error_after, DiskFault::full}) {
    for (int nth = 1; nth <= 12; ++nth) {
      int operations = 0;
      m_disk.decide = [&](DiskOperation operation, std::string const&) {
        if (operation == DiskOperation::open) return DiskFault::none;
        return ++operations == nth ? fault : DiskFault::none;
      };
      auto const before = last();
      auto const result = append();
      m_disk.decide = {};
      ASSERT_EQ(last(), before + (result ? 1 : 0)) << "fault " << static_cast<int>(fault) << " at " << nth;
      ASSERT_EQ(m_machine.store().high_water().mark().last_sequence, last());
    }
  }
  EXPECT_EQ(m_fatal, 0);
  expect_whole(last());
}

TEST_F(Disk, TwoFailuresToOpenAgainEndTheProcess) {
  bool broken = false;
  int opens = 0;
  m_disk.decide = [&](DiskOperation operation, std::string const& file) {
    if (operation == DiskOperation::sync && is_log(file)) broken = true;
    if (!broken) return DiskFault::none;
    if (operation == DiskOperation::open && file.ends_with("yizhan.db")) ++opens;
    return DiskFault::error;
  };
  auto const result = append();
  EXPECT_TRUE(result.error().is("commit_unknown"));
  EXPECT_EQ(m_fatal, 1);
  EXPECT_EQ(opens, 2);
  EXPECT_FALSE(append()) << "nothing works behind it";
  m_disk.decide = {};
  ASSERT_TRUE(m_machine.open()) << "the next start does";
  EXPECT_TRUE(m_machine.store().check()->empty());
}

TEST_F(Disk, OneFailureToOpenAgainIsOvercome) {
  int opens = 0;
  bool broken = false;
  m_disk.decide = [&](DiskOperation operation, std::string const& file) {
    if (operation == DiskOperation::sync && is_log(file) && !broken) {
      broken = true;
      return DiskFault::error;
    }
    return operation == DiskOperation::open && broken && ++opens == 1 ? DiskFault::error : DiskFault::none;
  };
  EXPECT_TRUE(append());
  EXPECT_EQ(m_fatal, 0);
  expect_whole(3);
}

TEST_F(Disk, ABackupOnAFullDiskLeavesNothingBehind) {
  auto const target = m_machine.folder() / "backup.db";
  m_disk.decide = [](DiskOperation operation, std::string const& file) {
    return operation == DiskOperation::write && file.find("backup.db.part") != std::string::npos ? DiskFault::full
                                                                                                 : DiskFault::none;
  };
  auto const failed = m_machine.store().backup(target);
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().is("disk_full")) << failed.error().to_line();
  EXPECT_FALSE(std::filesystem::exists(target));
  EXPECT_FALSE(std::filesystem::exists(target.string() + ".part"));
  m_disk.decide = {};
  EXPECT_TRUE(m_machine.store().backup(target));
  EXPECT_TRUE(append());
}

TEST(RealDisk, AFileSizeLimitStopsCommitsAndLosesNothing) {
  // The kernel itself refuses (EFBIG), in a child so that the limit stays there.
  test::Machine machine;
  ASSERT_TRUE(machine.open());
  machine.append("first");
  machine.close();
  auto const size = std::filesystem::file_size(machine.database_file());
  pid_t const child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit const limit{size + 32'768, size + 32'768};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0 || !machine.open()) ::_exit(3);
    for (int i = 0; i < 1000; ++i) {
      auto const result = machine.store().commit([&] {
        return machine.outbox().append("cn.yizhan.ticket.issued.v1", std::string(3000, 's'), nlohmann::json::object());
      });
      if (!result) ::_exit(result.error().is("database_io") || result.error().is("disk_full") ? i : 4);
    }
    ::_exit(5);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  auto const committed = WEXITSTATUS(status);
  ASSERT_GT(committed, 5);
  ASSERT_TRUE(machine.open());
  EXPECT_EQ(machine.outbox().status()->last.sequence, static_cast<std::uint64_t>(committed) + 1);
  EXPECT_TRUE(machine.store().check()->empty());
}

}  // namespace
}  // namespace yizhan::store
