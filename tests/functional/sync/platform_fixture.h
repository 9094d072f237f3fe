#pragma once
/// The sandbox as a program over a database of its own for each test; one cluster and one set of certificates for all.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/demo_pki.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan::sync {

constexpr char const* k_first = "420106001001:001";
constexpr char const* k_second = "420106001001:002";

struct SyncPlatformTest : testing::Test {
  static void SetUpTestSuite() {
    s_cluster = std::make_unique<test::PostgresCluster>();
    s_pki = std::make_unique<test::DemoPki>(std::vector<std::string>{k_first, k_second});
  }
  static void TearDownTestSuite() {
    s_cluster.reset();
    s_pki.reset();
  }
  void SetUp() override {
    static int next = 0;
    database = "sync" + std::to_string(++next);
    platform = std::make_unique<test::PlatformProcess>(*s_pki, s_cluster->create_database(database));
  }
  std::string psql(std::string const& sql) { return s_cluster->psql(sql, database); }

  static inline std::unique_ptr<test::PostgresCluster> s_cluster;
  static inline std::unique_ptr<test::DemoPki> s_pki;
  std::string database;
  std::unique_ptr<test::PlatformProcess> platform;
};

}  // namespace yizhan::sync
