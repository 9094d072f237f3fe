// The demo's second window: what its buttons do at the other end of the wires.
#include "kiosk/app/dock.h"

#include "shared/base/text.h"
#include "shared/imaging/document_image.h"
#include "tests/support/demo_pki.h"
#include "tests/support/temp_dir.h"
#include "tests/ui/screens/pages.h"

namespace yizhan {
namespace {

using namespace std::chrono_literals;

class DockTest : public test::Screens {
 protected:
  test::TempDir m_folder{"dock"};
  app::UiQueue m_queue{[] {}};
  app::DeviceBoard m_board;
  std::unique_ptr<app::Devices> m_devices;
  std::unique_ptr<app::Dock> m_dock;

  void open_dock(config::Devices const& ports) {
    app::Devices::Options options;
    options.config.devices = ports;
    options.profile = crypto::Profile::demo;
    options.emulated = m_folder.path();
    options.silent = true;
    auto devices = app::Devices::create(std::move(options), m_queue, m_board);
    ASSERT_TRUE(devices) << devices.error().to_line();
    m_devices = std::move(*devices);
    auto dock = app::Dock::open(*desktop, *m_devices);
    ASSERT_TRUE(dock) << dock.error().to_line();
    m_dock = std::move(*dock);
    window = &m_dock->window();
    window->settle();
  }
  void tap(std::string const& key) {
    auto const tapped = window->tap(key);
    ASSERT_TRUE(tapped) << tapped.error().to_line();
    window->settle();
  }
  /// The document printer's fault as its driver tells it; "" none.
  std::string fault() {
    auto const all = m_devices->health();
    auto const health = all.find("document_printer");
    if (health == all.end()) return "unknown";
    auto const& [name, is] = *health;
    return is.state == device::State::ready || !is.last_fault ? "" : std::string(is.last_fault->code());
  }
  bool becomes(std::string const& wanted) {
    RealEnv real;
    auto const limit = real.steady.now() + 30s;
    while (fault() != wanted && real.steady.now() < limit) {
      m_devices->check_health();
      desktop->pump(50ms);
      m_queue.drain();
    }
    return fault() == wanted;
  }
  [[nodiscard]] std::string seen() const { return test::read_file(m_folder / "document_camera/frame.png"); }
};

config::Devices all_emulated() {
  config::Devices ports;
  for (auto* port :
       {&ports.id_reader.port, &ports.ticket_printer.port, &ports.document_printer.uri, &ports.document_camera.device})
    *port = "emulated";
  return ports;
}

TEST_F(DockTest, IsSoundInBothLanguages) {
  open_dock(all_emulated());
  for (auto const language : ui::k_languages) {
    show({{.language = language}, false});
    expect_sound("dock, " + std::string(ui::language_code(language)));
  }
  expect_translated();
}

TEST_F(DockTest, LaysTheDemosPagesBelowTheDocumentCamera) {
  open_dock(all_emulated());
  auto const table = seen();
  for (auto const* page : {"register", "birth", "photo"}) {
    tap(std::string("dock.doccamera.") + page);
    auto const picture = imaging::decode(text::bytes_of(seen()));
    ASSERT_TRUE(picture) << page;
    EXPECT_TRUE(imaging::correct_document(*picture)->found) << page;
  }
  tap("dock.doccamera.hide");
  EXPECT_EQ(seen(), table);
}

TEST_F(DockTest, BreaksAndMendsTheDocumentPrinter) {
  open_dock(all_emulated());
  ASSERT_TRUE(becomes(""));
  tap("dock.docprinter.paper_end");
  EXPECT_TRUE(becomes("tray_empty")) << fault();
  tap("dock.docprinter.jam");
  EXPECT_TRUE(becomes("paper_jam")) << fault();
  tap("dock.docprinter.none");
  EXPECT_TRUE(becomes("")) << fault();
}

TEST_F(DockTest, OffersOnlyWhatIsThere) {
  config::Devices ports;
  ports.ticket_printer.port = "emulated";
  open_dock(ports);
  EXPECT_NE(tree().find("dock.printer.cover"), nullptr);
  for (auto const* key : {"dock.card.zhang-san", "dock.docprinter.jam", "dock.doccamera.register"})
    EXPECT_EQ(tree().find(key), nullptr) << key;
}

}  // namespace
}  // namespace yizhan

int main(int count, char** arguments) { return yizhan::test::run_on_display(count, arguments); }
