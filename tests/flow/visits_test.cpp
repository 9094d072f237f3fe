// Whole visits, as the scenario files beside this test tell them, played on the real program: its windows, its
// encrypted database, the wires of its (emulated) devices. A scenario fails with its line and the tree of the screen.
#include <gtest/gtest.h>

#include "tests/flow/kiosk_program.h"
#include "tests/support/demo_pki.h"

namespace yizhan {
namespace {

struct Visit {
  std::string name;
  test::KioskOptions machine;
  bool clerk = false;
};

void PrintTo(Visit const& visit, std::ostream* out) { *out << visit.name; }

class Visits : public testing::TestWithParam<Visit> {};

TEST_P(Visits, EndAsTheScenarioSays) {
  auto const& visit = GetParam();
  test::Kiosk const kiosk(visit.machine);
  if (visit.clerk) kiosk.add_clerk();
  auto const outcome = kiosk.play(test::source_folder() / "tests/flow/visits" / (visit.name + ".scn"));
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
}

constexpr char const* k_wide = "1920x1080";
constexpr char const* k_tall = "1080x1920";
constexpr char const* k_all_devices =
    "[devices.document_printer]\nuri = \"emulated\"\n[devices.document_camera]\ndevice = \"emulated\"\n";
constexpr char const* k_own_rules = "[privacy]\nshow_on_hold = false\n[display]\nspeak_english = true\n";

INSTANTIATE_TEST_SUITE_P(Scenarios, Visits,
                         testing::Values(Visit{"card"}, Visit{"bad_cards"}, Visit{"find_ticket"}, Visit{"idle"},
                                         Visit{"no_paper"}, Visit{"without_card"},
                                         Visit{"landscape", {"resident", k_wide, {}}},
                                         Visit{"technician", {"technician", k_wide, k_all_devices}},
                                         Visit{"technician", {"technician", k_tall, k_all_devices}},
                                         Visit{"one_machine", {"resident,counter,display", k_wide, {}}, true},
                                         Visit{"own_rules", {"resident,counter,display", k_wide, k_own_rules}, true}),
                         [](auto const& info) {
                           bool const by_size = info.param.name == "technician";
                           return info.param.name + (by_size ? "_" + info.param.machine.size : "");
                         });

TEST(Visits, EveryScenarioFileIsPlayed) {
  auto const folder = test::source_folder() / "tests/flow/visits";
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) files += entry.path().extension() == ".scn";
  EXPECT_EQ(files, 10u) << "a new scenario belongs into the list above";
}

TEST(Visits, AScenarioThatIsNotFulfilledFailsWithItsLine) {
  test::Kiosk const kiosk;
  auto const outcome = kiosk.play_text("patience 500ms\nexpect state resident.ticket.issued\n");
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_NE(outcome.err.find("line 2: expect state resident.ticket.issued"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_with_display(count, arguments); }
