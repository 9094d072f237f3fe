#include <gtest/gtest.h>

#include "tests/unit/shared/domain/forms/a_form.h"

namespace yizhan::forms {
namespace {

using Json = nlohmann::json;

TEST(Shown, EachKindAsPeopleReadIt) {
  auto hobbies = field("x", FieldKind::choices);
  hobbies.options = {{"sing", {"唱歌", "Singing"}, {}}, {"walk", {"散步", "Walks"}, {}}};
  auto choice = hobbies;
  choice.kind = FieldKind::choice;
  Json const address{{"codes", {"42", "4290", "429004"}},
                     {"names", {"湖北省", "省直辖县级行政区划", "仙桃市"}},
                     {"detail", "示例路1号"}};
  Json const person{{"name", "李四"}, {"document", "id_card"}, {"number", "42010219850615123X"}};
  struct Example {
    Field field;
    Json value;
    char const* chinese;
    char const* english;
  };
  for (auto const& [one, value, chinese, english] : {
           Example{field("x"), "你好", "你好", "你好"},
           Example{field("x", FieldKind::number), 12, "12", "12"},
           Example{field("x", FieldKind::number), 0.1, "0.1", "0.1"},
           Example{field("x", FieldKind::number), "12.", "12.", "12."},
           Example{field("x", FieldKind::date), "2026-01-09", "2026年1月9日", "2026-01-09"},
           Example{field("x", FieldKind::date), "2026-1", "2026-1", "2026-1"},
           Example{choice, "walk", "散步", "Walks"},
           Example{choice, "gone", "gone", "gone"},
           Example{hobbies, Json::array({"sing", "walk"}), "唱歌、散步", "Singing, Walks"},
           Example{field("x", FieldKind::address), address, "湖北省仙桃市示例路1号", "湖北省 仙桃市 示例路1号"},
           Example{field("x", FieldKind::person), person, "李四、42010219850615123X", "李四, 42010219850615123X"},
           Example{field("x", FieldKind::phone), "13800000000", "13800000000", "13800000000"},
           Example{field("x", FieldKind::attachment), Json::array({"a"}), "", ""},
           Example{field("x", FieldKind::note), nullptr, "", ""},
       }) {
    EXPECT_EQ(shown(one, value, true), chinese);
    EXPECT_EQ(shown(one, value, false), english);
  }
}

TEST(Shown, NothingIsNothingAndAnotherShapeIsNoCrash) {
  for (auto const kind : {FieldKind::text, FieldKind::number, FieldKind::date, FieldKind::choice, FieldKind::choices,
                          FieldKind::address, FieldKind::person, FieldKind::phone, FieldKind::id_number}) {
    auto const one = field("x", kind);
    EXPECT_EQ(shown(one, Json(), true), "") << to_string(kind);
    for (auto const& value :
         {Json::object(), Json::array(), Json(true), Json{{"names", 1}, {"codes", {}}}, Json{{"names", {1}}}}) {
      (void)shown(one, value, false);
    }
  }
}

}  // namespace
}  // namespace yizhan::forms
