#include "shared/base/uuid.h"

#include <gtest/gtest.h>

#include "shared/base/manual_env.h"

namespace yizhan {
namespace {

WallTime at(std::int64_t milliseconds) { return WallTime{std::chrono::milliseconds{milliseconds}}; }

TEST(UuidV7, CarriesTimeVersionAndVariant) {
  ManualEnv world(at(0x017F22E279B0));  // the example of RFC 9562 A.6
  auto const text = Uuid::v7(world.env()).to_string();
  EXPECT_EQ(text.size(), 36U);
  EXPECT_EQ(text.substr(0, 15), "017f22e2-79b0-7");
  EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
}

TEST(UuidV7, LaterOnesSortBehind) {
  ManualEnv world(at(1'000));
  auto const first = Uuid::v7(world.env());
  world.clock.advance(std::chrono::milliseconds{1});
  EXPECT_LT(first, Uuid::v7(world.env()));
}

TEST(UuidV7, TwoOfOneInstantDiffer) {
  ManualEnv world(at(1'000));
  EXPECT_NE(Uuid::v7(world.env()), Uuid::v7(world.env()));
}

TEST(Uuid, ParsesEitherCaseAndRoundTrips) {
  auto const uuid = Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
  ASSERT_TRUE(uuid);
  EXPECT_EQ(uuid->to_string(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  EXPECT_FALSE(uuid->is_nil());
}

TEST(Uuid, OtherShapesAreRefused) {
  for (auto const* wrong : {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                            "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
                            "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}"}) {
    EXPECT_TRUE(Uuid::parse(wrong).error().is("bad_uuid")) << wrong;
  }
}

}  // namespace
}  // namespace yizhan
