#pragma once
/// A catalogue with everything a page of a matter can show: long names, all kinds of fields, a bundle, a verdict of each
/// kind. Built on the journeys' own, so that their tests lead to every state.
#include "tests/unit/kiosk/flows/matters.h"

namespace yizhan::test {

inline forms::Field named(std::string id, forms::FieldKind kind, catalog::Text label, catalog::Text hint = {}) {
  auto made = flows::field(std::move(id), kind, false);
  made.label = std::move(label);
  made.hint = std::move(hint);
  return made;
}

/// One section with each kind of field.
inline forms::Form every_field() {
  using forms::FieldKind;
  auto name = named("holder", FieldKind::text, {"姓名", "Name"});
  name.prefill = forms::Prefill::name;
  name.locked = true;
  auto reason = named("reason", FieldKind::text, {"情况说明", "Explanation"}, {"几句话就行", "A few words will do"});
  reason.max_length = 120;
  auto income = named("income", FieldKind::number, {"月收入（元）", "Monthly income (yuan)"});
  income.minimum = 0;
  income.maximum = 100'000;
  auto birth = named("birth", FieldKind::date, {"孩子的出生日期", "The child's date of birth"});
  birth.latest = "today";
  birth.earliest = "today-18y";
  birth.required = true;
  auto day = named("day", FieldKind::date, {"哪天来取", "Day to collect it"});
  day.earliest = "today+1d";
  day.latest = "today+30d";
  day.workday = true;
  auto nation = named("nation", FieldKind::choice, {"民族", "Ethnic group"});
  for (auto const* word : {"han", "tujia", "miao", "hui", "man", "zhuang", "yi", "dong"})
    nation.options.push_back({word, {std::string("民族 ") + word, std::string("Group ") + word}, nullptr});
  auto notify = named("notify", FieldKind::choices, {"怎样通知您", "How shall we tell you"});
  notify.options = {{"sms", {"短信", "Text message"}, nullptr},
                    {"call", {"打电话", "A call"}, nullptr},
                    {"letter", {"寄一封纸质的信到家里", "A letter sent to my home address"}, nullptr}};
  auto note = named("note", FieldKind::note, {"请放心", "Rest assured"},
                    {"填的内容只用来办这件事。", "What you enter is used for this matter alone."});
  return {"every",
          {"申请表", "Form"},
          {{"texts",
            {"基本情况", "About you"},
            {"都可以改", "You can change it later"},
            nullptr,
            {name, note, named("phone", FieldKind::phone, {"手机号码", "Mobile number"}), reason, income,
             named("number", FieldKind::id_number, {"孩子的身份证号码", "The child's ID number"})}},
           {"choices", {"时间和方式", "When and how"}, {}, nullptr, {birth, day, nation, notify}},
           {"people",
            {"住址和家人", "Home and family"},
            {},
            nullptr,
            {named("home", FieldKind::address, {"现住址", "Where you live"}),
             named("spouse", FieldKind::person, {"配偶", "Husband or wife"})}}}};
}

inline std::shared_ptr<catalog::Catalog const> matter_catalog() {
  using catalog::Channel;
  auto made = std::make_shared<catalog::Catalog>(*flows::small_catalog());
  made->hall = "420106001001";
  struct Name {
    char const* code;
    char const* zh;
    char const* en;
    char const* icon;
  };
  static constexpr Name k_names[] = {
      {"card", "社会保障卡申领", "New social security card", "credit_card"},
      {"join", "城乡居民基本医疗保险参保登记", "Joining the residents' medical insurance", "health_and_safety"},
      {"emergency", "临时救助", "Emergency aid", "emergency"},
      {"replace", "社会保障卡补领、换领", "Replacing a social security card", "credit_card"},
      {"hotline", "失业保险金查询", "Unemployment benefit: questions", "phone_in_talk"},
      {"instant", "居住证签注", "Stamping a residence permit", "approval"},
      {"newborn_birth", "出生医学证明办理", "Certificate of birth", "child_care"},
      {"newborn_household", "出生户口登记", "Registration of birth in the household", "house"},
      {"newborn_medical", "城乡居民医保参保登记", "Medical insurance", "health_and_safety"},
      {"newborn_vaccine", "预防接种证办理", "Certificate of vaccination", "vaccines"},
      {"newborn_allowance", "生育补贴申领", "Childbirth allowance", "payments"}};
  for (auto& item : made->items) {
    for (auto const& name : k_names) {
      if (item.code == name.code) item.name = {name.zh, name.en}, item.icon = name.icon;
    }
    item.hint = {"丢了、坏了、到期了都可以办", "Lost, broken or expired"};
    item.promise = {5, calendar::TimeUnit::workday};
    item.legal = {20, calendar::TimeUnit::workday};
    item.department = {"社会事务办公室", "Office of social affairs"};
    item.result = {"新的社会保障卡", "A new card"};
    item.conditions = {{"本街道户籍或常住居民", "Residents of this subdistrict"}, {"年满 16 周岁", "16 or older"}};
    for (auto& place : item.places) {
      place.where = {"示范街道党群服务中心一楼", "Ground floor of the service centre"};
      place.hours = {"周一至周五 9:00–17:00", "Monday to Friday, 9:00–17:00"};
      if (place.channel == Channel::phone) place.phone = "027-12333";
    }
    for (auto& question : item.questions)
      for (auto& choice : question.choices) choice.icon = "help";
    struct Paper {
      char const* id;
      catalog::Text name;
      catalog::Text note;
    };
    static Paper const k_papers[] = {
        {"id_card", {"本人身份证", "Your ID card"}, {}},
        {"photo", {"白底一寸照片", "Photograph, one inch"}, {"近六个月拍的", "Taken within six months"}},
        {"proof", {"单位或社区开的证明", "Letter of the employer or community"}, {"盖章有效", "With a stamp"}},
        {"hukou", {"户口簿", "Household register"}, {"本人页", "Your own page"}},
        {"birth_proof", {"出生医学证明", "Certificate of birth"}, {}},
        {"bank_card", {"银行卡", "Bank card"}, {}}};
    for (auto* list : {&item.materials, &made->materials})
      for (auto& material : *list)
        for (auto const& paper : k_papers)
          if (material.id == paper.id) material.name = paper.name, material.note = paper.note;
  }
  for (auto& bundle : made->bundles) {
    bundle.name = {"新生儿出生一件事", "A child is born"};
    bundle.hint = {"户口、医保、接种、补贴一次办", "Household, insurance, vaccination, allowance at once"};
    bundle.icon = "child_friendly";
    for (auto& question : bundle.questions)
      for (auto& choice : question.choices) choice.icon = "help";
  }
  for (auto& event : made->life_events) event.icon = "family_restroom";
  for (auto& form : made->forms)
    for (auto& section : form.sections)
      for (auto& field : section.fields) {
        if (field.id == "name") field.label = {"姓名", "Name"};
        if (field.id == "number") field.label = {"身份证号码", "ID number"};
        if (field.id == "phone") field.label = {"手机号码", "Mobile number"};
        if (field.id == "way") field.label = {"怎么领", "How to receive it"};
        if (field.id == "address") field.label = {"寄到哪里", "Where to"};
      }
  auto every = flows::item("every", "social", 'A', {Channel::kiosk});
  every.name = {"困难家庭救助申请", "Aid for families in need"};
  every.icon = "volunteer_activism";
  every.form = "every";
  made->items.push_back(every);
  made->forms.push_back(every_field());
  return made;
}

}  // namespace yizhan::test
