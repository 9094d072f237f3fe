#pragma once
/// What the parts of a resident's journey have in common: taps, sentences, papers, and what they know of cases.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flows/step.h"
#include "shared/base/env.h"
#include "shared/base/uuid.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/cases/case.h"
#include "shared/domain/identity/person.h"

namespace yizhan::flows {

// --- Taps -----------------------------------------------------------------------------------------------------------
struct Back {};
/// The primary button, whatever it says.
struct Next {};
/// Ends the session: everything of it is wiped.
struct Leave {};

// --- The reader -----------------------------------------------------------------------------------------------------
struct CardSeen {};
struct CardRefused {
  std::string code;
};

// --- Speech and paper -----------------------------------------------------------------------------------------------
struct Speak {
  Sentence sentence;
};
[[nodiscard]] inline Speak say(std::string key) { return {Sentence{std::move(key), {}}}; }

// --- Lists of effects -----------------------------------------------------------------------------------------------
template <class Effect, class... Given>
[[nodiscard]] std::vector<Effect> list_of(Given... given) {
  std::vector<Effect> all;
  (all.emplace_back(std::move(given)), ...);
  return all;
}
template <class Effect>
void append(std::vector<Effect>& all, std::vector<Effect> list) {
  for (auto& effect : list) all.push_back(std::move(effect));
}
/// `none`: not asked for.
enum class Printing { none, waiting, printed, failed, unknown };

/// Makes identifiers; handed in, so that a journey stays a function of what it is given.
using IdSource = std::function<Uuid()>;

// --- Cases, drafts and ratings as a journey sees them ---------------------------------------------------------------
struct DraftHead {
  Uuid id;
  std::string matter;
  WallTime updated_at{};
};

/// A case of this machine, as its applicant may see it.
struct CaseView {
  cases::Case what;
  cases::Overall overall;
  std::vector<std::optional<calendar::Due>> due;             // by part: the promise
  std::vector<std::optional<calendar::Due>> supplement_due;  // by part
  bool delivered = false;                                    // the platform has event and documents
  std::string qr;
};
/// Material::ids that a part still wants: what was asked for last (补正), or was promised (容缺). Empty where it wants
/// none, or has ended.
[[nodiscard]] std::vector<std::string> asked_materials(CaseView const& view, int part);

/// What is rated: a finished visit, or a case.
struct Ratable {
  enum class About { visit, case_ } about = About::visit;
  Uuid subject;
  std::string label;   // ticket number or masked case number
  std::string matter;  // item or bundle code
};

}  // namespace yizhan::flows
