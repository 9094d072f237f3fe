#include "shared/base/inbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace yizhan {
namespace {

TEST(Inbox, MessagesOfAGoneOwnerAreDroppedAtTheDrain) {
  Inbox<std::string> inbox;
  OwnerToken screen;
  {
    OwnerToken closed;
    inbox.post(closed.token(), "late");
  }
  inbox.post(screen.token(), "a");
  inbox.post("b");
  std::string seen;
  EXPECT_EQ(inbox.drain([&](std::string message) { seen += message; }), 2U);
  EXPECT_EQ(seen, "ab");
}

TEST(Inbox, RenewingATokenDropsWhatIsUnderWay) {
  Inbox<int> inbox;
  OwnerToken session;
  inbox.post(session.token(), 1);
  session.renew();
  inbox.post(session.token(), 2);
  std::vector<int> seen;
  inbox.drain([&](int message) { seen.push_back(message); });
  EXPECT_EQ(seen, std::vector{2});
}

TEST(Inbox, WhatIsPostedDuringADrainWaitsForTheNext) {
  Inbox<int> inbox;
  inbox.post(1);
  EXPECT_EQ(inbox.drain([&](int) { inbox.post(2); }), 1U);
  EXPECT_FALSE(inbox.empty());
  EXPECT_EQ(inbox.drain([](int) {}), 1U);
  EXPECT_TRUE(inbox.empty());
}

TEST(Inbox, EachPostWakesTheOwnerAndNothingIsLost) {
  std::atomic<int> wakes = 0;
  Inbox<int> inbox([&] { ++wakes; });
  std::vector<std::thread> posters;
  for (int t = 0; t < 4; ++t) {
    posters.emplace_back([&] {
      for (int i = 0; i < 250; ++i) inbox.post(i);
    });
  }
  std::size_t handled = 0;
  while (handled < 1000) handled += inbox.drain([](int) {});
  for (auto& poster : posters) poster.join();
  EXPECT_EQ(wakes, 1000);
}

}  // namespace
}  // namespace yizhan
