#include "shared/store/blobs.h"

#include <algorithm>

#include "shared/crypto/hash.h"
#include "shared/store/blobs_table.h"

namespace yizhan::store {
namespace {

constexpr std::size_t k_chunk = 256 * 1024;
constexpr std::size_t k_largest = 32 * 1024 * 1024;
/// Deleted content is overwritten, so it goes through the write-ahead log as well.
constexpr std::uint64_t k_sweep_bytes = 8 * 1024 * 1024;

Error unknown(std::string_view sha256) { return Error::make("blob_unknown", Retry::no, std::string(sha256)); }

}  // namespace

Result<void> SqliteBlobs::execute(std::string_view sql, std::initializer_list<std::string_view> texts) {
  auto statement = TRY(m_database.prepare(sql));
  int index = 0;
  for (auto const text : texts) statement.bind(++index, text);
  return statement.run();
}

Result<std::uint64_t> SqliteBlobs::size_of(std::string_view sha256) {
  auto row = TRY(m_database.prepare("SELECT size FROM blobs WHERE sha256 = ?"));
  row.bind(1, sha256);
  if (!TRY(row.step())) return unknown(sha256);
  return static_cast<std::uint64_t>(row.integer(0));
}

Result<void> SqliteBlobs::write(std::string_view sha256, std::span<std::byte const> bytes) {
  auto head = TRY(m_database.prepare("INSERT INTO blobs (sha256, size) VALUES (?, ?)"));
  head.bind_all(sha256, bytes.size());
  TRY(head.run());
  auto chunk = TRY(m_database.prepare("INSERT INTO blob_chunks (sha256, number, bytes) VALUES (?, ?, ?)"));
  for (std::size_t number = 0; number * k_chunk < bytes.size(); ++number) {
    auto const from = number * k_chunk;
    chunk.bind_all(sha256, number, bytes.subspan(from, std::min(k_chunk, bytes.size() - from)));
    TRY(chunk.run());
  }
  return {};
}

Result<std::string> SqliteBlobs::put(std::string_view owner, std::span<std::byte const> bytes) {
  if (bytes.size() > k_largest) {
    return Error::make("blob_too_large", Retry::no, std::to_string(bytes.size()) + " bytes");
  }
  auto sha256 = crypto::sha256_hex(bytes);
  return m_database.joined([&]() -> Result<std::string> {
    auto const stored = size_of(sha256);
    if (!stored && !stored.error().is("blob_unknown")) return stored.error();
    if (!stored) TRY(write(sha256, bytes));
    TRY(share(owner, sha256));
    return sha256;
  });
}

Result<void> SqliteBlobs::share(std::string_view owner, std::string_view sha256) {
  return m_database.joined([&]() -> Result<void> {
    (void)TRY(size_of(sha256));
    auto insert = TRY(m_database.prepare(
        "INSERT INTO blob_owners (owner, sha256, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"));
    insert.bind_all(owner, sha256, m_clock.now().time_since_epoch().count());
    return insert.run();
  });
}

Result<std::vector<std::byte>> SqliteBlobs::get(std::string_view sha256) {
  std::vector<std::byte> bytes;
  bytes.reserve(TRY(size_of(sha256)));
  auto chunks = TRY(m_database.prepare("SELECT bytes FROM blob_chunks WHERE sha256 = ? ORDER BY number"));
  chunks.bind(1, sha256);
  while (TRY(chunks.step())) {
    auto const chunk = chunks.blob(0);
    bytes.insert(bytes.end(), chunk.begin(), chunk.end());
  }
  if (crypto::sha256_hex(bytes) != sha256) return Error::make("blob_broken", Retry::no, std::string(sha256));
  return bytes;
}

Result<std::vector<std::byte>> SqliteBlobs::read(std::string_view sha256, std::uint64_t offset, std::size_t size) {
  auto const whole = TRY(size_of(sha256));
  std::vector<std::byte> bytes;
  if (offset >= whole || size == 0) return bytes;
  auto const end = offset + std::min<std::uint64_t>(size, whole - offset);
  auto chunks = TRY(m_database.prepare(
      "SELECT number, bytes FROM blob_chunks WHERE sha256 = ? AND number BETWEEN ? AND ? ORDER BY number"));
  chunks.bind_all(sha256, offset / k_chunk, (end - 1) / k_chunk);
  while (TRY(chunks.step())) {
    auto const chunk = chunks.blob(1);
    auto const begins = static_cast<std::uint64_t>(chunks.integer(0)) * k_chunk;
    auto const from = offset > begins ? offset - begins : 0;
    auto const to = std::min<std::uint64_t>(chunk.size(), end - begins);
    if (from < to) {
      bytes.insert(bytes.end(), chunk.begin() + static_cast<std::ptrdiff_t>(from),
                   chunk.begin() + static_cast<std::ptrdiff_t>(to));
    }
  }
  if (bytes.size() != end - offset) return Error::make("blob_broken", Retry::no, std::string(sha256));
  return bytes;
}

Result<bool> SqliteBlobs::owns(std::string_view owner, std::string_view sha256) {
  auto row = TRY(m_database.prepare("SELECT 1 FROM blob_owners WHERE owner = ? AND sha256 = ?"));
  row.bind_all(owner, sha256);
  return row.step();
}

Result<void> SqliteBlobs::let_go(std::string_view sql, std::initializer_list<std::string_view> texts) {
  if (m_database.in_transaction()) return execute(sql, texts);
  TRY(m_database.transaction([&] { return execute(sql, texts); }));
  return sweep();
}

Result<void> SqliteBlobs::release(std::string_view owner, std::string_view sha256) {
  return let_go("DELETE FROM blob_owners WHERE owner = ? AND sha256 = ?", {owner, sha256});
}

Result<void> SqliteBlobs::release_all(std::string_view owner) {
  return let_go("DELETE FROM blob_owners WHERE owner = ?", {owner});
}

Result<void> SqliteBlobs::hand_over(std::string_view from, std::string_view to) {
  return m_database.joined([&]() -> Result<void> {
    TRY(execute("UPDATE OR IGNORE blob_owners SET owner = ?2 WHERE owner = ?1", {from, to}));
    return execute("DELETE FROM blob_owners WHERE owner = ?", {from});
  });
}

Result<void> SqliteBlobs::sweep() {
  while (true) {
    std::vector<std::string> orphans;
    {
      std::uint64_t bytes = 0;
      auto rows = TRY(m_database.prepare(
          "SELECT sha256, size FROM blobs WHERE NOT EXISTS (SELECT 1 FROM blob_owners WHERE sha256 = blobs.sha256)"));
      while (bytes < k_sweep_bytes && TRY(rows.step())) {
        orphans.push_back(rows.text(0));
        bytes += static_cast<std::uint64_t>(rows.integer(1));
      }
    }
    if (orphans.empty()) return {};
    auto const forget = [&]() -> Result<void> {
      for (auto const& sha256 : orphans) {
        TRY(execute("DELETE FROM blob_chunks WHERE sha256 = ?", {sha256}));
        TRY(execute("DELETE FROM blobs WHERE sha256 = ?", {sha256}));
      }
      return {};
    };
    TRY(m_database.transaction(forget));
  }
}

}  // namespace yizhan::store
