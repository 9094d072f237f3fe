#pragma once
/// Documents on their way to the platform. Their bytes are blobs of "upload/<case id>" until the platform has them.
/// Thread: store. Calls join an open transaction or make one of their own.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/uuid.h"
#include "shared/domain/line/upload_port.h"

namespace yizhan::store {

struct ParkedUpload {
  std::string sha256;
  std::string kind;
  Uuid case_id;
  std::string problem;
};

class Uploads : public line::UploadPort {
 public:
  /// `kind`: application, signature or material. REQUIRES: the blob is owned by upload_owner(case_id). Errors: blob_unknown.
  virtual Result<void> add(Uuid const& case_id, std::string_view kind, std::string_view sha256) = 0;
  /// The platform has every document of the case.
  virtual Result<bool> all_done(Uuid const& case_id) = 0;
  virtual Result<bool> done(std::string_view sha256) = 0;
  virtual Result<std::vector<ParkedUpload>> parked_uploads() = 0;
  /// A parked one is tried again. Errors: upload_unknown.
  virtual Result<void> unpark(std::string const& sha256) = 0;
  /// The case is forgotten, its documents with it.
  virtual Result<void> forget(Uuid const& case_id) = 0;
};

[[nodiscard]] inline std::string upload_owner(Uuid const& case_id) { return "upload/" + case_id.to_string(); }

}  // namespace yizhan::store
