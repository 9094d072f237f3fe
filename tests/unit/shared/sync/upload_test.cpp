// Documents by tus, against a server in memory that checks every byte.
#include "shared/crypto/hash.h"
#include "shared/sync/upload_lane.h"
#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct MemoryUploads final : line::UploadPort {
  struct Item {
    std::string sha256;
    std::vector<std::byte> bytes;
    std::uint64_t sent = 0;
    std::string parked;
  };
  std::vector<Item> items;

  std::string add(std::size_t size, unsigned seed) {
    std::vector<std::byte> bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::byte>((seed = seed * 1664525U + 1013904223U) >> 24);
    auto const name = crypto::sha256_hex(bytes);
    items.push_back({name, std::move(bytes), 0, {}});
    return name;
  }
  Item& find(std::string const& name) {
    return *std::ranges::find_if(items, [&](auto const& item) { return item.sha256 == name; });
  }
  Result<std::optional<line::UploadDue>> next_upload() override {
    for (auto const& item : items)
      if (item.parked.empty() && item.sent < item.bytes.size())
        return std::optional(line::UploadDue{item.sha256, item.bytes.size(), item.sent});
    return std::optional<line::UploadDue>();
  }
  Result<std::vector<std::byte>> read_upload(std::string const& name, std::uint64_t offset, std::size_t size) override {
    auto const& bytes = find(name).bytes;
    auto const from = bytes.begin() + static_cast<std::ptrdiff_t>(offset);
    return std::vector<std::byte>(from, from + static_cast<std::ptrdiff_t>(std::min(size, bytes.size() - offset)));
  }
  Result<void> note_upload(std::string const& name, std::uint64_t sent) override {
    find(name).sent = sent;
    return {};
  }
  Result<void> park_upload(std::string const& name, std::string const& problem) override {
    find(name).parked = problem;
    return {};
  }
  Result<line::UploadStatus> upload_status() override { return line::UploadStatus{}; }
};

struct UploadTest : SyncTest {
  MemoryUploads documents;
  std::map<std::string, std::string> stored;  // by name, as far as they have come
  std::map<std::string, std::size_t> sizes;
  std::vector<std::size_t> pieces;

  void SetUp() override { uploads = &documents; }

  static std::string header(HttpRequest const& request, std::string_view name) {
    for (auto const& [key, value] : request.headers)
      if (key == name) return value;
    return {};
  }
  static HttpResponse at(int status, std::size_t offset) { return {status, {}, {}, {}, {}, std::to_string(offset)}; }
  Result<HttpResponse> tus(HttpRequest const& request) {
    if (header(request, "Tus-Resumable") != "1.0.0") return problem(412, "tus_version");
    if (request.method == "POST") {
      auto const metadata = header(request, "Upload-Metadata");
      for (auto const& item : documents.items) {
        if (metadata == "sha256 " + text::to_base64(text::bytes_of(item.sha256))) {
          sizes[item.sha256] = std::stoul(header(request, "Upload-Length"));
          return at(201, stored[item.sha256].size());
        }
      }
      return problem(400, "bad_request");
    }
    auto const name = request.path.substr(std::string("/v1/uploads/").size());
    if (!sizes.contains(name)) return problem(404, "not_found");
    auto& bytes = stored[name];
    if (header(request, "Upload-Offset") != std::to_string(bytes.size())) return problem(409, "offset_conflict");
    auto const digest = crypto::sha256(text::bytes_of(request.body));
    if (header(request, "Upload-Checksum") != "sha256 " + text::to_base64(digest))
      return problem(460, "checksum_mismatch");
    pieces.push_back(request.body.size());
    bytes += request.body;
    if (bytes.size() == sizes[name] && crypto::sha256_hex(text::bytes_of(bytes)) != name) {
      bytes.clear();
      return problem(422, "upload_hash");
    }
    return at(204, bytes.size());
  }
  void serve(std::size_t times = 2000) {
    for (std::size_t i = 0; i < times; ++i)
      instead("/v1/uploads", [this](HttpRequest const& request) { return tus(request); });
  }
  [[nodiscard]] bool whole(std::string const& name) {
    return crypto::sha256_hex(text::bytes_of(stored[name])) == name && documents.find(name).sent == sizes[name];
  }
};

TEST_F(UploadTest, DocumentsArriveWholeInPiecesThatGrow) {
  auto const small = documents.add(1'000, 1);
  auto const large = documents.add(3'000'000, 2);
  serve();
  ASSERT_TRUE(round());
  EXPECT_TRUE(whole(small));
  EXPECT_TRUE(whole(large));
  EXPECT_EQ(pieces[1], UploadLane::k_first_piece * 2);
  EXPECT_EQ(*std::ranges::max_element(pieces), UploadLane::k_largest_piece);
}

TEST_F(UploadTest, WhatThePlatformHasIsNotSentAgain) {
  auto const name = documents.add(300'000, 3);
  auto const& bytes = documents.find(name).bytes;
  stored[name] = std::string(text::chars_of(std::span(bytes).first(200'000)));
  serve();
  ASSERT_TRUE(round());
  EXPECT_TRUE(whole(name));
  std::size_t sent = 0;
  for (auto const piece : pieces) sent += piece;
  EXPECT_EQ(sent, 100'000);
}

TEST_F(UploadTest, AfterALostReplyThePlatformIsAskedWhereItIs) {
  auto const name = documents.add(400'000, 4);
  serve(1);
  instead("/v1/uploads", [this](HttpRequest const& request) -> Result<HttpResponse> {
    (void)tus(request);
    return Error::make("network_cut", Retry::later);
  });
  serve();
  run_for(1min);
  EXPECT_TRUE(whole(name));
  EXPECT_EQ(stored[name].size(), 400'000);
}

TEST_F(UploadTest, ALineThatIsCutInEveryOtherPieceStillGetsThrough) {
  auto const name = documents.add(200'000, 5);
  for (int i = 0; i < 60; ++i) {
    serve(2);
    instead("/v1/uploads", Error::make("network_cut", Retry::later));
  }
  serve();
  run_for(3h);
  EXPECT_TRUE(whole(name));
  EXPECT_GE(*std::ranges::min_element(pieces), std::size_t{1});
}

TEST_F(UploadTest, ADamagedPieceIsSentAgain) {
  auto const name = documents.add(100'000, 6);
  serve(1);
  instead("/v1/uploads", problem(460, "checksum_mismatch"));
  serve();
  run_for(1min);
  EXPECT_TRUE(whole(name));
}

TEST_F(UploadTest, AWrongWholeBeginsAnewOnceAndIsParkedThen) {
  auto const good = documents.add(50'000, 7);
  serve(1);
  instead("/v1/uploads", problem(422, "upload_hash"));
  serve();
  run_for(1min);
  EXPECT_TRUE(whole(good));

  auto const bad = documents.add(50'000, 8);
  documents.find(bad).bytes[7] ^= std::byte{1};  // the disk has another document than the event names
  auto const next = documents.add(10, 9);
  engine->notify();
  run_for(1min);
  EXPECT_EQ(documents.find(bad).parked, "urn:yizhan:problem:upload_hash");
  EXPECT_TRUE(whole(next)) << "a parked document holds up no other";
}

TEST_F(UploadTest, ADocumentThePlatformCannotTakeIsParkedAndBlocksNothing) {
  auto const huge = documents.add(1'000, 10);
  auto const next = documents.add(1'000, 11);
  instead("/v1/uploads", problem(413, "too_large"));
  serve();
  ASSERT_TRUE(round());
  EXPECT_EQ(documents.find(huge).parked, "urn:yizhan:problem:too_large");
  EXPECT_TRUE(whole(next));
}

TEST_F(UploadTest, APortalsPageIsNoOffset) {
  auto const name = documents.add(1'000, 12);
  instead("/v1/uploads", html(200));
  run_for(1ms);
  EXPECT_EQ(documents.find(name).sent, 0);
  EXPECT_TRUE(documents.find(name).parked.empty());
  serve();
  run_for(1min);
  EXPECT_TRUE(whole(name));
}

TEST_F(UploadTest, APlatformThatNeverAdvancesIsNotAskedInALoop) {
  auto const name = documents.add(100'000, 13);
  for (int i = 0; i < 5000; ++i) instead("/v1/uploads", at(204, 0));
  run_for(10min);
  EXPECT_LT(platform->count("/v1/uploads"), 100);
  EXPECT_EQ(documents.find(name).sent, 0);
}

}  // namespace
}  // namespace yizhan::sync
