#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "shared/base/real_env.h"
#include "shared/store/control_client.h"
#include "shared/store/control_server.h"
#include "shared/store/control_socket.h"
#include "shared/store/files.h"
#include "tests/support/temp_dir.h"

namespace yizhan::store {
namespace {

using nlohmann::json;

class ControlSocket : public testing::Test {
 protected:
  test::TempDir m_dir{"ctl"};
  std::filesystem::path m_path = m_dir / "control.sock";
  RealSteadyClock m_clock;

  std::unique_ptr<ControlServer> echo() {
    return ControlServer::start(m_path,
                                [](json const& request) {
                                  return json{{"got", request.at("ask").get<std::string>()}};
                                })
        .value();
  }
  Result<json> ask(json const& request, Duration limit = std::chrono::seconds(10)) {
    return ask_owner(m_path, request, limit, m_clock);
  }
  FileDescriptor connect() {
    FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto const address = socket_address(m_path);
    EXPECT_EQ(::connect(fd.get(), as_sockaddr(*address), sizeof *address), 0);
    return fd;
  }
  static std::string read_line(FileDescriptor const& fd) {
    std::string line;
    char c = 0;
    while (::read(fd.get(), &c, 1) == 1 && c != '\n') line += c;
    return line;
  }
};

TEST_F(ControlSocket, AnswersAndIsForItsOwnerOnly) {
  auto const server = echo();
  EXPECT_EQ(ask({{"ask", "status"}}).value(), (json{{"got", "status"}}));
  struct stat found {};
  ASSERT_EQ(::stat(m_path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(ControlSocket, IsGoneWithItsServer) {
  { auto const server = echo(); }
  EXPECT_FALSE(std::filesystem::exists(m_path));
  EXPECT_TRUE(ask({{"ask", "x"}}).error().is("control_absent"));
}

TEST_F(ControlSocket, AStaleOneIsReplacedALivingOneIsNot) {
  {
    FileDescriptor const dead(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto const address = socket_address(m_path);
    ASSERT_EQ(::bind(dead.get(), as_sockaddr(*address), sizeof *address), 0);
  }
  ASSERT_TRUE(std::filesystem::exists(m_path));
  auto const server = echo();
  EXPECT_TRUE(ask({{"ask", "x"}}));
  auto const second = ControlServer::start(m_path, [](json const&) { return json::object(); });
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is("folder_in_use"));
  EXPECT_TRUE(ask({{"ask", "x"}})) << "the first still serves";
}

TEST_F(ControlSocket, ServesManyLinesInOrderAndManyClients) {
  auto const server = echo();
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&, client] {
      for (int i = 0; i < 20; ++i) {
        auto const text = std::to_string(client) + "/" + std::to_string(i);
        auto const answer = ask({{"ask", text}});
        if (answer && answer->at("got") == text) ++right;
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(right, 160);
  auto const fd = connect();
  std::string const lines = "{\"ask\":\"1\"}\n{\"ask\":\"2\"}\n";
  ASSERT_EQ(::write(fd.get(), lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
  EXPECT_EQ(read_line(fd), "{\"got\":\"1\"}");
  EXPECT_EQ(read_line(fd), "{\"got\":\"2\"}");
}

TEST_F(ControlSocket, RefusesWhatIsNoRequest) {
  auto const server = echo();
  auto const fd = connect();
  std::string const lines = "not json\n[1]\n{\"ask\":7}\n{\"ask\":\"ok\"}\n";
  ASSERT_EQ(::write(fd.get(), lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(read_line(fd), "{\"error\":\"request_malformed\"}") << i;
  EXPECT_EQ(read_line(fd), "{\"got\":\"ok\"}");
}

TEST_F(ControlSocket, HangsUpOnAnEndlessLineAndGoesOn) {
  auto const server = echo();
  auto const fd = connect();
  std::string const junk(k_longest_line + 1, 'x');
  for (std::size_t sent = 0; sent < junk.size();) {
    auto const count = ::send(fd.get(), junk.data() + sent, junk.size() - sent, MSG_NOSIGNAL);
    ASSERT_GT(count, 0);
    sent += static_cast<std::size_t>(count);
  }
  EXPECT_EQ(read_line(fd), "{\"error\":\"request_malformed\"}");
  char c = 0;
  EXPECT_LE(::read(fd.get(), &c, 1), 0);
  EXPECT_TRUE(ask({{"ask", "x"}}));
}

TEST_F(ControlSocket, ASilentClientHoldsNobodyUp) {
  auto const server = echo();
  auto const silent = connect();
  ASSERT_EQ(::write(silent.get(), "{\"ask\"", 6), 6);
  EXPECT_TRUE(ask({{"ask", "x"}}));
}

TEST_F(ControlSocket, TheClientGivesUpInTime) {
  std::atomic<bool> release = false;
  auto server = ControlServer::start(m_path, [&](json const&) {
                  release.wait(false);
                  return json::object();
                }).value();
  auto const answer = ask({{"ask", "x"}}, std::chrono::milliseconds(50));
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is("control_timeout"));
  release = true;
  release.notify_all();
}

TEST_F(ControlSocket, RefusesAPathNoSocketCanHave) {
  auto const server = ControlServer::start(m_dir / std::string(200, 'p'), [](json const&) { return json(); });
  ASSERT_FALSE(server);
  EXPECT_TRUE(server.error().is("control_socket"));
}

}  // namespace
}  // namespace yizhan::store
