// Database::copy_to: a backup is a database of its own under the same key.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shared/base/text.h"
#include "shared/store/database.h"
#include "shared/store/files.h"

namespace yizhan::store {

Result<void> Database::copy_to(std::filesystem::path const& target, std::string_view edit) {
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) {
    return Error::make("backup_failed", Retry::no, target.string() + " exists already");
  }
  // Under another name until it is whole: whatever bears the target's name can be restored.
  auto const part = std::filesystem::path(target.string() + ".part");
  std::filesystem::remove(part, ignored);
  int const fd = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return Error::make("backup_failed", Retry::later, part.string() + ", errno " + std::to_string(errno));
  ::close(fd);

  auto const exported = [&]() -> Result<void> {
    auto key_text = std::string("x'") + text::to_hex(key().view()) + "'";
    {
      auto attach = TRY(prepare("ATTACH DATABASE ? AS copy KEY ?"));
      attach.bind(1, std::string_view(part.native())).bind(2, std::string_view(key_text));
      scrub(key_text);
      TRY(attach.run());
    }
    auto const filled = [&]() -> Result<void> {
      auto copy = TRY(prepare("SELECT sqlcipher_export('copy')"));
      TRY(copy.run());
      return execute(edit);
    }();
    auto detached = execute("DETACH DATABASE copy");
    TRY(Result<void>(filled));
    return detached;
  }();
  auto done = exported ? sync_file(part) : Result<void>(exported);
  if (!done) {
    std::filesystem::remove(part, ignored);
    if (done.error().is("disk_full")) return done;
    return Error::make("backup_failed", Retry::later, target.string()).caused_by(std::move(done).error());
  }
  if (::rename(part.c_str(), target.c_str()) != 0) {
    return Error::make("backup_failed", Retry::later, target.string() + ", errno " + std::to_string(errno));
  }
  return sync_folder(target.parent_path());
}

}  // namespace yizhan::store
