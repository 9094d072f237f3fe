// A stop is never held up by a platform that does not answer.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/base/real_env.h"
#include "tests/flow/kiosk_program.h"
#include "tests/support/demo_pki.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;

/// Takes connections and says nothing.
class SilentPlatform {
 public:
  SilentPlatform() : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    m_address.sin_family = AF_INET;
    m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* address = reinterpret_cast<sockaddr*>(&m_address);
    socklen_t size = sizeof m_address;
    EXPECT_EQ(::bind(m_fd, address, size), 0);
    EXPECT_EQ(::listen(m_fd, 64), 0);
    EXPECT_EQ(::getsockname(m_fd, address, &size), 0);
  }
  ~SilentPlatform() { ::close(m_fd); }
  SilentPlatform(SilentPlatform const&) = delete;
  SilentPlatform& operator=(SilentPlatform const&) = delete;
  [[nodiscard]] std::string url() const { return "https://localhost:" + std::to_string(ntohs(m_address.sin_port)); }

 private:
  int m_fd;
  sockaddr_in m_address{};
};

bool has_socket(pid_t process) {
  std::error_code gone;
  for (auto const& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/fd", gone)) {
    if (std::filesystem::read_symlink(entry, gone).string().starts_with("socket:")) return true;
  }
  return false;
}

TEST(Stop, DoesNotWaitForARoundThatSomebodyAskedFor) {
  constexpr char const* k_terminal = "420106001001:001";
  SilentPlatform const platform;
  test::DemoPki const pki({k_terminal});
  test::Kiosk const kiosk({.more_config = "[platform]\nurl = \"" + platform.url() + "\"\n[platform.tls]\nca = \"" +
                                          pki.ca() + "\"\ncertificate = \"" + pki.device_certificate(k_terminal) +
                                          "\"\nkey = \"" + pki.device_key(k_terminal) + "\"\n"});
  test::ChildProcess owner(kiosk.command());
  ASSERT_TRUE(test::eventually(60s, [&] { return std::filesystem::exists(kiosk.data() / "control.sock"); }))
      << owner.err();
  test::ChildProcess asking(kiosk.ctl_command({"sync", "once"}));
  ASSERT_TRUE(test::eventually(20s, [&] { return has_socket(asking.pid()); })) << asking.err();
  RealEnv env;
  auto const start = env.steady.now();
  EXPECT_EQ(owner.terminate(30s), 0) << owner.err();
  // Far below the 10 s a connection and the 20 s a round may take; what a slow machine needs to close its windows.
  EXPECT_LT(env.steady.now() - start, 5s);
  EXPECT_NE(asking.wait(10s).value_or(0), 0) << "the round was no success";
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }
