#pragma once
/// The application document (tools/platform/API.md, "Documents"): everything an authority needs to decide, as one JSON
/// text that leaves this machine only as an envelope for the platform. Only shared/office includes this.
#include "shared/domain/catalog/guidance.h"
#include "shared/office/matters_state.h"

namespace yizhan::office {

/// A draft as the catalogue and the form of the day of submission judge it.
struct Application {
  catalog::Matter matter;
  catalog::Verdict verdict;
  nlohmann::json answers = nlohmann::json::object();  // of the questions that apply
  nlohmann::json fields;                              // as the form gives them: visible ones, in their final form
  std::vector<cases::HeldMaterial> materials;         // those that apply, each in hand or promised
};

/// Form, papers and signature, checked anew: what the screen said may be older than the catalogue, and a screen can be
/// wrong. Errors: those of Matters::submit up to signature_of_other_document.
Result<Application> check_application(Matters::State& matters, cases::Draft const& draft, Submission const& submission);

/// RFC 8785. Holds a name and a number: scrub it.
[[nodiscard]] std::string application_document(cases::Case const& what, Application const& application,
                                               Submission const& submission);

/// Held in pictures here, to be sent.
[[nodiscard]] bool in_hand(cases::HeldMaterial const& held);
/// Nothing is missing of this paper: `from_card` needs a person whose card was read.
[[nodiscard]] Result<bool> complete(Matters::State& matters, cases::HeldMaterial const& held, Uuid const& owner,
                                    bool card_read);

}  // namespace yizhan::office
