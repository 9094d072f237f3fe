// yizhan-gallery: every widget in a window, or as pictures.
//
//   yizhan-gallery [--page NAME] [--landscape] [--lang en] [--palette civic|yellow|contrast] [--text 0|1|2] [--reach]
//   yizhan-gallery --capture DIR      every page in both orientations, languages and all palettes
//   yizhan-gallery --measure          first frame, resident memory, frames and CPU time of some idle seconds
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "kiosk/ui/window.h"
#include "shared/base/real_env.h"
#include "tests/ui/gallery/gallery_pages.h"

namespace {

using namespace yizhan;

struct Options {
  std::string page = "home";
  bool landscape = false;
  bool measure = false;
  std::filesystem::path capture{};
  ui::Preferences preferences{};
};

ui::Panel panel_of(ui::Scale scale, bool landscape) {
  if (scale == ui::Scale::counter) return {1920, 1080, 531, 299};   // 24 inches
  if (scale == ui::Scale::display) return {1920, 1080, 1210, 680};  // 55 inches
  if (landscape) return {1920, 1080, 708, 398};                     // 32 inches
  return {1080, 1920, 398, 708};
}

long resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  return 0;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval const& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Options parse(std::vector<std::string> const& args) {
  Options options;
  for (std::size_t i = 0; i < args.size(); ++i) {
    auto const value = [&] { return i + 1 < args.size() ? args[++i] : std::string(); };
    if (args[i] == "--page") options.page = value();
    if (args[i] == "--landscape") options.landscape = true;
    if (args[i] == "--measure") options.measure = true;
    if (args[i] == "--reach") options.preferences.reach = true;
    if (args[i] == "--capture") options.capture = value();
    if (args[i] == "--lang") options.preferences.language = value() == "en" ? ui::Language::en : ui::Language::zh_CN;
    if (args[i] == "--text") options.preferences.text_size = static_cast<ui::TextSize>(std::stoi(value()));
    if (args[i] == "--palette") {
      std::string const name = value();
      options.preferences.palette = name == "yellow"     ? ui::Palette::yellow
                                    : name == "contrast" ? ui::Palette::contrast
                                                         : ui::Palette::civic;
    }
  }
  return options;
}

void report(ui::Window& window, std::string const& what) {
  for (ui::Finding const& finding : window.ui().tree().findings())
    fmt::print("{}: {} {} {}\n", what, finding.kind, finding.key, finding.detail);
}

struct Variant {
  std::string name;
  bool landscape;
  ui::Preferences preferences;
};

std::vector<Variant> variants() {
  using ui::Language, ui::TextSize, ui::Palette;
  return {{"portrait-zh", false, {}},
          {"portrait-en", false, {.language = Language::en}},
          {"portrait-elder", false, {.text_size = TextSize::elder}},
          {"portrait-largest-en", false, {.language = Language::en, .text_size = TextSize::largest}},
          {"portrait-yellow", false, {.palette = Palette::yellow}},
          {"portrait-reach", false, {.reach = true}},
          {"landscape-zh", true, {}},
          {"landscape-en", true, {.language = Language::en}},
          {"landscape-contrast", true, {.palette = Palette::contrast}}};
}

int capture_all(ui::Desktop& desktop, Options const& options) {
  std::filesystem::create_directories(options.capture);
  gallery::State state;
  state.phone.set("1380000000");
  state.id_number.set("420106199003070016");
  for (gallery::Page const& page : gallery::pages()) {
    if (options.page != "home" && page.name != options.page) continue;
    for (Variant const& variant : variants()) {
      if (page.scale == ui::Scale::counter || page.scale == ui::Scale::display)
        if (!variant.landscape) continue;
      state.overlay = false;
      auto window = desktop.open(
          {.panel = panel_of(page.scale, variant.landscape), .scale = page.scale, .defaults = variant.preferences});
      if (!window) return fmt::print(stderr, "{}\n", window.error().to_line()), 1;
      ui::Chrome chrome;
      chrome.hall_name =
          variant.preferences.language == ui::Language::en ? "Shuiguohu Service Hall" : "水果湖街道政务服务中心";
      chrome.clock = variant.preferences.language == ui::Language::en ? "Tue 24 Nov, 09:41" : "11月24日 星期二 09:41";
      (*window)->ui().set_chrome(chrome);
      (*window)->on_draw([&](ui::Ui& ui) { page.draw(ui, state); });
      std::string const name = fmt::format("{}-{}", page.name, variant.name);
      if (auto done = (*window)->capture(options.capture / (name + ".png")); !done)
        return fmt::print(stderr, "{}\n", done.error().to_line()), 1;
      report(**window, name);
      desktop.close(*window);
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options const options = parse({argv + 1, argv + argc});
  RealSteadyClock clock;
  SteadyTime const start = clock.now();
  auto desktop = ui::Desktop::create(clock, ui::Translations::builtin());
  if (!desktop) return fmt::print(stderr, "{}\n", desktop.error().to_line()), 69;
  if (!options.capture.empty()) return capture_all(**desktop, options);

  gallery::State state;
  gallery::Page const* page = &gallery::pages().front();
  for (gallery::Page const& one : gallery::pages())
    if (one.name == options.page) page = &one;
  auto window = (*desktop)->open({.panel = panel_of(page->scale, options.landscape),
                                  .scale = page->scale,
                                  .defaults = options.preferences,
                                  .resizable = true});
  if (!window) return fmt::print(stderr, "{}\n", window.error().to_line()), 69;
  (*window)->ui().set_chrome({.hall_name = "水果湖街道政务服务中心", .clock = "09:41"});
  (*window)->on_draw([&](ui::Ui& ui) { page->draw(ui, state); });
  while (!(*desktop)->closing()) {
    (*desktop)->pump(std::chrono::seconds(5));
    if (!options.measure || !(*window)->is_settled()) continue;
    double cpu = cpu_seconds();
    fmt::print("first frame {} ms (since main {} ms, {:.0f} ms of CPU), {} KiB resident\n",
               (*window)->first_frame_time()->count() / 1000, (clock.now() - start).count() / 1000, cpu * 1000,
               resident_kib());
    constexpr int k_rounds = 20;
    SteadyTime const drawing_from = clock.now();
    double const drawing_cpu = cpu_seconds();
    for (int i = 0; i < k_rounds; ++i) {
      (*window)->request_frames(1);
      (*window)->settle();
    }
    fmt::print("a frame: {:.1f} ms, {:.1f} ms of CPU\n",
               static_cast<double>((clock.now() - drawing_from).count()) / 1000 / k_rounds,
               (cpu_seconds() - drawing_cpu) * 1000 / k_rounds);
    auto const frames = (*window)->frames();
    cpu = cpu_seconds();
    SteadyTime const idle_from = clock.now();
    constexpr auto k_idle = std::chrono::seconds(10);
    while (clock.now() - idle_from < k_idle) (*desktop)->pump(k_idle);
    fmt::print("10 s idle: {} frames, {:.1f} ms of CPU, {} KiB resident\n", (*window)->frames() - frames,
               (cpu_seconds() - cpu) * 1000, resident_kib());
    return 0;
  }
  return 0;
}
