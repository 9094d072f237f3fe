#include "tests/ui/gallery/gallery_pages.h"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "kiosk/ui/widgets.h"

namespace yizhan::gallery {

using namespace ui;

std::string_view say(Ui const& ui, std::string_view chinese, std::string_view english) {
  return ui.language() == Language::en ? english : chinese;
}

namespace {

void home(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.home",
                        .title = say(ui, "您好，请问今天办什么？", "Hello. What would you like to do today?"),
                        .lead = say(ui, "点一下卡片即可开始", "Touch a card to begin")};
  screen(ui, spec, [&] {
    std::array const facts{
        Stat{"gallery.home.waiting", "12", say(ui, "正在等候（人）", "people waiting")},
        Stat{"gallery.home.wait", "8–15", say(ui, "预计等候（分钟）", "minutes' wait"), "schedule"},
        Stat{"gallery.home.open", "6", say(ui, "开放窗口", "counters open"), "storefront", Tone::good}};
    stats(ui, facts);
    std::array const cards{CardSpec{.key = "gallery.home.take_ticket",
                                    .icon = "confirmation_number",
                                    .name = say(ui, "取号排队", "Take a number"),
                                    .line = say(ui, "刷身份证或选事项，取号等叫", "With your ID card or by service"),
                                    .prominent = true},
                           CardSpec{.key = "gallery.home.appointment",
                                    .icon = "qr_code_scanner",
                                    .name = say(ui, "预约签到", "Check in"),
                                    .line = say(ui, "扫手机上的预约码", "Scan the code on your phone")},
                           CardSpec{.key = "gallery.home.my_ticket",
                                    .icon = "search",
                                    .name = say(ui, "查我的号", "My number"),
                                    .line = say(ui, "看前面还有几位", "How many are before me"),
                                    .note = say(ui, "约 12 分钟", "about 12 min")},
                           CardSpec{.key = "gallery.home.papers",
                                    .icon = "description",
                                    .name = say(ui, "要带什么", "What to bring"),
                                    .line = say(ui, "查办事需要的材料", "Papers for each service")},
                           CardSpec{.key = "gallery.home.chosen",
                                    .icon = "volunteer_activism",
                                    .name = say(ui, "帮办代办", "Assistance"),
                                    .line = say(ui, "请人陪着办、替您办", "Someone helps you or goes for you"),
                                    .selected = true},
                           CardSpec{.key = "gallery.home.closed",
                                    .icon = "rate_review",
                                    .name = say(ui, "评价", "Feedback"),
                                    .line = say(ui, "今天暂停使用", "Not available today"),
                                    .enabled = false}};
    if (card_grid(ui, ui.metrics().portrait() ? 2 : 3, cards)) ++state.taps;
    at_bottom(ui, [&] {
      std::array<Bar, 9> bars{};
      std::array<std::string, 9> hours;
      for (std::size_t i = 0; i < bars.size(); ++i) {
        hours[i] = std::to_string(9 + i);
        bars[i] = {hours[i],
                   3.0F + 14.0F * std::sin(static_cast<float>(i) * 0.7F) * std::sin(static_cast<float>(i) * 0.7F),
                   i == 4};
      }
      panel(ui, {}, [&] {
        text(ui, "gallery.home.chart_title", say(ui, "今天各时段等候人数", "People waiting, by hour"),
             {.role = TextRole::strong});
        bar_chart(ui, "gallery.home.chart", say(ui, "13 时最多，有 11 人", "Most at 13:00: 11 people"), bars);
      });
    });
  });
}

void ticket(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.ticket",
                        .title = say(ui, "取号成功", "Here is your number"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "完成", "Done"),
                        .primary_icon = "check",
                        .step = 4,
                        .steps = 4,
                        .seconds_left = 18,
                        .seconds_total = 30};
  auto const events = screen(ui, spec, [&] {
    number_panel(ui, "gallery.ticket.number", "A012",
                 {.caption = say(ui, "您的号码", "Your number"),
                  .below = say(ui, "社会保障卡补领 · 前面还有 3 位", "Social security card · 3 before you")});
    banner(ui, "gallery.ticket.taken",
           {.tone = Tone::warning,
            .title = say(ui, "请取走您的身份证", "Please take your ID card"),
            .text = say(ui, "号票正在打印，请在下方取票口取票。", "Your ticket is being printed below.")});
    panel(ui, {}, [&] {
      masked_value(ui, "gallery.ticket.name", say(ui, "姓名", "Name"), "张*", "张三");
      divider(ui);
      masked_value(ui, "gallery.ticket.id", say(ui, "证件号码", "ID number"), "420106********0016",
                   "420106199003070016");
      divider(ui);
      key_value(ui, "gallery.ticket.wait", say(ui, "预计等候", "Expected wait"), say(ui, "8–15 分钟", "8–15 minutes"));
    });
    progress(ui, "gallery.ticket.print", say(ui, "正在打印号票…", "Printing your ticket…"), 0.6F);
  });
  if (events.primary) ++state.taps;
}

