// The gallery's pages of widgets to fill in a form with.
#include <array>
#include <string>

#include "kiosk/ui/widgets_form.h"
#include "tests/ui/gallery/gallery_pages.h"

namespace yizhan::gallery {

using namespace ui;

void choices(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.choices",
                        .title = say(ui, "为什么要补办?", "Why do you need a new one?"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next")};
  screen(ui, spec, [&] {
    std::array const wrong{
        ErrorEntry{"gallery.choices.wrong.0", say(ui, "姓名：还没有填写", "Name: not filled in yet")},
        ErrorEntry{"gallery.choices.wrong.1",
                   say(ui, "出生日期：不能晚于今天", "Date of birth: it cannot be after today")}};
    if (auto const used = error_summary(ui, "gallery.choices.wrong",
                                        say(ui, "有 2 处需要修改", "2 answers need a correction"), wrong))
      state.field_used = *used;
    std::array const reasons{
        ChoiceSpec{"gallery.choices.reason.lost", say(ui, "卡丢了", "It was lost"), {}, state.radio == 0},
        ChoiceSpec{"gallery.choices.reason.broken", say(ui, "卡坏了", "It is broken"),
                   say(ui, "请带上旧卡，当场收回", "Please bring the old one; we keep it"), state.radio == 1},
        ChoiceSpec{"gallery.choices.reason.old", say(ui, "到期了", "It has expired"), {}, state.radio == 2}};
    if (auto const used = choice_list(ui, "gallery.choices.reason",
                                      {.label = say(ui, "补办原因", "Reason"),
                                       .hint = say(ui, "选一项", "Choose one"),
                                       .error = say(ui, "请选一项", "Please choose one")},
                                      reasons))
      state.radio = *used;
    std::array<std::string, 8> keys;
    std::array<ChoiceSpec, 8> boxes;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      keys[i] = "gallery.choices.box." + std::to_string(i);
      boxes[i] = {.key = keys[i], .text = say(ui, "短信通知", "A text message"), .selected = state.boxes[i]};
    }
    boxes[3].enabled = false;
    if (auto const used =
            choice_list(ui, "gallery.choices.box",
                        {.label = say(ui, "怎样通知您", "How shall we tell you"), .several = true, .across = 2}, boxes))
      state.boxes[*used] = !state.boxes[*used];
    if (chosen_field(ui, "gallery.choices.nation",
                     {.label = say(ui, "民族", "Ethnic group"), .value = say(ui, "土家族", "Tujia")}))
      ++state.taps;
    chosen_field(ui, "gallery.choices.empty",
                 {.label = say(ui, "与您的关系", "Who is it to you"),
                  .hint = say(ui, "点这里选", "Touch to choose"),
                  .open = true});
  });
}

void dates(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.dates",
                        .title = say(ui, "哪一天?", "Which day?"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next")};
  screen(ui, spec, [&] {
    bool const upright = ui.metrics().portrait();
    auto const fields = [&] {
      date_field(ui, "gallery.dates.birth", state.birth,
                 {.label = say(ui, "出生日期", "Date of birth"), .hint = say(ui, "年月日", "year, month, day")});
      date_field(ui, "gallery.dates.day", state.day,
                 {.label = say(ui, "来取证的日子", "Day to collect it"),
                  .error = say(ui, "请选一个工作日", "Please choose a working day")});
    };
    auto const month = [&] {
      calendar(ui, "gallery.dates.month", state.day,
               {.today = "2026-11-24",
                .earliest = "2026-11-24",
                .latest = "2027-01-15",
                .is_workday = [](std::string_view date) { return date != "2026-11-28" && date != "2026-11-29"; },
                .workdays_only = true});
    };
    if (upright) {
      fields();
      month();
    } else {
      columns(ui, {1, 1}, [&](std::size_t column) { column == 0 ? fields() : month(); });
    }
  });
}

void writing(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.writing",
                        .title = say(ui, "请说明情况", "Please explain"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next")};
  screen(ui, spec, [&] {
    text_area(ui, "gallery.writing.reason", state.reason,
              {.label = say(ui, "情况说明", "Explanation"), .hint = say(ui, "几句话就行", "A few words will do")});
    keyboard(ui, "gallery.writing.keys", state.reason, KeyboardLayout::latin, 120);
    if (!ui.metrics().portrait()) return;
    text_field(ui, "gallery.writing.amount", state.amount,
               {.label = say(ui, "金额（元）", "Amount (yuan)"), .max_length = 9});
    centred(ui, 200, [&] { keyboard(ui, "gallery.writing.numbers", state.amount, KeyboardLayout::number, 9); });
  });
}

void address(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.address",
                        .title = say(ui, "您住在哪里?", "Where do you live?"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next")};
  static std::array const path{Division{"42", "湖北省"}, Division{"4201", "武汉市"}, Division{"420106", "武昌区"}};
  std::array<Division, 9> children;
  for (std::size_t i = 0; i < children.size(); ++i)
    children[i] = {"42010600" + std::to_string(i), i % 2 == 0 ? "水果湖街道" : "中南路街道"};
  screen(ui, spec, [&] {
    auto const use = address_picker(ui, "gallery.address.picker",
                                    {.question = say(ui, "哪个街道?", "Which subdistrict?"),
                                     .path = std::span(path).first(state.way),
                                     .children = children});
    if (use.keep) state.way = *use.keep;
    if (use.child) state.way = std::min(path.size(), state.way + 1);
  });
}

}  // namespace yizhan::gallery
