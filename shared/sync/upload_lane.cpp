#include "shared/sync/upload_lane.h"

#include <algorithm>

#include "shared/base/log.h"
#include "shared/base/text.h"
#include "shared/crypto/hash.h"
#include "shared/sync/messages.h"

namespace yizhan::sync {

using namespace std::chrono_literals;

namespace {

constexpr int k_most_fruitless = 9;

std::string base64_of(std::string_view bytes) { return text::to_base64(text::bytes_of(bytes)); }

/// What no repeat of the same document can change.
bool is_about_the_document(Answer const& answer) {
  return answer.status == 400 || answer.status == 413 || answer.status == 415 || answer.status == 422 ||
         answer.is("upload_conflict");
}

}  // namespace

void UploadLane::notify() {
  m_nothing_due = false;
  look_again(Duration{0});
}

HttpRequest UploadLane::create() const {
  return {"POST",
          "/v1/uploads",
          {{"Tus-Resumable", "1.0.0"},
           {"Upload-Length", std::to_string(m_due->size)},
           {"Upload-Metadata", "sha256 " + base64_of(m_due->sha256)}},
          {},
          {}};
}

Result<HttpRequest> UploadLane::piece() {
  auto const bytes = TRY(m_uploads.read_upload(m_due->sha256, m_due->sent, m_piece));
  auto const digest = crypto::sha256(bytes);
  HttpRequest request{"PATCH",
                      "/v1/uploads/" + m_due->sha256,
                      {{"Tus-Resumable", "1.0.0"},
                       {"Content-Type", "application/offset+octet-stream"},
                       {"Upload-Offset", std::to_string(m_due->sent)},
                       {"Upload-Checksum", "sha256 " + text::to_base64(digest)}},
                      {},
                      {}};
  request.body = text::chars_of(bytes);
  return request;
}

Result<std::optional<HttpRequest>> UploadLane::make() {
  if (!m_due) {
    m_due = TRY(m_uploads.next_upload());
    m_created = false;
    m_began_anew = false;
  }
  if (!m_due) {
    m_nothing_due = true;
    look_again(1h);  // notify() comes first
    return std::optional<HttpRequest>();
  }
  if (!m_created || m_due->sent >= m_due->size) return std::optional(create());
  return std::optional(TRY(piece()));
}

Result<void> UploadLane::advance(std::uint64_t offset) {
  if (offset > m_due->size) return Error::make("platform_answer", Retry::later, "Upload-Offset");
  m_due->sent = offset;
  TRY(m_uploads.note_upload(m_due->sha256, offset));
  if (offset == m_due->size) m_due.reset();
  return {};
}

Result<void> UploadLane::take(Answer const& answer) {
  look_again(Duration{0});
  if (!m_due) return {};
  if (answer.ok()) {
    auto const offset = TRY(parse_decimal(answer.response.upload_offset));
    bool const was_piece = m_created;
    m_created = true;
    // A piece that moved nothing would be sent for ever.
    if (was_piece && offset <= m_due->sent) {
      m_created = false;
      m_fruitless = std::min(m_fruitless + 1, k_most_fruitless);
      return Error::make("platform_answer", Retry::later, "Upload-Offset");
    }
    if (was_piece) {
      m_piece = std::min(m_piece * 2, k_largest_piece);
      m_fruitless = 0;
    } else if (m_fruitless > 0) {
      look_again(std::min<Duration>(5min, 1s * (1 << m_fruitless)));  // creating works, so the back-off does not grow
    }
    return advance(offset);
  }
  m_created = false;  // creating tells where the platform is
  if (answer.is("checksum_mismatch")) {
    m_piece = std::max(m_piece / 2, k_smallest_piece);
    return Error::make("upload_damaged", Retry::later);
  }
  if (answer.is("upload_hash") && !m_began_anew) {
    m_began_anew = true;
    m_due->sent = 0;
    return {};
  }
  if (is_about_the_document(answer)) {
    log::error("upload parked: {}", answer.problem);
    TRY(m_uploads.park_upload(m_due->sha256, answer.problem));
    m_due.reset();
    return {};
  }
  if (answer.is("offset_conflict") || answer.status == 404) return Error::make("upload_interrupted", Retry::later);
  return error_of(answer);
}

void UploadLane::cut(Error const& /*error*/) {
  m_created = false;
  m_piece = std::max(m_piece / 2, k_smallest_piece);
}

}  // namespace yizhan::sync
