#include "shared/domain/catalog/structure.h"

#include <optional>
#include <set>

namespace yizhan::catalog {

namespace {

constexpr std::size_t k_longest_pointer = 200;  // bytes

/// Runs along the document and stops at the first thing that must not be built. Which function is called when, and that
/// `false` stops, is nlohmann's SAX interface.
class Walk {
 public:
  std::optional<Finding> finding;

  bool null() { return value(); }
  bool boolean(bool) { return value(); }
  bool number_integer(Json::number_integer_t) { return value(); }
  bool number_unsigned(Json::number_unsigned_t) { return value(); }
  bool number_float(Json::number_float_t, Json::string_t const&) { return value(); }
  bool string(Json::string_t&) { return value(); }
  bool binary(Json::binary_t&) { return value(); }
  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(Json::string_t& name) {
    m_levels.back().name = name;
    return m_levels.back().names.insert(name).second || stop("stands twice");
  }
  bool parse_error(std::size_t byte, std::string const&, Json::exception const& failure) {
    // 4xx are numbers beyond all limits (nlohmann, "out_of_range").
    bool const number = failure.id >= 400 && failure.id < 500;
    finding = Finding{"", number ? "a number is too large" : "no JSON from byte " + std::to_string(byte) + " on"};
    return false;
  }

 private:
  struct Level {
    bool object = false;
    std::size_t element = 0;
    std::string name;
    std::set<std::string> names;
  };

  bool value() {
    if (!m_levels.empty()) ++m_levels.back().element;
    return true;
  }
  bool open(bool object) {
    if (m_levels.size() == k_deepest_document) return stop("nested deeper than 64");
    m_levels.push_back({object, 0, {}, {}});
    return true;
  }
  bool close() {
    m_levels.pop_back();
    return value();
  }
  bool stop(char const* what) {
    std::string pointer;
    for (auto const& level : m_levels) {
      pointer += "/" + (level.object ? escaped(level.name) : std::to_string(level.element));
      if (pointer.size() > k_longest_pointer) {
        pointer += "/…";
        break;
      }
    }
    finding = Finding{pointer, what};
    return false;
  }

  std::vector<Level> m_levels;
};

}  // namespace

Json read_document(std::string_view bytes, std::vector<Finding>& findings) {
  if (bytes.size() > k_largest_document) return findings.push_back({"", "more than 4 MiB"}), Json();
  Walk walk;
  bool const walked = Json::sax_parse(bytes.begin(), bytes.end(), &walk);
  if (walk.finding) return findings.push_back(std::move(*walk.finding)), Json();
  if (!walked) return findings.push_back({"", "no JSON"}), Json();
  auto document = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
  if (document.is_discarded()) return findings.push_back({"", "no JSON"}), Json();
  return document;
}

}  // namespace yizhan::catalog
