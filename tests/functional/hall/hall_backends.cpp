#include "tests/functional/hall/hall_backends.h"

#include <atomic>

#include "shared/hall/postgres_schema.h"

namespace yizhan::test {

PostgresCluster& cluster() {
  static PostgresCluster one;
  return one;
}

std::string as_user(std::string uri, std::string const& user) {
  auto const at = uri.find("user=");
  return uri.replace(at, std::string::npos, "user=" + user);
}

std::string database_of(std::string const& uri) {
  auto const from = uri.find("///") + 3;
  return uri.substr(from, uri.find('?') - from);
}

std::string hall_database(std::string const& user) {
  static std::atomic<int> made{0};
  // Before any thread of the test: the library of time zones guards its first use in a way ThreadSanitizer cannot see.
  if (!calendar::local_day(k_morning, "Asia/Shanghai")) throw std::runtime_error("no time zones");
  auto const uri = cluster().create_database("hall" + std::to_string(++made));
  if (auto installed = hall::install_schema(uri); !installed) throw std::runtime_error(installed.error().to_line());
  return as_user(uri, user);
}

}  // namespace yizhan::test
