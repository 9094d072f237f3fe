// Pictures, printer and paper.
#include "peripherals/emulated/hall.h"
#include "tests/functional/ctl/ctl.h"

namespace yizhan {
namespace {

using test::answer_of;
using test::ctl;
using test::expect_refusal;

struct Pictures : testing::Test {
  test::TempDir folder{"ctl"};
  [[nodiscard]] std::string path(std::string_view name) const { return (folder / name).string(); }
};

TEST_F(Pictures, EachIsALineAndABadOneStopsNoOther) {
  ASSERT_EQ(ctl({"ticket", "render", "--number", "A012", "--service", "社保卡申领", "--out", path("ticket.png")}).exit,
            0);
  test::write_file(path("noise.png"), "this is no picture");
  auto const outcome = ctl({"scan", path("noise.png"), path("ticket.png"), path("missing.png")});
  EXPECT_EQ(outcome.exit, test::k_bad_data);
  auto const lines = test::lines_of(outcome);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_TRUE(lines[0].contains("error"));
  EXPECT_EQ(lines[1]["file"], path("ticket.png"));
  ASSERT_EQ(lines[1]["found"].size(), 1u);
  EXPECT_EQ(lines[1]["found"][0]["format"], "QRCode");
  EXPECT_EQ(lines[1]["found"][0]["text"], "A012");
  EXPECT_TRUE(lines[1]["ms"].is_number());
  EXPECT_TRUE(lines[2].contains("error"));
}

TEST_F(Pictures, WithoutACodeTheAnswerIsNothingFound) {
  emulated::HallOptions options;
  options.people = test::source_folder() / "assets/demo/people.json";
  options.camera = folder / "frame.png";
  auto const hall = emulated::EmulatedHall::create(std::move(options)).value();
  auto const empty = ctl({"scan", path("frame.png")});
  EXPECT_EQ(empty.exit, test::k_answered);
  EXPECT_TRUE(answer_of(empty)["found"].empty());
  ASSERT_TRUE(hall->command("code show 办事指南 https://example.org/a?b=1"));
  EXPECT_EQ(answer_of(ctl({"scan", path("frame.png")}))["found"][0]["text"], "办事指南 https://example.org/a?b=1");
}

TEST_F(Pictures, OfATicketHaveThePapersWidth) {
  std::pair<char const*, unsigned> const papers[] = {{"58", 384}, {"80", 576}};
  for (auto const& [millimetres, dots] : papers) {
    ASSERT_EQ(ctl({"ticket", "render", "--number", "A001", "--service", "社保卡申领", "--width", millimetres, "--out",
                   path("ticket.png")})
                  .exit,
              test::k_answered);
    auto const png = test::read_file(path("ticket.png"));
    ASSERT_GT(png.size(), 24u);
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(png[at]); };
    EXPECT_EQ(static_cast<unsigned>(byte(18) << 8 | byte(19)), dots) << "IHDR width";
  }
  EXPECT_EQ(
      ctl({"ticket", "render", "--number", "A001", "--service", "x", "--width", "70", "--out", path("t.png")}).exit,
      test::k_wrong_usage);
}

TEST_F(Pictures, BytesForThePrinterHoldNoCommandThatWouldActInTheMiddle) {
  for (auto const* width : {"58", "80"}) {
    for (auto const* service : {"社保卡申领", "䶮𬭎𠮷𰻞 residence permit — renewal", "办居住证"}) {
      ASSERT_EQ(ctl({"ticket", "render", "--number", "AK099", "--service", service, "--width", width, "--out",
                     path("ticket.bin")})
                    .exit,
                test::k_answered);
      auto const bytes = test::read_file(path("ticket.bin"));
      EXPECT_TRUE(bytes.starts_with("\x1b@")) << "initialise";
      EXPECT_NE(bytes.find(std::string("\x1dv0\0", 4)), std::string::npos) << "raster";
      for (char const real_time : {'\x04', '\x05', '\x14'}) {
        EXPECT_EQ(bytes.find({'\x10', real_time}), std::string::npos) << service;
      }
    }
  }
}

TEST_F(Pictures, ATicketWithoutNumberOrServiceIsWrongUsage) {
  auto const render = [&](char const* number, char const* service) {
    return ctl({"ticket", "render", "--number", number, "--service", service, "--out", path("t.png")}).exit;
  };
  EXPECT_EQ(render("", "x"), test::k_wrong_usage);
  EXPECT_EQ(render("A001", ""), test::k_wrong_usage);
  EXPECT_EQ(render("A001", "  \t"), test::k_wrong_usage);
  EXPECT_EQ(render("A001", "\x1b\x07"), test::k_wrong_usage) << "control characters are nothing";
  EXPECT_EQ(render("A001", "a\x1b@b"), test::k_answered) << "and are left out";
  EXPECT_EQ(ctl({"ticket", "render", "--number", "A001"}).exit, test::k_wrong_usage);
  EXPECT_NE(ctl({"ticket", "render", "--number", "A", "--service", "x", "--out", path("no/folder/t.bin")}).exit, 0);
}

struct Printer : testing::Test {
  test::TempDir folder{"ctl"};
  std::unique_ptr<emulated::EmulatedHall> hall = [this] {
    emulated::HallOptions options;
    options.people = test::source_folder() / "assets/demo/people.json";
    options.printer = folder / "printer";
    return emulated::EmulatedHall::create(std::move(options)).value();
  }();
  test::Outcome status() { return ctl({"printer", "status", "--port", (folder / "printer").string()}); }
};

TEST_F(Printer, TellsWhatItIsLike) {
  struct Case {
    char const* fault;
    bool online;
    bool cover_open;
    char const* paper;
    nlohmann::json error;
  };
  Case const cases[] = {{"none", true, false, "ok", nullptr},
                        {"near_end", true, false, "near_end", nullptr},
                        {"paper_end", false, false, "end", nullptr},
                        {"cover", false, true, "ok", nullptr},
                        {"cutter", false, false, "ok", "cutter"},
                        {"overheated", false, false, "ok", "overheat"},
                        {"unrecoverable", false, false, "ok", "unrecoverable"}};
  for (auto const& one : cases) {
    ASSERT_TRUE(hall->command(std::string("printer fault ") + one.fault));
    auto const outcome = status();
    ASSERT_EQ(outcome.exit, test::k_answered) << one.fault << outcome.err;
    auto const answer = answer_of(outcome);
    EXPECT_EQ(answer["online"], one.online) << one.fault;
    EXPECT_EQ(answer["cover_open"], one.cover_open) << one.fault;
    EXPECT_EQ(answer["paper"], one.paper) << one.fault;
    EXPECT_EQ(answer["error"], one.error) << one.fault;
    EXPECT_EQ(answer["raw"].size(), 4u);
  }
}

TEST_F(Printer, ASilentOrMissingOneIsUnavailable) {
  ASSERT_TRUE(hall->command("printer fault silent"));
  expect_refusal(status(), test::k_unavailable, "printer_offline");
  ASSERT_TRUE(hall->command("printer unplug"));
  EXPECT_EQ(status().exit, test::k_unavailable);
}

}  // namespace
}  // namespace yizhan
