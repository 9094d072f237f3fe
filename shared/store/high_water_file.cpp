#include "shared/store/high_water_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>

#include "shared/base/text.h"
#include "shared/crypto/hash.h"

namespace yizhan::store {
namespace {

constexpr std::size_t k_slot_size = 4096;
constexpr std::size_t k_digest_at = k_slot_size - 32;
constexpr std::size_t k_head_size = 8 + 8 + 4;
constexpr std::array<char, 8> k_magic = {'Y', 'Z', 'H', 'W', 0, 0, 0, 1};
using Slot = std::array<char, k_slot_size>;

template <class Integer>
void put(char* at, Integer value) {
  for (std::size_t i = 0; i < sizeof value; ++i) at[i] = static_cast<char>((value >> (8 * i)) & 0xff);
}

template <class Integer>
Integer get(char const* at) {
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    value = static_cast<Integer>(value | (static_cast<Integer>(static_cast<unsigned char>(at[i])) << (8 * i)));
  }
  return value;
}

crypto::Digest digest_of(Slot const& slot) {
  return crypto::sha256(std::as_bytes(std::span(slot.data(), k_digest_at)));
}

struct Read {
  std::uint64_t counter;
  HighWaterMark mark;
};

std::optional<Read> decode(Slot const& slot) {
  if (std::memcmp(slot.data(), k_magic.data(), k_magic.size()) != 0) return std::nullopt;
  auto const digest = digest_of(slot);
  if (std::memcmp(slot.data() + k_digest_at, digest.data(), digest.size()) != 0) return std::nullopt;
  auto const length = get<std::uint32_t>(slot.data() + 16);
  if (length > k_digest_at - k_head_size) return std::nullopt;
  auto const json =
      nlohmann::json::parse(slot.data() + k_head_size, slot.data() + k_head_size + length, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  auto const text_of = [&](char const* key) {
    auto const found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  Read read{get<std::uint64_t>(slot.data() + 8), {}};
  if (auto day = calendar::BusinessDay::parse(text_of("day"))) read.mark.day = *day;
  read.mark.series = text_of("numbers");
  read.mark.epoch = text_of("epoch");
  auto const sequence = json.find("sequence");
  if (sequence == json.end() || !sequence->is_number_unsigned()) return std::nullopt;
  read.mark.last_sequence = sequence->get<std::uint64_t>();
  return read;
}

Error unwritable() { return Error::make("high_water_unwritable", Retry::later, "errno " + std::to_string(errno)); }

std::string label(char queue, std::string_view series) { return queue + std::string(series); }

bool same(HighWaterMark const& a, HighWaterMark const& b) {
  return a.day == b.day && a.series == b.series && a.last_sequence == b.last_sequence && a.epoch == b.epoch;
}

}  // namespace

std::map<std::string, int> parse_families(std::string_view text) {
  std::map<std::string, int> families;
  while (!text.empty()) {
    auto const part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    auto const colon = part.find(':');
    if (colon == std::string_view::npos) continue;
    int serial = 0;
    auto const digits = part.substr(colon + 1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), serial).ec == std::errc()) {
      families[std::string(part.substr(0, colon))] = serial;
    }
  }
  return families;
}

std::string families_text(std::map<std::string, int> const& families) {
  std::string text;
  for (auto const& [name, serial] : families) {
    if (!text.empty()) text += ',';
    text += name + ':' + std::to_string(serial);
  }
  return text;
}

std::uint64_t epoch_value(std::string_view epoch) {
  std::uint64_t value = 0;
  auto const parsed = std::from_chars(epoch.data(), epoch.data() + epoch.size(), value);
  return parsed.ec == std::errc() && parsed.ptr == epoch.data() + epoch.size() ? value : 0;
}

