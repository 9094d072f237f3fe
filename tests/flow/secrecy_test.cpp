// After visits with cards, nothing on the disk and nothing in the logs tells who was here.
#include <gtest/gtest.h>
#include <iconv.h>

#include <nlohmann/json.hpp>

#include "tests/flow/kiosk_program.h"
#include "tests/support/demo_pki.h"

namespace yizhan {
namespace {

std::string in_charset(std::string text, char const* charset) {
  auto const converter = iconv_open(charset, "UTF-8");
  std::string out(text.size() * 4, '\0');
  char* from = text.data();
  char* to = out.data();
  std::size_t left = text.size();
  std::size_t room = out.size();
  iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  EXPECT_EQ(left, 0u) << text << " is not all in " << charset;
  out.resize(out.size() - room);
  return out;
}

/// Everything personal of the demo's people, in the forms it takes on cards, in memory and on paper.
std::map<std::string, std::string> needles() {
  std::map<std::string, std::string> all;
  auto const people = nlohmann::json::parse(test::read_file(test::source_folder() / "assets/demo/people.json"));
  for (auto const& [key, person] : people.items()) {
    for (auto const* field : {"name", "name_en", "number", "old_number", "permit_number", "address"}) {
      auto const text = person.value(field, std::string());
      if (text.empty()) continue;
      for (auto const* charset : {"UTF-8", "UTF-16LE", "GB18030"}) {
        all[key + "." + field + " " + charset] = in_charset(text, charset);
      }
    }
  }
  return all;
}

/// Where any needle lies. Cipher text is random: needles of four bytes would be found in it by chance once in a
/// thousand runs, so they are looked for in all files but the database's (two-character names are there as UTF-8).
std::vector<std::string> found_in(std::map<std::string, std::string> const& all, std::string const& where,
                                  std::string const& bytes, bool cipher_text) {
  constexpr std::size_t k_not_by_chance = 6;
  std::vector<std::string> found;
  for (auto const& [name, needle] : all) {
    if (cipher_text && needle.size() < k_not_by_chance) continue;
    if (bytes.find(needle) != std::string::npos) found.push_back(name + " in " + where);
  }
  return found;
}

std::vector<std::string> found_below(std::map<std::string, std::string> const& all,
                                     std::filesystem::path const& folder) {
  std::vector<std::string> found;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    auto const name = entry.path().filename().string();
    auto const here = found_in(all, name, test::read_file(entry.path()), name.starts_with("yizhan.db"));
    found.insert(found.end(), here.begin(), here.end());
  }
  return found;
}

constexpr char const* k_visit = R"(
seed 8
at 0s    card present zhang-san
expect   state resident.recognised
at 1s    card remove
at 2s    tap resident.recognised.primary
at 3s    tap resident.groups.social
at 4s    tap resident.services.social_card_replace
at 5s    tap resident.matter.about.secondary
at 6s    tap resident.confirm.primary
expect   state resident.ticket.issued
at 7s    tap resident.ticket.issued.primary
at 8s    card present smith-2023
expect   state resident.recognised
at 9s    card remove
at 10s   card present wang-nainai
expect   state resident.other_person
at 11s   tap resident.other_person.primary
at 12s   tap resident.recognised.primary
at 13s   tap resident.groups.social
at 14s   tap resident.services.medical_join
at 15s   tap resident.matter.about.secondary
at 16s   tap resident.confirm.primary
expect   state resident.ticket.issued
at 17s   tap resident.ticket.issued.primary
at 18s   reader fault auth31
at 19s   card present li-si
expect   state resident.card.problem
)";

TEST(Secrecy, NoNameNoNumberNoAddressIsLeftByVisitsWithCards) {
  test::Kiosk const kiosk;
  auto const visit = kiosk.play_text(std::string(k_visit) + "expect outbox ticket.issued 2\n");
  ASSERT_EQ(visit.exit, 0) << visit.err;
  auto const all = needles();
  EXPECT_EQ(found_below(all, kiosk.data()), std::vector<std::string>());
  EXPECT_EQ(found_in(all, "standard output", visit.out, false), std::vector<std::string>());
  EXPECT_EQ(found_in(all, "standard error", visit.err, false), std::vector<std::string>());
}

TEST(Secrecy, NothingIsLeftByAProgramThatIsKilledInTheMiddle) {
  test::Kiosk const kiosk;
  auto const scenario = kiosk.config().parent_path() / "visit.scn";
  test::write_file(scenario, std::string(k_visit) + "signal here\nawait never\n");
  auto command = kiosk.command();
  auto const meeting = kiosk.config().parent_path() / "meeting";
  std::filesystem::create_directory(meeting);
  for (auto const& word :
       {std::string("--scenario"), scenario.string(), std::string("--rendezvous"), meeting.string()}) {
    command.argv.push_back(word);
  }
  test::ChildProcess program(command);
  ASSERT_TRUE(test::eventually(std::chrono::minutes(2),
                               [&] { return std::filesystem::exists(meeting / "here") || !program.running(); }));
  ASSERT_TRUE(program.running()) << program.err();
  program.kill();
  ASSERT_GT(std::filesystem::file_size(kiosk.data() / "yizhan.db-wal"), 4096u) << "the log must be looked at too";
  EXPECT_EQ(found_below(needles(), kiosk.data()), std::vector<std::string>());
}

TEST(Secrecy, ThisTestWouldFindThem) {
  test::TempDir const folder("plain");
  auto const all = needles();
  EXPECT_GE(all.size(), 9u * 3u * 3u);
  for (auto const& [name, needle] : all) {
    test::write_file(folder / "log", "some words " + needle + " and more");
    auto const found = found_below(all, folder.path());
    EXPECT_NE(std::find(found.begin(), found.end(), name + " in log"), found.end()) << name;
  }
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }
