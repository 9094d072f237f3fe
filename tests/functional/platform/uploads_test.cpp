// Uploads by tus 1.0.0 (API.md, "Uploads").
#include <fmt/format.h>

#include <future>

#include "shared/base/text.h"
#include "tests/functional/platform/tus.h"
#include "tools/platform/base64.h"

namespace yizhan::test {
namespace {

class PlatformUploads : public Tus {
 protected:
  std::string stored(std::string const& sha256) {
    return psql(
        "SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY position)), 'hex') FROM platform_upload_pieces"
        " WHERE sha256 = '" +
        sha256 + "'");
  }
};

TEST_F(PlatformUploads, TheGoldenConversation) {
  auto const steps = nlohmann::json::parse(read_file(source_folder() / "tests/support/golden/uploads.json"));
  ASSERT_GT(steps.size(), 15U);
  for (auto const& step : steps) {
    SCOPED_TRACE(step["claim"].get<std::string>());
    auto const& asked = step["request"];
    auto sent = request(step["device"].get<std::string>().substr(std::string("urn:yizhan:device:").size()),
                        asked["path"].get<std::string>());
    sent.method = asked["method"];
    sent.headers = asked["headers"].get<std::map<std::string, std::string>>();
    auto const body = platform::from_base64(asked["body"].get<std::string>()).value();
    sent.body = text::chars_of(body);
    auto const answer = http(sent);
    auto const& wanted = step["answer"];
    EXPECT_EQ(answer.status, wanted["status"].get<long>()) << answer.body << answer.error;
    if (wanted.contains("body")) {
      EXPECT_EQ(answer.headers.at("content-type"), wanted["content_type"].get<std::string>());
      auto const problem = answer.json();
      for (auto const& [name, value] : wanted["body"].items()) EXPECT_EQ(problem[name], value) << name;
    } else {
      for (auto const& [name, value] : wanted["headers"].items())
        EXPECT_EQ(answer.headers.at(text::to_lower_ascii(name)), value.get<std::string>()) << name;
    }
  }
}

TEST_F(PlatformUploads, OneFromCreationToTheEnd) {
  auto const bytes = noise(100'000, 1);
  auto const name = sha256_of(bytes);
  EXPECT_EQ(head(k_first, name).status, 404);
  auto const created = create(k_first, name, "100000");
  EXPECT_EQ(created.status, 201) << created.body << created.error;
  EXPECT_EQ(created.headers.at("location"), "/v1/uploads/" + name);
  EXPECT_EQ(created.headers.at("upload-offset"), "0");
  EXPECT_EQ(created.headers.at("tus-resumable"), "1.0.0");

  auto const piece = patch(k_first, name, "0", bytes.substr(0, 60'000));
  EXPECT_EQ(piece.status, 204) << piece.body << piece.error;
  EXPECT_EQ(piece.headers.at("upload-offset"), "60000");
  auto const between = head(k_first, name);
  EXPECT_EQ(between.status, 200);
  EXPECT_EQ(between.headers.at("upload-offset"), "60000");
  EXPECT_EQ(between.headers.at("upload-length"), "100000");
  EXPECT_EQ(between.headers.at("cache-control"), "no-store");
  EXPECT_EQ(create(k_second, name, "100000").headers.at("upload-offset"), "60000") << "the hall's other machine too";

  EXPECT_EQ(patch(k_first, name, "60000", bytes.substr(60'000)).headers.at("upload-offset"), "100000");
  EXPECT_EQ(stored(name), name);
  EXPECT_EQ(create(k_first, name, "100000").headers.at("upload-offset"), "100000") << "a repeat of all of it";
  auto const again = patch(k_first, name, "60000", bytes.substr(60'000));
  EXPECT_EQ(again.problem(), "offset_conflict");
  EXPECT_EQ(again.json()["offset"], 100'000);
  EXPECT_EQ(patch(k_first, name, "100000", "").status, 204);
}

TEST_F(PlatformUploads, ResumesAfterKillsInTheMiddle) {
  constexpr std::size_t k_piece = 20'000;
  constexpr int k_kills = 12;
  auto const bytes = noise(600'000, 2);
  auto const name = sha256_of(bytes);
  int answered = 0;
  int kills = 0;
  std::size_t offset = 0;
  while (offset < bytes.size()) {
    auto const created = create(k_first, name, std::to_string(bytes.size()));
    ASSERT_EQ(created.status, 201) << created.body << created.error;
    auto const now = std::stoul(created.headers.at("upload-offset"));
    EXPECT_GE(now, offset) << "what was answered is kept";
    offset = now;
    if (offset == bytes.size()) break;
    auto sending = std::async(std::launch::async, [&] {
      return patch(k_first, name, std::to_string(offset), bytes.substr(offset, k_piece));
    });
    bool const kill = kills < k_kills;
    if (kill) {
      sending.wait_for(std::chrono::milliseconds(kills * 2));
      platform().kill();
      ++kills;
    }
    if (sending.get().status == 204) {
      offset += std::min(k_piece, bytes.size() - offset);
      ++answered;
    }
    if (kill) platform().start();
  }
  EXPECT_EQ(kills, k_kills);
  EXPECT_LT(answered, 31 + k_kills);
  EXPECT_EQ(stored(name), name);
  EXPECT_EQ(head(k_first, name).headers.at("upload-offset"), std::to_string(bytes.size()));
}

TEST_F(PlatformUploads, AnAlteredPieceIsNotTaken) {
  auto const bytes = noise(1000, 3);
  auto const name = sha256_of(bytes);
  ASSERT_EQ(create(k_first, name, "1000").status, 201);
  auto altered = bytes;
  altered[500] ^= 1;
  auto const answer = patch(k_first, name, "0", altered, "sha256 " + base64_of(noise(32, 9)));
  EXPECT_EQ(answer.status, 460) << answer.body << answer.error;
  EXPECT_EQ(answer.problem(), "checksum_mismatch");
  EXPECT_EQ(head(k_first, name).headers.at("upload-offset"), "0");
  for (char const* checksum : {"", "md5 AAAA", "sha256", "sha256 ", "sha256 AAAA", "sha256 !!!!"})
    EXPECT_EQ(patch(k_first, name, "0", bytes, checksum).problem(), "bad_request") << checksum;
}

TEST_F(PlatformUploads, BytesOfAnotherNameBeginAnew) {
  auto const bytes = noise(3000, 4);
  auto const name = sha256_of(bytes);
  auto other = bytes;
  other[1] ^= 1;
  ASSERT_EQ(create(k_first, name, "3000").status, 201);
  ASSERT_EQ(patch(k_first, name, "0", other.substr(0, 2000)).status, 204) << "each piece is as it was sent";
  auto const end = patch(k_first, name, "2000", other.substr(2000));
  EXPECT_EQ(end.status, 422);
  EXPECT_EQ(end.problem(), "upload_hash");
  EXPECT_EQ(create(k_first, name, "3000").headers.at("upload-offset"), "0");
  upload(k_first, bytes);
  EXPECT_EQ(stored(name), name);
}

TEST_F(PlatformUploads, OfPiecesForOneOffsetOneWins) {
  constexpr int k_senders = 8;
  auto const bytes = noise(80'000, 5);
  auto const name = sha256_of(bytes);
  ASSERT_EQ(create(k_first, name, "80000").status, 201);
  std::vector<std::future<HttpAnswer>> senders;
  for (int i = 0; i < k_senders; ++i)
    senders.push_back(std::async(std::launch::async, [&, i] {
      return patch(i % 2 == 0 ? k_first : k_second, name, "0", bytes.substr(0, 40'000));
    }));
  int won = 0;
  for (auto& sender : senders) {
    auto const answer = sender.get();
    won += answer.status == 204 ? 1 : 0;
    if (answer.status != 204) {
      EXPECT_EQ(answer.problem(), "offset_conflict") << answer.body << answer.error;
      EXPECT_EQ(answer.json()["offset"], 40'000);
    }
  }
  EXPECT_EQ(won, 1);
  EXPECT_EQ(patch(k_first, name, "40000", bytes.substr(40'000)).status, 204);
  EXPECT_EQ(stored(name), name);
}

TEST_F(PlatformUploads, AnotherHallsIsNotThere) {
  auto const bytes = noise(2000, 6);
  auto const name = sha256_of(bytes);
  ASSERT_EQ(create(k_first, name, "2000").status, 201);
  ASSERT_EQ(patch(k_first, name, "0", bytes.substr(0, 1000)).status, 204);
  EXPECT_EQ(head(k_other_hall, name).status, 404);
  EXPECT_EQ(patch(k_other_hall, name, "1000", bytes.substr(1000)).problem(), "upload_unknown");
  EXPECT_EQ(create(k_other_hall, name, "2000").headers.at("upload-offset"), "0") << "one of its own";
  EXPECT_EQ(head(k_first, name).headers.at("upload-offset"), "1000");
}

TEST_F(PlatformUploads, WhatDoesNotFitIsRefusedAndNothingIsStored) {
  auto const bytes = noise(2000, 7);
  auto const name = sha256_of(bytes);
  for (char const* length : {"", "-1", "0", "+5", " 5 x", "1e3", "0x10", "1.5"})
    EXPECT_EQ(create(k_first, name, length).problem(), "bad_request") << length;
  for (char const* length : {"33554433", "9007199254740991", "18446744073709551616", "99999999999999999999999999"})
    EXPECT_EQ(create(k_first, name, length).problem(), "too_large") << length;
  for (std::string const& metadata :
       {std::string("sha256"), std::string("sha256 !"), "sha256 " + base64_of("zz"), std::string("kind bWF0ZXJpYWw="),
        "sha256 " + base64_of(name) + ",sha256 " + base64_of(name),
        "sha256 " + base64_of(name) + ",kind " + base64_of("car"), "sha256 " + base64_of(name) + ",,",
        std::string(3000, 'a')})
    EXPECT_EQ(create(k_first, name, "2000", metadata).problem(), "bad_request") << metadata.substr(0, 100);
  EXPECT_EQ(psql("SELECT count(*) FROM platform_uploads"), "0");

  ASSERT_EQ(create(k_first, name, "2000", "sha256 " + base64_of(name)).status, 201) << "kind may be left out";
  auto const other_length = create(k_first, name, "2001");
  EXPECT_EQ(other_length.status, 409);
  EXPECT_EQ(other_length.problem(), "upload_conflict");
  for (char const* offset : {"", "-1", "x", "99999999999999999999"})
    EXPECT_EQ(patch(k_first, name, offset, bytes).problem(), "bad_request") << offset;
  for (char const* offset : {"1", "2000", "9007199254740991"})
    EXPECT_EQ(patch(k_first, name, offset, bytes).problem(), "offset_conflict") << offset;
  EXPECT_EQ(patch(k_first, name, "0", bytes + "x").problem(), "too_large");
  EXPECT_EQ(patch(k_first, name, "0", noise((1U << 20) + 1, 8)).problem(), "too_large");
  for (std::string const& path : {std::string("x"), std::string(64, 'g'), std::string("%ff%fe"), std::string(64, 'A')})
    EXPECT_EQ(patch(k_first, path, "0", bytes).problem(), "upload_unknown") << path;
  auto typed = request(k_first, "/v1/uploads/" + name);
  typed.method = "PATCH";
  typed.headers = {{"Tus-Resumable", "1.0.0"}, {"Content-Type", "application/json"}, {"Upload-Offset", "0"}};
  typed.body = "{}";
  EXPECT_EQ(http(typed).problem(), "unsupported_media_type");
  typed.headers["Tus-Resumable"] = "0.2.2";
  auto const old = http(typed);
  EXPECT_EQ(old.status, 412);
  EXPECT_EQ(old.problem(), "tus_version");
  EXPECT_EQ(old.headers.at("tus-version"), "1.0.0");
  EXPECT_EQ(head(k_first, name).headers.at("upload-offset"), "0");
}

TEST_F(PlatformUploads, OptionsTellWhatTheServerCan) {
  auto asked = request(k_first, "/v1/uploads");
  asked.method = "OPTIONS";
  auto const answer = http(asked);
  EXPECT_EQ(answer.status, 204) << answer.body << answer.error;
  EXPECT_EQ(answer.headers.at("tus-version"), "1.0.0");
  EXPECT_EQ(answer.headers.at("tus-extension"), "creation,checksum");
  EXPECT_EQ(answer.headers.at("tus-max-size"), "33554432");
  EXPECT_EQ(answer.headers.at("tus-checksum-algorithm"), "sha256");
  asked.method = "DELETE";
  EXPECT_EQ(http(asked).status, 405);
}

TEST_F(PlatformUploads, WhoSendsSlowlyHoldsNobodyUp) {
  auto const bytes = noise(50'000, 9);
  auto const name = sha256_of(bytes);
  ASSERT_EQ(create(k_first, name, "50000").status, 201);
  // Half a request, and then nothing: the connection stays open.
  auto const half = fmt::format(
      "PATCH /v1/uploads/{} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nContent-Type: "
      "application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: 50000\r\n\r\nabc",
      name);
  ChildProcess const slow(
      Command{.argv = {"openssl", "s_client", "-quiet", "-connect", fmt::format("localhost:{}", platform().port()),
                       "-cert", pki().device_certificate(k_second), "-key", pki().device_key(k_second)},
              .input = half});
  auto const connected = [&] {
    auto const listed =
        run({.argv = {"ss", "-Htn", "state", "established", "dport", "=", std::to_string(platform().port())}});
    return !listed.out.empty();
  };
  ASSERT_TRUE(eventually(std::chrono::seconds(10), connected));
  upload(k_first, bytes);
  EXPECT_EQ(stored(name), name);
}

TEST_F(PlatformUploads, TheLargestDocumentGoesThroughAndIsCheckedWhole) {
  auto const bytes = noise(std::size_t{32} << 20, 10);
  upload(k_first, bytes, std::size_t{1} << 20);
  EXPECT_EQ(stored(sha256_of(bytes)), sha256_of(bytes));
}

}  // namespace
}  // namespace yizhan::test
