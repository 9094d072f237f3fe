#include <algorithm>

#include "shared/crypto/credential.h"
#include "tests/support/pki/pki.h"
#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;
using office::TakeTicket;
using queue::TicketState;

// Tickets of one moment have no order of their own: the tests' tickets are a second apart.
Result<office::IssuedTicket> take(OfficeMachine& m, TakeTicket const& wanted) {
  m.advance(1s);
  return m.office().take_ticket(wanted);
}

TakeTicket request(std::string service = "social_card_replace", identity::Person person = {}) {
  return {.service = std::move(service), .person = std::move(person)};
}

TEST(Office, OneVisitFromTicketToFarewell) {
  OfficeMachine m;
  auto const issued = take(m, request("social_card_replace", zhang_san()));
  ASSERT_TRUE(issued) << issued.error().to_line();
  EXPECT_EQ(issued->ticket.number, "A001");
  EXPECT_FALSE(issued->existing);
  EXPECT_EQ(issued->wait.ahead, 0);
  m.advance(4min);
  auto const called = m.office().call_next({'A'});
  ASSERT_TRUE(called) << called.error().to_line();
  EXPECT_EQ(called->counter, "001号窗口");
  m.advance(30s);
  ASSERT_TRUE(m.office().start_service(called->id));
  m.advance(5min);
  auto const finished = m.office().finish_service(called->id);
  ASSERT_TRUE(finished) << finished.error().to_line();
  EXPECT_EQ(finished->state, TicketState::finished);

  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "called", "started", "finished"}));
  for (auto const& event : m.events()) {
    EXPECT_EQ(event.subject, issued->ticket.id.to_string());
    EXPECT_EQ(misfit(event.type, event.data), "") << event.type << ' ' << event.data;
  }
  EXPECT_EQ(m.events()[1].data["waited_s"], 240);
  EXPECT_EQ(m.events()[2].data["waited_s"], 270);
  EXPECT_EQ(m.events()[3].data["served_s"], 300);
  EXPECT_EQ(m.machine.count("SELECT count(*) FROM audit WHERE action LIKE 'cn.yizhan.ticket.%'"), 4);
  EXPECT_TRUE(m.machine.store->audit().verify());
  EXPECT_EQ(m.jobs("queued"), 1);
}

TEST(Office, SamePersonAndServiceIsOfferedTheirTicketAgain) {
  OfficeMachine m;
  auto const first = *take(m, request("social_card_replace", zhang_san()));
  m.advance(1min);
  auto const again = *take(m, request("social_card_replace", zhang_san()));
  EXPECT_TRUE(again.existing);
  EXPECT_EQ(again.ticket.number, first.ticket.number);
  EXPECT_NE(again.print_job, first.print_job);
  EXPECT_EQ(m.event_types(), std::vector<std::string>{"issued"});
  EXPECT_EQ(m.jobs("queued"), 2) << "they may have lost the first paper";
  EXPECT_EQ(take(m, request("pension_check", zhang_san()))->ticket.number, "A002");
  EXPECT_FALSE(take(m, request("social_card_replace", zhang_san('X')))->existing);
  ASSERT_TRUE(m.office().call_number("A001"));
  EXPECT_TRUE(take(m, request("social_card_replace", zhang_san()))->existing);
  ASSERT_TRUE(m.office().cancel(first.ticket.id));
  EXPECT_FALSE(take(m, request("social_card_replace", zhang_san()))->existing);
}

TEST(Office, TicketsByServiceAloneAreAllNew) {
  OfficeMachine m;
  EXPECT_FALSE(take(m, request())->existing);
  EXPECT_FALSE(take(m, request())->existing);
  EXPECT_EQ(m.events()[1].data["holder"], "");
}

TEST(Office, UnknownServiceIsRefused) {
  OfficeMachine m;
  EXPECT_EQ(code_of(take(m, request("fortune_telling"))), "service_unknown");
  EXPECT_EQ(code_of(m.office().wait_for("fortune_telling")), "service_unknown");
}

TEST(Office, TicketTakenAtTheCounterSaysSo) {
  OfficeMachine m;
  auto wanted = request();
  wanted.by_clerk = true;
  wanted.priority = queue::PriorityClass::priority;
  ASSERT_TRUE(take(m, wanted));
  EXPECT_EQ(m.events()[0].data["channel"], "counter");
  EXPECT_EQ(m.events()[0].data["priority"], "priority");
}

TEST(Office, WhatCannotBeToldIsNotDone) {
  OfficeMachine m;
  m.catalog.items.push_back({.code = "张三", .name = {"坏条目", "Bad item"}, .queue = 'A'});
  EXPECT_EQ(code_of(take(m, request("张三", zhang_san()))), "personal_data");
  for (std::string const table : {"tickets", "hall_commands", "print_jobs", "visits", "hall_numbers"}) {
    auto const rows = m.machine.count("SELECT count(*) FROM " + table);
    EXPECT_EQ(rows, table == "hall_commands" ? 1 : 0) << table << " (the one command is the day's beginning)";
  }
  EXPECT_TRUE(m.events().empty());
  EXPECT_EQ(take(m, request())->ticket.number, "A001") << "the number was not used up";
}

