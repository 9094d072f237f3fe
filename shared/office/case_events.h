#pragma once
/// Events of cases and ratings (tools/platform/API.md): closed, without personal data. Only shared/office includes this.
#include <nlohmann/json.hpp>

#include "shared/domain/cases/case.h"
#include "shared/domain/feedback/evaluation.h"
#include "shared/domain/line/line_port.h"

namespace yizhan::office {

/// A document on its way, as the event names it.
struct SentDocument {
  std::string sha256;  // of the ciphertext
  std::uint64_t size = 0;
  std::string kind;      // application, signature, material
  std::string material;  // "" of the other kinds
  int page = 1;
};
struct Promised {
  std::string material;
  calendar::Due due;
};

struct Submitted {
  cases::Case const& what;
  std::string const& channel;
  std::vector<SentDocument> const& documents;
  nlohmann::json on_file;  // [{"material","sha256":[…]}]
  std::vector<Promised> const& promised;
};
[[nodiscard]] nlohmann::json submitted_data(Submitted const& submitted);
[[nodiscard]] nlohmann::json supplemented_data(cases::Case const& what, int part, Uuid const& supplement,
                                               std::vector<SentDocument> const& documents, nlohmann::json on_file);
/// `case_number`: of a case; "" of a visit.
[[nodiscard]] nlohmann::json evaluation_data(feedback::Evaluation const& evaluation, std::string const& case_number);
[[nodiscard]] nlohmann::json follow_up_data(feedback::FollowUp const& follow_up, std::optional<calendar::Due> due);

/// What a change of the platform says about a case; none where it is no such change, or malformed.
struct PlatformFact {
  std::string case_number;
  int part = 0;  // 0: all
  cases::Step step;
  std::string province_number;
};
[[nodiscard]] std::optional<PlatformFact> read_platform_fact(line::Change const& change, std::string_view zone);

}  // namespace yizhan::office