Result<std::unique_ptr<HighWaterFile>> HighWaterFile::open(std::filesystem::path const& file) {
  std::unique_ptr<HighWaterFile> opened(new HighWaterFile);
  opened->m_fd = FileDescriptor(::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!opened->m_fd.valid()) {
    if (errno == ENOENT) return std::unique_ptr<HighWaterFile>();
    return unwritable();
  }
  ::fchmod(opened->m_fd.get(), 0600);
  std::optional<Read> best;
  for (off_t index = 0; index < 2; ++index) {
    Slot slot{};
    auto const got = ::pread(opened->m_fd.get(), slot.data(), slot.size(), index * off_t{k_slot_size});
    if (got != static_cast<ssize_t>(slot.size())) continue;
    auto read = decode(slot);
    if (read && (!best || read->counter > best->counter)) best = std::move(read);
  }
  if (!best) return Error::make("high_water_corrupt", Retry::no, file.string());
  opened->m_counter = best->counter;
  opened->m_mark = opened->m_next = std::move(best->mark);
  return opened;
}

Result<std::unique_ptr<HighWaterFile>> HighWaterFile::create(std::filesystem::path const& file) {
  // Under another name until both slots are whole: a crash must not leave a file that reads as corrupt.
  auto const part = std::filesystem::path(file.string() + ".part");
  std::unique_ptr<HighWaterFile> made(new HighWaterFile);
  made->m_fd = FileDescriptor(::open(part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!made->m_fd.valid()) return unwritable();
  TRY(made->write({}));
  TRY(made->write({}));
  if (::rename(part.c_str(), file.c_str()) != 0) return unwritable();
  TRY(sync_folder(file.parent_path()));
  return made;
}

Result<void> HighWaterFile::write(HighWaterMark const& mark) {
  auto const json = nlohmann::json{{"day", mark.day.to_string()},
                                   {"numbers", mark.series},
                                   {"epoch", mark.epoch},
                                   {"sequence", mark.last_sequence}}
                        .dump();
  if (json.size() > k_digest_at - k_head_size) {
    return Error::make("high_water_unwritable", Retry::no, std::to_string(json.size()) + " bytes");
  }
  Slot slot{};
  std::memcpy(slot.data(), k_magic.data(), k_magic.size());
  put(slot.data() + 8, m_counter + 1);
  put(slot.data() + 16, static_cast<std::uint32_t>(json.size()));
  std::memcpy(slot.data() + k_head_size, json.data(), json.size());
  auto const digest = digest_of(slot);
  std::memcpy(slot.data() + k_digest_at, digest.data(), digest.size());
  auto const at = static_cast<off_t>((m_counter + 1) % 2) * off_t{k_slot_size};
  auto const written = ::pwrite(m_fd.get(), slot.data(), slot.size(), at);
  if (written != static_cast<ssize_t>(slot.size()) || ::fdatasync(m_fd.get()) != 0) return unwritable();
  ++m_counter;
  m_mark = mark;
  return {};
}

Result<void> HighWaterFile::settle() {
  if (m_held || same(m_mark, m_next)) return {};
  return write(m_next);
}

Result<void> HighWaterFile::raise_number(calendar::BusinessDay const& day, char queue, std::string_view series,
                                         int serial) {
  if (day < m_next.day) return {};
  if (day > m_next.day) {
    m_next.day = day;
    m_next.series.clear();
  }
  auto families = parse_families(m_next.series);
  auto& highest = families[label(queue, series)];
  if (serial > highest) highest = serial;
  m_next.series = families_text(families);
  return settle();
}

Result<void> HighWaterFile::raise_sequence(std::string const& epoch, std::uint64_t sequence) {
  auto const old = epoch_value(m_next.epoch);
  auto const value = epoch_value(epoch);
  if (value > old || (value == old && sequence > m_next.last_sequence)) {
    m_next.epoch = epoch;
    m_next.last_sequence = sequence;
  }
  return settle();
}

int HighWaterFile::highest(calendar::BusinessDay const& day, char queue, std::string_view series) const {
  if (day != m_next.day) return 0;
  auto const families = parse_families(m_next.series);
  auto const found = families.find(label(queue, series));
  return found == families.end() ? 0 : found->second;
}

Result<void> HighWaterFile::release() {
  m_held = false;
  return settle();
}

void HighWaterFile::drop() {
  m_held = false;
  m_next = m_mark;
}

}  // namespace yizhan::store
