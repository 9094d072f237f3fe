#include "shared/paper/document.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "peripherals/code_scanner/decode.h"
#include "shared/base/text.h"
#include "tests/support/child_process.h"
#include "tests/support/temp_dir.h"

namespace yizhan::paper {
namespace {

/// What a reader finds in the file, by poppler, page after page separated by form feeds.
std::string text_of(std::vector<std::byte> const& pdf) {
  test::TempDir const folder("pdf");
  test::write_file(folder / "a.pdf", text::chars_of(pdf));
  auto const read = test::run({.argv = {"pdftotext", "-layout", (folder / "a.pdf").string(), "-"}});
  EXPECT_EQ(read.exit, 0) << read.err;
  return read.out;
}

/// Without white space: where a line is broken is no matter of the text.
std::string squeezed(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

std::vector<std::string> pages_of(std::string const& text) {
  std::vector<std::string> pages;
  std::size_t from = 0;
  for (auto to = text.find('\f'); to != std::string::npos; to = text.find('\f', from)) {
    pages.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return pages;
}

Document notice() {
  Document document;
  document.title = "一次性告知单";
  document.subtitle = "社会保障卡补领";
  document.hall = "示范街道党群服务中心";
  document.number = "420106001001-20261124-0017";
  document.date_text = "2026年11月24日 09:12";
  document.parts.push_back(
      {"申请人",
       "",
       {{"姓名", "𬱖䶮"}, {"公民身份号码", "420106199003070016"}, {"住址", "示范市示范区一号路17号"}},
       {}});
  document.parts.push_back(
      {"需要的材料",
       "",
       {},
       DocumentTable{{"材料", "份数", "来源"}, {{"居民身份证", "1", "自备"}, {"照片", "2"}}, {3, 1, 2}}});
  document.parts.push_back({"说明", "一、请于15个工作日内补齐。\n二、逾期未补齐的，本次申请终止。", {}, {}});
  document.qr = "YZ1:NOTICE-420106001001-20261124-0017";
  document.qr_caption = "扫码查看进度";
  document.signature = Strokes{300, 100, {{{10, 10}, {200, 80}, {290, 20}}, {{50, 50}}}};
  document.signature_caption = "申请人签名";
  document.footer = "示范街道党群服务中心 电话 027-00000000";
  document.created = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24};
  return document;
}

TEST(DocumentPdf, EveryTextCanBeReadOutOfItRareHanziToo) {
  auto const pdf = render_pdf(notice());
  ASSERT_TRUE(pdf) << pdf.error().to_line();
  auto const text = squeezed(text_of(*pdf));
  for (auto const* wanted : {"一次性告知单",
                             "社会保障卡补领",
                             "示范街道党群服务中心",
                             "编号：420106001001-20261124-0017",
                             "2026年11月24日09:12",
                             "申请人",
                             "姓名",
                             "𬱖䶮",
                             "420106199003070016",
                             "示范市示范区一号路17号",
                             "需要的材料",
                             "材料",
                             "份数",
                             "来源",
                             "居民身份证",
                             "自备",
                             "照片",
                             "一、请于15个工作日内补齐。",
                             "二、逾期未补齐的，本次申请终止。",
                             "扫码查看进度",
                             "申请人签名",
                             "电话027-00000000",
                             "第1页共1页"}) {
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted;
  }
}

TEST(DocumentPdf, EqualDocumentsAreEqualFiles) {
  auto const first = render_pdf(notice());
  auto const second = render_pdf(notice());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  auto other = notice();
  other.created += std::chrono::hours(1);
  EXPECT_NE(*first, *render_pdf(other));
}

TEST(DocumentPdf, IsA4AndSaysWhenItWasMadeAndIsCalled) {
  test::TempDir const folder("pdf");
  test::write_file(folder / "a.pdf", text::chars_of(*render_pdf(notice())));
  auto const info = test::run({.argv = {"pdfinfo", (folder / "a.pdf").string()}, .environment = {{"TZ", "UTC"}}});
  ASSERT_EQ(info.exit, 0) << info.err;
  EXPECT_NE(info.out.find("(A4)"), std::string::npos) << info.out;
  EXPECT_NE(info.out.find("Nov 24 00:00:00 2026"), std::string::npos) << info.out;
  EXPECT_NE(info.out.find("一次性告知单"), std::string::npos) << info.out;
}

TEST(DocumentPdf, ItsOwnWordsFollowTheLanguage) {
  auto document = notice();
  document.language = Language::en;
  auto const text = squeezed(text_of(*render_pdf(document)));
  EXPECT_NE(text.find("Page1of1"), std::string::npos);
  EXPECT_NE(text.find("No.420106001001"), std::string::npos);
  EXPECT_EQ(text.find("编号"), std::string::npos);
}

/// A table long enough for several pages, each row of three lines.
Document long_list(int rows) {
  auto document = notice();
  DocumentTable table{{"序号", "材料"}, {}, {1, 5}};
  for (int i = 0; i < rows; ++i) {
    auto const number = std::to_string(i);
    table.rows.push_back({"N" + number, "起" + number + "\n中" + number + "\n止" + number});
  }
  document.parts = {{"清单", "", {}, table}};
  return document;
}

TEST(DocumentPages, RowsStayWholeAndHeadsComeAgain) {
  auto const pages = pages_of(text_of(*render_pdf(long_list(60))));
  ASSERT_GT(pages.size(), 2U);
  int rows = 0;
  for (auto const& page : pages) {
    auto const text = squeezed(page);
    EXPECT_NE(text.find("序号材料"), std::string::npos);
    EXPECT_NE(text.find("一次性告知单"), std::string::npos);
    auto const of = "共" + std::to_string(pages.size()) + "页";
    EXPECT_NE(text.find(of), std::string::npos);
    for (int i = 0; i < 60; ++i) {
      auto const number = std::to_string(i);
      auto const has = [&](std::string const& word) {
        // N1 is not N10.
        auto const at = page.find(word + number);
        return at != std::string::npos &&
               std::isdigit(static_cast<unsigned char>(page[at + word.size() + number.size()])) == 0;
      };
      bool const here = has("N");
      EXPECT_EQ(has("起"), here) << i;
      EXPECT_EQ(has("止"), here) << i;
      rows += here ? 1 : 0;
    }
  }
  EXPECT_EQ(rows, 60);
}

TEST(DocumentPages, AHeadingIsNeverLeftAloneAtTheFoot) {
  for (int lines = 20; lines < 60; ++lines) {
    Document document;
    document.title = "T";
    std::string text;
    for (int i = 0; i < lines; ++i) text += "字\n";
    document.parts = {{"", text, {}, {}}, {"标题", "", {{"后续", "值"}}, {}}};
    auto const pages = pages_of(text_of(*render_pdf(document)));
    for (auto const& page : pages) {
      EXPECT_EQ(page.find("标题") != std::string::npos, page.find("后续") != std::string::npos) << lines;
    }
  }
}

TEST(DocumentPages, NobodySignsAPageWithoutWhatIsSigned) {
  for (int lines = 20; lines < 60; ++lines) {
    Document document;
    document.title = "T";
    std::string text;
    for (int i = 0; i < lines; ++i) text += "字\n";
    document.parts = {{"", text, {}, {}}, {"声明", "以上都是真的。\n如有不实，愿担责任。", {}, {}}};
    document.signature_caption = "签名";
    auto const pages = pages_of(text_of(*render_pdf(document)));
    for (auto const& page : pages) {
      EXPECT_EQ(page.find("声明") != std::string::npos, page.find("签名") != std::string::npos) << lines;
      EXPECT_EQ(page.find("责任") != std::string::npos, page.find("签名") != std::string::npos) << lines;
    }
  }
}

TEST(DocumentPages, LongTextsWrapAndNothingIsLost) {
  auto document = notice();
  std::string value;
  std::string prose;
  for (int i = 0; i < 1'500; ++i) {
    value += "值" + std::to_string(i) + "，";
    prose += "文" + std::to_string(i) + "。";
  }
  document.parts = {{"甲", prose, {{"很长", value}, {"无空格", std::string(400, 'x')}}, {}}};
  auto const pdf = render_pdf(document);
  ASSERT_TRUE(pdf) << pdf.error().to_line();
  auto const text = text_of(*pdf);
  ASSERT_GT(pages_of(text).size(), 4U);
  auto const count = [&](std::string_view word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("文"), 1'500U);
  EXPECT_EQ(count("。"), 1'500U);
  EXPECT_EQ(count("值"), 1'500U);
  EXPECT_EQ(count("，"), 1'500U);
  EXPECT_EQ(count("x"), 400U);
}

TEST(DocumentPages, TheCodeOnThePageCanBeRead) {
  auto const pages = render_pages(notice(), 150);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 1U);
  auto const found = code_scanner::find_codes_fast({pages->front().width, pages->front().height, pages->front().grey});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().text, notice().qr);
}

/// The share of dark pixels of a page.
double ink(Document const& document) {
  auto const pages = *render_pages(document, 100);
  std::size_t dark = 0;
  for (auto const& page : pages)
    dark += static_cast<std::size_t>(std::count_if(page.grey.begin(), page.grey.end(), [](auto g) { return g < 128; }));
  return static_cast<double>(dark) / static_cast<double>(pages.front().grey.size());
}

Document notice_without_signature() {
  auto document = notice();
  document.signature.reset();
  return document;
}

/// A signature's field is in the right half.
bool left_halves_are_equal(Document const& a, Document const& b) {
  auto const one = render_pages(a, 100)->front();
  auto const other = render_pages(b, 100)->front();
  auto from = one.grey.begin();
  auto with = other.grey.begin();
  for (int y = 0; y < one.height; ++y, from += one.width, with += one.width) {
    if (!std::equal(from, from + one.width / 2, with)) return false;
  }
  return true;
}

TEST(DocumentPages, ASignatureIsOnThePaperAsStrokesOrAsAPicture) {
  auto document = notice_without_signature();
  auto const without = ink(document);
  document.signature = Strokes{300, 100, {{{0, 50}, {300, 50}}, {{0, 0}, {300, 100}}}};
  EXPECT_GT(ink(document), without + 0.0005);
  EXPECT_TRUE(left_halves_are_equal(document, notice_without_signature()));
  GreyPicture picture{60, 20, std::vector<std::uint8_t>(1'200, 255)};
  std::fill_n(picture.grey.begin() + 300, 300, std::uint8_t{0});
  document.signature = picture;
  EXPECT_GT(ink(document), without + 0.002);
  EXPECT_TRUE(left_halves_are_equal(document, notice_without_signature()));
  // What is no picture draws nothing.
  document.signature = GreyPicture{60, 20, {}};
  EXPECT_NEAR(ink(document), without, 0.0001);
}

TEST(DocumentPages, WhatIsEmptyTakesNoRoomAndControlsAreLeftOut) {
  Document document;
  document.title = "题\x01目\u2028";
  document.parts = {{"", "", {}, {}}, {"", "", {}, DocumentTable{}}};
  auto const pdf = render_pdf(document);
  ASSERT_TRUE(pdf);
  EXPECT_EQ(squeezed(text_of(*pdf)), "题目第1页共1页");
}

TEST(DocumentPages, RefusesWhatIsNoDocument) {
  EXPECT_TRUE(render_pdf(Document{}).error().is("paper_title_empty"));
  EXPECT_TRUE(render_pdf(long_list(2'000)).error().is("paper_too_long"));
  auto document = notice();
  document.qr.assign(4'000, 'q');
  EXPECT_TRUE(render_pdf(document).error().is("qr_too_long"));
}

}  // namespace
}  // namespace yizhan::paper
