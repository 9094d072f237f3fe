#include "shared/paper/slip.h"

#include <gtest/gtest.h>

#include "tests/unit/shared/paper/code_of.h"

namespace yizhan::paper {
namespace {

Slip receipt() {
  Slip slip;
  slip.hall = "示范街道党群服务中心";
  slip.title = "收件回执";
  slip.subtitle = "社会保障卡补领";
  slip.number = "20261124-0017";
  slip.date_text = "2026年11月24日 09:12";
  slip.rows = {{"申请人", "张*"}, {"承诺办结", "2026年12月1日前"}, {"一个长得放不下的标签说明", "值在下一行"}};
  slip.items_heading = "已收材料";
  slip.items = {{"居民身份证", "", true}, {"照片", "可在12月1日前补交", false}};
  slip.qr = "YZ1:RECEIPT-20261124-0017";
  slip.qr_caption = "扫码查看进度";
  slip.footer = "请妥善保管本回执";
  return slip;
}

int black_dots(MonoImage const& image) {
  int count = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) count += image.black(x, y) ? 1 : 0;
  }
  return count;
}

TEST(Slip, ItsCodeCanBeReadOnBothPapers) {
  for (auto const width : {PaperWidth::mm58, PaperWidth::mm80}) {
    auto const image = render_slip(receipt(), width);
    ASSERT_TRUE(image) << image.error().to_line();
    EXPECT_EQ(image->width, dots(width));
    EXPECT_EQ(code_of(*image), receipt().qr);
  }
}

TEST(Slip, EachFieldLeavesItsMarkAndNoGapWhereItIsEmpty) {
  auto const height = render_slip(receipt(), PaperWidth::mm80)->height;
  auto const without = [&](auto const& take_away) {
    auto slip = receipt();
    take_away(slip);
    auto const image = render_slip(slip, PaperWidth::mm80);
    EXPECT_TRUE(image);
    return image->height;
  };
  EXPECT_LT(without([](Slip& slip) { slip.hall.clear(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.subtitle.clear(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.number.clear(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.date_text.clear(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.rows.pop_back(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.items.pop_back(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.items.back().note.clear(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.qr.clear(); }), height);
  EXPECT_LT(without([](Slip& slip) { slip.footer.clear(); }), height);
}

TEST(Slip, ATickedBoxIsFilled) {
  auto slip = receipt();
  auto const ticked = black_dots(*render_slip(slip, PaperWidth::mm80));
  slip.items[0].checked = false;
  EXPECT_LT(black_dots(*render_slip(slip, PaperWidth::mm80)), ticked - 100);
}

TEST(Slip, LongValuesWrapToTheEnd) {
  auto slip = receipt();
  auto const height = render_slip(slip, PaperWidth::mm58)->height;
  for (int i = 0; i < 12; ++i) slip.rows[1].value += "承诺期限内办结的，以短信通知";
  EXPECT_GT(render_slip(slip, PaperWidth::mm58)->height, height + 200);
}

TEST(Slip, RefusesWhatIsNoSlipOrNeverEnds) {
  EXPECT_TRUE(render_slip(Slip{}, PaperWidth::mm80).error().is("paper_title_empty"));
  auto slip = receipt();
  for (int i = 0; i < 500; ++i) slip.items.push_back({"材料", "说明", false});
  EXPECT_TRUE(render_slip(slip, PaperWidth::mm80).error().is("paper_too_long"));
}

}  // namespace
}  // namespace yizhan::paper
