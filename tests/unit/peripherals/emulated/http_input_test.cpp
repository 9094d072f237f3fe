#include <gtest/gtest.h>

#include "peripherals/emulated/http_server.h"

namespace yizhan::emulated {
namespace {

using Event = HttpInput::Event;

TEST(HttpInput, ABodyOfKnownLengthIsWholeWhenItIsThere) {
  HttpInput input;
  EXPECT_EQ(input.push("POST /ipp/print HTTP/1.1\r\nCONTENT-LENGTH: 5\r\n"), Event::more);
  EXPECT_EQ(input.push("\r\nab"), Event::more);
  EXPECT_EQ(input.push("cdePOST / HTTP/1.1\r\n"), Event::complete);
  EXPECT_EQ(input.take_body(), "abcde");
  EXPECT_EQ(input.push("Content-Length: 1\r\n\r\nx"), Event::complete);
  EXPECT_EQ(input.take_body(), "x");
}

TEST(HttpInput, ChunksBecomeOneBody) {
  HttpInput input;
  EXPECT_EQ(input.push("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"), Event::more);
  EXPECT_EQ(input.push("de\r\nA\r\n0123456789\r\n"), Event::more);
  EXPECT_EQ(input.push("0\r\n\r\n"), Event::complete);
  EXPECT_EQ(input.take_body(), "abcde0123456789");
}

TEST(HttpInput, WhoWaitsForLeaveIsToldOnceToGoOn) {
  HttpInput input;
  EXPECT_EQ(input.push("POST / HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"), Event::wants_continue);
  EXPECT_EQ(input.push("ab"), Event::more);
  EXPECT_EQ(input.push("cd"), Event::complete);
}

TEST(HttpInput, WhatIsNoRequestIsBad) {
  for (auto const* const text :
       {"GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    EXPECT_EQ(HttpInput().push(text), Event::bad) << text;
  }
  EXPECT_EQ(HttpInput().push(std::string(20'000, 'x')), Event::bad);
}

}  // namespace
}  // namespace yizhan::emulated
