// Papers: photographed, reused, promised; what is still missing.
#include <algorithm>

#include "kiosk/flows/matter_step.h"

namespace yizhan::flows {

using namespace matter;
using cases::HeldMaterial;
using Effects = MatterFlow::Step::Effects;

namespace {

std::optional<Row> row_of(MatterFlow const& flow, std::string const& material) {
  for (auto& row : flow.rows()) {
    if (row.material.id == material) return row;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Row> MatterFlow::rows() const {
  std::vector<catalog::Material> wanted = m_verdict.materials;
  if (m_case) {
    wanted.clear();
    auto const asked = asked_materials(*m_case, m_part);
    for (auto const& material : catalog().materials) {
      if (std::find(asked.begin(), asked.end(), material.id) != asked.end()) wanted.push_back(material);
    }
    // What the catalogue no longer knows is still asked for by its name.
    for (auto const& id : asked) {
      if (std::any_of(wanted.begin(), wanted.end(), [&](auto const& material) { return material.id == id; })) continue;
      catalog::Material unknown;
      unknown.id = id;
      unknown.name = {id, id};
      wanted.push_back(std::move(unknown));
    }
    for (auto& material : wanted) material.from_card = false;
  }
  std::vector<Row> rows;
  for (auto& material : wanted) {
    Row row;
    row.required = m_case || material.necessity != catalog::Necessity::optional;
    for (auto const& one : m_held) {
      if (one.material == material.id) row.held = &one;
    }
    for (auto const& paper : m_on_file) {
      if (paper.material == material.id && !paper.pages.empty() && row.held == nullptr) row.on_file = &paper;
    }
    bool const photographed = row.held != nullptr && row.held->how == HeldMaterial::How::photographed;
    auto const most = static_cast<std::size_t>(std::max(material.pages, 0));
    row.photograph = m_world.camera && !material.from_card &&
                     (row.held == nullptr || !photographed ? most > 0 : row.held->pages.size() < most);
    row.promise = !m_case && material.necessity == catalog::Necessity::tolerated && row.held == nullptr;
    row.show = material.original && most == 0 && row.held == nullptr;
    row.missing = row.required && row.held == nullptr;
    row.material = std::move(material);
    rows.push_back(std::move(row));
  }
  return rows;
}

// --- the list -------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Materials& state, PhotographChosen event) {
  auto const row = row_of(flow, event.material);
  if (!row || !row->photograph) return {};
  Capture capture;
  capture.material = event.material;
  bool const more = row->held != nullptr && row->held->how == HeldMaterial::How::photographed;
  capture.page = more ? row->held->pages.size() : 0;
  capture.to_review = state.to_review;
  return to(std::move(capture), effects(StartDocumentCamera{}, say("speech.capture")));
}
Effects MatterFlow::Step::on(Materials&, ReuseChosen event) {
  auto const row = row_of(flow, event.material);
  if (!row || row->on_file == nullptr) return {};
  hold({event.material, row->on_file->pages, HeldMaterial::How::on_file});
  return save();
}
Effects MatterFlow::Step::on(Materials&, ShownChosen event) {
  auto const row = row_of(flow, event.material);
  if (!row || !row->show) return {};
  hold({event.material, {}, HeldMaterial::How::shown_original});
  return save();
}
Effects MatterFlow::Step::on(Materials& state, PromiseChosen event) {
  auto const row = row_of(flow, event.material);
  if (!row || !row->promise) return {};
  auto const due = calendar::add_workdays(*flow.m_world.calendar, flow.m_world.today, row->material.tolerate_days);
  return to(Promise{event.material, due, state.to_review}, effects(say("speech.promise")));
}
Effects MatterFlow::Step::on(Materials&, RemoveChosen event) {
  auto const* one = held(event.material);
  if (one == nullptr || one->how == HeldMaterial::How::from_card) return {};
  auto const gone = *one;
  std::erase_if(flow.m_held, [&](auto const& material) { return material.material == event.material; });
  flow.m_dirty = true;
  // In this order: no stored draft may name a page that is gone.
  auto list = save();
  if (gone.how == HeldMaterial::How::photographed) {
    for (auto const& page : gone.pages) list.emplace_back(DropPage{flow.m_id, page});
  }
  return list;
}
Effects MatterFlow::Step::on(Materials&, TakeTicket) {
  auto list = save();
  append(list, take_ticket());
  return list;
}
Effects MatterFlow::Step::on(Materials& state, Next) {
  auto const rows = flow.rows();
  state.checked = true;
  if (std::any_of(rows.begin(), rows.end(), [](auto const& row) { return row.missing; })) {
    return effects(say("speech.materials_missing"));
  }
  auto list = to_review();
  flow.m_dirty = true;
  append(list, save());
  return list;
}
Effects MatterFlow::Step::on(Materials& state, Back) {
  auto list = save();
  if (state.to_review) {
    append(list, to_review());
  } else if (flow.m_case) {
    append(list, drop_pages());
    append(list, done({Outcome::Kind::services, {}, {}}));
  } else {
    append(list, to_last_section());
  }
  return list;
}

// --- the document camera --------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Capture& state, TakeIt) {
  if (state.phase != Capture::Phase::looking && state.phase != Capture::Phase::failed) return {};
  state.phase = Capture::Phase::taking;
  state.problem.clear();
  return effects(TakePicture{});
}
Effects MatterFlow::Step::on(Capture& state, PictureTaken event) {
  if (state.phase != Capture::Phase::taking) return {};
  state.phase = Capture::Phase::accept;
  state.picture = event.picture;
  state.quality = std::move(event.quality);
  return effects(say(state.quality.advice.empty() ? "speech.capture_good" : "speech.capture_bad"));
}
Effects MatterFlow::Step::on(Capture& state, PictureRefused event) {
  if (state.phase != Capture::Phase::taking) return {};
  state.phase = Capture::Phase::failed;
  state.problem = std::move(event.code);
  return effects(say("error." + state.problem));
}
Effects MatterFlow::Step::on(Capture& state, Accept) {
  if (state.phase != Capture::Phase::accept) return {};
  state.phase = Capture::Phase::checking;
  return effects(StorePage{flow.m_id, state.material, state.picture});
}
Effects MatterFlow::Step::on(Capture& state, Again) {
  if (state.phase != Capture::Phase::accept && state.phase != Capture::Phase::failed) return {};
  state.phase = Capture::Phase::looking;
  state.problem.clear();
  return {};
}
Effects MatterFlow::Step::on(Capture& state, PageStored event) {
  if (state.phase != Capture::Phase::checking || event.material != state.material) return {};
  auto* one = held(state.material);
  if (one == nullptr || one->how != HeldMaterial::How::photographed) {
    hold({state.material, {}, HeldMaterial::How::photographed});
    one = held(state.material);
  }
  if (std::find(one->pages.begin(), one->pages.end(), event.sha256) == one->pages.end()) {
    one->pages.push_back(std::move(event.sha256));
  }
  flow.m_dirty = true;
  auto list = save();
  auto const row = row_of(flow, state.material);
  if (row && row->photograph) {
    state.page = one->pages.size();
    state.phase = Capture::Phase::looking;
    state.problem.clear();
    list.emplace_back(say("speech.capture_next"));
    return list;
  }
  list.emplace_back(StopDocumentCamera{});
  append(list, to_materials(state.to_review));
  return list;
}
Effects MatterFlow::Step::on(Capture& state, PageRefused event) {
  if (state.phase != Capture::Phase::checking) return {};
  state.phase = Capture::Phase::failed;
  state.problem = std::move(event.code);
  return effects(say("error." + state.problem));
}
Effects MatterFlow::Step::on(Capture& state, EnoughPages) { return on(state, Back{}); }
Effects MatterFlow::Step::on(Capture& state, Next) {
  if (state.phase == Capture::Phase::accept && state.quality.advice.empty()) return on(state, Accept{});
  if (state.phase == Capture::Phase::accept) return on(state, Again{});
  return on(state, TakeIt{});
}
Effects MatterFlow::Step::on(Capture& state, Back) {
  if (state.phase == Capture::Phase::checking) return {};  // the answer decides what is in hand
  auto list = effects(StopDocumentCamera{});
  append(list, to_materials(state.to_review));
  return list;
}

// --- promises -------------------------------------------------------------------------------------------------------

Effects MatterFlow::Step::on(Promise& state, Next) {
  hold({state.material, {}, HeldMaterial::How::promised});
  auto list = save();
  append(list, to_materials(state.to_review));
  return list;
}

}  // namespace yizhan::flows
