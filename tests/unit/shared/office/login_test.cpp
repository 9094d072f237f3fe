#include "tests/unit/shared/office/office_machine.h"

namespace yizhan::test {
namespace {

using namespace std::chrono_literals;

class Login : public testing::Test {
 protected:
  Login() { EXPECT_TRUE(m.office().add_staff("1001", "clerk", SecretText("482913"))); }
  std::string right(std::string const& number = "1001") {
    return code_of(m.office().log_in(number, SecretText("482913")));
  }
  std::string wrong(std::string const& number = "1001") {
    return code_of(m.office().log_in(number, SecretText("000000")));
  }
  void lock() {
    for (int i = 0; i < 5; ++i) wrong();
  }
  std::chrono::seconds locked_for() { return m.office().last_refusal().locked_for; }
  OfficeMachine m;
};

TEST_F(Login, NumberAndPinTogetherLetIn) {
  auto const member = m.office().log_in("1001", SecretText("482913"));
  ASSERT_TRUE(member) << member.error().to_line();
  EXPECT_EQ(member->number, "1001");
  EXPECT_EQ(member->role, "clerk");
  EXPECT_EQ(code_of(m.office().log_in("1001", SecretText(""))), "staff_refused");
  EXPECT_EQ(code_of(m.office().log_in("", SecretText("482913"))), "staff_refused");
}

TEST_F(Login, WrongPinAndUnknownNumberLookTheSame) {
  for (int i = 0; i < 6; ++i) {
    auto const known = m.office().log_in("1001", SecretText("000000"));
    auto const refusal = m.office().last_refusal();
    auto const unknown = m.office().log_in("9999", SecretText("000000"));
    EXPECT_EQ(code_of(known), code_of(unknown)) << i;
    EXPECT_EQ(refusal.attempts_left, m.office().last_refusal().attempts_left) << i;
    EXPECT_EQ(refusal.locked_for, m.office().last_refusal().locked_for) << i;
  }
}

TEST_F(Login, FiveFailuresLockAndEachFurtherOneDoubles) {
  for (int left = 4; left >= 1; --left) {
    EXPECT_EQ(wrong(), "staff_refused");
    EXPECT_EQ(m.office().last_refusal().attempts_left, left);
  }
  EXPECT_EQ(wrong(), "staff_locked");
  EXPECT_EQ(locked_for(), 30s);
  EXPECT_EQ(right(), "staff_locked") << "also with the right PIN";
  for (auto const lock : {60s, 120s, 240s, 480s, 960s, 1920s, 3600s, 3600s}) {
    m.advance(locked_for());
    EXPECT_EQ(wrong(), "staff_locked");
    EXPECT_EQ(locked_for(), lock);
  }
  m.advance(3599s);
  EXPECT_EQ(right(), "staff_locked");
  EXPECT_EQ(locked_for(), 1s);
  m.advance(1s);
  EXPECT_EQ(right(), "ok");
  EXPECT_EQ(wrong(), "staff_refused") << "counts anew after a success";
  EXPECT_EQ(m.office().last_refusal().attempts_left, 4);
}

TEST_F(Login, LockOfOneNumberLeavesOthersAlone) {
  ASSERT_TRUE(m.office().add_staff("1002", "clerk", SecretText("482913")));
  lock();
  EXPECT_EQ(right("1002"), "ok");
}

TEST_F(Login, NoClockSettingShortensALock) {
  lock();
  m.machine.env.clock.set_wall(k_morning + std::chrono::hours(24 * 365));
  EXPECT_EQ(right(), "staff_locked");
  EXPECT_EQ(locked_for(), 30s);
  m.restart();
  EXPECT_EQ(right(), "staff_locked");
  m.machine.env.clock.set_wall(WallTime{});  // 1970: a dead battery
  m.restart();
  EXPECT_EQ(right(), "staff_locked");
  EXPECT_EQ(locked_for(), 30s);
}

TEST_F(Login, RestartDoesNotShortenALock) {
  lock();
  m.restart();
  EXPECT_EQ(right(), "staff_locked");
  EXPECT_EQ(locked_for(), 30s);
  m.advance(20s);
  EXPECT_EQ(right(), "staff_locked");  // what remains is written down
  m.restart();
  EXPECT_EQ(right(), "staff_locked");
  EXPECT_EQ(locked_for(), 10s);
  m.advance(10s);
  EXPECT_EQ(wrong(), "staff_locked");
  EXPECT_EQ(locked_for(), 60s) << "the failures were remembered";
}

TEST_F(Login, FailureIsCountedEvenIfTheProcessEndsAfterTheGuess) {
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(wrong(), "staff_refused");
    m.restart();
  }
  EXPECT_EQ(wrong(), "staff_locked");
}

TEST_F(Login, ActionsAreAuditedUnderTheStaffNumberUntilLogout) {
  ASSERT_EQ(right(), "ok");
  ASSERT_TRUE(m.office().take_ticket({.service = "elder_card"}));
  m.office().log_out();
  ASSERT_TRUE(m.office().take_ticket({.service = "elder_card"}));
  EXPECT_EQ(m.machine.count(
                "SELECT count(*) FROM audit WHERE action = 'cn.yizhan.ticket.issued.v1' AND actor = 'staff:1001'"),
            1);
  EXPECT_EQ(
      m.machine.count("SELECT count(*) FROM audit WHERE action = 'cn.yizhan.ticket.issued.v1' AND actor = 'machine'"),
      1);
}

TEST_F(Login, NeitherPinNorAMistypedNumberIsWrittenDown) {
  wrong();
  EXPECT_EQ(wrong("420106199003070016"), "staff_refused");
  EXPECT_EQ(wrong("4201061990030700"), "staff_refused");
  EXPECT_EQ(m.machine.count("SELECT count(*) FROM audit WHERE details || subject || actor LIKE '%420106%'"), 0);
  EXPECT_EQ(
      m.machine.count("SELECT count(*) FROM staff WHERE verifier LIKE '%482913%' OR verifier NOT LIKE '$argon2id$%'"),
      0);
}

TEST_F(Login, StaffNumbersAreShortAsciiWords) {
  for (std::string const number : {"", "12345678901234567", "张三", "10 01"})
    EXPECT_EQ(code_of(m.office().add_staff(number, "clerk", SecretText("482913"))), "staff_number_invalid");
}

TEST_F(Login, NewPinReplacesTheOld) {
  ASSERT_TRUE(m.office().add_staff("1001", "supervisor", SecretText("775500")));
  EXPECT_EQ(right(), "staff_refused");
  EXPECT_EQ(m.office().log_in("1001", SecretText("775500"))->role, "supervisor");
}

}  // namespace
}  // namespace yizhan::test
