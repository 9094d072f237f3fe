// Numbers and cards.
#include "peripherals/emulated/hall.h"
#include "shared/domain/identity/card_text.h"
#include "tests/functional/ctl/ctl.h"

namespace yizhan {
namespace {

using test::answer_of;
using test::ctl;
using test::expect_refusal;

TEST(IdCheck, SaysKindAndFaultOfEveryNumberOnALineOfItsOwn) {
  auto const outcome =
      ctl({"id", "check", "420106199003070016", "420106199003070017", "42010619900307001", "420106199013070016",
           "420106900307001", "810000199001010019", "926840199001010014", "USA420090010118", "42010619900307001A"});
  EXPECT_EQ(outcome.exit, test::k_answered);
  auto const lines = test::lines_of(outcome);
  ASSERT_EQ(lines.size(), 9u);
  EXPECT_EQ(lines[0]["kind"], "citizen");
  EXPECT_EQ(lines[0]["valid"], true);
  EXPECT_TRUE(lines[0]["reason"].is_null());
  EXPECT_EQ(lines[0]["number"], "420106********0016");
  EXPECT_EQ(lines[1]["valid"], false);
  EXPECT_EQ(lines[1]["reason"], "checksum");
  EXPECT_EQ(lines[2]["reason"], "length");
  EXPECT_EQ(lines[3]["reason"], "date");
  EXPECT_EQ(lines[4]["kind"], "citizen15");
  EXPECT_EQ(lines[5]["kind"], "hk");
  EXPECT_EQ(lines[6]["kind"], "foreign2023");
  EXPECT_EQ(lines[7]["kind"], "foreign2017");
  auto const masked = lines[7]["number"].get<std::string>();
  EXPECT_TRUE(masked.starts_with("USA***") && masked.ends_with("***18")) << masked;
  EXPECT_EQ(lines[8]["reason"], "character");
}

TEST(IdCheck, RevealsOnlyOnRequest) {
  EXPECT_EQ(answer_of(ctl({"id", "check", "420106199003070016", "--reveal"}))["number"], "420106199003070016");
  EXPECT_EQ(ctl({"id", "check"}).exit, test::k_wrong_usage);
}

struct CardReader : testing::Test {
  test::TempDir folder{"ctl"};
  std::unique_ptr<emulated::EmulatedHall> hall = [this] {
    emulated::HallOptions options;
    options.people = test::source_folder() / "assets/demo/people.json";
    options.reader = folder / "reader";
    return emulated::EmulatedHall::create(std::move(options)).value();
  }();

