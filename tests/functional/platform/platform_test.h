#pragma once
/// One PostgreSQL cluster and one set of certificates for all tests of a binary; a database and a platform for each test.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/functional/platform/http.h"
#include "tests/support/demo_pki.h"
#include "tests/support/postgres_cluster.h"

namespace yizhan::test {

constexpr char const* k_first = "420106001001:001";
constexpr char const* k_second = "420106001001:002";
constexpr char const* k_other_hall = "420106001002:001";

/// Events of one device in one epoch with right chains. An opinion of its own (test code), not the platform's.
class Line {
 public:
  explicit Line(std::string terminal, unsigned epoch = 1) : m_terminal(std::move(terminal)), m_epoch(epoch) {}
  nlohmann::json fact(std::string const& type, nlohmann::json data = nlohmann::json::object());
  nlohmann::json place(nlohmann::json fact);
  /// place(fact(…)) `count` times.
  nlohmann::json batch(int count, std::string const& type = "cn.yizhan.ticket.expired.v1");
  void skip(unsigned places) { m_sequence += places; }
  [[nodiscard]] std::string const& chain() const { return m_chain; }

 private:
  std::string m_terminal;
  unsigned m_epoch;
  unsigned m_sequence = 0;
  std::string m_chain = std::string(64, '0');
};

class PlatformTest : public testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  void SetUp() override;

  [[nodiscard]] static PostgresCluster& cluster() { return *s_cluster; }
  [[nodiscard]] static DemoPki& pki() { return *s_pki; }
  [[nodiscard]] PlatformProcess& platform() { return *m_platform; }
  std::string psql(std::string const& sql) { return cluster().psql(sql, m_database); }

  [[nodiscard]] HttpRequest request(std::string const& terminal, std::string const& path) const;
  HttpAnswer get(std::string const& terminal, std::string const& path) { return http(request(terminal, path)); }
  HttpAnswer post(std::string const& terminal, std::string const& path, nlohmann::json const& body);
  /// One request to the back office; its answer.
  nlohmann::json office(nlohmann::json const& request);
  HttpAnswer post_batch(std::string const& terminal, nlohmann::json const& events);
  /// Opens the device's next epoch, which must be `epoch`.
  void open_epoch(std::string const& terminal, unsigned epoch = 1);
  /// Statuses of the results, in order.
  static std::vector<std::string> statuses(HttpAnswer const& answer);
  /// Numbers `n` in the data of the changes' events.
  static std::vector<int> numbers(HttpAnswer const& answer);

  std::string m_database;
  std::string m_uri;
  std::unique_ptr<PlatformProcess> m_platform;

 private:
  static inline std::unique_ptr<PostgresCluster> s_cluster;
  static inline std::unique_ptr<DemoPki> s_pki;
};

}  // namespace yizhan::test
