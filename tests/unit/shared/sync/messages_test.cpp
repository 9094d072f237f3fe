#include "shared/sync/messages.h"

#include "tests/unit/shared/sync/fixture.h"

namespace yizhan::sync {
namespace {

struct MessagesTest : SyncTest {
  std::vector<line::PlacedEvent> two() {
    append(2);
    return {line.rows[0].event, line.rows[1].event};
  }
};

TEST_F(MessagesTest, ABatchIsAJsonArrayOfTheWireEvents) {
  auto const events = two();
  auto const parsed = json::parse(write_batch(events));
  ASSERT_EQ(parsed.size(), 2);
  EXPECT_EQ(parsed[1]["sequence"], "0000000000000002");
  EXPECT_EQ(parsed[1]["chain"], events[1].place.chain);
}

TEST_F(MessagesTest, GzipIsReadByZlib) {
  std::string const text(100000, 'x');
  EXPECT_EQ(test::gunzip(gzip(text)), text);
  EXPECT_EQ(test::gunzip(gzip("")), "");
}

TEST_F(MessagesTest, OnlyResultsOfWhatWasSentAnswerAnythingAndOnce) {
  auto const events = two();
  auto const id = events[0].fact.id.to_string();
  json const body{{"results",
                   {{{"id", id}, {"status", "accepted"}},
                    {{"id", id}, {"status", "rejected"}},
                    {{"id", "01993f00-0000-7000-8000-000000000101"}, {"status", "accepted"}},
                    {{"id", "no id"}, {"status", "accepted"}},
                    {{"id", events[1].fact.id.to_string()}, {"status", "postponed"}, {"new", 1}}}},
                  {"accepted_through", "0000000000000009"}};
  auto const read = read_batch_answer(body.dump(), events).value();
  ASSERT_EQ(read.answers.size(), 1);
  EXPECT_EQ(read.answers[0].id, events[0].fact.id);
  EXPECT_EQ(read.answers[0].verdict, line::Verdict::accepted);
  EXPECT_EQ(read.accepted_through, 9);
}

TEST_F(MessagesTest, ARejectionCarriesItsProblem) {
  auto const events = two();
  json const body{
      {"results",
       {{{"id", events[0].fact.id.to_string()}, {"status", "rejected"}, {"problem", "urn:yizhan:problem:conflict"}},
        {{"id", events[1].fact.id.to_string()}, {"status", "rejected"}}}},
      {"accepted_through", "2"}};
  auto const read = read_batch_answer(body.dump(), events).value();
  EXPECT_EQ(read.answers[0].problem, "urn:yizhan:problem:conflict");
  EXPECT_EQ(read.answers[1].problem, "urn:yizhan:problem:unknown");
}

TEST_F(MessagesTest, AnswersOfAnotherShapeAreNone) {
  auto const events = two();
  for (char const* body : {"", "<html>", "[]", "{}", "{\"results\":[]}", "{\"results\":{},\"accepted_through\":\"1\"}",
                           "{\"results\":[1],\"accepted_through\":\"1\"}", "{\"results\":[],\"accepted_through\":1}",
                           "{\"results\":[],\"accepted_through\":\"-1\"}",
                           "{\"results\":[],\"accepted_through\":\"99999999999999999999\"}",
                           "{\"results\":[{\"id\":1,\"status\":\"accepted\"}],\"accepted_through\":\"1\"}"})
    EXPECT_TRUE(read_batch_answer(body, events).error().is("platform_answer")) << body;
  std::string const chain(64, 'a');
  EXPECT_TRUE(read_position(json{{"epoch", "1"}, {"sequence", "0000000000000002"}, {"chain", chain}}.dump()));
  for (json const& body :
       {json{{"epoch", 1}, {"sequence", "2"}, {"chain", chain}}, json{{"epoch", "1"}, {"sequence", "2"}},
        json{{"epoch", "1"}, {"sequence", "2"}, {"chain", std::string(64, 'A')}},
        json{{"epoch", "1"}, {"sequence", "2"}, {"chain", "00"}},
        json{{"epoch", "1x"}, {"sequence", "2"}, {"chain", chain}}})
    EXPECT_TRUE(read_position(body.dump()).error().is("platform_answer")) << body;
  for (char const* body : {"{}", "{\"epoch\":\"0\"}", "{\"epoch\":1}", "{\"epoch\":\"\"}"})
    EXPECT_FALSE(read_epoch(body)) << body;
  for (char const* body :
       {"{}", "{\"events\":[],\"cursor\":\"c\"}", "{\"events\":{},\"cursor\":\"c\",\"more\":false}",
        "{\"events\":[{}],\"cursor\":\"c\",\"more\":false}", "{\"events\":[],\"cursor\":1,\"more\":false}",
        "{\"events\":[],\"cursor\":\"c\",\"more\":0}"})
    EXPECT_FALSE(read_changes(body)) << body;
  for (char const* body : {"{}", "{\"now\":1}", "{\"now\":\"today\"}"}) EXPECT_FALSE(read_time(body)) << body;
  for (char const* body : {"{}", "{\"version\":\"1\"}", "{\"version\":1.5}"}) EXPECT_FALSE(read_version(body)) << body;
}

TEST_F(MessagesTest, TimesComeWithAnyOffset) {
  EXPECT_EQ(read_time("{\"now\":\"2026-11-24T17:00:00+08:00\"}").value(), k_now);
}

TEST_F(MessagesTest, CursorsAreOpaqueAndEncoded) {
  EXPECT_EQ(percent_encode("a+/=&%z~ 号"), "a%2B%2F%3D%26%25z~%20%E5%8F%B7");
}

}  // namespace
}  // namespace yizhan::sync
