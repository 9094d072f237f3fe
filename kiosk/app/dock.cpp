#include "kiosk/app/dock.h"

#include "kiosk/ui/widgets.h"
#include "shared/base/assets.h"

namespace yizhan::app {

namespace {

struct Lever {
  char const* key;
  std::string command;
};
struct Section {
  char const* key;
  std::vector<Lever> levers;
};

std::string show(char const* page) {
  return "doccamera show \"" + find_asset(std::string("assets/demo/pages/") + page).string() + '"';
}

bool is_there(emulated::EmulatedHall& hall, std::string_view section) {
  if (section == "printer") return hall.printer() != nullptr;
  if (section == "docprinter") return hall.document_printer() != nullptr;
  if (section == "doccamera") return hall.document_camera() != nullptr;
  return hall.reader() != nullptr;  // cards, too
}

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
      {"docprinter",
       {{"none", "docprinter repair"},
        {"paper_end", "docprinter fault paper_end"},
        {"jam", "docprinter fault jam"},
        {"unplug", "docprinter unplug"},
        {"plug", "docprinter plug"}}},
      {"doccamera",
       {{"register", show("register.jpg")},
        {"birth", show("birth.jpg")},
        {"photo", show("photo.jpg")},
        {"hide", "doccamera hide"},
        {"silent", "doccamera fault silent"},
        {"none", "doccamera repair"}}},
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
  std::unique_ptr<Dock> dock(new Dock(devices, *window));
  window->on_draw([dock = dock.get()](ui::Ui& ui) { dock->draw(ui); });
  window->request_frames(2);
  return dock;
}

void Dock::draw(ui::Ui& ui) {
  ui::bare(ui, "dock", [&] {
    for (auto const& section : sections()) {
      if (!is_there(*m_devices.emulated(), section.key)) continue;
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
