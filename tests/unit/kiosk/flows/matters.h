#pragma once
/// A catalogue as small as the journeys need it: everything that can happen to a matter happens to one of these.
#include <memory>

#include "shared/domain/catalog/catalog.h"
#include "shared/domain/rules/json_logic.h"

namespace yizhan::flows {

inline catalog::Condition rule(std::string_view text) {
  return std::make_shared<rules::Rule const>(rules::Rule::parse_text(text).value());
}

inline catalog::Material paper(std::string id, catalog::Necessity necessity = catalog::Necessity::required) {
  catalog::Material made;
  made.id = id;
  made.name = {id, id};
  made.necessity = necessity;
  made.required = necessity != catalog::Necessity::optional;
  return made;
}

inline forms::Field field(std::string id, forms::FieldKind kind, bool required = true) {
  forms::Field made;
  made.id = id;
  made.kind = kind;
  made.label = {id, id};
  made.required = required;
  return made;
}

inline catalog::ServiceItem item(std::string code, std::string group, char queue,
                                 std::vector<catalog::Channel> channels = {}) {
  catalog::ServiceItem made;
  made.name = {code, code};
  made.code = std::move(code);
  made.group = std::move(group);
  made.queue = queue;
  for (auto const channel : channels) made.places.push_back({channel, {"那里", "there"}, {}, "", ""});
  return made;
}

/// Two questions, three ways out, a form of two sections (three where the card is broken), four papers, a signature.
inline catalog::ServiceItem replace_item() {
  using catalog::Channel;
  auto made = item("replace", "social", 'A', {Channel::kiosk, Channel::counter, Channel::community});
  made.form = "replace";
  made.life_events = {"lost"};
  made.audiences = {"elders"};
  made.questions = {
      {"who", {"谁来办", "Who"}, {}, nullptr, {{"self", {"本人", "I"}, {}, ""}, {"agent", {"代办", "Other"}, {}, ""}}},
      {"how",
       {"怎么了", "How"},
       {},
       rule(R"({"==":[{"var":"answers.who"},"self"]})"),
       {{"lost", {"丢了", "Lost"}, {}, ""}, {"broken", {"坏了", "Broken"}, {}, ""}}},
  };
  catalog::Outcome agent;
  agent.when = rule(R"({"==":[{"var":"answers.who"},"agent"]})");
  agent.eligible = false;
  agent.reason = {"须本人办理", "In person only"};
  agent.instead = {"请本人来", "Come yourself"};
  agent.service = "join";
  catalog::Outcome far;
  far.when = rule(R"({"and":[{"var":"person.area"},{"!=":[{"substr":[{"var":"person.area"},0,4]},"4201"]}]})");
  far.channels = {Channel::community};
  far.reason = {"户口不在本市", "Registered elsewhere"};
  made.outcomes = {agent, far};
  auto card = paper("id_card");
  card.from_card = true;
  auto photo = paper("photo");
  photo.pages = 2;
  auto proof = paper("proof", catalog::Necessity::tolerated);
  proof.tolerate_days = 10;
  made.materials = {card, photo, proof, paper("hukou", catalog::Necessity::optional)};
  return made;
}

inline forms::Form replace_form() {
  using forms::FieldKind;
  auto name = field("name", FieldKind::text);
  name.prefill = forms::Prefill::name;
  name.locked = true;
  auto number = field("number", FieldKind::id_number);
  number.prefill = forms::Prefill::number;
  number.locked = true;
  auto way = field("way", FieldKind::choice);
  way.options = {{"pick", {"自取", "Pick up"}, nullptr}, {"mail", {"邮寄", "Mail"}, nullptr}};
  auto address = field("address", FieldKind::text);
  address.visible = rule(R"({"==":[{"var":"fields.way"},"mail"]})");
  forms::Section broken{"broken", {"损坏", "Damage"}, {}, rule(R"({"==":[{"var":"answers.how"},"broken"]})"), {}};
  broken.fields = {field("damage", FieldKind::text)};
  return {"replace",
          {"申领表", "Application"},
          {{"applicant", {"申请人", "Applicant"}, {}, nullptr, {name, number, field("phone", FieldKind::phone)}},
           broken,
           {"delivery", {"领取", "Delivery"}, {}, nullptr, {way, address}}}};
}

/// Five parts, one of them only where it is wanted; one form, one proof for all.
inline void add_newborn(catalog::Catalog& catalog) {
  using catalog::Channel;
  catalog::Bundle bundle;
  bundle.code = "newborn";
  bundle.name = {"新生儿出生", "Newborn"};
  bundle.life_events = {"birth"};
  bundle.places = {{Channel::kiosk, {"本机", "Here"}, {}, "", ""}};
  bundle.questions = {{"allowance",
                       {"要申领补贴吗", "Allowance"},
                       {},
                       nullptr,
                       {{"yes", {"要", "Yes"}, {}, ""}, {"no", {"不要", "No"}, {}, ""}}}};
  bundle.form = "newborn";
  std::string before;
  for (std::string const code : {"birth", "household", "medical", "vaccine", "allowance"}) {
    auto made = item("newborn_" + code, "social", 'A', {Channel::kiosk});
    made.materials = {paper("birth_proof")};
    if (code == "allowance") made.materials.push_back(paper("bank_card"));
    catalog.items.push_back(std::move(made));
    catalog::BundlePart part;
    part.item = "newborn_" + code;
    if (code == "allowance") part.when = rule(R"({"==":[{"var":"answers.allowance"},"yes"]})");
    if (code == "household" || code == "medical") part.after = {before};
    before = part.item;
    bundle.parts.push_back(std::move(part));
  }
  catalog.bundles.push_back(std::move(bundle));
  catalog.forms.push_back({"newborn",
                           {"一表申请", "One form"},
                           {{"child", {"孩子", "Child"}, {}, nullptr, {field("child", forms::FieldKind::text)}}}});
}

inline std::shared_ptr<catalog::Catalog const> small_catalog() {
  using catalog::Channel;
  auto catalog = std::make_shared<catalog::Catalog>();
  catalog->version = 7;
  catalog->groups = {{"social", {"社保医保", "Social"}, {}, "shield"}, {"aid", {"救助", "Aid"}, {}, "help"}};
  catalog->audiences = {{"elders", {"老人", "Elders"}, {}, "elderly"}};
  catalog->life_events = {{"lost", {"丢了东西", "Lost"}, {}, "search"}, {"birth", {"生孩子", "Birth"}, {}, "child"}};
  catalog->items = {item("card", "social", 'A'),
                    item("join", "social", 'A'),
                    item("emergency", "aid", 'B'),
                    replace_item(),
                    item("hotline", "aid", 'B', {Channel::phone}),
                    item("instant", "aid", 'B', {Channel::kiosk, Channel::counter})};
  catalog->items.back().form = "instant";
  catalog->items.back().signature = false;
  catalog->items[1].questions = {{"newborn",
                                  {"是新生儿吗", "Newborn"},
                                  {},
                                  nullptr,
                                  {{"yes", {"是", "Yes"}, {}, ""}, {"no", {"不是", "No"}, {}, ""}}}};
  catalog->materials = {paper("photo"), paper("proof"), paper("hukou"), paper("birth_proof"), paper("bank_card")};
  catalog->forms = {replace_form(),
                    {"instant",
                     {"申请", "Request"},
                     {{"only", {"内容", "What"}, {}, nullptr, {field("what", forms::FieldKind::text, false)}}}}};
  add_newborn(*catalog);
  return catalog;
}

}  // namespace yizhan::flows
