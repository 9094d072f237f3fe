// Signed codes in QR.
#include "tests/functional/ctl/ctl.h"

namespace yizhan {
namespace {

using test::answer_of;
using test::ctl;
using test::expect_refusal;

struct Codes : testing::Test {
  static void SetUpTestSuite() {
    s_pki = std::make_unique<test::DemoPki>(std::vector<std::string>{"420106001001:001"});
  }
  static void TearDownTestSuite() { s_pki.reset(); }
  static std::unique_ptr<test::DemoPki> s_pki;

  static std::string pki(std::string_view name) { return (s_pki->folder() / name).string(); }
  static test::Outcome sign(std::vector<std::string> more) {
    std::vector<std::string> words{"credential",           "sign", "--key", pki("codes-signer.key"), "--certificate",
                                   pki("codes-signer.crt")};
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  }
  static std::string appointment(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--kind", "appointment", "--body", R"({"service":"social_card_new"})"});
    return answer_of(sign(more)).value("code", std::string());
  }
  static test::Outcome verify(std::string const& code, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"credential",      "verify", code,          "--trust",
                                   pki("trust.json"), "--hall", "420106001001"};
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  }
  static void expect_invalid(test::Outcome const& outcome, std::string const& reason) {
    EXPECT_EQ(outcome.exit, test::k_answered) << "invalid is an answer: " << outcome.err;
    auto const answer = answer_of(outcome);
    EXPECT_EQ(answer["valid"], false);
    EXPECT_EQ(answer["reason"], reason);
  }
};
std::unique_ptr<test::DemoPki> Codes::s_pki;

TEST_F(Codes, AreSignedAndCount) {
  auto const code = appointment();
  ASSERT_TRUE(code.starts_with("YZ1:"));
  auto const answer = answer_of(verify(code, {"--kind", "appointment"}));
  EXPECT_EQ(answer["valid"], true);
  EXPECT_EQ(answer["kind"], "appointment");
  EXPECT_EQ(answer["body"]["service"], "social_card_new");
  EXPECT_EQ(answer["issuer"], "urn:yizhan:platform:demo");
  EXPECT_EQ(answer["id"].get<std::string>().size(), 32u);
  EXPECT_NE(answer_of(verify(appointment()))["id"], answer["id"]) << "each code is one of a kind";
}

TEST_F(Codes, AsAPictureAreReadByTheCamera) {
  test::TempDir const folder("code");
  auto const picture = (folder / "code.png").string();
  auto const code = appointment({"--out", picture});
  auto const found = answer_of(ctl({"scan", picture}))["found"];
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["text"], code);
  EXPECT_EQ(found[0]["format"], "QRCode");
}

TEST_F(Codes, AlteredInAnyPlaceDoNotCount) {
  auto const code = appointment();
  for (std::size_t at = 4; at < code.size(); at += 7) {
    auto altered = code;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    auto const outcome = verify(altered);
    EXPECT_EQ(outcome.exit, test::k_answered) << at;
    EXPECT_EQ(answer_of(outcome)["valid"], false) << at;
  }
}

TEST_F(Codes, ExpiredOrOfTheFutureDoNotCount) {
  expect_invalid(verify(appointment({"--hours", "-1"})), "code_expired");
}

TEST_F(Codes, OfAnotherKindOrASignerWithoutThatRightDoNotCount) {
  expect_invalid(verify(appointment(), {"--kind", "ticket"}), "code_wrong_kind");
  auto const staff = answer_of(sign({"--kind", "staff"})).value("code", std::string());
  EXPECT_EQ(answer_of(verify(staff))["valid"], false) << "the appointments' signer signs no staff";
  auto const device = ctl({"credential", "sign", "--kind", "ticket", "--key", pki("device-420106001001-001.key"),
                           "--certificate", pki("device-420106001001-001.crt"), "--body", R"({"number":"A001"})"});
  auto const ticket = answer_of(device).value("code", std::string());
  EXPECT_EQ(answer_of(verify(ticket))["valid"], true);
  std::vector<std::string> const elsewhere{"credential",      "verify", ticket,        "--trust",
                                           pki("trust.json"), "--hall", "420106001002"};
  EXPECT_EQ(answer_of(ctl(elsewhere))["valid"], false) << "another hall's ticket";
}

TEST_F(Codes, OfAnybodyElseDoNotCount) {
  test::DemoPki const stranger({"420106001001:001"});
  auto const forged =
      ctl({"credential", "sign", "--kind", "appointment", "--key", (stranger.folder() / "codes-signer.key").string(),
           "--certificate", (stranger.folder() / "codes-signer.crt").string()});
  EXPECT_EQ(answer_of(verify(answer_of(forged).value("code", std::string())))["valid"], false);
  for (auto const* text : {"YZ1:", "hello", "https://example.org", "YZ2:ABC"}) {
    EXPECT_EQ(answer_of(verify(text))["valid"], false) << text;
  }
}

TEST_F(Codes, AreInspectedWithoutAnyKey) {
  auto const shown = answer_of(ctl({"credential", "inspect", appointment({"--hours", "-1"})}));
  EXPECT_TRUE(shown.contains("header"));
  ASSERT_TRUE(shown.contains("claims"));
  EXPECT_NE(shown["claims"].dump().find("social_card_new"), std::string::npos) << "also an expired one";
  EXPECT_EQ(ctl({"credential", "inspect", "hello"}).exit, test::k_bad_data);
  EXPECT_EQ(ctl({"credential", "inspect", "YZ1:%%%"}).exit, test::k_bad_data);
}

TEST_F(Codes, RefuseWhatTheyCannotBe) {
  EXPECT_EQ(sign({"--kind", "passport"}).exit, test::k_wrong_usage);
  EXPECT_EQ(ctl({"credential", "sign", "--kind", "ticket"}).exit, test::k_wrong_usage);
  expect_refusal(sign({"--kind", "ticket", "--body", "no json"}), test::k_bad_data, "credential_body");
  expect_refusal(ctl({"credential", "sign", "--kind", "ticket", "--key", pki("trust.json"), "--certificate",
                      pki("codes-signer.crt")}),
                 test::k_bad_data, "key_unreadable");
  EXPECT_EQ(ctl({"credential", "verify", "YZ1:X", "--trust", pki("ca.crt"), "--hall", "420106001001"}).exit,
            test::k_bad_data);
}

}  // namespace
}  // namespace yizhan
