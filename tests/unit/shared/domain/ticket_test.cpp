#include "shared/domain/queue/ticket.h"

#include <gtest/gtest.h>

#include "shared/domain/queue/rules.h"

namespace yizhan::queue {
namespace {

constexpr TicketState k_all[] = {TicketState::waiting,  TicketState::called,  TicketState::serving,
                                 TicketState::finished, TicketState::no_show, TicketState::cancelled,
                                 TicketState::held,     TicketState::expired};

TEST(TicketLabel, HasThreeDigitsAndGrowsToFour) {
  EXPECT_EQ(ticket_label('A', "", 1), "A001");
  EXPECT_EQ(ticket_label('A', "K", 1), "AK001");
  EXPECT_EQ(ticket_label('B', "", 999), "B999");
  EXPECT_EQ(ticket_label('B', "", 1000), "B1000");
}

TEST(QueueLetter, IAndOAreLeftOut) {
  EXPECT_TRUE(is_queue_letter('A'));
  EXPECT_TRUE(is_queue_letter('Z'));
  for (char const wrong : {'I', 'O', 'a', '1', '\0', '@', '['}) EXPECT_FALSE(is_queue_letter(wrong));
}

TEST(TicketState, NamesRoundTrip) {
  for (auto const state : k_all) EXPECT_EQ(parse_ticket_state(to_string(state)), state);
  EXPECT_FALSE(parse_ticket_state("lost"));
  for (auto const priority : {PriorityClass::priority, PriorityClass::normal}) {
    EXPECT_EQ(parse_priority(to_string(priority)), priority);
  }
  EXPECT_FALSE(parse_priority(""));
}

TEST(TicketState, OnlyTheseTransitionsExist) {
  using enum TicketState;
  std::vector<std::pair<TicketState, TicketState>> const allowed{
      {waiting, called}, {waiting, cancelled}, {waiting, expired}, {called, waiting},
      {called, called},  {called, serving},    {called, no_show},  {called, cancelled},
      {called, expired}, {serving, finished},  {serving, expired}, {held, expired}};
  for (auto const from : k_all) {
    for (auto const to : k_all) {
      bool const expected = std::find(allowed.begin(), allowed.end(), std::pair{from, to}) != allowed.end();
      EXPECT_EQ(may_become(from, to), expected) << to_string(from) << " → " << to_string(to);
    }
  }
}

TEST(Ticket, EndedOnesAreNotOpen) {
  Ticket ticket;
  for (auto const state : k_all) {
    ticket.state = state;
    bool const ended = !may_become(state, TicketState::expired);
    EXPECT_EQ(ticket.open(), !ended) << to_string(state);
  }
}

}  // namespace
}  // namespace yizhan::queue
