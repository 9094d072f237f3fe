// kill -9 at any moment between the first page and the supplement: the next process finds a whole draft or a whole case,
// and the run that is resumed ends with exactly one case, each event once and every document whole.
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <new>

#include "shared/store/blobs.h"
#include "tests/unit/shared/office/matter_machine.h"

namespace yizhan::test {
namespace {

using nlohmann::json;
using How = cases::HeldMaterial::How;

constexpr int k_kills = 200;
constexpr std::size_t k_page_size = 150'000;
enum Phase { opening, drafting, submitting, asked, supplementing, done, k_phases };
constexpr std::array k_phase_names{"opening", "drafting", "submitting", "asked", "supplementing", "done"};

/// Where the child is; written by it, read after its death.
struct Progress {
  std::atomic<int> phase{opening};
};

std::vector<std::byte> page(Uuid const& owner, int number) {
  return page_of(owner.to_string() + std::to_string(number), k_page_size);
}

/// One resident's way, from wherever the last process was killed. Everything has ids made before.
struct Journey {
  Uuid draft;
  Uuid supplement;
  identity::Person person;

  Result<void> run(MatterMachine& m, Progress& progress) const {
    auto& matters = m.matters();
    if (TRY(matters.cases(person)).empty()) {
      progress.phase = drafting;
      auto const ready = TRY(fill_draft(m));
      progress.phase = submitting;
      (void)TRY(matters.submit(m.submission(ready, person.clone())));
    }
    progress.phase = asked;
    auto const number = TRY(matters.cases(person)).at(0).what.number;
    TRY(tell(m, number, "received", json::object()));
    TRY(tell(m, number, "supplement_requested",
             {{"materials", {"household_register"}}, {"reason", "materials_unclear"}, {"days", 5}}));
    progress.phase = supplementing;
    office::Supplement more;
    more.id = supplement;
    more.case_id = draft;
    more.applicant = person.clone();
    more.materials = {{"household_register", {}, How::photographed}};
    for (int i = 3; i < 5; ++i)
      more.materials[0].pages.push_back(TRY(matters.put_page(supplement, page(supplement, i))));
    (void)TRY(matters.supplement(more));
    progress.phase = done;
    return {};
  }

 private:
  /// Three pages, the draft saved after each.
  [[nodiscard]] Result<cases::Draft> fill_draft(MatterMachine& m) const {
    auto& matters = m.matters();
    cases::Draft all;
    all.id = draft;
    all.matter = "social_card_replace";
    all.answers = {{"lost", "yes"}};
    all.fields = {{"name", "张三"}, {"phone", "13800000000"}};
    all.materials = {
        {"household_register", {}, How::photographed}, {"id_card", {}, How::from_card}, {"proof", {}, How::promised}};
    if (auto known = matters.open_draft(person, draft)) {
      all = std::move(*known);
    } else if (!known.error().is("draft_unknown")) {
      return known.error();
    }
    auto& pages = all.materials[0].pages;
    while (pages.size() < 3) {
      pages.push_back(TRY(matters.put_page(draft, page(draft, static_cast<int>(pages.size())))));
      TRY(matters.save_draft(person, all));
    }
    return all;
  }

  /// What the platform says; it says it again, with the same id, until the cursor is stored.
  [[nodiscard]] Result<void> tell(MatterMachine& m, std::string const& number, std::string const& act,
                                  json more) const {
    auto const type = "cn.yizhan.case." + act + ".v1";
    auto const id = act + number;
    json data{{"case", number}, {"part", 1}, {"at", "2026-11-25T02:00:00.000Z"}};
    data.update(more);
    json const event{{"id", id}, {"source", "urn:yizhan:platform"}, {"type", type}, {"data", data}};
    return m.machine.machine.store->outbox().apply_changes({{id, type, event.dump()}}, id);
  }
};

class KilledSubmission : public testing::Test {
 protected:
  MatterMachine m_machine{11};
  Progress* m_progress = nullptr;
  SeededRng m_rng{20261124};

  void SetUp() override {
    void* const shared = ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    m_progress = new (shared) Progress;
    m_machine.machine.close();
  }
  void TearDown() override { ::munmap(m_progress, sizeof(Progress)); }

  /// Another process takes the journey up; killed after `wait_us`, if it is not done by then. Where it was.
  int live(Journey const& journey, long wait_us) {
    m_machine.advance(std::chrono::seconds(1));  // the next process makes other ids from the same seed
    m_progress->phase = opening;
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid_t const child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      m_machine.restart();
      auto const ran = journey.run(m_machine, *m_progress);
      if (!ran) std::fprintf(stderr, "%s\n", ran.error().to_line().c_str());
      ::_exit(ran ? 0 : 3);
    }
    ::close(ends[1]);
    pollfd ended{ends[0], 0, 0};  // hangs up with the child's end
    timespec const limit{wait_us / 1'000'000, wait_us % 1'000'000 * 1000};
    (void)::ppoll(&ended, 1, &limit, nullptr);
    ::kill(child, SIGKILL);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    ::close(ends[0]);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "a step failed";
    return WIFSIGNALED(status) ? m_progress->phase.load() : k_phases;
  }

  void expect_whole(Journey const& journey) {
    m_machine.restart();
    auto const mine = m_machine.matters().cases(journey.person).value();
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine[0].what.id, journey.draft);
    EXPECT_EQ(mine[0].what.parts[0].state, cases::State::received);
    EXPECT_TRUE(m_machine.matters().drafts(journey.person)->empty());
    std::vector<json> submitted;
    std::vector<json> supplemented;
    for (auto const& event : m_machine.events()) {
      if (event.data.at("case") != mine[0].what.number) continue;
      (event.type == "cn.yizhan.case.submitted.v1" ? submitted : supplemented).push_back(event.data);
    }
    ASSERT_EQ(submitted.size(), 1U);
    ASSERT_EQ(supplemented.size(), 1U);
    auto const documents = m_machine.documents(submitted[0]);
    ASSERT_EQ(documents.size(), 5U);
    EXPECT_EQ(json::parse(documents[0]).at("case"), mine[0].what.number);
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(documents[static_cast<std::size_t>(i) + 2], text::chars_of(page(journey.draft, i))) << i;
    }
    auto const more = m_machine.documents(supplemented[0]);
    ASSERT_EQ(more.size(), 2U);
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(more[static_cast<std::size_t>(i)], text::chars_of(page(journey.supplement, i + 3))) << i;
    }
    ASSERT_TRUE(m_machine.matters().keep_house());
    EXPECT_EQ(m_machine.count("SELECT count(*) FROM uploads WHERE case_id = '" + journey.draft.to_string() + "'"), 7);
    EXPECT_EQ(m_machine.count("SELECT count(*) FROM blobs"), m_machine.count("SELECT count(*) FROM uploads"));
    EXPECT_FALSE(m_machine.machine.machine.store->missing());
    m_machine.machine.close();
  }
};

TEST_F(KilledSubmission, EndsWithOneCaseAndAllItsDocuments) {
  int kills = 0;
  int journeys = 0;
  std::array<int, k_phases> where{};
  auto const next = [&] {
    auto const nth = std::to_string(1000 + journeys++);
    Journey journey{Uuid::v7(m_machine.env()), Uuid::v7(m_machine.env()), zhang_san()};
    journey.person.number = SecretText("42010619900307" + nth);
    return journey;
  };
  auto const undisturbed = next();
  auto const started = std::chrono::steady_clock::now();
  ASSERT_EQ(live(undisturbed, 60'000'000), k_phases);
  auto const took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
  expect_whole(undisturbed);

  while (kills < k_kills && !HasFailure()) {
    auto const journey = next();
    // Short lives first, so that one application is killed several times on its way.
    auto longest = static_cast<std::uint64_t>(took.count()) / 3;
    for (int phase = opening; phase != k_phases && !HasFailure(); longest += longest / 10) {
      phase = live(journey, static_cast<long>(m_rng.below(longest)));
      if (phase == k_phases) break;
      ++kills;
      ++where.at(static_cast<std::size_t>(phase));
    }
    expect_whole(journey);
  }
  m_machine.restart();
  auto const findings = m_machine.machine.machine.store->check().value();
  EXPECT_TRUE(findings.empty()) << findings.front();
  std::string figures = std::to_string(kills) + " kills over " + std::to_string(journeys) + " applications:";
  for (int phase = 0; phase < k_phases; ++phase) {
    figures += ' ' + std::string(k_phase_names.at(static_cast<std::size_t>(phase))) + ' ' +
               std::to_string(where.at(static_cast<std::size_t>(phase)));
  }
  std::printf("%s\n", figures.c_str());
  RecordProperty("kills", kills);
  EXPECT_GE(kills, k_kills);
  EXPECT_GT(where[drafting], 5);
  EXPECT_GT(where[submitting], 5);
  EXPECT_GT(where[supplementing], 5);
}

}  // namespace
}  // namespace yizhan::test