void phone(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.phone",
                        .title = say(ui, "请输入手机号", "Enter your mobile number"),
                        .lead = say(ui, "叫号前会发短信提醒您", "We send a message before it is your turn"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next"),
                        .primary_enabled = state.phone.length() == 11,
                        .step = 2,
                        .steps = 4};
  ui.focus_on_entry("gallery.phone.field");
  screen(ui, spec, [&] {
    centred(ui, 300, [&] {
      text_field(ui, "gallery.phone.field", state.phone,
                 {.label = say(ui, "手机号", "Mobile number"),
                  .hint = say(ui, "11 位数字", "11 digits"),
                  .error = say(ui, "号码少一位，请再看看", "One digit is missing"),
                  .icon = "smartphone",
                  .max_length = 11,
                  .digits_only = true,
                  .group = 4});
      if (keyboard(ui, "gallery.phone.keys", state.phone, KeyboardLayout::digits, 11) == FieldEvent::changed)
        ++state.taps;
      pin_field(ui, "gallery.phone.pin", state.pin, say(ui, "密码", "PIN"), 6);
    });
  });
}

void id_number(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.id",
                        .title = say(ui, "请输入身份证号码", "Enter the ID number"),
                        .back = say(ui, "返回", "Back"),
                        .primary = say(ui, "下一步", "Next"),
                        .secondary = say(ui, "没有带证", "No card with me"),
                        .step = 2,
                        .steps = 4};
  screen(ui, spec, [&] {
    text_field(ui, "gallery.id.field", state.id_number,
               {.label = say(ui, "证件号码", "ID number"), .max_length = 18, .upper_case = true, .group = 6});
    centred(ui, 260, [&] {
      keyboard(ui, "gallery.id.keys", state.id_number, KeyboardLayout::id_number, 18, say(ui, "完成", "Done"));
    });
  });
}

void search(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.search",
                        .title = say(ui, "选择要办的事", "Choose a service"),
                        .back = say(ui, "返回", "Back"),
                        .step = 2,
                        .steps = 4};
  screen(ui, spec, [&] {
    text_field(ui, "gallery.search.field", state.search,
               {.hint = say(ui, "输入拼音首字母，例如 sbk", "Type the first letters"), .icon = "search"});
    row(ui, Align::left, [&] {
      std::array const names{say(ui, "全部", "All"), say(ui, "社保医保", "Insurance"), say(ui, "户籍", "Registration"),
                             say(ui, "婚育", "Family"), say(ui, "退役军人", "Veterans")};
      for (std::size_t i = 0; i < names.size(); ++i)
        if (chip(ui, "gallery.search.filter." + std::to_string(i), names[i], static_cast<int>(i) == state.filter))
          state.filter = static_cast<int>(i);
    });
    scroll(ui, "gallery.search.list", ui.metrics().portrait() ? 230 : 90, [&] {
      for (int i = 0; i < 9; ++i) {
        std::string const key = "gallery.search.item." + std::to_string(i);
        RowSpec item{.title = say(ui, "社会保障卡申领、补领与挂失", "Social security card: new, lost, replaced"),
                     .line = say(ui, "身份证、一寸照片 1 张", "ID card, one photograph"),
                     .trailing = say(ui, "等 8 人", "8 waiting"),
                     .icon = "credit_card"};
        if (i == 1) item.selected = true;
        if (i == 2) item.enabled = false;
        if (list_row(ui, key, item)) ++state.taps;
      }
    });
    keyboard(ui, "gallery.search.keys", state.search, KeyboardLayout::latin);
  });
}

