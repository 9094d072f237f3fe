#include "tests/functional/platform/http.h"

#include <curl/curl.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

namespace yizhan::test {

namespace {

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* target) {
  static_cast<HttpAnswer*>(target)->body.append(bytes, size * count);
  return size * count;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* target) {
  std::string_view line(bytes, size * count);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (auto const colon = line.find(": "); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    static_cast<HttpAnswer*>(target)->headers[name] = line.substr(colon + 2);
  }
  return size * count;
}

}  // namespace

std::string HttpAnswer::problem() const {
  auto const type = headers.find("content-type");
  auto const parsed = json();
  constexpr std::string_view k_prefix = "urn:yizhan:problem:";
  if (type == headers.end() || type->second != "application/problem+json" || !parsed.is_object()) return {};
  if (parsed.value("status", 0) != status) return {};
  auto const name = parsed.value("type", "");
  return name.starts_with(k_prefix) ? name.substr(k_prefix.size()) : "";
}

HttpAnswer http(HttpRequest const& request) {
  static auto const global = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)global;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const handle(curl_easy_init(), &curl_easy_cleanup);
  auto* curl = handle.get();
  HttpAnswer answer;
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (auto const& [name, value] : request.headers) list = curl_slist_append(list, (name + ": " + value).c_str());
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const headers(list, &curl_slist_free_all);
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request.limit_ms);
  if (!request.ca.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, request.ca.c_str());
  if (!request.certificate.empty()) curl_easy_setopt(curl, CURLOPT_SSLCERT, request.certificate.c_str());
  if (!request.key.empty()) curl_easy_setopt(curl, CURLOPT_SSLKEY, request.key.c_str());
  if (!request.unix_socket.empty()) curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, request.unix_socket.c_str());
  if (request.method == "HEAD") curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  if (request.method == "POST" || !request.body.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  auto const code = curl_easy_perform(curl);
  if (code != CURLE_OK) answer.error = curl_easy_strerror(code);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME, &answer.seconds);
  return answer;
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view k_hex = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      out += c;
    } else {
      out += '%';
      out += k_hex[byte >> 4];
      out += k_hex[byte & 15];
    }
  }
  return out;
}

}  // namespace yizhan::test
