#pragma once
/// Headers of tus 1.0.0 as they arrive, taken apart and checked (API.md, "Uploads").
#include <cstdint>
#include <string>
#include <variant>

#include "tools/platform/answer.h"

namespace yizhan::platform {

constexpr std::uint64_t k_upload_limit = std::uint64_t{32} << 20;  // bytes of one document

/// What the name of a document is: lower-case hex of SHA-256.
[[nodiscard]] bool is_sha256(std::string_view text);

/// nullopt, or 412 where the request speaks another version of tus.
[[nodiscard]] std::optional<Answer> refuse_version(Request const& request);

struct UploadWanted {
  std::string sha256;
  std::uint64_t size = 0;
  std::string kind;  // "application", "material", "signature", or "" where it was not said
};
/// POST. Refusals: 400, 413.
[[nodiscard]] std::variant<UploadWanted, Answer> read_creation(Request const& request);

/// PATCH: the offset; the body's checksum was right. Refusals: 400, 413, 415, 460.
[[nodiscard]] std::variant<std::uint64_t, Answer> read_piece(Request const& request);

}  // namespace yizhan::platform
