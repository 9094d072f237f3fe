#include "shared/crypto/key_vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <string>
#include <utility>

#include "shared/base/text.h"

namespace yizhan::crypto {
namespace {

constexpr std::string_view k_first_line = "yizhan development vault 1\n";
constexpr std::size_t k_largest_file = 256 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  [[nodiscard]] int get() const { return m_fd; }

 private:
  int m_fd;
};

std::string reason() { return std::strerror(errno); }

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// One line a key, "name hex", below a first line that tells the format. Read whole and written whole; the
/// folder has one owner, so nobody writes between.
class DevelopmentVault final : public KeyVault {
 public:
  explicit DevelopmentVault(std::filesystem::path folder)
      : m_folder(std::move(folder)), m_file(m_folder / "vault.dev") {}

  Result<SecretBytes> get(std::string_view name) override {
    auto const keys = TRY(read());
    auto const found = keys.find(name);
    if (found == keys.end()) return Error::make("key_absent", Retry::no, std::string(name));
    return found->second.clone();
  }

  Result<void> put(std::string_view name, SecretBytes const& key) override {
    if (!is_name(name)) return Error::make("vault_unwritable", Retry::no, "name");
    auto keys = TRY(read());
    keys.insert_or_assign(std::string(name), key.clone());
    return write(keys);
  }

  /// Errors: vault_permissions, vault_unreadable.
  Result<void> check() const {
    struct stat info {};
    if (::lstat(m_file.c_str(), &info) != 0) {
      if (errno == ENOENT) return {};
      return Error::make("vault_unreadable", Retry::no, m_file.string() + ": " + reason());
    }
    if (!S_ISREG(info.st_mode) || info.st_uid != ::geteuid() || (info.st_mode & 07777U) != 0600U)
      return Error::make("vault_permissions", Retry::no, m_file.string() + ": must be a 0600 file of this user");
    return {};
  }

 private:
  using Keys = std::map<std::string, SecretBytes, std::less<>>;

  Result<Keys> read() const {
    TRY(check());
    Descriptor const file(::open(m_file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0) {
      if (errno == ENOENT) return Keys{};
      return Error::make("vault_unreadable", Retry::no, m_file.string() + ": " + reason());
    }
    SecretBytes content(k_largest_file);
    std::size_t size = 0;
    while (size < content.size()) {
      auto const got = ::read(file.get(), content.span().data() + size, content.size() - size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Error::make("vault_unreadable", Retry::later, m_file.string() + ": " + reason());
      if (got == 0) break;
      size += static_cast<std::size_t>(got);
    }
    return parse(text::chars_of(content.view().first(size)));
  }

  Result<Keys> parse(std::string_view rest) const {
    auto const broken = [&] { return Error::make("vault_unreadable", Retry::no, m_file.string() + ": malformed"); };
    if (!rest.starts_with(k_first_line)) return broken();
    rest.remove_prefix(k_first_line.size());
    Keys keys;
    while (!rest.empty()) {
      auto const end = rest.find('\n');
      auto const space = rest.find(' ');
      if (end == std::string_view::npos || space == std::string_view::npos || space > end) return broken();
      auto const name = rest.substr(0, space);
      auto const hex = rest.substr(space + 1, end - space - 1);
      if (!is_name(name) || hex.size() % 2 != 0) return broken();
      SecretBytes key(hex.size() / 2);
      for (std::size_t i = 0; i < key.size(); ++i) {
        int const high = hex_value(hex[2 * i]);
        int const low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0) return broken();
        key.span()[i] = static_cast<std::byte>(high * 16 + low);
      }
      keys.insert_or_assign(std::string(name), std::move(key));
      rest.remove_prefix(end + 1);
    }
    return keys;
  }

  Result<void> write(Keys const& keys) const {
    std::size_t size = k_first_line.size();
    for (auto const& [name, key] : keys) size += name.size() + 2 + 2 * key.size();
    if (size > k_largest_file) return Error::make("vault_unwritable", Retry::no, "too large");
    SecretBytes content(size);
    auto* out = reinterpret_cast<char*>(content.span().data());
    auto const append = [&out](std::string_view text) { out = std::copy(text.begin(), text.end(), out); };
    append(k_first_line);
    for (auto const& [name, key] : keys) {
      append(name);
      append(" ");
      for (auto const byte : key.view()) {
        constexpr std::string_view k_digits = "0123456789abcdef";
        *out++ = k_digits[std::to_integer<std::size_t>(byte) >> 4U];
        *out++ = k_digits[std::to_integer<std::size_t>(byte) & 0xFU];
      }
      append("\n");
    }
    return replace_file(content);
  }

  Result<void> replace_file(SecretBytes const& content) const {
    auto const failed = [&](char const* step) {
      return Error::make("vault_unwritable", Retry::no, m_file.string() + ": " + step + ": " + reason());
    };
    auto const next = m_folder / "vault.dev.next";
    if (::unlink(next.c_str()) != 0 && errno != ENOENT) return failed("unlink");
    Descriptor const file(::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) return failed("open");
    if (::fchmod(file.get(), 0600) != 0) return failed("chmod");
    for (std::size_t done = 0; done < content.size();) {
      auto const put = ::write(file.get(), content.view().data() + done, content.size() - done);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return failed("write");
      done += static_cast<std::size_t>(put);
    }
    if (::fsync(file.get()) != 0) return failed("fsync");
    if (::rename(next.c_str(), m_file.c_str()) != 0) return failed("rename");
    Descriptor const folder(::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed("fsync folder");
    return {};
  }

  std::filesystem::path m_folder;
  std::filesystem::path m_file;
};

}  // namespace

Result<SecretBytes> KeyVault::get_or_make(std::string_view name, std::size_t size, SecureRng& rng) {
  auto found = get(name);
  if (found || !found.error().is("key_absent")) return found;
  SecretBytes made(size);
  rng.fill(made.span());
  TRY(put(name, made));
  return made;
}

Result<std::unique_ptr<KeyVault>> open_development_vault(std::filesystem::path const& folder, Profile profile) {
  if (profile == Profile::production)
    return Error::make("vault_not_allowed", Retry::no, "the development vault does not protect keys");
  auto vault = std::make_unique<DevelopmentVault>(folder);
  TRY(vault->check());
  return std::unique_ptr<KeyVault>(std::move(vault));
}

}  // namespace yizhan::crypto
