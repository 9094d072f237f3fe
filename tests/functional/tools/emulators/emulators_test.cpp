/// yizhan-emulators as the demo uses it: started, moved over its socket, spoken to by the real drivers.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <future>

#include "peripherals/document_printer/ipp_printer.h"
#include "peripherals/id_reader/card_reader.h"
#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "shared/imaging/document_image.h"
#include "tests/support/child_process.h"
#include "tests/support/demo_pki.h"
#include "tests/support/temp_dir.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;

class EmulatorsTool : public testing::Test {
 protected:
  test::Command command(std::vector<std::string> more) {
    test::Command command;
    command.argv = {std::string(std::getenv("YIZHAN_BIN_DIR")) + "/yizhan-emulators"};
    for (auto& argument : more) command.argv.push_back(std::move(argument));
    return command;
  }
  test::Command all_devices() {
    return command({"--seed", "5", "--socket", path("control"), "--tickets", m_folder.path().string(),
                    "reader:" + path("reader"), "printer:" + path("printer") + ":384", "scanner:" + path("scanner"),
                    "camera:" + path("camera/frame.png"), "docprinter:" + m_folder.path().string(),
                    "doccamera:" + path("doccamera/frame.png")});
  }
  [[nodiscard]] std::string path(std::string const& name) const { return (m_folder / name).string(); }

  /// Sends all lines at once and reads until as many answers came.
  std::string say(std::string const& lines) {
    int const fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path("control").c_str(), sizeof address.sun_path - 1);
    std::string answers;
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::send(fd, lines.data(), lines.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(lines.size())) {
      auto const wanted = std::count(lines.begin(), lines.end(), '\n');
      std::array<char, 1024> chunk;
      while (std::count(answers.begin(), answers.end(), '\n') < wanted) {
        auto const got = ::recv(fd, chunk.data(), chunk.size(), 0);
        if (got <= 0) break;
        answers.append(chunk.data(), static_cast<std::size_t>(got));
      }
    }
    ::close(fd);
    return answers;
  }

  test::TempDir m_folder{"emu"};
};

TEST_F(EmulatorsTool, ServesItsDevicesUntilItIsToldToQuit) {
  test::ChildProcess program(all_devices());
  ASSERT_TRUE(program.wait_for_output("ready"));
  struct stat info {};
  ASSERT_EQ(::stat(path("control").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);

  EXPECT_EQ(say("card present zhang-san\nprinter fault paper_end\nprinter tickets\n"), "ok\nok\nok 0\n");
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at(path("reader"), 115200), 1s));
  auto const status = ticket_printer::printer_status(*host::serial_port_at(path("printer"), 115200));
  ASSERT_TRUE(status);
  EXPECT_EQ(status->paper, device::Paper::end);
  EXPECT_EQ(say("card eat\n").substr(0, 22), "error unknown_command:");

  EXPECT_EQ(say("quit\n"), "ok\n");
  EXPECT_EQ(program.wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(path("control")));
  EXPECT_FALSE(std::filesystem::is_symlink(path("reader")));
}

TEST_F(EmulatorsTool, PrintsDocumentsAndShowsPagesOfTheDemo) {
  test::ChildProcess program(all_devices());
  ASSERT_TRUE(program.wait_for_output("ready"));
  auto const out = program.out();
  constexpr std::string_view k_prefix = "docprinter ";
  auto const begin = out.find(k_prefix);
  ASSERT_NE(begin, std::string::npos) << out;
  document_printer::IppPrinterOptions options;
  options.uri = out.substr(begin + k_prefix.size(), out.find('\n', begin) - begin - k_prefix.size());
  options.poll = 50ms;
  options.patience = 200ms;

  std::promise<device::DocumentPrinterEvent> ended;
  std::promise<device::DocumentPrinterEvent> failed;
  std::array promises{&ended, &failed};
  std::size_t next = 0;
  RealEnv real;
  ThreadExecutor thread{"doc_printer"};
  auto const printer = document_printer::make_ipp_printer(thread, real.env(), options, [&](auto event) {
    if (!std::holds_alternative<device::DocumentPrinterHealth>(event)) promises.at(next++)->set_value(std::move(event));
  });
  auto const pdf = [] { return SecretBytes(text::bytes_of(std::string("%PDF-1.7 a page"))); };
  printer->print(Uuid::v7(real.env()), {pdf(), "test"});
  auto result = ended.get_future();
  ASSERT_EQ(result.wait_for(30s), std::future_status::ready);
  EXPECT_TRUE(std::holds_alternative<device::PrintFinished>(result.get()));
  EXPECT_EQ(say("docprinter documents\ndocprinter fault paper_end\n"), "ok 1\nok\n");
  EXPECT_EQ(test::read_file(path("document-1.pdf")), "%PDF-1.7 a page");
  printer->print(Uuid::v7(real.env()), {pdf(), "test"});
  auto second = failed.get_future();
  ASSERT_EQ(second.wait_for(30s), std::future_status::ready);
  auto const event = second.get();
  ASSERT_TRUE(std::holds_alternative<device::PrintFailed>(event));
  EXPECT_TRUE(std::get<device::PrintFailed>(event).error.is("tray_empty"));

  auto const table = test::read_file(path("doccamera/frame.png"));
  for (auto const* page : {"register.jpg", "birth.jpg", "photo.jpg"}) {
    auto const file = (test::source_folder() / "assets/demo/pages" / page).string();
    EXPECT_EQ(say("doccamera show \"" + file + "\"\n"), "ok\n") << page;
    auto const picture = imaging::decode(text::bytes_of(test::read_file(path("doccamera/frame.png"))));
    ASSERT_TRUE(picture) << page;
    auto const corrected = imaging::correct_document(*picture);
    ASSERT_TRUE(corrected);
    EXPECT_TRUE(corrected->found) << page;
  }
  EXPECT_EQ(say("doccamera hide\n"), "ok\n");
  EXPECT_EQ(test::read_file(path("doccamera/frame.png")), table);
  EXPECT_EQ(say("doccamera show nothing.jpg\n").substr(0, 6), "error ");
}

TEST_F(EmulatorsTool, EndsCleanlyOnSigterm) {
  test::ChildProcess program(all_devices());
  ASSERT_TRUE(program.wait_for_output("ready"));
  EXPECT_EQ(program.terminate(), 0);
}

TEST_F(EmulatorsTool, WrongUsageIsTwo) {
  EXPECT_EQ(test::ChildProcess(command({})).wait(), 2);
  EXPECT_EQ(test::ChildProcess(command({"--socket", path("control"), "toaster:/x"})).wait(), 2);
  test::ChildProcess helped(command({"--help"}));
  EXPECT_EQ(helped.wait(), 0);
}

}  // namespace
}  // namespace yizhan
