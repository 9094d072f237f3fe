#include "shared/crypto/pin_hash.h"

#include <gtest/gtest.h>

#include "shared/base/manual_env.h"

namespace yizhan::crypto {
namespace {

TEST(PinHash, OnlyTheSamePinVerifies) {
  SeededSecureRng rng(1);
  auto const verifier = hash_pin("246810", rng);
  EXPECT_TRUE(verifier.starts_with("$argon2id$v=19$m="));
  EXPECT_TRUE(verify_pin("246810", verifier).value());
  EXPECT_FALSE(verify_pin("246811", verifier).value());
  EXPECT_FALSE(verify_pin("", verifier).value());
}

TEST(PinHash, TwoStaffWithOnePinHaveDifferentVerifiers) {
  SeededSecureRng rng(1);
  EXPECT_NE(hash_pin("246810", rng), hash_pin("246810", rng));
}

// A vector of the reference implementation's own tests.
TEST(PinHash, VerifiersOfTheReferenceToolAreRead) {
  EXPECT_TRUE(
      verify_pin("password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")
          .value());
}

TEST(PinHash, BrokenAndUnaffordableVerifiersAreRefused) {
  for (char const* verifier :
       {"", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2i$v=19$m=1024,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub",
        "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub",
        "$argon2id$v=19$m=1024,t=4000000000,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub",
        "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQ$!!!!"}) {
    auto const result = verify_pin("246810", verifier);
    ASSERT_FALSE(result) << verifier;
    EXPECT_TRUE(result.error().is("verifier_malformed"));
  }
}

}  // namespace
}  // namespace yizhan::crypto
