#include <algorithm>
#include <functional>

#include "shared/domain/catalog/checks.h"
#include "shared/domain/catalog/pattern.h"
#include "shared/domain/forms/dates.h"

namespace yizhan::catalog {

namespace {

using forms::Field;
using forms::FieldKind;

constexpr std::size_t k_most_fields = 500;

bool is_typed_text(FieldKind kind) {
  return kind == FieldKind::text || kind == FieldKind::phone || kind == FieldKind::id_number;
}

/// Keywords stand only where they do something.
void check_keywords(Draft& draft, std::string const& pointer, Field const& field) {
  auto const only = [&](bool given, bool meant, char const* member) {
    if (given && !meant) draft.report(pointer + member, "means nothing for a field of this kind");
  };
  bool const text = is_typed_text(field.kind);
  bool const date = field.kind == FieldKind::date;
  bool const number = field.kind == FieldKind::number;
  bool const chosen = field.kind == FieldKind::choice || field.kind == FieldKind::choices;
  only(field.min_length.has_value(), text, "/minLength");
  only(field.max_length.has_value(), text, "/maxLength");
  only(!field.pattern.empty(), text, "/pattern");
  only(field.minimum.has_value(), number, "/minimum");
  only(field.maximum.has_value(), number, "/maximum");
  only(field.multiple_of.has_value(), number, "/multipleOf");
  only(!field.earliest.empty(), date, "/earliest");
  only(!field.latest.empty(), date, "/latest");
  only(field.workday, date, "/workday");
  only(!field.options.empty(), chosen, "/options");
  only(!field.material.empty(), field.kind == FieldKind::attachment, "/material");
  if (field.locked && field.prefill == forms::Prefill::none) draft.report(pointer + "/locked", "nothing is prefilled");
  if (chosen && field.options.empty()) draft.report(pointer + "/options", "at least one is wanted");
  check_unique(draft, pointer + "/options", "/value", field.options,
               [](forms::Option const& each) { return each.value; });
}

/// "2026-01-01", "today", "today-18y".
void check_days(Draft& draft, std::string const& pointer, Field const& field) {
  using namespace std::chrono;
  calendar::BusinessDay const any_day{year(2026) / 7 / 1};
  auto const read = [&](std::string const& expression, char const* member) -> std::optional<calendar::BusinessDay> {
    if (expression.empty()) return std::nullopt;
    auto const day = forms::day_of(expression, any_day);
    if (!day) draft.report(pointer + member, "a day, today, or today-18y, today+6m, today+30d is wanted");
    return day;
  };
  auto const earliest = read(field.earliest, "/earliest");
  auto const latest = read(field.latest, "/latest");
  // A fixed day and one that moves may pass each other later.
  bool const comparable = (field.earliest.compare(0, 5, "today") == 0) == (field.latest.compare(0, 5, "today") == 0);
  if (earliest && latest && comparable && *earliest > *latest) draft.report(pointer + "/latest", "before earliest");
}

void check_field(Draft& draft, std::string const& pointer, Field const& field) {
  check_keywords(draft, pointer, field);
  check_days(draft, pointer, field);
  if (field.min_length && field.max_length && *field.min_length > *field.max_length) {
    draft.report(pointer + "/maxLength", "less than minLength");
  }
  if (field.minimum && field.maximum && *field.minimum > *field.maximum) {
    draft.report(pointer + "/maximum", "less than minimum");
  }
  if (field.multiple_of && *field.multiple_of <= 0) draft.report(pointer + "/multipleOf", "more than 0 is wanted");
  if (!field.pattern.empty()) {
    auto const pattern = Pattern::compile(field.pattern);
    if (!pattern) draft.report(pointer + "/pattern", "no pattern: " + std::string(pattern.error().detail()));
  }
  if ((field.valid || !field.pattern.empty()) && field.message.empty()) {
    draft.warn(pointer + "/message", "missing: what to say where the value does not fit");
  }
  if (field.kind != FieldKind::attachment) return;
  auto const& all = draft.catalog.materials;
  bool const known =
      std::any_of(all.begin(), all.end(), [&](Material const& material) { return material.id == field.material; });
  if (field.material.empty()) draft.report(pointer + "/material", "missing");
  if (!field.material.empty() && !known) draft.report(pointer + "/material", "no such material");
}

/// A field whose appearance or value depends on itself, directly or over others.
class Circles {
 public:
  Circles(Draft& draft, std::string pointer, forms::Form const& form) : m_draft(draft), m_pointer(std::move(pointer)) {
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
      auto const& section = form.sections[s];
      auto const section_pointer = at(m_pointer + "/sections", s);
      for (std::size_t f = 0; f < section.fields.size(); ++f) {
        auto const place = at(section_pointer + "/fields", f);
        auto& node = m_nodes[section.fields[f].id];
        add(node, section.visible, section_pointer + "/visible");
        add(node, section.fields[f].visible, place + "/visible");
        add(node, section.fields[f].derived, place + "/derived");
      }
    }
  }
  void report() {
    for (auto& [id, node] : m_nodes) visit(id, node);
  }

