#include "peripherals/emulated/hall.h"

#include <charconv>

#include "peripherals/emulated/people.h"
#include "shared/base/file.h"
#include "shared/base/text.h"

namespace yizhan::emulated {

namespace {

Error unknown(std::string_view line) { return Error::make("unknown_command", Retry::no, std::string(line)); }
Error not_emulated(char const* device) { return Error::make("device_not_emulated", Retry::no, device); }

/// The first word; `rest` becomes what follows it.
std::string_view take_word(std::string_view& rest) {
  rest = text::trim(rest);
  auto const end = std::min(rest.find(' '), rest.size());
  auto const word = rest.substr(0, end);
  rest = text::trim(rest.substr(end));
  return word;
}

std::string_view unquoted(std::string_view text) {
  bool const quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

constexpr std::size_t k_pem_limit = 64 * 1024;

bool is_file(std::string_view path) {
  std::error_code error;
  return std::filesystem::is_regular_file(std::filesystem::path(path), error);
}

}  // namespace

HallOptions HallOptions::all_in(std::filesystem::path const& folder, std::uint64_t seed) {
  HallOptions options;
  options.seed = seed;
  options.reader = folder / "reader";
  options.scanner = folder / "scanner";
  options.printer = folder / "printer";
  options.tickets = folder;
  options.camera = folder / "camera" / "frame.png";
  options.document_printer = folder;
  options.document_camera = folder / "document_camera" / "frame.png";
  return options;
}

Result<std::unique_ptr<EmulatedHall>> EmulatedHall::create(HallOptions options) {
  std::unique_ptr<EmulatedHall> hall(new EmulatedHall);
  if (options.reader) {
    hall->m_people = TRY(load_people(options.people));
    hall->m_reader = TRY(EmulatedReader::create(*options.reader, options.seed, options.reader_wire));
    hall->connect("reader", *hall->m_reader, "usb:0400:c35a:5A01");
  }
  if (options.scanner) {
    hall->m_scanner = TRY(EmulatedScanner::create(*options.scanner));
    hall->connect("scanner", *hall->m_scanner, "usb:1eab:1a06:SC01");
  }
  if (options.hid_scanner) {
    hall->m_hid_scanner = TRY(EmulatedHidScanner::create(*options.hid_scanner));
    hall->connect("hidscanner", *hall->m_hid_scanner, "usb:1eab:0022:HP01", host::Kind::hidraw);
  }
  if (auto const& wanted = options.staff_card) {
    StaffCardData data;
    data.card_id = {std::byte{0x5A}, std::byte{0x01}, {}, {}, {}, {}, {}, std::byte{0x01}};
    data.key_pem = TRY(read_whole_file(wanted->key, k_pem_limit));
    data.certificate = TRY(read_whole_file(wanted->certificate, k_pem_limit));
    auto application = TRY(StaffCardApplication::create(std::move(data)));
    hall->m_staff_card = std::make_unique<VirtualCard>(wanted->vpcd, std::move(application), options.seed);
  }
  if (options.printer) {
    std::error_code error;
    if (!options.tickets.empty()) std::filesystem::create_directories(options.tickets, error);
    hall->m_printer = TRY(EmulatedPrinter::create(*options.printer, options.printer_width, options.tickets));
    hall->connect("printer", *hall->m_printer, "usb:0416:5011:TP01");
  }
  if (options.camera) hall->m_camera = TRY(EmulatedCamera::create(*options.camera, options.seed));
  if (options.document_printer) {
    hall->m_document_printer = TRY(EmulatedDocumentPrinter::create(*options.document_printer));
  }
  if (options.document_camera) hall->m_document_camera = TRY(EmulatedDocumentCamera::create(*options.document_camera));
  return hall;
}

EmulatedHall::~EmulatedHall() {
  for (auto const& [name, cable] : m_cables) {
    m_bus->detach(*cable.device);
    if (cable.stranger) m_bus->detach(*cable.stranger);
  }
}

void EmulatedHall::connect(std::string name, WireDevice& device, std::string identity, host::Kind kind) {
  m_bus->attach(device, std::move(identity), "emulated-usb-0:" + std::to_string(m_cables.size() + 1), kind);
  m_cables.emplace(std::move(name), Cable{&device, device.path(), 0, nullptr});
}

Result<std::string> EmulatedHall::command(std::string_view line) {
  auto rest = line;
  auto const device = take_word(rest);
  auto const verb = take_word(rest);
  bool const plugging = verb == "plug" || verb == "unplug" || verb == "renumber" || verb == "swap";
  if (device == "card") return card(verb, rest);
  if (device == "code") return code(verb, rest);
  if (device == "reader") return plugging ? plug(device, verb) : reader(verb, rest);
  if (device == "printer") return plugging ? plug(device, verb) : printer(verb, rest);
  if (device == "docprinter") return document_printer(verb, rest);
  if (device == "doccamera") return document_camera(verb, rest);
  if (device == "staffcard") return staff_card(verb, rest);
  if ((device == "scanner" || device == "hidscanner") && plugging) return plug(device, verb);
  if (device == "camera" && plugging) return plug_camera(verb);
  return unknown(line);
}

Result<std::string> EmulatedHall::card(std::string_view verb, std::string_view rest) {
  if (!m_reader) return not_emulated("reader");
  if (verb == "remove") {
    m_reader->remove();
    return std::string();
  }
  if (verb != "present") return unknown(verb);
  if (auto const person = m_people.find(std::string(rest)); person != m_people.end()) {
    m_reader->present(person->second);
  } else if (is_file(rest)) {
    m_reader->present(TRY(load_card_block(rest)));
  } else {
    return Error::make("person_unknown", Retry::no, std::string(rest));
  }
  return std::string();
}

Result<std::string> EmulatedHall::code(std::string_view verb, std::string_view rest) {
  auto const shown = unquoted(rest);
  if (verb == "hide") {
    if (m_camera) TRY(m_camera->hide());
  } else if (verb == "show" && m_camera) {
    TRY(is_file(shown) ? m_camera->show_file(shown) : m_camera->show_text(shown));
  } else if (verb == "show" || verb == "scan") {
    if (!m_scanner && !m_hid_scanner) return not_emulated("scanner");
    if (is_file(shown)) return Error::make("device_not_emulated", Retry::no, "a picture needs a camera");
    if (m_scanner)
      m_scanner->scan(shown);
    else
      m_hid_scanner->scan(shown);
  } else {
    return unknown(verb);
  }
  return std::string();
}

Result<std::string> EmulatedHall::staff_card(std::string_view verb, std::string_view rest) {
  if (!m_staff_card) return not_emulated("staffcard");
  auto const fault = parse_smart_card_fault(rest);
  if (verb == "insert") {
    m_staff_card->insert();
  } else if (verb == "remove") {
    m_staff_card->remove();
  } else if (verb == "fault" && rest == "blocked") {
    m_staff_card->block();
  } else if (verb == "fault" && fault) {
    m_staff_card->set_fault(*fault);
    if (*fault == SmartCardFault::none) m_staff_card->unblock();
  } else {
    return unknown(rest);
  }
  return std::string();
}

Result<std::string> EmulatedHall::reader(std::string_view verb, std::string_view rest) {
  if (!m_reader) return not_emulated("reader");
  auto const fault = parse_reader_fault(rest);
  if (verb != "fault" || !fault) return unknown(rest);
  m_reader->set_fault(*fault);
  return std::string();
}

Result<std::string> EmulatedHall::printer(std::string_view verb, std::string_view rest) {
  if (!m_printer) return not_emulated("printer");
  if (verb == "tickets") return std::to_string(m_printer->tickets().size());
  if (verb == "fault") return printer_fault(rest);
  auto const speed = number_of(rest);
  if (verb != "speed" || !speed) return unknown(verb);
  m_printer->set_speed(*speed);
  return std::string();
}

Result<std::string> EmulatedHall::printer_fault(std::string_view rest) {
  auto const fault = parse_printer_fault(take_word(rest));
  if (!fault) return unknown("printer fault");
  if (rest.empty()) {
    m_printer->set_fault(*fault);
    return std::string();
  }
  auto const word = take_word(rest);
  auto const rows = number_of(rest);
  if (word != "after" || !rows) return unknown(word);
  m_printer->fault_after_rows(*fault, *rows);
  return std::string();
}

Result<std::string> EmulatedHall::document_printer(std::string_view verb, std::string_view rest) {
  if (!m_document_printer) return not_emulated("docprinter");
  auto const fault = parse_document_printer_fault(verb == "repair" ? "none" : rest);
  if (verb == "documents") return std::to_string(m_document_printer->printed());
  if (verb == "plug") {
    TRY(m_document_printer->plug());
  } else if (verb == "unplug") {
    m_document_printer->unplug();
  } else if ((verb == "fault" || verb == "repair") && fault) {
    m_document_printer->set_fault(*fault);
  } else {
    return unknown(verb);
  }
  return std::string();
}

Result<std::string> EmulatedHall::document_camera(std::string_view verb, std::string_view rest) {
  if (!m_document_camera) return not_emulated("doccamera");
  if (verb == "show") {
    TRY(m_document_camera->show(unquoted(rest)));
  } else if (verb == "hide") {
    TRY(m_document_camera->hide());
  } else if (verb == "plug") {
    TRY(m_document_camera->plug());
  } else if (verb == "unplug") {
    m_document_camera->unplug();
  } else if (verb == "repair" || (verb == "fault" && (rest == "none" || rest == "silent"))) {
    TRY(m_document_camera->set_silent(verb == "fault" && rest == "silent"));
  } else {
    return unknown(verb);
  }
  return std::string();
}

Result<std::string> EmulatedHall::plug(std::string_view name, std::string_view verb) {
  auto const found = m_cables.find(name);
  if (found == m_cables.end()) return not_emulated("device");
  auto& cable = found->second;
  auto& device = *cable.device;
  auto const next_node = [&] { return cable.node.string() + "." + std::to_string(++cable.renumbered); };
  if (verb == "swap") {
    TRY(swap(cable));
  } else if (verb == "renumber") {
    TRY(m_bus->renumber(device, next_node()));
  } else if (verb == "plug") {
    bool const taken = cable.stranger && cable.stranger->plugged();
    if (!device.plugged()) TRY(m_bus->plug(device, taken ? next_node() : cable.node.string()));
  } else {
    m_bus->unplug(device);
    if (cable.stranger) m_bus->unplug(*cable.stranger);
  }
  return std::string();
}

Result<void> EmulatedHall::swap(Cable& cable) {
  if (!cable.stranger) {
    cable.stranger = TRY(EmulatedScanner::create(cable.node.string() + ".stranger"));
    m_bus->attach(*cable.stranger, "usb:1a86:7523:", "emulated-usb-0:9");
  }
  return m_bus->swap(*cable.device, *cable.stranger);
}

Result<std::string> EmulatedHall::plug_camera(std::string_view verb) {
  if (!m_camera) return not_emulated("camera");
  if (verb == "plug") {
    TRY(m_camera->hide());
  } else {
    m_camera->unplug();
  }
  return std::string();
}

}  // namespace yizhan::emulated