TEST(Office, NewcomerIsToldHowManyAreAhead) {
  OfficeMachine m;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(take(m, request()));
  m.advance(1min);
  auto const normal = *take(m, request());
  EXPECT_EQ(normal.wait.ahead, 3);
  EXPECT_EQ(normal.wait.low, 12min);
  EXPECT_EQ(normal.wait.high, 24min);
  auto urgent = request();
  urgent.priority = queue::PriorityClass::priority;
  EXPECT_EQ(take(m, urgent)->wait.ahead, 0);
  EXPECT_EQ(m.office().look_up_number("A004")->wait.ahead, 4) << "somebody went before";
  EXPECT_EQ(m.office().wait_for("pension_check")->ahead, 5);
  EXPECT_EQ(m.office().wait_for("elder_card")->ahead, 0);
}

TEST(Office, MyOpenTicketsAreFoundByPersonAndByNumber) {
  OfficeMachine m;
  auto const mine = *take(m, request("social_card_replace", zhang_san()));
  ASSERT_TRUE(take(m, request("elder_card", zhang_san())));
  ASSERT_TRUE(take(m, request("elder_card", zhang_san('X'))));
  auto const found = *m.office().look_up(zhang_san());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].ticket.id, mine.ticket.id);
  EXPECT_EQ(found[1].ticket.number, "B001");
  EXPECT_TRUE(m.office().look_up(identity::Person{})->empty());
  EXPECT_EQ(m.office().look_up_number("B002")->ticket.service, "elder_card");
  EXPECT_EQ(code_of(m.office().look_up_number("B003")), "ticket_not_found");
}

TEST(Office, ClerksWorkIsOneEventEach) {
  OfficeMachine m;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(take(m, request()));
  auto const first = *m.office().call_next({'A', 'B'});
  EXPECT_EQ(code_of(m.office().call_next({'A'})), "counter_busy");
  ASSERT_TRUE(m.office().recall(first.id));
  ASSERT_TRUE(m.office().no_show(first.id));
  auto const third = *m.office().call_number("A003");
  EXPECT_EQ(code_of(m.office().no_show(first.id)), "ticket_wrong_state");
  ASSERT_TRUE(m.office().cancel(third.id));
  EXPECT_EQ(m.event_types(), (std::vector<std::string>{"issued", "issued", "issued", "called", "recalled", "missed",
                                                       "called", "cancelled"}));
  EXPECT_EQ(m.events()[4].data["calls"], 2);
  EXPECT_EQ(m.events()[5].data["counter"], "001");
  EXPECT_EQ(m.office().announcements(0)->size(), 3U);
  EXPECT_EQ(m.office().view()->waiting.size(), 1U);
}

TEST(Office, EachChangeIsSignalledAndNoRefusal) {
  OfficeMachine m;
  ASSERT_TRUE(m.office().recover());
  int const before = m.changes;
  ASSERT_TRUE(take(m, request()));
  EXPECT_EQ(m.changes, before + 1);
  EXPECT_EQ(code_of(m.office().call_next({'B'})), "queue_empty");
  EXPECT_EQ(m.changes, before + 1);
}

TEST(TicketCode, IsSignedForTheTicketAndEndsWithTheLocalDay) {
  OfficeMachine m;
  auto const issued = self_signed(m.machine.device, k_morning);
  m.signer = office::Signer{issued.key(), issued.certificate()};
  m.restart();
  auto const ticket = *take(m, request("social_card_replace", zhang_san()));
  ASSERT_TRUE(crypto::is_our_code(ticket.qr));
  crypto::TrustList const trust{{issued.certificate(), {"ticket"}, {"420106001001"}, false}};
  auto const code = crypto::verify_credential(ticket.qr, trust, m.machine.clock->now(), "420106001001",
                                              {crypto::CredentialKind::ticket});
  ASSERT_TRUE(code) << code.error().to_line();
  EXPECT_EQ(code->id, ticket.ticket.id.bytes);
  EXPECT_EQ(code->issuer, m.machine.device);
  EXPECT_EQ(code->expires_at, (k_morning + 15h).time_since_epoch() / 1s) << "midnight in Shanghai";
  EXPECT_EQ(nlohmann::json::parse(code->body),
            (nlohmann::json{{"day", "2026-11-24"}, {"hall", "420106001001"}, {"number", "A001"}}));
  EXPECT_EQ(code_of(crypto::verify_credential(ticket.qr, trust, k_morning + 15h + 3min, "420106001001", {})),
            "code_expired");
}

TEST(TicketCode, IsTheNumberAloneWithoutADeviceKey) {
  OfficeMachine m;
  EXPECT_EQ(take(m, request())->qr, "A001");
}

TEST(HolderIndex, IsHmacSm3OfKindAndNumber) {
  // printf 'id_card42010619900307001X' | openssl mac -digest SM3 -macopt hexkey:0101…01 -binary HMAC | base64url
  office::HolderIndex const index(std::vector<std::byte>(32, std::byte{1}));
  EXPECT_EQ(index.of(identity::DocumentKind::id_card, "42010619900307001X"),
            "npxu7M61aCu7OZ--Yu0t0GHvSbEhkaHKFi5QsyAXSGM");
  EXPECT_EQ(index.of(identity::DocumentKind::id_card, "42010619900307001x"),
            index.of(identity::DocumentKind::id_card, "42010619900307001X"));
  EXPECT_NE(index.of(identity::DocumentKind::passport, "42010619900307001X"),
            index.of(identity::DocumentKind::id_card, "42010619900307001X"));
  EXPECT_EQ(index.of(identity::DocumentKind::phone, ""), "");
}

}  // namespace
}  // namespace yizhan::test
