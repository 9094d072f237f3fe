#include "peripherals/ticket_printer/answers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace yizhan::ticket_printer {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Kind = Answer::Kind;

std::vector<Answer> answers(Bytes const& bytes) {
  AnswerStream stream;
  std::vector<Answer> all;
  for (auto const byte : bytes) {
    if (auto const answer = stream.push(byte)) all.push_back(*answer);
  }
  return all;
}

Bytes of(std::vector<Answer> const& all, Kind kind) {
  Bytes bytes;
  for (auto const& one : all) {
    if (one.kind == kind) bytes.push_back(one.byte);
  }
  return bytes;
}

/// Every way to merge `parts`, each in its own order. `at` counts what is taken.
template <class Visit>
void merge(std::vector<Bytes> const& parts, std::vector<std::size_t>& at, std::vector<std::size_t>& order,
           Visit const& visit) {
  bool done = true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (at[i] == parts[i].size()) continue;
    done = false;
    ++at[i];
    order.push_back(i);
    merge(parts, at, order, visit);
    order.pop_back();
    --at[i];
  }
  if (done) visit(order);
}

constexpr std::size_t k_automatic = 0, k_real_time = 1, k_flow = 2, k_in_order = 3;
std::vector<Bytes> const k_parts{{0x18, 0x04, 0x0F, 0x00}, {0x12, 0x7E}, {k_xoff, k_xon}, {0x03, 0x00}};

struct Merged {
  Bytes bytes;
  bool within = false;  // an answer to GS r stands within the automatic status: printers do not do that
};

template <class Visit>
void merge_all(Visit const& visit) {
  std::vector<std::size_t> at(k_parts.size());
  std::vector<std::size_t> order;
  merge(k_parts, at, order, [&](std::vector<std::size_t> const& parts) {
    Merged merged;
    std::vector<std::size_t> taken(k_parts.size());
    for (auto const part : parts) {
      if (part == k_in_order && taken[k_automatic] % 4 != 0) merged.within = true;
      merged.bytes.push_back(k_parts[part][taken[part]++]);
    }
    visit(merged);
  });
}

TEST(Answers, EveryMergeOfFourKindsIsTakenApart) {
  int merges = 0;
  merge_all([&](Merged const& merged) {
    if (merged.within) return;
    ++merges;
    auto const all = answers(merged.bytes);
    ASSERT_EQ(all.size(), 7U);
    ASSERT_EQ(of(all, Kind::real_time), k_parts[k_real_time]);
    ASSERT_EQ(of(all, Kind::flow), k_parts[k_flow]);
    ASSERT_EQ(of(all, Kind::in_order), k_parts[k_in_order]);
    auto const told = std::find_if(all.begin(), all.end(), [](auto const& one) { return one.kind == Kind::automatic; });
    ASSERT_NE(told, all.end());
    ASSERT_EQ(told->status, (std::array<std::uint8_t, 4>{0x18, 0x04, 0x0F, 0x00}));
  });
  EXPECT_GT(merges, 1000);
}

// What is lost may cost an answer; it never makes one, unless the very byte is lost that says whose the next three are.
TEST(Answers, ALostByteNeverAddsAnAnswerToGsR) {
  merge_all([](Merged const& merged) {
    for (std::size_t lost = 0; lost < merged.bytes.size(); ++lost) {
      if (is_automatic_head(merged.bytes[lost])) continue;
      auto bytes = merged.bytes;
      bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(lost));
      ASSERT_LE(of(answers(bytes), Kind::in_order).size(), k_parts[k_in_order].size());
    }
  });
}

TEST(Answers, ATornStatusIsNoiseAndTheNextIsWhole) {
  auto const all = answers({0x10, 0x00, 0x18, 0x00, 0x0F, 0x00});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].kind, Kind::noise);
  EXPECT_EQ(all[1], (Answer{Kind::automatic, 0, {0x18, 0x00, 0x0F, 0x00}}));
}

TEST(Answers, AfterSilenceATornStatusTakesNoMoreBytes) {
  AnswerStream stream;
  EXPECT_FALSE(stream.quiet());
  EXPECT_FALSE(stream.push(0x10));
  EXPECT_FALSE(stream.push(0x00));
  EXPECT_TRUE(stream.quiet());
  EXPECT_EQ(stream.push(0x00), (Answer{Kind::in_order, 0x00, {}}));
}

TEST(Answers, EveryByteAloneIsOfOneKind) {
  for (int value = 0; value < 256; ++value) {
    auto const byte = static_cast<std::uint8_t>(value);
    bool const flow = byte == k_xon || byte == k_xoff;
    int const kinds = static_cast<int>(is_real_time_answer(byte)) + static_cast<int>(is_automatic_head(byte)) +
                      static_cast<int>(is_in_order_answer(byte)) + static_cast<int>(flow);
    EXPECT_LE(kinds, 1) << value;
    auto const answer = AnswerStream().push(byte);
    EXPECT_EQ(answer.has_value(), !is_automatic_head(byte)) << value;
    EXPECT_EQ(answer && answer->kind == Kind::noise, kinds == 0) << value;
  }
}

}  // namespace
}  // namespace yizhan::ticket_printer
