#pragma once
/// The resident's pages as tests draw them: a visit, what surrounds it, the events that come back.
#include <cmath>
#include <memory>
#include <utility>

#include "kiosk/resident/resident_screens.h"
#include "tests/support/demo_pki.h"
#include "tests/ui/screens/pages.h"
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::test {

/// A page: how to get there.
struct ResidentPage {
  std::string name;
  std::function<void(flows::Visit&)> go;
};

struct ResidentPages : Screens {
  std::shared_ptr<catalog::Catalog const> catalog = demo_catalog();
  std::shared_ptr<forms::Divisions const> divisions = std::make_shared<forms::Divisions const>(
      forms::Divisions::load(source_folder() / "assets/divisions/hubei.json").value());
  std::unique_ptr<flows::Visit> visit;
  resident::ResidentScreens screens;
  resident::Surroundings around;
  std::vector<flows::resident::Event> events;

  static std::shared_ptr<catalog::Catalog const> demo_catalog() {
    static auto const k_catalog = std::make_shared<catalog::Catalog const>(
        catalog::load_catalog(source_folder() / "assets/catalog/demo").value());
    return k_catalog;
  }

  void open(Look const& look) {
    visit.reset();
    around.camera = true;
    around.document_page = [this](std::size_t page) { return paper(page); };
    around.document_picture = around.document_preview = paper(0);
    around.local_time = [](WallTime) { return resident::Moment{flows::k_today, 10 * 60 + 42}; };
    around.code = [](std::string const& text) { return modules(text); };
    Screens::open(ui::Scale::kiosk, look, [this](ui::Ui& ui) {
      if (!visit) return;
      around.papers = ui.tr("resident.home.papers.text");
      screens.draw(ui, visit->flow, around,
                   [this](flows::resident::Event event) { events.push_back(std::move(event)); });
    });
  }
  void go(ResidentPage const& page, std::string service = "social_card_replace") {
    screens.wipe();
    events.clear();
    visit = std::make_unique<flows::Visit>(catalog);
    visit->flow.divisions = divisions;
    visit->service = std::move(service);
    page.go(*visit);
    window->ui().focus({});
    answer();
  }
  /// Draws, and lets the flow heed what the pages emitted, until nothing more comes.
  void answer() {
    for (int i = 0; i < 5; ++i) {
      window->request_frames(2);
      window->settle();
      if (events.empty()) return;
      for (auto& event : std::exchange(events, {})) visit->on(std::move(event));
    }
  }
  void tap(std::string_view key) {
    auto const revealed = window->reveal(key);
    ASSERT_TRUE(revealed) << revealed.error().to_line();
    window->settle();
    auto const tapped = window->tap(key);
    ASSERT_TRUE(tapped) << tapped.error().to_line();
    window->settle();
    answer();
  }
  void type(std::string_view key, std::string_view text) {
    window->ui().focus(key);
    answer();
    window->type(text);
    window->settle();
    answer();
  }

  /// A page of grey lines, three of them.
  [[nodiscard]] ui::ImageView paper(std::size_t page) const {
    return {k_width, k_height, ui::ImageView::Format::grey8, m_paper, page + 1};
  }

 private:
  static resident::CodeModules modules(std::string const& text) {
    resident::CodeModules code;
    code.side = 33;
    code.modules.resize(code.side * code.side);
    for (std::size_t i = 0; i < code.modules.size(); ++i)
      code.modules[i] = static_cast<std::uint8_t>(((i * 2654435761U) >> 13U ^ text.size()) & 1U);
    return code;
  }
  static constexpr int k_width = 420;
  static constexpr int k_height = 594;
  std::vector<std::uint8_t> m_paper = [] {
    std::vector<std::uint8_t> grey(static_cast<std::size_t>(k_width) * k_height, 250);
    for (int y = 40; y < k_height - 40; ++y)
      for (int x = 40; x < k_width - 40; ++x)
        if (y % 18 < 6 && (x / 11 + y / 18) % 6 != 0) grey[static_cast<std::size_t>(y * k_width + x)] = 70;
    return grey;
  }();
};

}  // namespace yizhan::test
