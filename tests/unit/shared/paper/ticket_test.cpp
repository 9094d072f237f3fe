#include "shared/paper/ticket.h"

#include <gtest/gtest.h>

#include "tests/unit/shared/paper/code_of.h"

namespace yizhan::paper {
namespace {

TicketPaper ticket() {
  TicketPaper paper;
  paper.hall_zh = "示例街道党群服务中心";
  paper.hall_en = "Example Subdistrict Service Hall";
  paper.number = "A001";
  paper.service_zh = "社会保障卡补办";
  paper.service_en = "Replace a social security card";
  paper.wait = queue::WaitRange{std::chrono::minutes(10), std::chrono::minutes(25), 7};
  paper.issued_at = "2026-11-24 09:12";
  paper.masked_name = "张*";
  paper.qr = "YZ1:" + std::string(280, 'K');
  return paper;
}

int black_dots(MonoImage const& image) {
  int dots = 0;
  for (auto const byte : image.bits) dots += std::popcount(byte);
  return dots;
}

TEST(PaperTicket, HasThePapersWidthAndAReadableCode) {
  for (auto const width : {PaperWidth::mm58, PaperWidth::mm80}) {
    auto const image = render_ticket(ticket(), width);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, dots(width));
    EXPECT_EQ(image->bits.size(), static_cast<std::size_t>(image->row_bytes() * image->height));
    EXPECT_LT(image->height, 1500);
    EXPECT_EQ(code_of(*image), ticket().qr);
  }
}

TEST(PaperTicket, WithoutNumberOrServiceThereIsNone) {
  auto without_number = ticket();
  without_number.number = " \t\n";
  EXPECT_TRUE(render_ticket(without_number, PaperWidth::mm80).error().is("paper_number_empty"));
  auto without_service = ticket();
  without_service.service_zh = without_service.service_en = "\x01";
  EXPECT_TRUE(render_ticket(without_service, PaperWidth::mm80).error().is("paper_service_empty"));
}

TEST(PaperTicket, ACodeThatDoesNotFitThePaperIsRefused) {
  auto paper = ticket();
  paper.qr = std::string(2500, 'K');
  EXPECT_TRUE(render_ticket(paper, PaperWidth::mm58).error().is("qr_too_long"));
}

TEST(PaperTicket, ControlCharactersAreLeftOut) {
  auto dirty = ticket();
  dirty.service_zh = "社会\x1b@保障\n卡\r补办";
  dirty.number =
      "A0\x1d"
      "01";
  auto clean = ticket();
  clean.service_zh = "社会@保障卡补办";
  EXPECT_EQ(*render_ticket(dirty, PaperWidth::mm80), *render_ticket(clean, PaperWidth::mm80));
}

TEST(PaperTicket, ALongNameEndsAfterTwoLines) {
  auto two_lines = ticket();
  two_lines.service_zh = "城乡居民基本养老保险参保登记和待遇领取资格";
  auto longer = ticket();
  for (int i = 0; i < 20; ++i) longer.service_zh += "以及其他很长的事项";
  EXPECT_EQ(render_ticket(longer, PaperWidth::mm80)->height, render_ticket(two_lines, PaperWidth::mm80)->height);
}

TEST(PaperTicket, EachPartAddsInk) {
  TicketPaper bare;
  bare.number = "A001";
  bare.service_zh = "社保";
  auto ink = black_dots(*render_ticket(bare, PaperWidth::mm80));
  auto more = [&](char const* what) {
    auto const now = black_dots(*render_ticket(bare, PaperWidth::mm80));
    EXPECT_GT(now, ink) << what;
    ink = now;
  };
  bare.wait = queue::WaitRange{std::chrono::minutes(1), std::chrono::minutes(2), 3};
  more("wait");
  bare.priority = true;
  more("priority");
  bare.qr = "A001";
  more("code");
  bare.masked_name = "李*";
  more("name");
  bare.issued_at = "2026-11-24 09:12";
  more("time");
  bare.hall_zh = "中心";
  more("hall");
}

// A missing glyph is drawn as a box with the code's digits: much the same ink for all of them. Real ones differ.
TEST(PaperTicket, RareHanziAreDrawnNotBoxed) {
  auto ink_of = [](char const* hanzi) {
    TicketPaper paper;
    paper.number = "A001";
    paper.service_zh = hanzi;
    return *render_ticket(paper, PaperWidth::mm80);
  };
  auto const missing = ink_of("\xF4\x8F\xBF\xBD");  // U+10FFFD, in no font
  for (auto const* const hanzi : {"䶮", "𬭎", "𠮷", "𬱖", "𰻞"}) {
    auto const image = ink_of(hanzi);
    EXPECT_NE(image, missing) << hanzi;
    EXPECT_NE(image, ink_of("口")) << hanzi;
  }
  EXPECT_NE(ink_of("䶮"), ink_of("𬭎"));
}

TEST(PaperTicket, TheLongestNumberFitsInOneLine) {
  auto longest = ticket();
  longest.number = "AK9999";
  auto const image = render_ticket(longest, PaperWidth::mm58);
  ASSERT_TRUE(image);
  EXPECT_LE(image->height, render_ticket(ticket(), PaperWidth::mm58)->height);
}

}  // namespace
}  // namespace yizhan::paper
