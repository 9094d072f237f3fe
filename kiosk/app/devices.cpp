#include "kiosk/app/devices.h"

#include "peripherals/camera/camera_scanner.h"
#include "peripherals/camera/document_camera.h"
#include "peripherals/code_scanner/serial_scanner.h"
#include "peripherals/document_printer/ipp_printer.h"
#include "peripherals/id_reader/card_reader.h"
#include "peripherals/smart_card/pcsc_reader.h"
#include "peripherals/speech/espeak_speech.h"
#include "peripherals/ticket_printer/escpos_printer.h"
#include "shared/base/assets.h"
#include "shared/base/log.h"

namespace yizhan::app {

namespace {

constexpr std::string_view k_emulated = "emulated";
constexpr int k_dots_58mm = 384;
constexpr int k_dots_80mm = 576;

/// The job whose end the event tells.
template <class Event>
std::optional<Uuid> job_of(Event const& event) {
  if (auto const* done = std::get_if<device::PrintFinished>(&event)) return done->job;
  if (auto const* failed = std::get_if<device::PrintFailed>(&event)) return failed->job;
  if (auto const* unknown = std::get_if<device::PrintUnknown>(&event)) return unknown->job;
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Devices>> Devices::create(Options options, UiQueue& queue, DeviceBoard& board) {
  std::unique_ptr<Devices> devices(new Devices(std::move(options), queue, board));
  TRY(devices->open_emulated());
  TRY(devices->open());
  return devices;
}

Devices::~Devices() = default;

/// Puts this process's own devices at the other end of the ports that are called "emulated".
Result<void> Devices::open_emulated() {
  auto& config = m_options.config.devices;
  auto options = emulated::HallOptions::all_in(m_options.emulated, m_options.seed);
  options.people = find_asset(options.people);
  options.printer_width = config.ticket_printer.width == 58 ? k_dots_58mm : k_dots_80mm;
  bool any = false;
  auto const take = [&](std::string& port, std::optional<std::filesystem::path>& end) {
    if (port == k_emulated) {
      port = end->string();
      any = true;
    } else {
      end.reset();
    }
  };
  take(config.id_reader.port, options.reader);
  take(config.code_scanner.port, options.scanner);
  take(config.code_scanner.camera, options.camera);
  take(config.ticket_printer.port, options.printer);
  take(config.document_camera.device, options.document_camera);
  bool const document_printer = config.document_printer.uri == k_emulated;
  if (!document_printer) options.document_printer.reset();
  m_document_pictures = options.document_camera.has_value();
  if (!any && !document_printer) return {};
  if (m_options.profile == crypto::Profile::production) return Error::make("emulation_not_allowed");
  std::error_code failed;
  std::filesystem::create_directories(m_options.emulated, failed);
  if (options.camera) {
    std::filesystem::create_directories(options.camera->parent_path(), failed);
    config.code_scanner.pictures = config.code_scanner.camera;
    config.code_scanner.camera.clear();
  }
  m_emulated = TRY(emulated::EmulatedHall::create(std::move(options)));
  if (document_printer) config.document_printer.uri = m_emulated->document_printer()->uri();
  return {};
}

Result<void> Devices::open() {
  auto const& config = m_options.config.devices;
  auto const env = m_real.env();
  m_bus = m_emulated ? m_emulated->bus() : host::Bus::system();
  if (auto const& wanted = config.id_reader; !wanted.port.empty()) {
    id_reader::ReaderOptions options;
    bool const bulk = wanted.transport == "bulk";
    options.port =
        TRY(port_at(wanted.port, {.kinds = {bulk ? host::Kind::usb : host::Kind::tty}, .baud = wanted.baud}));
    options.protocol = wanted.protocol == "multi" ? id_reader::Protocol::multi : id_reader::Protocol::sdt;
    options.expected_identity = wanted.identity;
    m_board.expect("id_reader", config.id_reader.port);
    m_reader =
        id_reader::make_card_reader(m_reader_thread, env, options, to_ui<device::IdReaderEvent>(&Devices::heed_reader));
  }
  TRY(open_scanner());
  if (!config.code_scanner.camera.empty() || !config.code_scanner.pictures.empty()) {
    camera::CameraScannerOptions options;
    bool const pictures = !config.code_scanner.pictures.empty();
    options.source.kind = pictures ? camera::CameraSource::Kind::picture : camera::CameraSource::Kind::v4l2;
    options.source.path = pictures ? config.code_scanner.pictures : config.code_scanner.camera;
    constexpr float k_whole = 100;  // percent
    auto const part = static_cast<float>(config.code_scanner.region_percent) / k_whole;
    options.region = {(1 - part) / 2, (1 - part) / 2, part, part};
    if (!pictures) {
      options.source.bus = m_bus;
      options.source.controls = camera::k_code_controls;
    }
    m_board.expect("camera", options.source.path);
    m_camera = camera::make_camera_scanner(m_camera_thread, env, options,
                                           to_ui<device::CodeScannerEvent>(&Devices::heed_scanner));
  }
  if (!config.ticket_printer.port.empty()) {
    ticket_printer::EscPosPrinterOptions options;
    options.automatic_status = config.ticket_printer.automatic_status;
    options.port = TRY(port_at(config.ticket_printer.port,
                               {.kinds = {host::Kind::usblp, host::Kind::tty}, .baud = config.ticket_printer.baud}));
    m_board.expect("ticket_printer", config.ticket_printer.port);
    m_printer = ticket_printer::make_escpos_printer(m_printer_thread, env, options,
                                                    to_ui<device::TicketPrinterEvent>(&Devices::heed_printer));
  }
  if (!config.document_printer.uri.empty()) {
    document_printer::IppPrinterOptions options;
    options.uri = config.document_printer.uri;
    options.certificate = config.document_printer.certificate;
    options.user = "yizhan-" + m_options.config.terminal.hall + "-" + m_options.config.terminal.id;
    m_board.expect("document_printer", config.document_printer.uri);
    m_document_printer = document_printer::make_ipp_printer(
        m_document_printer_thread, env, options, to_ui<device::DocumentPrinterEvent>(&Devices::heed_document_printer));
  }
  if (!config.document_camera.device.empty()) {
    camera::DocumentCameraOptions options;
    options.source.kind = m_document_pictures ? camera::CameraSource::Kind::picture : camera::CameraSource::Kind::v4l2;
    options.source.path = config.document_camera.device;
    if (!m_document_pictures) options.source.bus = m_bus;
    m_board.expect("document_camera", config.document_camera.device);
    m_document_camera = camera::make_document_camera(
        m_document_camera_thread, env, options, to_ui<device::DocumentCameraEvent>(&Devices::heed_document_camera));
  }
  if (config.smart_card.enabled) {
    smart_card::PcscReaderOptions options;
    options.reader = config.smart_card.reader;
    m_board.expect("smart_card", options.reader);
    m_smart_card = smart_card::make_pcsc_reader(m_smart_card_thread, env, options,
                                                to_ui<device::SmartCardEvent>(&Devices::heed_smart_card));
    m_smart_card->start();
  }
  auto const heard = to_ui<device::SpeechEvent>(&Devices::heed_speech);
  if (config.speech.enabled && !m_options.silent) {
    speech::EspeakOptions options;
    auto const& spoken = m_options.config.speech;
    options.volume = spoken.volume_percent;
    options.voice = {.zh = spoken.voice_zh, .en = spoken.voice_en, .words_per_minute = spoken.words_per_minute};
    m_board.expect("speech", config.speech.output);
    m_speech =
        speech::make_espeak_speech(m_speech_thread, env, options, speech::make_sdl_sink(config.speech.output), heard);
  }
  if (m_options.profile == crypto::Profile::demo) {
    m_spoken = std::make_shared<emulated::SpokenLog>();
    m_speech = emulated::make_recorded_speech(m_spoken, std::move(m_speech), heard);
  }
  return {};
}

Result<void> Devices::open_scanner() {
  auto const& wanted = m_options.config.devices.code_scanner;
  auto const env = m_real.env();
  auto const heard = to_ui<device::CodeScannerEvent>(&Devices::heed_scanner);
  if (wanted.kind == "keyboard") {
    code_scanner::WedgeOptions options;
    options.prefix = wanted.prefix;
    options.end = wanted.end == "tab"    ? code_scanner::TypedEnd::tab
                  : wanted.end == "line" ? code_scanner::TypedEnd::enter
                                         : code_scanner::TypedEnd::silence;
    options.aim_identifier = wanted.aim_identifier;
    options.node = wanted.port;
    m_board.expect("code_scanner", wanted.port);
    m_wedge = code_scanner::make_wedge_scanner(m_scanner_thread, env, options, heard);
    return {};
  }
  if (wanted.port.empty()) return {};
  m_board.expect("code_scanner", wanted.port);
  code_scanner::FramingOptions framing;
  framing.prefix = wanted.prefix;
  framing.end = wanted.end == "tab"    ? code_scanner::CodeEnd::tab
                : wanted.end == "line" ? code_scanner::CodeEnd::line
                                       : code_scanner::CodeEnd::silence;
  framing.aim_identifier = wanted.aim_identifier;
  if (wanted.kind == "hid_pos") {
    code_scanner::HidScannerOptions options;
    options.port = TRY(port_at(wanted.port, {.kinds = {host::Kind::hidraw}}));
    options.framing = framing;
    m_scanner = code_scanner::make_hid_scanner(m_scanner_thread, env, options, heard);
  } else {
    code_scanner::SerialScannerOptions options;
    options.port = TRY(port_at(wanted.port, {.kinds = {host::Kind::tty}, .baud = wanted.baud}));
    options.framing = framing;
    m_scanner = code_scanner::make_serial_scanner(m_scanner_thread, env, options, heard);
  }
  return {};
}

Result<std::shared_ptr<host::Port>> Devices::port_at(std::string const& address, host::PortSettings settings) {
  return host::make_port(m_bus, TRY(host::parse_address(address)), std::move(settings));
}

template <class Event>
std::function<void(Event)> Devices::to_ui(void (Devices::*handle)(Event&)) {
  return [this, owner = m_alive.token(), handle](Event event) {
    auto shared = std::make_shared<Event>(std::move(event));
    m_queue.post(owner, [this, handle, shared] { (this->*handle)(*shared); });
  };
}

void Devices::note(device::Health health) {
  if (health.last_fault && health.state != device::State::ready) {
    log::info("{}: {} {}", health.name, device::to_string(health.state), health.last_fault->to_line());
  }
  m_board.note(std::move(health));
  if (on_health) on_health();
}

void Devices::heed_reader(device::IdReaderEvent& event) {
  if (auto* health = std::get_if<device::ReaderHealth>(&event))
    note(std::move(health->health));
  else if (on_reader)
    on_reader(event);
}

void Devices::heed_scanner(device::CodeScannerEvent& event) {
  if (auto* health = std::get_if<device::ScannerHealth>(&event))
    note(std::move(health->health));
  else if (on_scanner)
    on_scanner(event);
}

void Devices::heed_printer(device::TicketPrinterEvent& event) {
  if (auto* health = std::get_if<device::PrinterHealth>(&event)) {
    if (health->status && on_paper) on_paper(health->status->paper);
    return note(std::move(health->health));
  }
  if (auto const job = job_of(event)) m_printing.erase(*job);
  if (on_printer) on_printer(event);
}

void Devices::heed_document_printer(device::DocumentPrinterEvent& event) {
  if (auto* health = std::get_if<device::DocumentPrinterHealth>(&event)) return note(std::move(health->health));
  if (auto const job = job_of(event)) m_printing.erase(*job);
  if (on_document_printer) on_document_printer(event);
}

void Devices::heed_document_camera(device::DocumentCameraEvent& event) {
  if (auto* health = std::get_if<device::DocumentCameraHealth>(&event)) return note(std::move(health->health));
  if (auto const* still = std::get_if<device::DocumentStill>(&event)) m_taking.erase(still->request);
  if (auto const* failed = std::get_if<device::DocumentStillFailed>(&event)) m_taking.erase(failed->request);
  if (on_document_camera) on_document_camera(event);
}

void Devices::heed_smart_card(device::SmartCardEvent& event) {
  if (auto* health = std::get_if<device::SmartCardHealth>(&event)) return note(std::move(health->health));
  if (on_smart_card) on_smart_card(event);
}

void Devices::heed_speech(device::SpeechEvent& event) {
  if (auto* health = std::get_if<device::SpeechHealth>(&event)) return note(std::move(health->health));
  std::uint64_t id = 0;
  if (auto const* done = std::get_if<device::SpeechFinished>(&event)) id = done->id;
  if (auto const* failed = std::get_if<device::SpeechFailed>(&event)) {
    id = failed->id;
    if (!failed->error.is("speech_hushed")) log::warning("speech: {}", failed->error.to_line());
  }
  m_speaking.erase(id);
  if (on_spoken) on_spoken(id);
}

void Devices::start_reading(device::Pace pace) {
  if (m_reader) m_reader->start_polling(pace);
  if (m_scanner) m_scanner->start_scanning();
  if (m_wedge) m_wedge->start_scanning();
}
void Devices::start_scanning() {
  if (m_camera) m_camera->start_scanning();
}
void Devices::stop_scanning() {
  if (m_camera) m_camera->stop_scanning();
}

void Devices::print(Uuid const& job, paper::TicketPaper ticket) {
  print_picture(job, [ticket = std::move(ticket)](auto width) { return paper::render_ticket(ticket, width); });
}
void Devices::print(Uuid const& job, paper::Slip slip) {
  print_picture(job, [slip = std::move(slip)](auto width) { return paper::render_slip(slip, width); });
}

/// Draws on the printer's thread.
void Devices::print_picture(Uuid const& job, std::function<Result<paper::MonoImage>(paper::PaperWidth)> draw) {
  if (!m_printer) {
    device::TicketPrinterEvent event = device::PrintFailed{job, Error::make("device_absent")};
    m_queue.post(m_alive.token(), [this, event]() mutable { heed_printer(event); });
    return;
  }
  m_printing[job] = m_queue.begin();
  auto const width =
      m_options.config.devices.ticket_printer.width == 58 ? paper::PaperWidth::mm58 : paper::PaperWidth::mm80;
  m_printer_thread.post([this, job, width, draw = std::move(draw), owner = m_alive.token()] {
    // Handed over on the ui thread: at the end of the program the driver goes before its thread.
    m_queue.post(owner, [this, job, image = draw(width)]() mutable {
      if (image) return m_printer->print(job, {image->width, image->height, std::move(image->bits)});
      device::TicketPrinterEvent event = device::PrintFailed{job, std::move(image).error()};
      heed_printer(event);
    });
  });
}

void Devices::print_document(Uuid const& job, std::vector<std::byte> pdf, std::string title) {
  device::DocumentFile file{SecretBytes(std::span<std::byte const>(pdf)), std::move(title)};
  scrub(pdf.data(), pdf.size());
  if (!m_document_printer) {
    device::DocumentPrinterEvent event = device::PrintFailed{job, Error::make("device_absent")};
    m_queue.post(m_alive.token(), [this, event]() mutable { heed_document_printer(event); });
    return;
  }
  m_printing[job] = m_queue.begin();
  m_document_printer->print(job, std::move(file));
}

void Devices::open_document_camera() {
  if (m_document_camera) m_document_camera->start();
}
void Devices::close_document_camera() {
  if (m_document_camera) m_document_camera->stop();
}
void Devices::take_document_picture(std::uint64_t request) {
  if (!m_document_camera) {
    m_queue.post(m_alive.token(), [this, request] {
      device::DocumentCameraEvent event = device::DocumentStillFailed{request, Error::make("camera_absent")};
      heed_document_camera(event);
    });
    return;
  }
  m_taking[request] = m_queue.begin();
  m_document_camera->take(request);
}

std::uint64_t Devices::say(std::string text, device::Language language) {
  auto const id = m_next_utterance++;
  if (!m_speech) {
    device::SpeechEvent event = device::SpeechFinished{id};
    m_queue.post(m_alive.token(), [this, event]() mutable { heed_speech(event); });
    return id;
  }
  m_speaking[id] = m_queue.begin();
  m_speech->say(id, std::move(text), language);
  return id;
}

void Devices::typed(code_scanner::TypedCode code) {
  if (m_wedge) m_wedge->typed(std::move(code));
}

void Devices::hush() {
  if (m_speech) m_speech->hush();
}
void Devices::set_volume(int percent) {
  if (m_speech) m_speech->set_volume(percent);
}
void Devices::check_health() {
  if (m_reader) m_reader->check_health();
  if (m_scanner) m_scanner->check_health();
  if (m_wedge) m_wedge->check_health();
  if (m_camera) m_camera->check_health();
  if (m_printer) m_printer->check_health();
  if (m_document_printer) m_document_printer->check_health();
  if (m_document_camera) m_document_camera->check_health();
  if (m_smart_card) m_smart_card->check_health();
  if (m_speech) m_speech->check_health();
}

}  // namespace yizhan::app
