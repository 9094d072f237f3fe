#include <toml++/toml.h>
#include <algorithm>
#include <map>

#include "shared/base/file.h"
#include "shared/domain/config/config.h"
#include "shared/domain/config/keys.h"

namespace yizhan::config {

namespace {

using LineNumber = unsigned;

class Reader {
 public:
  explicit Reader(std::string_view file_name) : m_file_name(file_name) {}

  Result<Config> read(toml::table const& top) {
    TRY(read_table(top, ""));
    auto const& scanner = m_config.devices.code_scanner;
    int const ways = !scanner.port.empty() + !scanner.camera.empty() + !scanner.pictures.empty();
    if (ways > 1) {
      auto const line = std::max({m_lines["devices.code_scanner.port"], m_lines["devices.code_scanner.camera"],
                                  m_lines["devices.code_scanner.pictures"]});
      return error("config_value", line, "devices.code_scanner", "at most one of port, camera and pictures");
    }
    if (scanner.kind == "keyboard" && scanner.prefix.empty()) {
      return error("config_value", m_lines["devices.code_scanner.kind"], "devices.code_scanner",
                   "a scanner that types needs a prefix");
    }
    return std::move(m_config);
  }

 private:
  [[nodiscard]] Error error(std::string_view code, LineNumber line, std::string_view path,
                            std::string_view what) const {
    std::string detail(m_file_name);
    detail.append(":").append(std::to_string(line)).append(": ").append(path).append(": ").append(what);
    return Error::make(code, Retry::no, std::move(detail));
  }

  Result<void> read_table(toml::table const& table, std::string const& prefix) {
    for (auto&& [key, node] : table) {
      std::string const path = prefix + std::string(key.str());
      auto const line = static_cast<LineNumber>(node.source().begin.line);
      auto const keys = all_keys();
      auto const known = std::find_if(keys.begin(), keys.end(), [&](Key const& each) { return each.path == path; });
      bool const section =
          std::any_of(keys.begin(), keys.end(), [&](Key const& each) { return each.path.starts_with(path + "."); });
      if (known != keys.end()) {
        m_lines[path] = line;
        if (!std::visit([this, &value = node](auto const& field) { return store(field, value); }, known->field)) {
          return error("config_value", line, path, "must be " + describe(*known));
        }
      } else if (!section) {
        return error("config_unknown_key", line, path, "there is no such key");
      } else if (!node.is_table()) {
        return error("config_value", line, path, "must be a section");
      } else {
        TRY(read_table(*node.as_table(), path + "."));
      }
    }
    return {};
  }

  static std::string describe(Key const& key) {
    auto text = wanted(key);
    if (!key.unit.empty()) text.append(" (").append(key.unit).append(")");
    return text;
  }

  // Each stores the value and says whether it fits.
  bool store(Number const& field, toml::node const& node) {
    auto const* const value = node.as_integer();
    if (value == nullptr || value->get() < field.least || value->get() > field.most) return false;
    field.of(m_config) = static_cast<int>(value->get());
    return true;
  }
  bool store(OneOf const& field, toml::node const& node) {
    auto const* const value = node.as_integer();
    if (value == nullptr) return false;
    auto const found = std::find(field.allowed.begin(), field.allowed.end(), value->get());
    if (found == field.allowed.end()) return false;
    field.of(m_config) = *found;
    return true;
  }
  bool store(Flag const& field, toml::node const& node) {
    auto const* const value = node.as_boolean();
    if (value == nullptr) return false;
    field.of(m_config) = value->get();
    return true;
  }
  bool store(Line const& field, toml::node const& node) {
    auto const* const value = node.as_string();
    if (value == nullptr || !field.fits(value->get())) return false;
    field.of(m_config) = value->get();
    return true;
  }
  bool store(Lines const& field, toml::node const& node) {
    auto const* const array = node.as_array();
    if (array == nullptr) return false;
    std::vector<std::string> texts;
    for (auto const& element : *array) {
      auto const* const text = element.as_string();
      if (text == nullptr) return false;
      texts.push_back(text->get());
    }
    return field.read(m_config, texts);
  }

  std::string_view m_file_name;
  Config m_config;
  std::map<std::string, LineNumber> m_lines;
};

}  // namespace

char const* to_string(Mode mode) {
  switch (mode) {
    case Mode::resident: return "resident";
    case Mode::counter: return "counter";
    case Mode::display: return "display";
    case Mode::technician: return "technician";
  }
  return "resident";
}

Result<Mode> parse_mode(std::string_view name) {
  for (auto const mode : {Mode::resident, Mode::counter, Mode::display, Mode::technician}) {
    if (name == to_string(mode)) return mode;
  }
  return Error::make("unknown_mode");
}

std::string Config::device_urn() const { return "urn:yizhan:device:" + terminal.hall + ":" + terminal.id; }

Result<Config> parse_config(std::string_view toml, std::string_view file_name) {
  try {
    return Reader(file_name).read(toml::parse(toml, file_name));
  } catch (toml::parse_error const& failure) {
    std::string detail(file_name);
    detail.append(":").append(std::to_string(failure.source().begin.line)).append(": ");
    return Error::make("config_syntax", Retry::no, detail.append(failure.description()));
  }
}

Result<Config> load_config(std::filesystem::path const& file) {
  constexpr std::size_t k_largest_file = 1U << 20;
  auto bytes = read_whole_file(file, k_largest_file);
  if (!bytes) return Error::make("config_file", Retry::no, file.string()).caused_by(std::move(bytes).error());
  return parse_config(*bytes, file.string());
}

}  // namespace yizhan::config
