#include "shared/domain/config/config.h"
#include "shared/domain/config/keys.h"

namespace yizhan::config {

namespace {

constexpr std::string_view k_heading =
    "# Settings of one machine: /etc/yizhan/terminal.toml, or --config FILE. Every key is here with its default, its "
    "unit\n"
    "# and what it may be; what is left out keeps its default. A key that is not here, or a value out of range, stops "
    "the\n"
    "# start and is named with its line.\n";

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

/// A default as TOML.
struct Write {
  Config& config;
  std::string operator()(Number const& field) const { return std::to_string(field.of(config)); }
  std::string operator()(OneOf const& field) const { return std::to_string(field.of(config)); }
  std::string operator()(Flag const& field) const { return field.of(config) ? "true" : "false"; }
  std::string operator()(Line const& field) const { return toml_text(field.of(config)); }
  std::string operator()(Lines const& field) const {
    std::string out = "[";
    for (auto const& text : field.write(config)) out.append(out.size() > 1 ? ", " : "").append(toml_text(text));
    return out + "]";
  }
};

}  // namespace

std::string example_toml() {
  Config defaults;
  std::string out(k_heading);
  std::string_view section;
  for (auto const& key : all_keys()) {
    auto const dot = key.path.rfind('.');
    if (key.path.substr(0, dot) != section) {
      section = key.path.substr(0, dot);
      out.append("\n[").append(section).append("]\n");
    }
    out.append("# ").append(key.help).append("\n");
    out.append("#   ").append(wanted(key));
    if (!key.unit.empty()) out.append(" (").append(key.unit).append(")");
    out.append("\n").append(key.path.substr(dot + 1)).append(" = ");
    out.append(std::visit(Write{defaults}, key.field)).append("\n");
  }
  return out;
}

}  // namespace yizhan::config
