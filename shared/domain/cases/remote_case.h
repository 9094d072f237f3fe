#pragma once
/// Cases as the platform tells them (POST /v1/cases/lookup): masked, without documents.
#include <optional>
#include <string>
#include <vector>

#include "shared/base/env.h"
#include "shared/base/secret.h"
#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/cases/case.h"

namespace yizhan::cases {

/// By card: all cases of the person. By a receipt's code: that one case, without name.
struct LookupQuestion {
  identity::DocumentKind kind = identity::DocumentKind::id_card;
  SecretText number;  // empty: by code
  std::string case_number;
};

struct RemoteSupplement {
  std::vector<std::string> materials;
  std::string reason;
  std::optional<calendar::BusinessDay> until;
};
struct RemoteStep {
  Act act = Act::submit;
  WallTime at{};
  std::string reason;
};
struct RemotePart {
  int number = 1;
  std::string item;
  State state = State::submitted;
  Outcome outcome = Outcome::none;
  std::optional<calendar::BusinessDay> due;
  bool provisional = false;
  std::optional<RemoteSupplement> supplement;
  std::vector<RemoteStep> steps;
};
struct RemoteCase {
  std::string number;
  std::string matter;
  bool bundle = false;
  WallTime submitted_at{};
  State state = State::submitted;
  std::string name;  // masked, "" by code
  std::vector<RemotePart> parts;
};
/// A paper the platform has of this person; `pages` are SHA-256 of the documents there.
struct RemotePaper {
  std::string material;
  std::vector<std::string> pages;
  WallTime at{};
};
/// Empty for nobody known, and the same for another person's.
struct LookupAnswer {
  std::vector<RemoteCase> cases;
  std::vector<RemotePaper> papers;
};

}  // namespace yizhan::cases
