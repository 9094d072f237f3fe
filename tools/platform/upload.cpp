#include "tools/platform/upload.h"

#include <algorithm>
#include <array>
#include <map>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "tools/platform/base64.h"
#include "tools/platform/body.h"
#include "tools/platform/event.h"

namespace yizhan::platform {

namespace {

constexpr std::size_t k_metadata_limit = 2048;  // bytes of the header

Answer bad(std::string_view detail) { return problem(400, "bad_request", detail); }

std::string header(Request const& request, char const* name) {
  auto const found = request.upload.find(name);
  return found == request.upload.end() ? std::string() : found->second;
}

/// "key base64,key base64": nullopt where it is not that, or a key comes twice.
std::optional<std::map<std::string, std::string>> parse_metadata(std::string_view text) {
  std::map<std::string, std::string> pairs;
  if (text.size() > k_metadata_limit) return std::nullopt;
  while (true) {
    auto const comma = text.find(',');
    auto const pair = text::trim(text.substr(0, comma));
    auto const space = pair.find(' ');
    auto const value = from_base64(space == std::string_view::npos ? std::string_view() : pair.substr(space + 1));
    if (!value || pair.empty() || !pairs.emplace(pair.substr(0, space), text::chars_of(*value)).second)
      return std::nullopt;
    if (comma == std::string_view::npos) return pairs;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<Answer> refuse_version(Request const& request) {
  if (header(request, "tus-resumable") == "1.0.0") return std::nullopt;
  auto answer = problem(412, "tus_version", "Tus-Resumable must be 1.0.0.");
  answer.headers.emplace_back("Tus-Version", "1.0.0");
  return answer;
}

std::variant<UploadWanted, Answer> read_creation(Request const& request) {
  if (!header(request, "upload-defer-length").empty())
    return bad("Upload-Defer-Length is no extension of this server.");
  if (!request.body.empty()) return bad("An upload is created without bytes.");
  auto const length = header(request, "upload-length");
  auto const size = parse_decimal(length);
  if (!size || *size == 0) {
    // Digits alone, only more of them than a size has.
    if (length.size() > 16 && length.find_first_not_of("0123456789") == std::string::npos)
      return problem(413, "too_large", "A document is at most 32 MiB.");
    return bad("Upload-Length is not a whole number above zero.");
  }
  if (*size > k_upload_limit) return problem(413, "too_large", "A document is at most 32 MiB.");
  auto metadata = parse_metadata(header(request, "upload-metadata"));
  if (!metadata) return bad("Upload-Metadata is not pairs of a key and base64, each key once.");
  UploadWanted wanted{.sha256 = (*metadata)["sha256"], .size = *size, .kind = (*metadata)["kind"]};
  if (!is_sha256(wanted.sha256)) return bad("Upload-Metadata lacks sha256, 64 lower-case hex digits.");
  constexpr std::array k_kinds{"", "application", "material", "signature"};
  if (std::find(k_kinds.begin(), k_kinds.end(), wanted.kind) == k_kinds.end())
    return bad("kind is application, material or signature.");
  return wanted;
}

std::variant<std::uint64_t, Answer> read_piece(Request const& request) {
  // read_body() without gzip: an offset counts bytes as sent.
  if (!request.content_encoding.empty()) return problem(415, "unsupported_media_type", "A piece travels as it is.");
  auto const body = read_body(request, "application/offset+octet-stream");
  if (body.refusal) return *body.refusal;
  auto const offset = parse_decimal(header(request, "upload-offset"));
  if (!offset) return bad("Upload-Offset is not a whole number.");
  auto const checksum = header(request, "upload-checksum");
  constexpr std::string_view k_algorithm = "sha256 ";
  if (!checksum.starts_with(k_algorithm)) return bad("Upload-Checksum is sha256 and base64.");
  auto const wanted = from_base64(std::string_view(checksum).substr(k_algorithm.size()));
  if (!wanted || wanted->size() != 32) return bad("Upload-Checksum is not 32 bytes in base64.");
  if (!crypto::equal(*wanted, crypto::sha256(text::bytes_of(request.body))))
    return problem(460, "checksum_mismatch", "The piece was altered on its way; send it again.");
  return *offset;
}

}  // namespace yizhan::platform
