#include "shared/store/dossiers.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/store/machine.h"

namespace yizhan::store {
namespace {

using nlohmann::json;

class SealedDossiers : public testing::Test {
 protected:
  test::Machine m_machine;
  std::unique_ptr<Dossiers> m_dossiers;
  Uuid m_id = Uuid::v7(m_machine.env().env());

  void SetUp() override {
    ASSERT_TRUE(m_machine.open());
    m_dossiers = make('h');
  }
  std::unique_ptr<Dossiers> make(char key) {
    std::vector<std::byte> const bytes(32, static_cast<std::byte>(key));
    return Dossiers::create(m_machine.store(), bytes, m_machine.env().env());
  }
  WallTime now() { return m_machine.clock().now(); }
  DossierHead head(std::int64_t version = 1, std::string holder = "zhang") {
    return {m_id, "draft", std::move(holder), version, now(), now() + std::chrono::hours(72)};
  }
};

TEST_F(SealedDossiers, AreReadByTheirHolderOnly) {
  ASSERT_TRUE(m_dossiers->put(head(), {{"phone", "13800000000"}}));
  EXPECT_EQ(m_dossiers->get(m_id, "zhang", now())->at("phone"), "13800000000");
  EXPECT_TRUE(m_dossiers->get(m_id, "li", now()).error().is("dossier_unknown"));
  EXPECT_TRUE(m_dossiers->list("li", "draft", now())->empty());
  EXPECT_TRUE(m_dossiers->list("zhang", "case", now())->empty());
  ASSERT_EQ(m_dossiers->list("zhang", "draft", now())->size(), 1u);
  EXPECT_TRUE(m_dossiers->put(head(2, "li"), json::object()).error().is("dossier_foreign"));
  ASSERT_TRUE(m_dossiers->remove(m_id, "li"));
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM dossiers"), "1");
  ASSERT_TRUE(m_dossiers->remove(m_id, "zhang"));
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM dossiers"), "0");
}

TEST_F(SealedDossiers, ARowGivenToAnotherPersonOrRenumberedDoesNotOpen) {
  ASSERT_TRUE(m_dossiers->put(head(), {{"a", 1}}));
  auto& database = m_machine.store().database();
  ASSERT_TRUE(database.execute("UPDATE dossiers SET holder = 'li'"));
  EXPECT_TRUE(m_dossiers->get(m_id, "li", now()).error().is("seal_broken"));
  ASSERT_TRUE(database.execute("UPDATE dossiers SET holder = 'zhang', version = 2"));
  EXPECT_TRUE(m_dossiers->get(m_id, "zhang", now()).error().is("seal_broken"));
  ASSERT_TRUE(database.execute("UPDATE dossiers SET version = 1, kind = 'case'"));
  EXPECT_TRUE(m_dossiers->get(m_id, "zhang", now()).error().is("seal_broken"));
  ASSERT_TRUE(database.execute("UPDATE dossiers SET kind = 'draft'"));
  EXPECT_TRUE(m_dossiers->get(m_id, "zhang", now()));
  EXPECT_TRUE(make('x')->get(m_id, "zhang", now()).error().is("seal_broken"));
}

TEST_F(SealedDossiers, TwoWritersOfOneVersionAreNoticed) {
  ASSERT_TRUE(m_dossiers->put(head(1), {{"a", 1}}));
  EXPECT_TRUE(m_dossiers->put(head(1), {{"a", 2}}).error().is("dossier_conflict"));
  EXPECT_TRUE(m_dossiers->put(head(3), {{"a", 2}}).error().is("dossier_conflict"));
  ASSERT_TRUE(m_dossiers->put(head(2), {{"a", 3}}));
  EXPECT_EQ(m_dossiers->get(m_id, "zhang", now())->at("a"), 3);
}

TEST_F(SealedDossiers, ExpireAtTheirTime) {
  ASSERT_TRUE(m_dossiers->put(head(), {{"a", 1}}));
  m_machine.env().clock.advance(std::chrono::hours(72) - std::chrono::seconds(1));
  EXPECT_TRUE(m_dossiers->get(m_id, "zhang", now()));
  EXPECT_TRUE(m_dossiers->expire(now())->empty());
  m_machine.env().clock.advance(std::chrono::seconds(1));
  EXPECT_TRUE(m_dossiers->get(m_id, "zhang", now()).error().is("dossier_unknown"));
  EXPECT_TRUE(m_dossiers->list("zhang", "draft", now())->empty());
  EXPECT_EQ(m_dossiers->expire(now()).value(), std::vector{m_id});
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM dossiers"), "0");
}

TEST_F(SealedDossiers, WithoutAHallKeyNothingIsKept) {
  auto const keyless = Dossiers::create(m_machine.store(), {}, m_machine.env().env());
  EXPECT_TRUE(keyless->put(head(), json::object()).error().is("no_hall_key"));
  EXPECT_EQ(m_machine.one("SELECT count(*) FROM dossiers"), "0");
}

}  // namespace
}  // namespace yizhan::store
