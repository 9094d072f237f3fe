#pragma once
/// Uploads as a device sends them, and as none should.
#include <optional>
#include <string>
#include <string_view>

#include "tests/functional/platform/platform_test.h"

namespace yizhan::test {

[[nodiscard]] std::string sha256_of(std::string_view bytes);
[[nodiscard]] std::string base64_of(std::string_view bytes);

/// Bytes that look like nothing, the same for the same seed.
[[nodiscard]] std::string noise(std::size_t size, unsigned seed);

class Tus : public PlatformTest {
 protected:
  HttpAnswer create(std::string const& terminal, std::string const& sha256, std::string const& length,
                    std::optional<std::string> metadata = std::nullopt);
  HttpAnswer head(std::string const& terminal, std::string const& sha256);
  HttpAnswer patch(std::string const& terminal, std::string const& sha256, std::string const& offset,
                   std::string const& bytes, std::optional<std::string> checksum = std::nullopt);
  /// Creates and sends all of it in pieces of `piece` bytes.
  void upload(std::string const& terminal, std::string const& bytes, std::size_t piece = 500'000);
};

}  // namespace yizhan::test
