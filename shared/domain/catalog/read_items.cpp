#include <algorithm>

#include "shared/domain/catalog/codes.h"
#include "shared/domain/catalog/read_guidance.h"

namespace yizhan::catalog {

namespace {

constexpr int k_most_pages = 50;
constexpr int k_longest_grace = 250;  // working days, about a year

void set_necessity(Material& material, std::int64_t necessity) {
  material.necessity = static_cast<Necessity>(necessity);
  material.required = material.necessity != Necessity::optional;
}

Material read_material(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Material material;
  material.id = object.key("id");
  material.name = object.text("name");
  material.original = object.boolean("original", false);
  material.note = object.text("note", Need::may);
  set_necessity(material, object.integer("necessity", 1, 3, 1));
  material.when = object.condition("when");
  material.type = object.code("type", codes::material_types);
  material.form = object.code("form", codes::material_forms);
  material.source = object.code("source", codes::material_sources);
  material.issuer = object.text("issuer", Need::may);
  material.standard = object.text("standard", Need::may);
  material.pages = static_cast<int>(object.integer("pages", 1, k_most_pages, 1));
  material.tolerate_days = static_cast<int>(object.integer("tolerate_days", 0, k_longest_grace, 0));
  material.from_card = object.boolean("from_card", false);
  return material;
}

/// A material of the common list: its id, or an object with its id and what is different here.
Material read_reference(Json const& json, std::string const& where, Draft& draft) {
  auto const common = [&](std::string const& id, std::string const& place) {
    auto const& all = draft.catalog.materials;
    auto const found = std::find_if(all.begin(), all.end(), [&](Material const& each) { return each.id == id; });
    if (found != all.end()) return *found;
    draft.report(place, "no such material");
    Material unknown;
    unknown.id = id;
    return unknown;
  };
  if (auto const* const id = json.get_ptr<std::string const*>()) return common(*id, where);
  Object object(json, where, draft);
  auto const id = object.key("id");
  auto material = id.empty() ? Material{} : common(id, where + "/id");
  if (auto condition = object.condition("when")) material.when = std::move(condition);
  set_necessity(material, object.integer("necessity", 1, 3, static_cast<int>(material.necessity)));
  material.original = object.boolean("original", material.original);
  if (auto note = object.text("note", Need::may); !note.empty()) material.note = std::move(note);
  material.pages = static_cast<int>(object.integer("pages", 1, k_most_pages, material.pages));
  material.tolerate_days =
      static_cast<int>(object.integer("tolerate_days", 0, k_longest_grace, material.tolerate_days));
  return material;
}

Period read_period(Object& object, std::string const& name) {
  Period period;
  object.object(name, Need::must, [&](Object& below) {
    period.count = static_cast<int>(below.integer("count", 0, calendar::k_longest_period));
    // The enumeration begins with 1.
    auto const unit = below.one_of<int>("unit", codes::units);
    period.unit = static_cast<calendar::TimeUnit>(unit + 1);
  });
  return period;
}

Power read_power(Object& object) {
  Power power;
  object.object("power", Need::must, [&](Object& below) {
    power.source = below.code("source", codes::power_sources);
    power.batch = below.string("batch", Need::may);
    power.from = below.day("from");
    power.until = below.day("until");
  });
  return power;
}

/// The members of the implementation list.
void read_implementation(Object& object, ServiceItem& item, Draft& draft) {
  item.official_name = object.text("official_name");
  item.basic_code = object.string("basic_code");
  item.task_code = object.string("task_code");
  item.handle_code = object.string("handle_code", Need::may);
  item.type = object.code("type", codes::item_types);
  item.level = object.code("level", codes::levels);
  item.instant = object.boolean("instant", false);
  item.legal = read_period(object, "legal");
  item.promise = read_period(object, "promise");
  item.department = object.text("department");
  item.department_code = object.string("department_code");
  object.each("conditions", Need::may, [&](Json const& each, std::string const& below) {
    Object text(each, below, draft);
    Text condition{text.string("zh"), text.string("en")};
    item.conditions.push_back(std::move(condition));
  });
  item.basis = object.text("basis");
  item.visits = static_cast<int>(object.integer("visits", 0, 10, 1));
  item.charged = object.boolean("charged", false);
  item.fee = object.text("fee", Need::may);
  item.range = object.code("range", codes::ranges);
  item.result = object.text("result");
  item.express = object.boolean("express", false);
  item.supervise_phone = object.string("supervise_phone");
  item.power = read_power(object);
}

ServiceItem read_item(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  ServiceItem item;
  item.code = object.key("code");
  item.group = object.key("group");
  item.name = object.text("name");
  item.hint = object.text("hint");
  item.icon = object.key("icon");
  item.queue = object.letter("queue");
  object.each("materials", Need::may, [&](Json const& each, std::string const& below) {
    item.materials.push_back(read_reference(each, below, draft));
  });
  item.keywords = read_keywords(object, draft);
  read_implementation(object, item, draft);
  item.audiences = object.keys("audiences");
  item.life_events = object.keys("life_events");
  item.places = read_places(object, draft);
  item.questions = read_questions(object, draft);
  item.outcomes = read_outcomes(object, draft);
  item.form = object.key("form", Need::may);
  item.signature = object.boolean("signature", true);
  return item;
}

BundlePart read_part(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  BundlePart part;
  part.item = object.key("item");
  part.when = object.condition("when");
  part.after = object.keys("after");
  return part;
}

Bundle read_bundle(Json const& json, std::string const& where, Draft& draft) {
  Object object(json, where, draft);
  Bundle bundle;
  bundle.code = object.key("code");
  bundle.name = object.text("name");
  bundle.hint = object.text("hint");
  bundle.icon = object.key("icon");
  bundle.queue = object.letter("queue");
  bundle.life_events = object.keys("life_events");
  bundle.audiences = object.keys("audiences");
  bundle.keywords = read_keywords(object, draft);
  bundle.places = read_places(object, draft);
  bundle.questions = read_questions(object, draft);
  bundle.outcomes = read_outcomes(object, draft);
  object.each("parts", Need::must, [&](Json const& each, std::string const& below) {
    bundle.parts.push_back(read_part(each, below, draft));
  });
  bundle.form = object.key("form", Need::may);
  bundle.signature = object.boolean("signature", true);
  return bundle;
}

/// Lists that other lists refer to are optional members of the document.
template <class Read>
void read_list(Json const& document, char const* name, Read&& read) {
  auto const found = document.find(name);
  if (found == document.end() || !found->is_array()) return;  // what is no array was reported with the head
  for (std::size_t i = 0; i < found->size(); ++i) read((*found)[i], at(std::string("/") + name, i));
}

}  // namespace

void read_materials(Json const& document, Draft& draft) {
  read_list(document, "materials", [&](Json const& each, std::string const& where) {
    draft.catalog.materials.push_back(read_material(each, where, draft));
  });
}

void read_items(Json const& document, Draft& draft) {
  read_list(document, "items", [&](Json const& each, std::string const& where) {
    draft.catalog.items.push_back(read_item(each, where, draft));
  });
}

void read_bundles(Json const& document, Draft& draft) {
  read_list(document, "bundles", [&](Json const& each, std::string const& where) {
    draft.catalog.bundles.push_back(read_bundle(each, where, draft));
  });
}

}  // namespace yizhan::catalog
