#pragma once
/// What sync needs of the store to send documents (tus), and no more. A document is ciphertext for the platform, named by
/// its SHA-256. Every call is one transaction. Thread: as LinePort.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::line {

struct UploadDue {
  std::string sha256;  // lower-case hex
  std::uint64_t size = 0;
  std::uint64_t sent = 0;  // as far as is known
};

struct UploadStatus {
  std::uint64_t waiting = 0;  // documents
  std::uint64_t bytes = 0;    // not sent yet
  std::uint64_t parked = 0;   // the platform cannot take them
};

class UploadPort {
 public:
  virtual ~UploadPort() = default;
  /// The oldest document not sent whole; smaller kinds (applications) before photographs of the same age.
  virtual Result<std::optional<UploadDue>> next_upload() = 0;
  /// At most `size` bytes from `offset`. Errors: upload_unknown.
  virtual Result<std::vector<std::byte>> read_upload(std::string const& sha256, std::uint64_t offset,
                                                     std::size_t size) = 0;
  /// The platform has so many bytes now; all of them: it is done, and its bytes may go.
  virtual Result<void> note_upload(std::string const& sha256, std::uint64_t sent) = 0;
  /// The platform refuses the document itself; staff see it.
  virtual Result<void> park_upload(std::string const& sha256, std::string const& problem) = 0;
  virtual Result<UploadStatus> upload_status() = 0;
};

}  // namespace yizhan::line
