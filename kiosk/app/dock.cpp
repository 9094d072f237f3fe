#include "kiosk/app/dock.h"

#include "kiosk/ui/widgets.h"

namespace yizhan::app {

namespace {

struct Lever {
  char const* key;
  char const* command;
};
struct Section {
  char const* key;
  std::vector<Lever> levers;
};

/// What the demo offers; labels are translations `dock.<section>.<key>`.
std::vector<Section> const& sections() {
  static std::vector<Section> const k_sections = {
      {"card",
       {{"zhang-san", "card present zhang-san"},
        {"expired", "card present chen-guoqi"},
        {"rare", "card present yu-hong"},
        {"remove", "card remove"}}},
      {"reader",
       {{"none", "reader fault none"},
        {"silent", "reader fault silent"},
        {"auth31", "reader fault auth31"},
        {"unplug", "reader unplug"},
        {"plug", "reader plug"}}},
      {"printer",
       {{"none", "printer fault none"},
        {"paper_end", "printer fault paper_end"},
        {"cover", "printer fault cover"},
        {"unplug", "printer unplug"},
        {"plug", "printer plug"}}},
  };
  return k_sections;
}

}  // namespace

Result<std::unique_ptr<Dock>> Dock::open(ui::Desktop& desktop, Devices& devices) {
  ui::WindowSpec spec;
  spec.title = "Yizhan dock";
  spec.panel = {760, 900, 380, 450};
  spec.scale = ui::Scale::technician;
  auto* window = TRY(desktop.open(spec));
  std::unique_ptr<Dock> dock(new Dock(devices));
  window->on_draw([dock = dock.get()](ui::Ui& ui) { dock->draw(ui); });
  window->request_frames(2);
  return dock;
}

void Dock::draw(ui::Ui& ui) {
  ui::bare(ui, "dock", [&] {
    for (auto const& section : sections()) {
      auto const prefix = std::string("dock.") + section.key;
      ui::heading(ui, prefix, ui.tr(prefix), ui::TextRole::strong);
      ui::row(ui, ui::Align::left, [&] {
        for (auto const& lever : section.levers) {
          auto const key = prefix + "." + lever.key;
          if (ui::button(ui, key, {.label = ui.tr(key)})) send(ui, lever.command);
        }
      });
    }
    if (!m_last.empty()) ui::text(ui, "dock.last", m_last, {.role = ui::TextRole::caption, .soft = true});
  });
}

void Dock::send(ui::Ui& ui, std::string const& command) {
  auto const done = m_devices.emulated()->command(command);
  m_last = command + (done ? "" : ": " + done.error().to_line());
  ui.request_frames(2);
}

}  // namespace yizhan::app
