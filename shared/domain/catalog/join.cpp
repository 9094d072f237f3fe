#include <algorithm>

#include "shared/base/file.h"
#include "shared/domain/catalog/structure.h"

namespace yizhan::catalog {

namespace {

namespace fs = std::filesystem;

constexpr char const* k_head = "catalog.json";

/// Where the elements of a joined list come from.
struct Origin {
  std::string file;
  std::size_t count = 0;
};

struct Joined {
  std::string document;
  std::map<std::string, std::vector<Origin>> lists;  // empty: one file
};

Result<Json> read_json(fs::path const& file) {
  auto bytes = read_whole_file(file, k_largest_document);
  if (!bytes) return Error::make("catalog_file", Retry::no, file.string()).caused_by(std::move(bytes).error());
  std::vector<Finding> findings;
  auto json = read_document(*bytes, findings);
  if (findings.empty() && !json.is_object()) findings.push_back({"", "an object is wanted"});
  if (findings.empty()) return json;
  auto const& first = findings.front();
  return Error::make("catalog_file", Retry::no, file.string() + "#" + first.pointer + ": " + first.what);
}

Result<std::vector<fs::path>> files_of(fs::path const& folder) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
    bool const json = each->path().extension() == ".json" && each->path().filename() != k_head;
    if (json) files.push_back(each->path());
  }
  if (failed) return Error::make("catalog_file", Retry::no, folder.string());
  std::sort(files.begin(), files.end());
  files.insert(files.begin(), folder / k_head);
  return files;
}

Result<void> append(Joined& joined, Json& whole, fs::path const& file) {
  auto part = TRY(read_json(file));
  auto const name = file.filename().string();
  for (auto& [list, elements] : part.items()) {
    if (!elements.is_array()) {
      if (name == k_head) {
        whole[list] = std::move(elements);
        continue;
      }
      return Error::make("catalog_file", Retry::no,
                         file.string() + "#/" + escaped(list) + ": only lists may stand here");
    }
    joined.lists[list].push_back({name, elements.size()});
    auto& target = whole[list];
    if (target.is_null()) target = Json::array();
    if (!target.is_array()) {
      return Error::make("catalog_file", Retry::no, file.string() + "#/" + escaped(list) + ": no list in " + k_head);
    }
    for (auto& element : elements) target.push_back(std::move(element));
  }
  return {};
}

Result<Joined> join(fs::path const& path) {
  Joined joined;
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    auto bytes = read_whole_file(path, k_largest_document);
    if (!bytes) return Error::make("catalog_file", Retry::no, path.string()).caused_by(std::move(bytes).error());
    joined.document = std::move(*bytes);
    return joined;
  }
  Json whole = Json::object();
  auto const files = TRY(files_of(path));
  for (auto const& file : files) TRY(append(joined, whole, file));
  joined.document = whole.dump();
  return joined;
}

/// "/items/40/name" of the whole is "items-social.json#/items/3/name".
std::string pointer_in_file(Joined const& joined, std::string const& pointer) {
  if (joined.lists.empty()) return pointer;
  auto const slash = pointer.find('/', 1);
  auto const list = joined.lists.find(pointer.substr(0, slash).substr(pointer.empty() ? 0 : 1));
  if (slash == pointer.npos || list == joined.lists.end()) return std::string(k_head) + "#" + pointer;
  auto const end = std::min(pointer.find('/', slash + 1), pointer.size());
  auto place = std::stoul(pointer.substr(slash + 1, end - slash - 1));
  for (auto const& origin : list->second) {
    if (place < origin.count) return origin.file + "#" + at("/" + list->first, place) + pointer.substr(end);
    place -= origin.count;
  }
  return std::string(k_head) + "#" + pointer;
}

}  // namespace

Result<std::string> join_catalog(fs::path const& file_or_folder) { return TRY(join(file_or_folder)).document; }

Result<std::vector<Finding>> check_catalog_files(fs::path const& file_or_folder) {
  auto const joined = TRY(join(file_or_folder));
  auto findings = check_catalog(joined.document);
  for (auto& finding : findings) finding.pointer = pointer_in_file(joined, finding.pointer);
  return findings;
}

Result<Catalog> load_catalog(fs::path const& file_or_folder) {
  auto const document = TRY(join_catalog(file_or_folder));
  return parse_catalog(document);
}

}  // namespace yizhan::catalog