std::vector<std::uint8_t> camera_picture(int width, int height) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      pixels[static_cast<std::size_t>(y * width + x)] =
          static_cast<std::uint8_t>((x / 16 + y / 16) % 2 == 0 ? 90 + x * 120 / width : 40 + y * 90 / height);
  return pixels;
}

void progress_page(Ui& ui, State&) {
  ScreenSpec const spec{.key = "gallery.progress",
                        .title = say(ui, "请把身份证放在读卡区", "Place your ID card on the reader"),
                        .lead = say(ui, "也可以把预约码对准摄像头", "Or hold your code in front of the camera"),
                        .back = say(ui, "返回", "Back"),
                        .step = 1,
                        .steps = 4};
  screen(ui, spec, [&] {
    grid(ui, 2, 2, [&](std::size_t column) {
      if (column == 0) {
        static std::vector<std::uint8_t> const pixels = camera_picture(320, 240);
        static constexpr std::array<Point, 4> found{{{0.3F, 0.2F}, {0.62F, 0.25F}, {0.6F, 0.7F}, {0.28F, 0.66F}}};
        image(ui, "gallery.progress.camera", say(ui, "摄像头画面", "Camera picture"),
              {.width = 320, .height = 240, .pixels = pixels, .revision = 1}, {.mirrored = true, .outline = found});
        countdown(ui, "gallery.progress.count", say(ui, "还剩 24 秒", "24 seconds left"), 24, 30);
        return;
      }
      panel(ui, {.fill_height = true}, [&] {
        std::array const steps{Step{say(ui, "读取证件", "Reading the card"), Step::State::done},
                               Step{say(ui, "核对有效期", "Checking its validity"), Step::State::now},
                               Step{say(ui, "查找预约", "Looking for appointments"), Step::State::later},
                               Step{say(ui, "打印", "Printing"), Step::State::failed}};
        step_list(ui, "gallery.progress.steps", steps);
        space(ui, 4);
        progress(ui, "gallery.progress.now", say(ui, "正在核对有效期，大约 2 秒", "Checking, about 2 seconds"), -1);
      });
    });
    for (Tone const tone : {Tone::info, Tone::good, Tone::error})
      banner(ui, "gallery.progress.banner." + std::to_string(static_cast<int>(tone)),
             {.tone = tone,
              .title =
                  tone == Tone::error ? say(ui, "此证件无法核验", "This card cannot be verified") : std::string_view(),
              .text = say(ui, "请到人工窗口，或换一张证件再试。", "Please go to a counter or try another card."),
              .action = tone == Tone::error ? say(ui, "再试一次", "Try again") : std::string_view()});
  });
}

void type_page(Ui& ui, State& state) {
  ScreenSpec const spec{.key = "gallery.type", .title = say(ui, "文字与按钮", "Type and buttons")};
  screen(ui, spec, [&] {
    heading(ui, "gallery.type.rare", "䶮 𬭎 𠮷 𰻞 𬱖 㛃 𠀁 𪛖 𪜂");
    constexpr std::string_view k_rare =
        "根据《GB 18030-2022》，姓名用字共收录八万多个汉字，如“䶮”“𬭎”“𠮷”。";
    constexpr std::string_view k_papers = "请携带：身份证、户口簿（原件）、一寸照片2张。";
    text(ui, "gallery.type.body",
         std::string(k_rare) + std::string(k_papers) + "The quick brown fox jumps over the lazy dog.");
    text(ui, "gallery.type.caption", say(ui, "说明文字：工作时间 9:00–17:00，周末轮班。", "Caption: open 9:00–17:00."),
         {.role = TextRole::caption, .soft = true});
    row(ui, Align::left, [&] {
      if (button(ui, "gallery.type.primary",
                 {.label = say(ui, "确认办理", "Confirm"), .icon = "check", .kind = ButtonKind::primary}))
        ++state.taps;
      button(ui, "gallery.type.secondary", {.label = say(ui, "重新填写", "Start over"), .icon = "refresh"});
      button(ui, "gallery.type.quiet", {.label = say(ui, "跳过", "Skip"), .kind = ButtonKind::quiet});
      button(ui, "gallery.type.danger", {.label = say(ui, "取消号票", "Cancel ticket"), .kind = ButtonKind::danger});
      button(ui, "gallery.type.off", {.label = say(ui, "暂不可用", "Unavailable"), .enabled = false});
      icon_button(ui, "gallery.type.replay", "volume_up", say(ui, "再听一遍", "Play again"));
    });
    button(ui, "gallery.type.large",
           {.label = say(ui, "我已取走身份证，继续", "I have my card, continue"),
            .icon = "arrow_forward",
            .kind = ButtonKind::primary,
            .icon_last = true,
            .large = true});
    columns(ui, {1.0F, 2.0F}, [&](std::size_t column) {
      panel(ui, {.brand = column == 0, .fill_height = false}, [&] {
        std::string const key = "gallery.type.panel." + std::to_string(column);
        heading(ui, key + ".title",
                column == 0 ? say(ui, "绿色通道", "Priority") : say(ui, "要带的材料", "What to bring"));
        text(ui, key + ".text",
             say(ui, "70 岁以上老人、孕妇、残疾人和现役军人优先办理。",
                 "For people over 70, pregnant women, disabled people and soldiers."));
      });
    });
    icon(ui, "gallery.type.icon", "elderly", say(ui, "长辈版", "Elder mode"), Tone::good);
    shortcut(ui, "gallery.type.shortcut", Key::f9, say(ui, "刷新", "Refresh"));
  });
  if (state.overlay && idle_warning(ui, "gallery.idle", 17, 20)) state.overlay = false;
}

