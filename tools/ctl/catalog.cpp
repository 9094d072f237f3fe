#include "shared/domain/catalog/catalog.h"

#include <algorithm>
#include <iostream>

#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// The file itself, or every catalog.json in a folder and below, in the order of their names.
/// Errors: file_unreadable (there is none).
Result<std::vector<fs::path>> catalogs_in(fs::path const& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return std::vector{path};
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator each(path, failed), end; !failed && each != end; each.increment(failed)) {
    if (each->path().filename() == "catalog.json") files.push_back(each->path());
  }
  if (failed || files.empty()) return Error::make("file_unreadable", Retry::no, (path / "catalog.json").string());
  std::ranges::sort(files);
  return files;
}

int check_file(Context const& context, fs::path const& file) {
  auto const text = read_whole_file(file, k_file_limit);
  if (!text) return complain(text.error());
  auto const findings = catalog::check_catalog(*text);
  if (context.json) {
    auto list = json::array();
    for (auto const& finding : findings) list.push_back({{"pointer", finding.pointer}, {"what", finding.what}});
    print_line({{"file", file.string()}, {"findings", std::move(list)}});
  } else {
    for (auto const& finding : findings)
      std::cout << file.string() << ": " << finding.pointer << ": " << finding.what << '\n';
    if (findings.empty()) std::cout << file.string() << ": ok\n";
  }
  return findings.empty() ? k_answered : k_bad_data;
}

int check(Context const& context, fs::path const& path) {
  auto const files = catalogs_in(path);
  if (!files) return complain(files.error());
  int worst = k_answered;
  for (auto const& file : *files) worst = std::max(worst, check_file(context, file));
  return worst;
}

}  // namespace

void add_catalog_commands(CLI::App& top, Context& context) {
  auto* catalog = top.add_subcommand("catalog", "a hall's services (assets/catalog)")->require_subcommand(1);
  auto* checking = catalog->add_subcommand("check", "everything that is wrong, and where (JSON Pointer)");
  auto path = std::make_shared<std::string>();
  checking->add_option("PATH", *path, "a catalogue, or a folder with catalog.json in it or below")->required();
  checking->callback([&context, path] { context.exit_code = check(context, *path); });
}

}  // namespace yizhan::ctl
