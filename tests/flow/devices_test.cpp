// Each device is pulled, or falls silent, at each step of a visit, as the scenario files of devices/ tell it: the screen
// says so in time, there is a next step, and no ticket is lost. What the scenarios measured is printed at the end.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <sstream>

#include "tests/flow/kiosk_program.h"
#include "tests/support/demo_pki.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan {
namespace {

constexpr char const* k_machine = "420106001001:001";

/// Of the waits with one limit: how many there were, and the longest.
struct Waits {
  int count = 0;
  int longest_ms = 0;
};

/// Limit in ms -> waits, from the lines "… after 412 ms of 3500 ms" in the program's log.
std::map<int, Waits> waits_of(std::string const& log) {
  std::map<int, Waits> all;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    auto const at = line.rfind(" after ");
    if (line.find("scenario: line") == std::string::npos || at == std::string::npos) continue;
    int took = 0;
    int limit = 0;
    if (std::sscanf(line.c_str() + at, " after %d ms of %d ms", &took, &limit) != 2) continue;
    auto& waits = all[limit];
    ++waits.count;
    waits.longest_ms = std::max(waits.longest_ms, took);
  }
  return all;
}

class PulledDevices : public testing::TestWithParam<char const*> {
 protected:
  static void SetUpTestSuite() {
    s_cluster = std::make_unique<test::PostgresCluster>();
    s_pki = std::make_unique<test::DemoPki>(std::vector<std::string>{k_machine});
  }
  static void TearDownTestSuite() {
    s_pki.reset();
    s_cluster.reset();
  }

  /// Each machine begins its line of events anew: a platform that knew another one by its name would not take them.
  void SetUp() override {
    m_platform = std::make_unique<test::PlatformProcess>(
        *s_pki, s_cluster->create_database(std::string("devices_") + GetParam()));
  }

  /// A machine with every device, which can take applications: it has its keys, and knows the platform's.
  [[nodiscard]] std::unique_ptr<test::Kiosk> machine(std::string const& scanner) const {
    auto const folder = s_pki->folder().string();
    test::KioskOptions options;
    options.scanner = scanner;
    options.more_config =
        "[devices.document_printer]\nuri = \"emulated\"\n[devices.document_camera]\ndevice = \"emulated\"\n"
        "[platform]\nurl = \"" +
        m_platform->url() + "\"\ntrust_signer = \"" + folder + "/document-signer.crt\"\n[platform.tls]\nca = \"" +
        s_pki->ca() + "\"\ncertificate = \"" + s_pki->device_certificate(k_machine) + "\"\n";
    auto kiosk = std::make_unique<test::Kiosk>(options);
    auto const keys = kiosk->data().parent_path();
    test::write_file(keys / "hall.key", std::string(32, 'h'));
    test::write_file(keys / "holder.key", std::string(32, 'p'));
    auto const provisioned = kiosk->ctl({"provision", "--hall-key", (keys / "hall.key").string(), "--holder-key",
                                         (keys / "holder.key").string(), "--device-key", s_pki->device_key(k_machine)});
    EXPECT_EQ(provisioned.exit, 0) << provisioned.err;
    auto const synced = kiosk->ctl({"sync", "once"});
    EXPECT_EQ(synced.exit, 0) << synced.err;
    return kiosk;
  }

  static inline std::unique_ptr<test::PostgresCluster> s_cluster;
  static inline std::unique_ptr<test::DemoPki> s_pki;
  std::unique_ptr<test::PlatformProcess> m_platform;
};

TEST_P(PulledDevices, AreToldOfInTimeLeaveANextStepAndLoseNoTicket) {
  std::string const device = GetParam();
  auto const kiosk = machine(device == "scanner" ? "port" : "camera");
  auto const outcome = kiosk->play(test::source_folder() / "tests/flow/devices" / (device + ".scn"));
  ASSERT_EQ(outcome.exit, 0) << outcome.err;
  auto const waits = waits_of(outcome.err);
  EXPECT_FALSE(waits.empty()) << "nothing was measured";
  for (auto const& [limit, seen] : waits) {
    EXPECT_LE(seen.longest_ms, limit);
    std::printf("[ measured ] %s: %d times at most %d ms of %d ms\n", device.c_str(), seen.count, seen.longest_ms,
                limit);
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, PulledDevices,
                         testing::Values("reader", "camera", "scanner", "printer", "document_camera",
                                         "document_printer"),
                         [](auto const& info) { return std::string(info.param); });

TEST(DeviceScenarios, EachFileIsPlayed) {
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::directory_iterator(test::source_folder() / "tests/flow/devices"))
    files += entry.path().extension() == ".scn";
  EXPECT_EQ(files, 6u) << "a new scenario belongs into the list above";
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }
