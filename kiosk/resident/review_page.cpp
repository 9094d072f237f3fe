// Everything once more before it is signed.
#include <algorithm>

#include "kiosk/resident/form_field.h"

namespace yizhan::resident {

using namespace flows::matter;
using flows::MatterFlow;

namespace {

/// What is wrong leads to its section; what is missing to the papers.
void summary(Canvas const& canvas, MatterFlow const& flow, Review const& state) {
  std::vector<std::string> texts;
  std::vector<std::string> keys;
  std::vector<std::string> sections;  // "" the papers
  auto const* form = flow.form();
  for (auto const& problem : state.problems) {
    auto const* field = form == nullptr ? nullptr : form->form().field(problem.field);
    if (field == nullptr) continue;
    texts.push_back(canvas.ui.tr("resident.form.wrong", fmt::arg("label", canvas.in(field->label)),
                                 fmt::arg("what", problem_text(canvas, *field, problem))));
    keys.push_back(canvas.sub("wrong." + problem.field));
    for (auto const* section : form->sections()) {
      bool const here = std::ranges::any_of(section->fields, [&](auto const& one) { return one.id == problem.field; });
      if (here && sections.size() < texts.size()) sections.push_back(section->id);
    }
    sections.resize(texts.size());
  }
  for (auto const& material : state.missing) {
    texts.push_back(canvas.ui.tr("resident.form.wrong", fmt::arg("label", material_name(canvas, material)),
                                 fmt::arg("what", canvas.tr("resident.material.missing"))));
    keys.push_back(canvas.sub("missing." + material));
    sections.emplace_back();
  }
  std::vector<ui::ErrorEntry> entries;
  for (std::size_t i = 0; i < texts.size(); ++i) entries.push_back({keys[i], texts[i]});
  auto const title = canvas.ui.tr("resident.form.problems", fmt::arg("count", entries.size()));
  auto const used = ui::error_summary(canvas.ui, canvas.sub("wrong"), title, entries);
  if (!used) return;
  if (sections[*used].empty())
    canvas.emit(MaterialsChosen{});
  else
    canvas.emit(SectionChosen{sections[*used]});
}

/// A heading with "change" at its end. True where that was used.
bool part_heading(Canvas const& canvas, std::string const& key, std::string_view title) {
  bool used = false;
  ui::columns(canvas.ui, {canvas.portrait() ? 2.2F : 2.0F, 1}, [&](std::size_t column) {
    if (column == 0) {
      ui::space(canvas.ui, canvas.ui.metrics().gap_mm() * 0.6F);
      ui::heading(canvas.ui, key + ".title", title);
      return;
    }
    used = ui::button(canvas.ui, key + ".change", {.label = canvas.tr("resident.review.change"), .icon = "edit"});
  });
  return used;
}

void section_panel(Canvas const& canvas, forms::FormState const& form, forms::Section const& section) {
  ui::panel(canvas.ui, {}, [&] {
    if (part_heading(canvas, canvas.sub("section." + section.id), canvas.in(section.title)))
      canvas.emit(SectionChosen{section.id});
    for (auto const& field : section.fields) {
      if (is_answer(field) && form.visible(field)) field_value(canvas, canvas.sub("field." + field.id), form, field);
    }
  });
}

void papers_panel(Canvas const& canvas, std::vector<Row> const& rows) {
  if (rows.empty()) return;
  ui::panel(canvas.ui, {}, [&] {
    if (part_heading(canvas, canvas.sub("materials"), canvas.tr("resident.materials.title")))
      canvas.emit(MaterialsChosen{});
    for (auto const& row : rows)
      ui::key_value(canvas.ui, canvas.sub("material." + row.material.id), canvas.in(row.material.name),
                    held_text(canvas, row));
  });
}

}  // namespace

void draw(Canvas const& canvas, MatterFlow const& flow, Review const& state) {
  auto const names = stage_names(canvas);
  bool const more = flow.supplemented() != nullptr;
  bool const signs = flow.what().signature() && !more;
  ui::ScreenSpec const spec{.key = canvas.key,
                            .title = canvas.tr("resident.review.title"),
                            .lead = canvas.tr(more ? "resident.review.lead.more" : "resident.review.lead"),
                            .back = canvas.tr("resident.back"),
                            .primary = canvas.tr(signs ? "resident.review.sign" : "resident.review.submit"),
                            .primary_icon = signs ? "draw" : "send",
                            .step = static_cast<std::size_t>(signs ? Stage::sign : Stage::materials),
                            .step_names = names};
  canvas.page(spec, [&] {
    summary(canvas, flow, state);
    if (flow.form() != nullptr && !more) {
      for (auto const* section : flow.form()->sections()) section_panel(canvas, *flow.form(), *section);
    }
    papers_panel(canvas, flow.rows());
  });
}

}  // namespace yizhan::resident