 private:
  struct Node {
    std::vector<std::pair<std::string, std::string>> needs;  // field, where that is written
    enum class Mark { unseen, open, done } mark = Mark::unseen;
  };

  static void add(Node& node, Condition const& condition, std::string const& pointer) {
    constexpr std::string_view k_fields = "fields.";
    if (!condition) return;
    for (auto const& name : condition->variables()) {
      if (name.compare(0, k_fields.size(), k_fields) != 0) continue;
      auto const id = name.substr(k_fields.size());
      node.needs.emplace_back(id.substr(0, id.find('.')), pointer);
    }
  }
  // As deep as a form has fields, at most 500.
  void visit(std::string const& id, Node& node) {
    if (node.mark != Node::Mark::unseen) return;
    node.mark = Node::Mark::open;
    for (auto const& [needed, pointer] : node.needs) {
      auto const found = m_nodes.find(needed);
      if (found == m_nodes.end()) continue;
      if (found->second.mark == Node::Mark::open) {
        m_draft.report(pointer, "field " + id + " depends on itself");
      } else {
        visit(needed, found->second);
      }
    }
    node.mark = Node::Mark::done;
  }

  Draft& m_draft;
  std::string m_pointer;
  std::map<std::string, Node> m_nodes;
};

/// Papers a form asks for must be among those that were named before.
void check_attachments(Draft& draft, std::string const& pointer, forms::Form const& form) {
  auto const& all = draft.catalog;
  auto const asks = [](ServiceItem const& item, std::string const& material) {
    return std::any_of(item.materials.begin(), item.materials.end(),
                       [&](Material const& each) { return each.id == material; });
  };
  auto const judge = [&](std::string const& material, std::string const& where) {
    for (auto const& item : all.items) {
      if (item.form == form.id && !asks(item, material)) draft.report(where, "no material of item " + item.code);
    }
    for (auto const& bundle : all.bundles) {
      if (bundle.form != form.id) continue;
      bool const asked = std::any_of(bundle.parts.begin(), bundle.parts.end(), [&](BundlePart const& part) {
        auto const* const item = all.find(part.item);
        return item == nullptr || asks(*item, material);
      });
      if (!asked) draft.report(where, "no material of bundle " + bundle.code);
    }
  };
  auto const known = [&](std::string const& id) {
    return std::any_of(all.materials.begin(), all.materials.end(), [&](Material const& each) { return each.id == id; });
  };
  for (std::size_t s = 0; s < form.sections.size(); ++s) {
    auto const& fields = form.sections[s].fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (!known(fields[f].material)) continue;  // missing, or reported
      judge(fields[f].material, at(at(pointer + "/sections", s) + "/fields", f) + "/material");
    }
  }
}

bool is_used(Catalog const& all, std::string const& form) {
  return std::any_of(all.items.begin(), all.items.end(), [&](ServiceItem const& item) { return item.form == form; }) ||
         std::any_of(all.bundles.begin(), all.bundles.end(), [&](Bundle const& bundle) { return bundle.form == form; });
}

void check_form(Draft& draft, std::string const& pointer, forms::Form const& form) {
  if (form.sections.empty()) draft.report(pointer + "/sections", "at least one is wanted");
  check_unique(draft, pointer + "/sections", "/id", form.sections, [](forms::Section const& each) { return each.id; });
  std::set<std::string> ids;
  std::size_t count = 0;
  for (auto const& section : form.sections) count += section.fields.size();
  if (count > k_most_fields) return draft.report(pointer + "/sections", "more than 500 fields");
  for (std::size_t s = 0; s < form.sections.size(); ++s) {
    auto const where = at(pointer + "/sections", s) + "/fields";
    auto const& fields = form.sections[s].fields;
    if (fields.empty()) draft.report(where, "at least one is wanted");
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (!fields[f].id.empty() && !ids.insert(fields[f].id).second) draft.report(at(where, f) + "/id", "stands twice");
      check_field(draft, at(where, f), fields[f]);
    }
  }
  Circles(draft, pointer, form).report();
  check_attachments(draft, pointer, form);
  if (!is_used(draft.catalog, form.id)) draft.warn(pointer, "neither item nor bundle uses it");
}

}  // namespace

void check_forms(Draft& draft) {
  auto const& all = draft.catalog.forms;
  check_unique(draft, "/forms", "/id", all, [](forms::Form const& form) { return form.id; });
  for (std::size_t i = 0; i < all.size(); ++i) check_form(draft, at("/forms", i), all[i]);
}

}  // namespace yizhan::catalog