void idle(Ui& ui, State& state) {
  state.overlay = true;
  type_page(ui, state);
}

void desk_page(Ui& ui, State& state) {
  std::array const actions{
      DeskAction{"gallery.desk.call", say(ui, "叫号", "Call"), "campaign", Key::f1, true, true, false},
      DeskAction{"gallery.desk.recall", say(ui, "重呼", "Recall"), "replay", Key::f2},
      DeskAction{"gallery.desk.no_show", say(ui, "过号", "No-show"), "person_off", Key::f3},
      DeskAction{"gallery.desk.hold", say(ui, "挂起", "Hold"), "pause", Key::f4},
      DeskAction{"gallery.desk.transfer", say(ui, "转窗口", "Transfer"), "swap_horiz", Key::f5, false},
      DeskAction{"gallery.desk.finish", say(ui, "办结", "Finish"), "task_alt", Key::f6}};
  DeskSpec const spec{.key = "gallery.desk",
                      .title = say(ui, "综合窗口 3", "Counter 3"),
                      .who = say(ui, "王敏", "Wang Min"),
                      .status = say(ui, "已连接", "Connected"),
                      .actions = actions};
  auto const chosen = desk(ui, spec, [&] {
    columns(ui, {1.0F, 1.35F}, [&](std::size_t column) {
      if (column == 0) {
        number_panel(
            ui, "gallery.desk.now", "A012",
            {.caption = say(ui, "正在办理", "Serving"), .below = say(ui, "社会保障卡补领", "Social security card")});
        panel(ui, {.fill_height = true}, [&] {
          key_value(ui, "gallery.desk.holder", say(ui, "姓名", "Name"), "张*");
          divider(ui);
          key_value(ui, "gallery.desk.since", say(ui, "已等候", "Waited"), say(ui, "11 分钟", "11 minutes"));
          divider(ui);
          std::array const steps{Step{say(ui, "09:02 取号", "09:02 ticket"), Step::State::done},
                                 Step{say(ui, "09:13 叫号", "09:13 called"), Step::State::done},
                                 Step{say(ui, "09:14 开始办理", "09:14 started"), Step::State::now}};
          step_list(ui, "gallery.desk.timeline", steps);
        });
        return;
      }
      panel(ui, {.fill_height = true}, [&] {
        heading(ui, "gallery.desk.waiting", say(ui, "等候 14 人", "14 waiting"));
        std::array const columns_of{TableColumn{say(ui, "号码", "Number"), 1},
                                    TableColumn{say(ui, "事项", "Service"), 3},
                                    TableColumn{say(ui, "等候", "Wait"), 1, Align::right}};
        static constexpr std::array<std::array<std::string_view, 3>, 5> k_cells{{{"A013", "居住证办理", "10:21"},
                                                                                 {"A014", "生育登记", "08:02"},
                                                                                 {"B003", "优待证申领", "07:40"},
                                                                                 {"A015", "医保参保登记", "03:12"},
                                                                                 {"A016", "社会保障卡补领", "00:35"}}};
        static constexpr std::array<std::string_view, 5> k_keys{"gallery.desk.row.A013", "gallery.desk.row.A014",
                                                                "gallery.desk.row.B003", "gallery.desk.row.A015",
                                                                "gallery.desk.row.A016"};
        std::vector<TableRow> rows;
        for (std::size_t i = 0; i < k_cells.size(); ++i)
          rows.push_back({k_keys[i], k_cells[i], i == 0 ? Tone::warning : Tone::neutral, i == 1});
        if (table(ui, "gallery.desk.table", columns_of, rows)) ++state.taps;
        table(ui, "gallery.desk.empty", columns_of, {}, say(ui, "没有挂起的号", "Nothing on hold"));
        banner(
            ui, "gallery.desk.undo",
            {.tone = Tone::good, .text = say(ui, "A011 已办结", "A011 finished"), .action = say(ui, "撤销", "Undo")});
      });
    });
  });
  if (chosen) ++state.taps;
}