  void move(std::string_view line) { ASSERT_TRUE(hall->command(line)) << line; }
  test::Outcome read(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"card", "read", "--port", (folder / "reader").string(), "--wait", "3"};
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  }
};

TEST_F(CardReader, ReadsACardMasked) {
  move("card present zhang-san");
  auto const outcome = read();
  ASSERT_EQ(outcome.exit, test::k_answered) << outcome.err;
  auto const card = answer_of(outcome);
  EXPECT_EQ(card["kind"], "citizen");
  EXPECT_EQ(card["name"], "张*");
  EXPECT_TRUE(card["name_en"].is_null());
  EXPECT_EQ(card["number"], "420106********0016");
  EXPECT_EQ(card["birth"], "1990-**-**");
  EXPECT_EQ(card["sex"], "male");
  EXPECT_EQ(card["ethnic"], "汉");
  EXPECT_EQ(card["valid_to"], "2038-05-20");
  EXPECT_TRUE(card["address"].get<std::string>().starts_with("湖北省武汉市武昌区"));
  EXPECT_TRUE(card["warnings"].empty());
  for (auto const* absent : {"photo", "fingerprints"}) EXPECT_FALSE(card.contains(absent));
}

TEST_F(CardReader, RevealsACardOnRequest) {
  move("card present zhang-san");
  auto const card = answer_of(read({"--reveal"}));
  EXPECT_EQ(card["name"], "张三");
  EXPECT_EQ(card["number"], "420106199003070016");
  EXPECT_EQ(card["birth"], "1990-03-07");
  EXPECT_EQ(card["newest_address"], "湖北省武汉市武昌区新示例路8号2栋603室");
}

TEST_F(CardReader, WarnsOfWhatIsWrongWithACard) {
  move("card present chen-guoqi");
  EXPECT_EQ(answer_of(read())["warnings"], nlohmann::json::array({"expired"}));
  move("card remove");
  move("card present zhao-cuoma");
  EXPECT_EQ(answer_of(read())["warnings"], nlohmann::json::array({"check_digit"}));
}

TEST_F(CardReader, KnowsAllFourKindsOfCards) {
  std::pair<char const*, char const*> const cards[] = {
      {"chan-siuming", "hk_mo_tw"}, {"garcia-2017", "foreign2017"}, {"smith-2023", "foreign2023"}};
  for (auto const& [person, kind] : cards) {
    move(std::string("card present ") + person);
    EXPECT_EQ(answer_of(read())["kind"], kind);
    move("card remove");
  }
}

TEST_F(CardReader, WithoutACardThereIsNothing) {
  expect_refusal(ctl({"card", "read", "--port", (folder / "reader").string(), "--wait", "0.4"}), test::k_unavailable,
                 "card_absent");
}

TEST_F(CardReader, AnUntrustedCardIsNotPermitted) {
  for (auto const* fault : {"auth31", "auth32", "auth33"}) {
    move(std::string("reader fault ") + fault);
    move("card present li-si");
    expect_refusal(read(), test::k_not_permitted, "reader_untrusted_card");
    move("card remove");
  }
}

TEST_F(CardReader, ASilentOrMissingReaderIsUnavailable) {
  move("reader fault silent");
  EXPECT_EQ(read().exit, test::k_unavailable);
  move("reader fault none");
  move("reader unplug");
  EXPECT_EQ(read().exit, test::k_unavailable);
  expect_refusal(ctl({"card", "read", "--port", (folder / "nothing").string()}), test::k_unavailable, "device_absent");
}

TEST_F(CardReader, TellsItsStatusAndNumber) {
  auto const port = (folder / "reader").string();
  auto const status = answer_of(ctl({"reader", "status", "--port", port, "--json"}));
  EXPECT_EQ(status["status"], "90");
  EXPECT_EQ(status["healthy"], true);
  EXPECT_FALSE(status["number"].get<std::string>().empty());
  auto const text = ctl({"reader", "status", "--port", port});
  EXPECT_NE(text.out.find("healthy: true\n"), std::string::npos) << text.out;
  move("reader fault unauthorised");
  auto const ill = answer_of(ctl({"--json", "reader", "status", "--port", port}));
  EXPECT_EQ(ill["healthy"], false);
  EXPECT_EQ(ill["status"], "66");
  move("reader unplug");
  EXPECT_EQ(ctl({"reader", "status", "--port", port}).exit, test::k_unavailable);
}

TEST(CardDecode, ReadsATextBlock) {
  test::TempDir const folder("card");
  identity::CardText text;
  text.name = SecretText("李四");
  text.sex = identity::Sex::male;
  text.ethnic = "土家";
  text.birth = SecretText("1985-06-15");
  text.address = SecretText("湖北省武汉市洪山区样板街5号");
  text.number = SecretText("420111198506151236");
  text.issuer = "武汉市公安局洪山分局";
  text.valid_from = "2015-01-09";
  text.valid_to = "long_term";
  auto const block = identity::encode_card_text(text);
  std::string const bytes(reinterpret_cast<char const*>(block.data()), block.size());
  test::write_file(folder / "block.bin", bytes);
  auto const card = answer_of(ctl({"card", "decode", (folder / "block.bin").string()}));
  EXPECT_EQ(card["name"], "李*");
  EXPECT_EQ(card["ethnic"], "土家");
  EXPECT_EQ(card["valid_to"], "long_term");

  test::write_file(folder / "short.bin", bytes.substr(1));
  expect_refusal(ctl({"card", "decode", (folder / "short.bin").string()}), test::k_bad_data, "card_text_size");
  test::write_file(folder / "blank.bin", std::string(256, '\0'));
  EXPECT_EQ(ctl({"card", "decode", (folder / "blank.bin").string()}).exit, test::k_bad_data);
  expect_refusal(ctl({"card", "decode", (folder / "none.bin").string()}), test::k_bad_data, "file_unreadable");
}

}  // namespace
}  // namespace yizhan
