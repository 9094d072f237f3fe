#pragma once
/// The application itself (API.md, "Application"), once decrypted: read, and held against the event that announced it.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace yizhan::platform {

struct ClaimedMaterial {
  std::string material;
  std::string how;
  std::vector<std::string> pages;  // SHA-256 of the plain text
};

struct ApplicationDocument {
  std::string number;
  std::string matter;
  std::int64_t catalog = 0;
  std::vector<std::pair<int, std::string>> parts;  // number and item
  std::vector<ClaimedMaterial> materials;
  std::string document_kind;
  SecretText document_number;
  SecretText name;
};

/// Checks form, and that a signature names the PDF beside it. Errors: application_malformed, application_signature.
Result<ApplicationDocument> parse_application(std::string_view json);

/// What a case's event announced, and what lies there.
struct Announced {
  std::string number;
  std::string matter;
  std::int64_t catalog = 0;
  std::vector<std::pair<int, std::string>> parts;
  std::map<std::string, std::set<std::string>> pages;    // material → plain hashes of the pages that came
  std::map<std::string, std::set<std::string>> on_file;  // material → hashes the event names
};
/// "" or: application_mismatch, pages_missing.
[[nodiscard]] std::string compare(ApplicationDocument const& application, Announced const& announced);

}  // namespace yizhan::platform
