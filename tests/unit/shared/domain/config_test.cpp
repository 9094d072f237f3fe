#include "shared/domain/config/config.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "shared/domain/config/keys.h"
#include "tests/support/temp_dir.h"

namespace yizhan::config {
namespace {

using namespace std::chrono_literals;
constexpr char const* k_example = "setup/terminal.example.toml";

struct Refusal {
  std::string code;
  std::string detail;
  bool operator==(Refusal const&) const = default;
};
std::ostream& operator<<(std::ostream& out, Refusal const& refusal) {
  return out << refusal.code << " " << refusal.detail;
}

Refusal refusal(std::string_view toml) {
  auto const config = parse_config(toml, "t.toml");
  if (config) return {};
  return {std::string(config.error().code()), config.error().detail()};
}

TEST(ConfigExample, IsWhatTheTableSays) {
  if (std::getenv("YIZHAN_WRITE_EXAMPLE") != nullptr) test::write_file(k_example, example_toml());
  EXPECT_EQ(test::read_file(k_example), example_toml())
      << "run this test with YIZHAN_WRITE_EXAMPLE=1 to write " << k_example << " anew";
}

TEST(ConfigExample, HoldsEveryKeyWithItsDefault) {
  auto const text = test::read_file(k_example);
  EXPECT_EQ(load_config(k_example).value(), Config{});
  for (auto const& key : all_keys()) {
    // Changed in the example file to something no key takes, each key must be missed at its own line.
    auto const name = std::string(key.path.substr(key.path.rfind('.') + 1));
    auto const section = text.find("\n[" + std::string(key.path.substr(0, key.path.rfind('.'))) + "]\n");
    ASSERT_NE(section, std::string::npos) << key.path;
    auto const at = text.find("\n" + name + " = ", section);
    ASSERT_NE(at, std::string::npos) << key.path;
    auto const end = text.find('\n', at + 1);
    auto changed = text;
    changed.replace(at, end - at, "\n" + name + " = 1979-05-27");
    auto const line = 2 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    auto const refused = refusal(changed);
    EXPECT_EQ(refused.code, "config_value") << key.path;
    EXPECT_EQ(refused.detail.find("t.toml:" + std::to_string(line) + ": " + std::string(key.path) + ": must be "), 0U)
        << refused.detail;
  }
}

TEST(Config, NothingGivenMeansTheDefaults) { EXPECT_EQ(parse_config("", "t.toml").value(), Config{}); }

TEST(Config, ValuesArriveWhereTheyBelong) {
  auto const config = parse_config(R"(
[terminal]
id = "007"
hall = "420106002003"
modes = ["counter", "display"]
series = "KX"
counter = "3"
[hall]
database = "postgresql:///yizhan?host=/run/yz&port=6543"
hours = ["09:00-12:00", "13:30-24:00"]
[platform]
url = "https://platform.example.cn:8443"
pins = ["sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]
tls = { ca = "/etc/yizhan/ca.pem" }
[devices]
id_reader = { port = "/dev/ttyS0", baud = 230400 }
ticket_printer.width = 58
[session]
idle_seconds = 90
)",
                                   "t.toml")
                          .value();
  EXPECT_EQ(config.device_urn(), "urn:yizhan:device:420106002003:007");
  EXPECT_EQ(config.terminal.modes, (std::vector{Mode::counter, Mode::display}));
  EXPECT_EQ(config.hall.hours[1].to, 24h);
  EXPECT_EQ(config.platform.tls.ca, "/etc/yizhan/ca.pem");
  EXPECT_EQ(config.platform.pins.size(), 1U);
  EXPECT_EQ(config.devices.id_reader.baud, 230400);
  EXPECT_EQ(config.devices.ticket_printer.width, 58);
  EXPECT_EQ(config.session.idle_seconds, 90);
  EXPECT_EQ(config.session.warning_seconds, 20);
}

TEST(OpenHours, AreOverAfterTheirLastEndAndNeverWhereThatIsMidnight) {
  std::vector<OpenHours> const day{{510min, 720min}, {840min, 1050min}};
  for (auto const open : {0min, 509min, 510min, 720min, 780min, 1049min}) EXPECT_FALSE(are_over(day, open)) << open;
  for (auto const over : {1050min, 1051min, 1439min}) EXPECT_TRUE(are_over(day, over)) << over;
  for (auto const minute : {0min, 720min, 1439min}) {
    EXPECT_FALSE(are_over({{0min, 24h}}, minute)) << minute;
    EXPECT_FALSE(are_over({}, minute)) << minute;
    EXPECT_FALSE(are_over(Hall{}.hours, minute)) << minute;
  }
}

TEST(Config, AnUnknownKeyIsNamedWithFileAndLine) {
  EXPECT_EQ(refusal("[session]\nidle_seconds = 60\nidle_second = 5\n"),
            (Refusal{"config_unknown_key", "t.toml:3: session.idle_second: there is no such key"}));
  EXPECT_EQ(refusal("[sesion]\n"), (Refusal{"config_unknown_key", "t.toml:1: sesion: there is no such key"}));
  EXPECT_EQ(refusal("\n[devices.scanner]\n"),
            (Refusal{"config_unknown_key", "t.toml:2: devices.scanner: there is no such key"}));
}

TEST(Config, AValueOutOfRangeSaysWhatIsWanted) {
  EXPECT_EQ(refusal("[session]\nidle_seconds = 9"),
            (Refusal{"config_value", "t.toml:2: session.idle_seconds: must be 10 … 600 (s)"}));
  EXPECT_EQ(refusal("[devices.ticket_printer]\nwidth = 70"),
            (Refusal{"config_value", "t.toml:2: devices.ticket_printer.width: must be 58 or 80 (mm)"}));
  EXPECT_EQ(refusal("session = 5"), (Refusal{"config_value", "t.toml:1: session: must be a section"}));
  EXPECT_EQ(refusal("[[session]]\n"), (Refusal{"config_value", "t.toml:1: session: must be a section"}));
  for (auto const* wrong : {"[terminal]\nid = \"1\"",
                            "[terminal]\nid = 1",
                            "[terminal]\nhall = \"42010600100\"",
                            "[terminal]\nmodes = []",
                            "[terminal]\nmodes = [\"resident\", \"resident\"]",
                            "[terminal]\nmodes = [\"kiosk\"]",
                            "[terminal]\nmodes = [1]",
                            "[terminal]\nseries = \"KK\"",
                            "[terminal]\nseries = \"IO\"",
                            "[terminal]\ncounter = \"3号窗口\"",
                            "[hall]\nname_zh = \"\"",
                            "[hall]\nhours = [\"12:00-08:30\"]",
                            "[hall]\nhours = [\"08:30-12:00\", \"11:00-13:00\"]",
                            "[hall]\nhours = [\"8:30-12:00\"]",
                            "[hall]\nhours = [\"08:30-24:01\"]",
                            "[hall]\ntimezone = \"Asia/Wuhan\"",
                            "[hall]\ndatabase = \"mysql://x\"",
                            "[platform]\nurl = \"http://x\"",
                            "[platform]\nurl = \"https:///x\"",
                            "[platform]\npins = [\"sha1//x\"]",
                            "[queue]\nmax_calls = 0",
                            "[queue]\nmax_calls = 9223372036854775807",
                            "[queue]\nmax_calls = 3.0",
                            "[privacy]\nshow_on_hold = 1",
                            "[store]\nvault = \"paper\"",
                            "[devices.document_printer]\nuri = \"http://10.0.0.7/ipp/print\"",
                            "[devices.document_printer]\nuri = \"ipp:///ipp/print\"",
                            "[devices.document_printer]\nuri = \"ipp://name:word@10.0.0.7/ipp/print\"",
                            "[devices.document_printer]\nuri = \"a queue\"",
                            "[devices.id_reader]\nport = \"/dev/tty\\u0007\""}) {
    EXPECT_EQ(refusal(wrong).code, "config_value") << wrong;
  }
}

TEST(Config, AScannerIsOnlyOneThing) {
  EXPECT_EQ(refusal("[devices.code_scanner]\nport = \"/dev/ttyS1\"\ncamera = \"/dev/video0\"\n"),
            (Refusal{"config_value", "t.toml:3: devices.code_scanner: at most one of port, camera and pictures"}));
}

TEST(Config, AScannerThatTypesNeedsAPrefix) {
  EXPECT_EQ(refusal("[devices.code_scanner]\nkind = \"keyboard\"\n"),
            (Refusal{"config_value", "t.toml:2: devices.code_scanner: a scanner that types needs a prefix"}));
  EXPECT_TRUE(parse_config("[devices.code_scanner]\nkind = \"keyboard\"\nprefix = \"~\"\n", "t.toml"));
}

TEST(Config, DevicesAreNamedByPathIdentitySocketOrAddress) {
  for (auto const* port : {"/dev/ttyUSB0", "usb:0400:c35a:5A01#2", "socket:pci-0000:00:14.0-usb-0:1.4:1.0",
                           "tcp://10.0.0.7:9100", "emulated", ""}) {
    EXPECT_TRUE(parse_config("[devices.ticket_printer]\nport = \"" + std::string(port) + "\"\n", "t.toml")) << port;
  }
  for (auto const* port : {"ttyUSB0", "http://10.0.0.7", "usb", "COM1"}) {
    EXPECT_EQ(refusal("[devices.ticket_printer]\nport = \"" + std::string(port) + "\"\n").code, "config_value") << port;
  }
  EXPECT_EQ(refusal("[devices.document_camera]\ndevice = \"tcp://10.0.0.7\"\n").code, "config_value");
}

TEST(Config, WhatIsNoTomlIsNamedWithItsLine) {
  EXPECT_EQ(refusal("[session]\nidle_seconds = = 5").detail.find("t.toml:2: "), 0U);
  EXPECT_EQ(refusal("[session\n").code, "config_syntax");
  EXPECT_EQ(refusal("a = 1\na = 2\n").code, "config_syntax");
}

TEST(Config, ValuesAreNeverRepeatedInErrors) {
  auto const detail = refusal("[hall]\ndatabase = \"mysql://user:secret@host/db\"\n").detail;
  EXPECT_EQ(detail.find("secret"), std::string::npos) << detail;
}

TEST(Config, AMissingFileIsAnError) { EXPECT_TRUE(load_config("/nonexistent/t.toml").error().is("config_file")); }

}  // namespace
}  // namespace yizhan::config
