// What the technician's page and its report say of documents on their way, on the real program.
#include <gtest/gtest.h>

#include "shared/base/real_env.h"
#include "shared/base/text.h"
#include "shared/office/premises.h"
#include "shared/store/blobs.h"
#include "shared/store/uploads.h"
#include "tests/flow/kiosk_program.h"

namespace yizhan {
namespace {

/// Two documents of a case, of which the platform refused one.
void leave_documents(test::Kiosk const& kiosk) {
  RealEnv real;
  calendar::HallClock clock{real.wall, real.steady, office::build_time()};
  auto config = config::load_config(kiosk.config());
  ASSERT_TRUE(config) << config.error().to_line();
  auto const opened =
      office::Premises::open({std::move(*config), kiosk.data(), crypto::Profile::demo}, real.env(), clock, [] {});
  ASSERT_TRUE(opened) << opened.error().to_line();
  auto& store = (*opened)->store();
  auto const id = Uuid::v7(real.env());
  for (auto const* kind : {"application", "material"}) {
    auto const sha256 = store.blobs().put(store::upload_owner(id), text::bytes_of(std::string(300'000, kind[0])));
    ASSERT_TRUE(sha256);
    ASSERT_TRUE(store.uploads().add(id, kind, *sha256));
    auto const refused = std::string_view(kind) == "material";
    ASSERT_TRUE(!refused || store.uploads().park_upload(*sha256, "urn:yizhan:problem:upload_hash"));
  }
}

TEST(Readiness, TellsAndReportsDocumentsOnTheirWay) {
  test::Kiosk const kiosk({"technician", "1080x1920", {}});
  ASSERT_EQ(kiosk.start().exit, 0);
  leave_documents(kiosk);
  auto const outcome = kiosk.play_text(R"(expect text "待上传 1 份（0.3 MB），平台不收 1 份"
expect text "有材料平台不收"
expect text "在用：第 "
tap technician.primary
expect text "readiness.txt"
)");
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
  auto const report = test::read_file(kiosk.data() / "readiness.txt");
  for (auto const* line : {"documents\twarning\t待上传 1 份", "1 × material upload_hash\tdocuments_parked\n",
                           "matters\toff\t草稿 0 份", "catalog\tready\t在用：第 ", "calendar\t", "database\tready\t"}) {
    EXPECT_NE(report.find(line), std::string::npos) << line << "\n" << report;
  }
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }
