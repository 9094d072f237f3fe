#pragma once
/// A machine with an office on it.
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shared/hall/open_hall.h"
#include "shared/office/office.h"
#include "tests/unit/shared/hall/machine.h"

namespace yizhan::test {

/// Two queues, three services.
catalog::Catalog hall_catalog();
/// Invented; `digit` tells people apart.
identity::Person zhang_san(char digit = '6');

struct StoredEvent {
  std::string type;
  std::string subject;
  nlohmann::json data;
};

class OfficeMachine {
 public:
  /// `uri`: "" embedded.
  explicit OfficeMachine(std::string const& uri = "", std::string const& terminal = "001", std::uint64_t seed = 1);

  /// Another authority in front of the hall (faults).
  void use(hall::HallAuthority& authority);
  /// A new process on the same data folder; recover() is the caller's.
  void restart();
  /// Lets go of the data folder until restart().
  void close();
  office::Office& office() { return *m_office; }
  [[nodiscard]] std::vector<StoredEvent> events();
  [[nodiscard]] std::vector<std::string> event_types();
  /// Number in print_jobs with that state.
  [[nodiscard]] std::int64_t jobs(std::string const& state);
  void advance(Duration by) { machine.env.clock.advance(by); }

  office::Settings settings;
  std::optional<office::Signer> signer;  // taken by the next restart()
  catalog::Catalog catalog = hall_catalog();
  Machine machine;
  std::unique_ptr<hall::HallAuthority> hall;
  int changes = 0;

 private:
  void open(hall::HallAuthority* authority = nullptr);
  std::string m_uri;
  std::unique_ptr<office::Office> m_office;
};

/// Empty where `data` fits the closed JSON Schema of `type` in tests/support/golden/schemas, else what does not.
/// Knows what the schemas there use; any other keyword is a finding.
std::string misfit(std::string const& type, nlohmann::json const& data);

}  // namespace yizhan::test
