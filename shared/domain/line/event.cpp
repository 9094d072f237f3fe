#include "shared/domain/line/event.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace yizhan::line {

namespace {

/// Writes one flat object whose members come in sorted order, as RFC 8785 wants them.
class ObjectWriter {
 public:
  void text(std::string_view key, std::string_view value) {
    // Ill-formed UTF-8 cannot come from our own facts; it must not throw all the same.
    raw(key, nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  void raw(std::string_view key, std::string_view json) {
    m_out.append(m_out.size() == 1 ? "\"" : ",\"").append(key).append("\":").append(json);
  }
  std::string finish() && { return std::move(m_out.append("}")); }

 private:
  std::string m_out = "{";
};

enum class Part { fact, unchained, whole };

std::string write(Fact const& fact, Place const& place, Part part) {
  ObjectWriter out;
  if (part == Part::whole) out.text("chain", place.chain);
  out.text("clockstate", calendar::to_string(fact.clock_state));
  out.raw("data", fact.data.empty() ? std::string_view("{}") : std::string_view(fact.data));
  out.text("datacontenttype", "application/json");
  if (part != Part::fact) out.text("epoch", place.epoch);
  out.text("id", fact.id.to_string());
  if (!fact.replaces.empty()) out.text("replaces", fact.replaces);
  if (part != Part::fact) out.text("sequence", padded(place.sequence));
  out.text("source", fact.source);
  out.text("specversion", "1.0");
  if (!fact.subject.empty()) out.text("subject", fact.subject);  // CloudEvents: absent rather than empty
  out.text("time", fact.time);
  out.text("type", fact.type);
  return std::move(out).finish();
}

}  // namespace

std::string padded(std::uint64_t sequence) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%016llu", static_cast<unsigned long long>(sequence));
  return buffer;
}

std::string canonical_fact(Fact const& fact) { return write(fact, {}, Part::fact); }
std::string canonical_without_chain(PlacedEvent const& event) {
  return write(event.fact, event.place, Part::unchained);
}
std::string to_wire(PlacedEvent const& event) { return write(event.fact, event.place, Part::whole); }

}  // namespace yizhan::line
