// `sync once` of a folder that nobody owns, against the sandbox platform: what waited is there afterwards.
#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "shared/office/premises.h"
#include "shared/store/blobs.h"
#include "shared/store/uploads.h"
#include "tests/functional/ctl/ctl.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan {
namespace {

using test::answer_of;
using test::ctl;

constexpr char const* k_terminal = "420106001001:001";
constexpr std::size_t k_document_size = 300'000;

class CtlSync : public testing::Test {
 protected:
  test::TempDir m_folder{"ctl"};
  test::PostgresCluster m_cluster;
  test::DemoPki m_pki{{k_terminal}};
  test::PlatformProcess m_platform{m_pki, m_cluster.create_database("ctl")};

  void SetUp() override {
    auto const path = [&](char const* name) { return (m_pki.folder() / name).string(); };
    test::write_file(m_folder / "terminal.toml",
                     "[terminal]\nid = \"001\"\nhall = \"420106001001\"\n[platform]\nurl = \"" + m_platform.url() +
                         "\"\ntrust_signer = \"" + path("document-signer.crt") + "\"\n[platform.tls]\nca = \"" +
                         m_pki.ca() + "\"\ncertificate = \"" + m_pki.device_certificate(k_terminal) + "\"\nkey = \"" +
                         m_pki.device_key(k_terminal) + "\"\n");
  }
  test::Outcome ask(std::vector<std::string> words) {
    words.insert(words.end(), {"--config", (m_folder / "terminal.toml").string(), "--data",
                               (m_folder / "data").string(), "--profile", "demo"});
    return ctl(words);
  }
  /// Two documents of a case and an event wait in the folder, as they do after an application without a network.
  void leave_work(std::function<void(store::Store&)> const& damage = {}) {
    RealEnv real;
    calendar::HallClock clock{real.wall, real.steady, office::build_time()};
    auto config = config::load_config(m_folder / "terminal.toml");
    ASSERT_TRUE(config) << config.error().to_line();
    auto const opened = office::Premises::open({std::move(*config), m_folder / "data", crypto::Profile::demo},
                                               real.env(), clock, [] {});
    ASSERT_TRUE(opened) << opened.error().to_line();
    auto& store = (*opened)->store();
    auto const id = Uuid::v7(real.env());
    for (auto const* kind : {"application", "material"}) {
      auto const bytes = id.to_string() + std::string(k_document_size - 36, kind[0]);
      auto const sha256 = store.blobs().put(store::upload_owner(id), text::bytes_of(bytes));
      ASSERT_TRUE(sha256);
      ASSERT_TRUE(store.uploads().add(id, kind, *sha256));
    }
    auto const noted = store.commit([&]() -> Result<void> {
      (void)TRY(store.outbox().append("cn.yizhan.case.withdrawn.v1", "case/0", {{"case", "0"}}));
      return {};
    });
    ASSERT_TRUE(noted) << noted.error().to_line();
    if (damage) damage(store);
  }
};

TEST_F(CtlSync, OnceSendsDocumentsTooAndStatusCountsThem) {
  leave_work();
  auto const before = answer_of(ask({"sync", "status", "--json"}));
  EXPECT_EQ(before["uploads_waiting"], 2) << before;
  EXPECT_EQ(before["uploads_bytes"], 2 * k_document_size);
  EXPECT_EQ(before["uploads_parked"], 0);
  auto const text = ask({"sync", "status"}).out;
  for (auto const* line : {"uploads_waiting: 2\n", "uploads_bytes: 600000\n", "uploads_parked: 0\n"})
    EXPECT_NE(text.find(line), std::string::npos) << text;

  auto const once = ask({"sync", "once"});
  EXPECT_EQ(once.exit, test::k_answered) << once.err;
  auto const after = answer_of(ask({"sync", "status", "--json"}));
  EXPECT_EQ(after["uploads_waiting"], 0) << after;
  EXPECT_EQ(after["uploads_bytes"], 0);
  EXPECT_EQ(after["backlog"], 0);
  EXPECT_EQ(after["state"], "idle");
  EXPECT_EQ(m_cluster.psql("SELECT count(*), sum(size) FROM platform_uploads WHERE completed IS NOT NULL", "ctl"),
            "2|600000");
}

TEST_F(CtlSync, ADocumentThePlatformCannotTakeIsParkedAndTheRestIsSent) {
  leave_work([](store::Store& store) {
    auto update = store.database().prepare(
        "UPDATE blob_chunks SET bytes = zeroblob(length(bytes)) WHERE sha256 ="
        " (SELECT sha256 FROM uploads WHERE kind = 'material')");
    ASSERT_TRUE(update);
    ASSERT_TRUE(update->run());
  });
  auto const once = ask({"sync", "once"});
  EXPECT_EQ(once.exit, test::k_answered) << once.err;
  auto const after = answer_of(ask({"sync", "status", "--json"}));
  EXPECT_EQ(after["uploads_waiting"], 0) << after;
  EXPECT_EQ(after["uploads_parked"], 1);
  EXPECT_EQ(m_cluster.psql("SELECT count(*) FROM platform_uploads WHERE completed IS NOT NULL", "ctl"), "1");
}

}  // namespace
}  // namespace yizhan
