#include "peripherals/emulated/hall.h"

#include <gtest/gtest.h>

#include <set>

#include "peripherals/emulated/people.h"
#include "peripherals/id_reader/card_reader.h"
#include "shared/domain/identity/card_text.h"
#include "tests/support/temp_dir.h"

namespace yizhan::emulated {
namespace {

using namespace std::chrono_literals;

class EmulatedHallTest : public testing::Test {
 protected:
  EmulatedHallTest() { m_hall = std::move(*EmulatedHall::create(HallOptions::all_in(m_folder.path()))); }
  std::string say(std::string const& line) {
    auto const answer = m_hall->command(line);
    return answer ? *answer : "!" + std::string(answer.error().code());
  }

  test::TempDir m_folder{"hall"};
  std::unique_ptr<EmulatedHall> m_hall;
};

TEST_F(EmulatedHallTest, PresentsPeopleByNameAndBlocksByFile) {
  EXPECT_EQ(say("card present zhang-san"), "");
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at((m_folder / "reader").string(), 115200), 1s));
  EXPECT_EQ(say("card remove"), "");
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at((m_folder / "reader").string(), 115200), 0s)
                  .error()
                  .is("card_absent"));
  auto const people = *load_people("assets/demo/people.json");
  auto const& block = people.at("li-si").text;
  test::write_file(m_folder / "li-si.bin", {reinterpret_cast<char const*>(block.data()), block.size()});
  EXPECT_EQ(say("card present " + (m_folder / "li-si.bin").string()), "");
  EXPECT_TRUE(id_reader::read_once(*host::serial_port_at((m_folder / "reader").string(), 115200), 1s));
}

TEST_F(EmulatedHallTest, UnknownWordsAreRefusedNotIgnored) {
  for (auto const* const line : {"", "card", "card eat", "reader fault", "reader fault broken", "printer fault fire",
                                 "printer fault paper_end after", "printer fault paper_end after x", "printer speed -1",
                                 "code sing", "toaster plug", "toaster swap", "docprinter", "docprinter fault",
                                 "docprinter fault fire", "doccamera sing", "doccamera fault noisy"}) {
    EXPECT_EQ(say(line), "!unknown_command") << line;
  }
  EXPECT_EQ(say("card present nobody"), "!person_unknown");
}

TEST_F(EmulatedHallTest, CablesChangeTheirNodesAndOtherDevicesTakeThem) {
  auto const reader = host::make_port(m_hall->bus(), *host::parse_address((m_folder / "reader").string()));
  auto const status = [&] {
    auto const answered = id_reader::reader_status(*reader);
    return answered ? std::string("answers") : std::string(answered.error().code());
  };
  auto const node = [&] {
    auto const opened = reader->open(std::make_shared<host::Interrupt>());
    return opened ? std::filesystem::path(opened->node).filename().string() : "nowhere";
  };
  EXPECT_EQ(status(), "answers");
  EXPECT_EQ(say("reader renumber"), "");
  EXPECT_EQ(node(), "reader.1");
  EXPECT_EQ(say("reader swap"), "");
  EXPECT_EQ(status(), "device_absent") << "its old node is empty, and the other stands at the new one";
  EXPECT_EQ(say("reader plug"), "");
  EXPECT_EQ(status(), "answers");
  EXPECT_EQ(say("reader unplug"), "");
  EXPECT_EQ(say("reader plug"), "");
  EXPECT_EQ(node(), "reader");
  EXPECT_EQ(say("reader swap"), "");
  EXPECT_EQ(status(), "device_foreign");
  EXPECT_EQ(say("reader plug"), "");
  EXPECT_EQ(status(), "answers");
  EXPECT_EQ(node(), "reader.3");
}

TEST_F(EmulatedHallTest, EveryWordOfTheHeaderIsUnderstood) {
  for (auto const* const line : {"code show \"A001 with spaces\"",
                                 "code hide",
                                 "code scan hello",
                                 "reader fault silent",
                                 "reader fault none",
                                 "printer fault paper_end",
                                 "printer fault paper_end after 20",
                                 "printer fault none",
                                 "printer speed 0",
                                 "reader unplug",
                                 "reader plug",
                                 "scanner unplug",
                                 "scanner plug",
                                 "printer unplug",
                                 "printer plug",
                                 "camera unplug",
                                 "camera plug",
                                 "docprinter fault paper_end",
                                 "docprinter fault cover",
                                 "docprinter fault stopped",
                                 "docprinter fault held",
                                 "docprinter fault silent",
                                 "docprinter repair",
                                 "docprinter fault none",
                                 "docprinter unplug",
                                 "docprinter plug",
                                 "doccamera show assets/demo/pages/register.jpg",
                                 "doccamera hide",
                                 "doccamera fault silent",
                                 "doccamera repair",
                                 "doccamera fault none",
                                 "doccamera unplug",
                                 "doccamera plug"}) {
    EXPECT_EQ(say(line), "") << line;
  }
  EXPECT_EQ(say("printer tickets"), "0");
  EXPECT_EQ(say("docprinter documents"), "0");
  EXPECT_EQ(say("doccamera show nowhere.jpg"), "!file_unreadable");
  EXPECT_EQ(say("doccamera show assets/demo/people.json"), "!picture_format");
}

TEST_F(EmulatedHallTest, ADeviceThatWasNotAskedForIsNotThere) {
  HallOptions options;
  options.camera = m_folder / "other" / "frame.png";
  auto const hall = *EmulatedHall::create(options);
  EXPECT_TRUE(hall->command("card present zhang-san").error().is("device_not_emulated"));
  EXPECT_TRUE(hall->command("printer fault none").error().is("device_not_emulated"));
  EXPECT_TRUE(hall->command("scanner plug").error().is("device_not_emulated"));
}

TEST(DemoPeople, HaveTheCardsTheirNamesPromise) {
  using identity::CardWarning;
  auto const people = load_people("assets/demo/people.json");
  ASSERT_TRUE(people);
  auto const today = std::chrono::year(2026) / 11 / 24;
  std::map<std::string, CardWarning> const flawed{{"chen-guoqi", CardWarning::expired},
                                                  {"zhao-cuoma", CardWarning::check_digit}};
  std::set<identity::CardKind> kinds;
  for (auto const& [name, card] : *people) {
    auto const text = identity::decode_card_text(card.text, today);
    ASSERT_TRUE(text) << name;
    kinds.insert(text->kind);
    auto const flaw = flawed.find(name);
    EXPECT_EQ(text->warnings.size(), flaw == flawed.end() ? 0U : 1U) << name;
    if (flaw != flawed.end()) {
      EXPECT_TRUE(text->has(flaw->second)) << name;
    }
  }
  EXPECT_EQ(kinds.size(), 4U);
}

TEST(DemoPeople, ADamagedFileIsRefused) {
  test::TempDir folder("people");
  test::write_file(folder / "people.json", "{\"x\": {\"name\": 7}}");
  EXPECT_TRUE(load_people(folder / "people.json").error().is("people_unreadable"));
  EXPECT_TRUE(load_people(folder / "none.json").error().is("people_unreadable"));
  test::write_file(folder / "short.bin", "abc");
  EXPECT_TRUE(load_card_block(folder / "short.bin").error().is("card_text_size"));
}

}  // namespace
}  // namespace yizhan::emulated
