#pragma once
/// The readiness page: each part with a plain state, its last fault and remedy, and one button to test it.
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/step.h"
#include "shared/base/env.h"

namespace yizhan::flows {

namespace technician {

enum class Light { good, warning, fault, unknown };
/// One line of the page. `key`: "id_reader", "code_scanner", "camera", "ticket_printer", "document_printer",
/// "document_camera", "smart_card", "lamp", "presence", "speech", "database", "hall", "platform", "documents" (on their way to it), "matters" (drafts and
/// cases, by count), "catalog", "calendar", "certificate", "clock", "disk". Texts are translated by the screen: name `technician.part.<key>`, state
/// `technician.state.<state>`, fault `error.<fault>`, remedy `remedy.<fault>`. `detail` is for technicians: port,
/// SAM number, offset, days left, counts, versions; no personal data.
struct Part {
  std::string key;
  Light light = Light::unknown;
  std::string state;
  std::string detail;
  std::string fault;  // code, "" where none
  std::optional<WallTime> fault_at;
  bool testable = false;
};

/// The test of a part: what it is doing or how it ended.
struct Trial {
  enum class Outcome { running, passed, failed } outcome = Outcome::running;
  std::string code;    // of a failure
  std::string detail;  // masked card number, found code's format, what the document camera saw
};

struct PartArrived {
  Part part;
};
struct TestChosen {
  std::string key;
};
struct TestEnded {
  std::string key;
  bool passed = false;
  std::string code;
  std::string detail;
};
struct ExportChosen {};
struct ExportEnded {
  std::string path;
  std::string code;
};
struct CloseChosen {};
using Event = std::variant<PartArrived, TestChosen, TestEnded, ExportChosen, ExportEnded, CloseChosen>;

struct RunTest {
  std::string key;
};
struct ExportReport {};
struct Close {};
using Effect = std::variant<RunTest, ExportReport, Close>;

}  // namespace technician

class TechnicianFlow {
 public:
  std::vector<technician::Effect> step(technician::Event event);
  [[nodiscard]] std::vector<technician::Part> const& parts() const { return m_parts; }
  [[nodiscard]] std::map<std::string, technician::Trial> const& trials() const { return m_trials; }
  [[nodiscard]] std::string const& report() const { return m_report; }  // path of the last export
  /// "technician.ready" where every light is good, else "technician.attention".
  [[nodiscard]] std::string name() const;

 private:
  std::vector<technician::Part> m_parts;
  std::map<std::string, technician::Trial> m_trials;
  std::string m_report;
};

}  // namespace yizhan::flows
