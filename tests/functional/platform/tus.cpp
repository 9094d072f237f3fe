#include "tests/functional/platform/tus.h"

#include <random>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::test {

std::string sha256_of(std::string_view bytes) { return crypto::sha256_hex(text::bytes_of(bytes)); }
std::string base64_of(std::string_view bytes) { return text::to_base64(text::bytes_of(bytes)); }

std::string noise(std::size_t size, unsigned seed) {
  std::mt19937 engine(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(engine());
  return bytes;
}

HttpAnswer Tus::create(std::string const& terminal, std::string const& sha256, std::string const& length,
                       std::optional<std::string> metadata) {
  auto sent = request(terminal, "/v1/uploads");
  sent.method = "POST";
  sent.headers = {
      {"Tus-Resumable", "1.0.0"},
      {"Upload-Length", length},
      {"Upload-Metadata", metadata.value_or("sha256 " + base64_of(sha256) + ",kind " + base64_of("material"))}};
  return http(sent);
}

HttpAnswer Tus::head(std::string const& terminal, std::string const& sha256) {
  auto sent = request(terminal, "/v1/uploads/" + sha256);
  sent.method = "HEAD";
  sent.headers = {{"Tus-Resumable", "1.0.0"}};
  return http(sent);
}

HttpAnswer Tus::patch(std::string const& terminal, std::string const& sha256, std::string const& offset,
                      std::string const& bytes, std::optional<std::string> checksum) {
  auto sent = request(terminal, "/v1/uploads/" + sha256);
  sent.method = "PATCH";
  sent.headers = {
      {"Tus-Resumable", "1.0.0"},
      {"Content-Type", "application/offset+octet-stream"},
      {"Upload-Offset", offset},
      {"Upload-Checksum", checksum.value_or("sha256 " + text::to_base64(crypto::sha256(text::bytes_of(bytes))))}};
  sent.body = bytes;
  return http(sent);
}

void Tus::upload(std::string const& terminal, std::string const& bytes, std::size_t piece) {
  auto const name = sha256_of(bytes);
  auto const created = create(terminal, name, std::to_string(bytes.size()));
  ASSERT_EQ(created.status, 201) << created.body << created.error;
  for (std::size_t at = std::stoul(created.headers.at("upload-offset")); at < bytes.size(); at += piece) {
    auto const sent = patch(terminal, name, std::to_string(at), bytes.substr(at, piece));
    ASSERT_EQ(sent.status, 204) << sent.body << sent.error;
  }
}

}  // namespace yizhan::test
