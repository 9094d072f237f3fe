#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

class AuditRecords : public testing::Test {
 protected:
  test::Machine m_machine;
  void SetUp() override { ASSERT_TRUE(m_machine.open()); }
  Result<void> record(std::string const& action) {
    return m_machine.store().commit([&] {
      return m_machine.store().audit().append(action, "staff:1001", "ticket:A001", {{"calls", 1}});
    });
  }
  Result<std::int64_t> verify() { return m_machine.store().audit().verify(); }
};

TEST_F(AuditRecords, FormAChain) {
  auto const empty = m_machine.store().audit().head().value();
  EXPECT_EQ(empty, std::string(64, '0'));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(record("ticket.called"));
  EXPECT_EQ(verify().value(), 5);
  EXPECT_NE(m_machine.store().audit().head().value(), empty);
  ASSERT_TRUE(m_machine.open());
  EXPECT_EQ(verify().value(), 5);
}

TEST_F(AuditRecords, AnAlteredRecordIsNamed) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(record("ticket.called"));
  ASSERT_TRUE(m_machine.store().database().execute("UPDATE audit SET actor = 'staff:2' WHERE number = 3"));
  auto const broken = verify();
  ASSERT_FALSE(broken);
  EXPECT_TRUE(broken.error().is("audit_broken"));
  EXPECT_EQ(broken.error().detail(), "record 3");
}

TEST_F(AuditRecords, AMissingRecordIsNamed) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(record("ticket.called"));
  ASSERT_TRUE(m_machine.store().database().execute("DELETE FROM audit WHERE number = 2"));
  EXPECT_EQ(verify().error().detail(), "record 2");
}

TEST_F(AuditRecords, GoWithTheirTransactionOnly) {
  EXPECT_TRUE(m_machine.store().audit().append("a", "b", "c", nlohmann::json::object()).error().is("no_transaction"));
  (void)m_machine.store().commit([&]() -> Result<void> {
    EXPECT_TRUE(m_machine.store().audit().append("a", "b", "c", nlohmann::json::object()));
    return Error::make("changed_my_mind");
  });
  EXPECT_EQ(verify().value(), 0);
}

}  // namespace
}  // namespace yizhan::store
