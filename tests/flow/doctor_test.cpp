// `yizhanctl doctor` beside a running kiosk: each device as it is, and what to do.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/flow/kiosk_program.h"

namespace yizhan {
namespace {

using Json = nlohmann::json;
constexpr auto k_limit = std::chrono::seconds(60);

/// The kiosk between two points of a scenario.
class Running {
 public:
  Running(test::Kiosk const& kiosk, std::string const& scenario) : m_meet(kiosk.meet()), m_file("scenario") {
    test::write_file(m_file / "doctor.scn", scenario);
    m_program = std::make_unique<test::ChildProcess>(kiosk.play_command(m_file / "doctor.scn"));
  }
  [[nodiscard]] bool met(std::string const& name) const {
    return test::eventually(k_limit, [&] { return std::filesystem::exists(m_meet / name); });
  }
  void go(std::string const& name) const { test::write_file(m_meet / name, "\n"); }
  [[nodiscard]] std::optional<int> ends() { return m_program->wait(k_limit); }
  [[nodiscard]] std::string err() const { return m_program->err(); }

 private:
  std::filesystem::path m_meet;
  test::TempDir m_file;
  std::unique_ptr<test::ChildProcess> m_program;
};

Json device(Json const& report, std::string const& name) {
  for (auto const& entry : report["devices"]) {
    if (entry["name"] == name) return entry;
  }
  ADD_FAILURE() << name << " is not told of";
  return Json::object();
}

TEST(Doctor, TellsEachDeviceItsStateLastFaultAndRemedy) {
  test::Kiosk const kiosk({"technician", "1080x1920", {}});
  Running program(kiosk, R"(expect text "正常"
expect text "usb:0416:5011:TP01"
expect text "frame.png"
expect text "05.01-"
signal well
await asked
printer fault paper_end
reader unplug
within 30s expect text "打印机没纸了"
within 30s expect text "设备没有接好"
signal down
await asked_again
printer fault none
reader plug
within 30s expect no-text "设备没有接好"
within 30s expect no-text "打印机没纸了"
tap technician.ticket_printer.test
expect text "测试通过"
signal mended
await end
)");
  ASSERT_TRUE(program.met("well")) << program.err();
  auto const well = kiosk.ctl({"doctor", "--devices", "--json"});
  EXPECT_EQ(well.exit, 0) << well.out << well.err;
  auto const reader = device(Json::parse(well.out), "id_reader");
  EXPECT_EQ(reader["state"], "ready");
  EXPECT_FALSE(reader["identity"].get<std::string>().empty()) << "the number of its SAM";
  EXPECT_FALSE(reader["port"].get<std::string>().empty());
  EXPECT_TRUE(reader["fault"].is_null());
  EXPECT_EQ(kiosk.ctl({"doctor"}).exit, 0);
  EXPECT_EQ(device(Json::parse(well.out), "ticket_printer")["paper_left_mm"], 80'000);

  program.go("asked");
  ASSERT_TRUE(program.met("down")) << program.err();
  auto const down = kiosk.ctl({"doctor", "--devices", "--json"});
  EXPECT_EQ(down.exit, 69);
  auto const report = Json::parse(down.out);
  EXPECT_EQ(device(report, "id_reader")["state"], "absent");
  EXPECT_EQ(device(report, "ticket_printer")["state"], "faulted");
  EXPECT_EQ(device(report, "ticket_printer")["fault"], "paper_end");
  EXPECT_NE(device(report, "ticket_printer")["remedy"].get<std::string>().find("纸"), std::string::npos);
  EXPECT_EQ(device(report, "camera")["state"], "ready");
  EXPECT_EQ(kiosk.ctl({"doctor"}).exit, 69);
  EXPECT_NE(kiosk.ctl({"doctor", "--devices"}).out.find("fault: "), std::string::npos);

  program.go("asked_again");
  ASSERT_TRUE(program.met("mended")) << program.err();
  auto const mended = kiosk.ctl({"doctor", "--devices", "--json"});
  EXPECT_EQ(mended.exit, 0) << mended.out;
  EXPECT_EQ(device(Json::parse(mended.out), "ticket_printer")["fault"], "paper_end") << "the last one, over now";
  EXPECT_TRUE(device(Json::parse(mended.out), "ticket_printer")["remedy"].is_null());
  // The test ticket came off a roll that is new: its paper had ended.
  auto const used = device(Json::parse(mended.out), "ticket_printer")["paper_used_mm"].get<int>();
  EXPECT_GT(used, 50);
  EXPECT_LT(used, 300);
  EXPECT_EQ(kiosk.ctl({"paper", "new-roll"}).exit, 0);
  EXPECT_TRUE(test::eventually(k_limit, [&] {
    return device(Json::parse(kiosk.ctl({"doctor", "--devices", "--json"}).out), "ticket_printer")["paper_used_mm"] ==
           0;
  }));
  program.go("end");
  EXPECT_EQ(program.ends(), 0) << program.err();
}

TEST(Doctor, SaysThatOnlyARunningKioskCanTellOfDevices) {
  test::Kiosk const kiosk({"technician", "1080x1920", {}});
  ASSERT_EQ(kiosk.start().exit, 0);
  auto const alone = kiosk.ctl({"doctor", "--devices"});
  EXPECT_EQ(alone.exit, 69);
  EXPECT_NE(alone.err.find("kiosk_not_running"), std::string::npos) << alone.err;
  EXPECT_TRUE(alone.out.empty());
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }
