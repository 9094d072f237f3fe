// Many machines at once at one PostgreSQL hall.
#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "tests/functional/hall/hall_backends.h"

namespace yizhan::test {
namespace {

using namespace yizhan::queue;

TEST(HallConcurrency, NoTicketToTwoCountersAndNoNumberTwiceOrMissing) {
  constexpr int k_kiosks = 3;
  constexpr int k_counters = 6;
  constexpr int k_tickets_each = 40;
  auto const uri = hall_database();
  std::vector<std::vector<std::string>> numbers(k_kiosks);
  std::vector<std::vector<Uuid>> called(k_counters);
  std::atomic<int> issuing{k_kiosks};
  std::atomic<int> failures{0};

  std::vector<std::thread> threads;
  for (int k = 0; k < k_kiosks; ++k) {
    threads.emplace_back([&, k] {
      HallMachine kiosk(uri, "10" + std::to_string(k), static_cast<std::uint64_t>(100 + k));
      for (int i = 0; i < k_tickets_each; ++i) {
        auto reply = kiosk.apply(kiosk.wanted(i % 4 == 0 ? "h" + std::to_string(k * 1000 + i) : ""));
        if (reply)
          numbers[k].push_back(reply->ticket.number);
        else
          ++failures;
      }
      --issuing;
    });
  }
  for (int c = 0; c < k_counters; ++c) {
    threads.emplace_back([&, c] {
      auto const name = std::to_string(c + 1);
      HallMachine counter(uri, "20" + std::to_string(c), static_cast<std::uint64_t>(200 + c));
      while (true) {
        bool const last_round = issuing == 0;
        auto reply = counter.apply(CallNext{{'A'}}, name);
        if (!reply) {
          if (!reply.error().is("queue_empty"))
            ++failures;
          else if (last_round)
            break;
          continue;
        }
        called[c].push_back(reply->ticket.id);
        if (!counter.apply(StartService{reply->ticket.id}, name)) ++failures;
        if (!counter.apply(FinishService{reply->ticket.id}, name)) ++failures;
      }
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(failures, 0);
  std::set<std::string> all_numbers;
  for (auto const& list : numbers) all_numbers.insert(list.begin(), list.end());
  constexpr int k_all = k_kiosks * k_tickets_each;
  ASSERT_EQ(all_numbers.size(), static_cast<std::size_t>(k_all)) << "a number was given twice";
  EXPECT_EQ(*all_numbers.begin(), "A001");
  EXPECT_EQ(*all_numbers.rbegin(), "A" + std::to_string(k_all)) << "the series has gaps";
  std::multiset<Uuid> all_calls;
  for (auto const& list : called) all_calls.insert(list.begin(), list.end());
  EXPECT_EQ(all_calls.size(), static_cast<std::size_t>(k_all));
  EXPECT_EQ(std::set<Uuid>(all_calls.begin(), all_calls.end()).size(), all_calls.size())
      << "a ticket went to two counters";

  HallMachine display(uri, "300", 300);
  auto const calls = *display.hall->announcements(display.machine.today(), 0);
  ASSERT_EQ(calls.size(), all_calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) EXPECT_EQ(calls[i].sequence, static_cast<std::int64_t>(i + 1));
}

TEST(HallConcurrency, SamePersonAtTwoKiosksGetsOneTicket) {
  auto const uri = hall_database();
  std::array<Result<HallReply>, 4> replies{HallReply{}, HallReply{}, HallReply{}, HallReply{}};
  for (int round = 0; round < 10; ++round) {
    std::vector<std::thread> threads;
    for (std::size_t k = 0; k < replies.size(); ++k) {
      threads.emplace_back([&, k] {
        HallMachine kiosk(uri, "10" + std::to_string(k), 1000 + 10 * static_cast<std::uint64_t>(round) + k);
        replies[k] = kiosk.apply(kiosk.wanted("holder" + std::to_string(round)));
      });
    }
    for (auto& thread : threads) thread.join();
    int fresh = 0;
    for (auto const& reply : replies) {
      ASSERT_TRUE(reply) << reply.error().to_line();
      EXPECT_EQ(reply->ticket.id, replies[0]->ticket.id);
      if (!reply->existing) ++fresh;
    }
    EXPECT_EQ(fresh, 1);
  }
}

TEST(HallConcurrency, SameCommandSentTwiceAtOnceIsAppliedOnce) {
  auto const uri = hall_database();
  HallMachine one(uri, "001", 1);
  HallMachine other(uri, "002", 2);
  for (int round = 0; round < 20; ++round) {
    auto const command = one.machine.command(one.wanted());
    Result<HallReply> late = HallReply{};
    std::thread thread([&] { late = other.apply(command); });
    auto const reply = one.apply(command);
    thread.join();
    ASSERT_TRUE(reply && late);
    EXPECT_EQ(reply->ticket.number, late->ticket.number);
    EXPECT_NE(reply->repeated, late->repeated);
  }
}

}  // namespace
}  // namespace yizhan::test