void board_page(Ui& ui, State&) {
  board(ui, "gallery.board", say(ui, "请按号就座", "Please wait for your number"), [&] {
    columns(ui, {1.5F, 1.0F}, [&](std::size_t column) {
      if (column == 0) {
        number_panel(ui, "gallery.board.now", "A012",
                     {.caption = say(ui, "请到", "Now serving"),
                      .below = say(ui, "3 号窗口", "Counter 3"),
                      .fill_height = true});
        return;
      }
      for (int i = 0; i < 4; ++i) {
        static constexpr std::array<std::string_view, 4> k_numbers{"B007", "A011", "C002", "A010"};
        static constexpr std::array<std::string_view, 4> k_counters{"1", "2", "5", "4"};
        auto const index = static_cast<std::size_t>(i);
        list_row(ui, "gallery.board.row." + std::to_string(i),
                 {.title = k_numbers[index], .trailing = k_counters[index], .chevron = false, .interactive = false});
      }
    });
  });
}

void technician(Ui& ui, State&) {
  ScreenSpec const spec{.key = "gallery.technician",
                        .title = say(ui, "设备状态", "Readiness"),
                        .back = say(ui, "退出", "Leave"),
                        .help = false};
  screen(ui, spec, [&] {
    for (int i = 0; i < 6; ++i) {
      static constexpr std::array<std::string_view, 6> k_icons{"badge",   "print",    "photo_camera",
                                                               "storage", "schedule", "cloud_done"};
      static constexpr std::array<Tone, 6> k_tones{Tone::good, Tone::error,   Tone::good,
                                                   Tone::good, Tone::warning, Tone::good};
      auto const index = static_cast<std::size_t>(i);
      list_row(ui, "gallery.technician.row." + std::to_string(i),
               {.title = say(ui, "热敏打印机 /dev/usb/lp0", "Ticket printer /dev/usb/lp0"),
                .line = say(ui, "缺纸：打开上盖，装入 80 mm 纸卷", "No paper: open the cover, insert an 80 mm roll"),
                .trailing = say(ui, "测试", "Test"),
                .icon = k_icons[index],
                .tone = k_tones[index]});
    }
  });
}

constexpr Page k_pages[] = {
    {"home", Scale::kiosk, home},
    {"ticket", Scale::kiosk, ticket},
    {"phone", Scale::kiosk, phone},
    {"id", Scale::kiosk, id_number},
    {"search", Scale::kiosk, search},
    {"progress", Scale::kiosk, progress_page},
    {"type", Scale::kiosk, type_page},
    {"idle", Scale::kiosk, idle},
    {"desk", Scale::counter, desk_page},
    {"board", Scale::display, board_page},
    {"technician", Scale::technician, technician},
    {"choices", Scale::kiosk, choices},
    {"dates", Scale::kiosk, dates},
    {"writing", Scale::kiosk, writing},
    {"address", Scale::kiosk, address},
    {"signature", Scale::kiosk, signature},
    {"viewer", Scale::kiosk, viewer},
    {"camera", Scale::kiosk, camera},
    {"rating", Scale::kiosk, rating},
    {"way", Scale::kiosk, way},
};

}  // namespace

std::span<Page const> pages() { return k_pages; }

}  // namespace yizhan::gallery
