#include "shared/domain/forms/plan.h"

#include <algorithm>
#include <queue>

#include "shared/domain/rules/json_logic.h"

namespace yizhan::forms {

namespace {

struct Reads {
  std::vector<std::size_t> fields;
  bool all = false;  // a computed name, or the fields as a whole
};

/// "fields.children.0" reads the field children; answers, person and today are no fields.
void add_reads(Reads& reads, Condition const& condition, Plan const& plan) {
  constexpr std::string_view k_fields = "fields";
  if (!condition) return;
  reads.all = reads.all || condition->dynamic();
  for (std::string_view variable : condition->variables()) {
    if (variable.empty() || variable == k_fields) {
      reads.all = true;
      continue;
    }
    if (variable.substr(0, k_fields.size()) != k_fields || variable[k_fields.size()] != '.') continue;
    variable.remove_prefix(k_fields.size() + 1);
    if (auto const field = plan.find(variable.substr(0, variable.find('.')))) reads.fields.push_back(*field);
  }
}

void connect(std::vector<std::vector<std::size_t>>& targets, Reads const& reads, std::size_t node, Plan const& plan) {
  auto const add = [&](std::size_t source) {
    auto& list = targets[source];
    if (std::find(list.begin(), list.end(), node) == list.end()) list.push_back(node);
  };
  for (auto const field : reads.fields) add(field);
  for (std::size_t field = 0; reads.all && field < plan.fields.size(); ++field) {
    if (field != node) add(field);
  }
}

/// Kahn's algorithm, earlier nodes of the form first. Who reads everything need not wait for what stands behind him.
std::vector<std::size_t> sorted(Plan const& plan, std::vector<bool> const& reads_all) {
  std::size_t const count = plan.readers.size();
  auto const counts = [&](std::size_t source, std::size_t reader) { return !reads_all[reader] || source < reader; };
  std::vector<std::size_t> waits(count, 0);
  for (std::size_t source = 0; source < count; ++source) {
    for (auto const reader : plan.readers[source]) waits[reader] += counts(source, reader) ? 1 : 0;
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < count; ++node) {
    if (waits[node] == 0) ready.push(node);
  }
  std::vector<std::size_t> order;
  std::vector<bool> placed(count, false);
  while (!ready.empty()) {
    auto const node = ready.top();
    ready.pop();
    order.push_back(node);
    placed[node] = true;
    for (auto const reader : plan.readers[node]) {
      if (counts(node, reader) && --waits[reader] == 0) ready.push(reader);
    }
  }
  for (std::size_t node = 0; node < count; ++node) {
    if (!placed[node]) order.push_back(node);
  }
  return order;
}

}  // namespace

std::optional<std::size_t> Plan::find(std::string_view id) const {
  auto const found = index.find(id);
  return found == index.end() ? std::nullopt : std::optional(found->second);
}

Plan make_plan(Form const& form) {
  Plan plan;
  for (std::size_t section = 0; section < form.sections.size(); ++section) {
    for (auto const& field : form.sections[section].fields) {
      plan.index.emplace(field.id, plan.fields.size());
      plan.fields.push_back({&field, section, std::nullopt});
      if (field.pattern.empty()) continue;
      if (auto pattern = catalog::Pattern::compile(field.pattern)) plan.fields.back().pattern = *pattern;
    }
  }
  std::size_t const nodes = plan.fields.size() + form.sections.size();
  plan.readers.resize(nodes);
  plan.askers.resize(plan.fields.size());
  std::vector<bool> reads_all(nodes, false);
  for (std::size_t i = 0; i < plan.fields.size(); ++i) {
    auto const& field = *plan.fields[i].field;
    Reads value;
    add_reads(value, field.visible, plan);
    add_reads(value, field.derived, plan);
    connect(plan.readers, value, i, plan);
    reads_all[i] = value.all;
    plan.readers[plan.section_node(plan.fields[i].section)].push_back(i);

    Reads asks;
    add_reads(asks, field.required_when, plan);
    add_reads(asks, field.valid, plan);
    for (auto const& option : field.options) add_reads(asks, option.when, plan);
    connect(plan.askers, asks, i, plan);
  }
  for (std::size_t section = 0; section < form.sections.size(); ++section) {
    Reads reads;
    add_reads(reads, form.sections[section].visible, plan);
    auto const node = plan.section_node(section);
    connect(plan.readers, reads, node, plan);
    reads_all[node] = reads.all;
  }
  plan.order = sorted(plan, reads_all);
  plan.position.resize(nodes);
  for (std::size_t i = 0; i < plan.order.size(); ++i) plan.position[plan.order[i]] = i;
  return plan;
}

}  // namespace yizhan::forms
