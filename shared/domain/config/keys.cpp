#include "shared/domain/config/keys.h"

#include <algorithm>

#include "shared/domain/config/rules.h"

namespace yizhan::config {

namespace {

/// A member of Config twice: its name in the file, and the way to it.
#define YZ_MEMBER(member) \
#member, [](Config & config) -> auto& { return config.member; }

Key number(std::string_view path, int& (*of)(Config&), int least, int most, std::string_view unit,
           std::string_view help) {
  return {path, unit, help, Number{of, least, most}};
}
Key one_of(std::string_view path, int& (*of)(Config&), std::vector<int> allowed, std::string_view unit,
           std::string_view help) {
  return {path, unit, help, OneOf{of, std::move(allowed)}};
}
Key flag(std::string_view path, bool& (*of)(Config&), std::string_view help) { return {path, "", help, Flag{of}}; }
Key line(std::string_view path, std::string& (*of)(Config&), std::string_view wanted, bool (*fits)(std::string_view),
         std::string_view help) {
  return {path, "", help, Line{of, wanted, fits}};
}

bool read_modes(Config& config, std::vector<std::string> const& texts) {
  std::vector<Mode> modes;
  for (auto const& text : texts) {
    auto const mode = parse_mode(text);
    if (!mode || std::find(modes.begin(), modes.end(), *mode) != modes.end()) return false;
    modes.push_back(*mode);
  }
  if (modes.empty()) return false;
  config.terminal.modes = std::move(modes);
  return true;
}
std::vector<std::string> write_modes(Config const& config) {
  std::vector<std::string> texts;
  for (auto const mode : config.terminal.modes) texts.emplace_back(to_string(mode));
  return texts;
}

bool read_pins(Config& config, std::vector<std::string> const& texts) {
  if (texts.size() > 8 || !std::all_of(texts.begin(), texts.end(), is_pin)) return false;
  config.platform.pins = texts;
  return true;
}

std::vector<int> bauds() { return {9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600}; }

constexpr std::string_view k_a_port =
    "a device path, usb:VVVV:PPPP[:SERIAL][#N], socket:ID_PATH, tcp://HOST[:PORT], or empty for none";
constexpr std::string_view k_a_camera = "a device path, usb:VVVV:PPPP[:SERIAL], socket:ID_PATH, or empty for none";
constexpr std::string_view k_a_file = "a path, or empty";

std::vector<Key> make_keys() {
  return {
      line(YZ_MEMBER(terminal.id), "3 digits", is_terminal_id, "Number of this machine, unique in the hall."),
      line(YZ_MEMBER(terminal.hall), "12 digits", is_hall_id, "Division code of the hall, down to the community."),
      {"terminal.modes", "", "What this machine is; one window each.",
       Lines{"one or more of resident, counter, display, technician", read_modes, write_modes}},
      line(YZ_MEMBER(terminal.language), "zh_CN or en", is_language, "Language of the first screen."),
      line(YZ_MEMBER(terminal.theme), "light, dark_yellow or high_contrast", is_theme, "Colours of the first screen."),
      number(YZ_MEMBER(terminal.panel_width_mm), 100, 3000, "mm",
             "Width of the lit area; sizes on the screen come from it."),
      number(YZ_MEMBER(terminal.panel_height_mm), 100, 3000, "mm", "Height of the lit area."),
      number(YZ_MEMBER(terminal.panel_width_px), 480, 7680, "pixels", "Width of the picture."),
      number(YZ_MEMBER(terminal.panel_height_px), 480, 7680, "pixels", "Height of the picture."),
      line(YZ_MEMBER(terminal.series), "two different letters A-Z without I and O, or empty", is_series,
           "This machine's own ticket series, the second one spare; no other machine of the hall may have either."),
      line(YZ_MEMBER(terminal.counter), "at most 8 ASCII letters and digits, or empty", is_counter_label,
           "Label of the counter this machine stands at, as it is shown and called: 3 becomes 3号窗口."),

      line(YZ_MEMBER(hall.name_zh), "1 to 40 characters", is_name, "The hall's name on screens and tickets."),
      line(YZ_MEMBER(hall.name_en), "1 to 40 characters", is_name, "The same in English."),
      line(YZ_MEMBER(hall.catalog), "a path", is_path,
           "The catalogue of services, until the platform sends a signed one."),
      line(YZ_MEMBER(hall.database), "a postgresql:// URI, or empty", is_postgres_uri,
           "The queue of a hall with several machines; empty: this machine keeps the queue alone."),
      {"hall.hours", "local time",
       "The same on all machines of a hall. At the day's last end waiting tickets expire, and none are given out until "
       "midnight; with 24:00 as the last end nothing ends before midnight.",
       Lines{"ascending spans such as \"08:30-12:00\"",
             [](Config& config, std::vector<std::string> const& texts) { return read_hours(texts, config.hall.hours); },
             [](Config const& config) { return write_hours(config.hall.hours); }}},
      line(YZ_MEMBER(hall.timezone), "a zone of the tz database", is_zone, "Decides when a day begins."),

      line(YZ_MEMBER(platform.url), "an https:// URL, or empty", is_https_url, "The provincial platform; empty: none."),
      {"platform.pins", "", "Public key pins of the platform, the current and the next.",
       Lines{"at most 8 texts sha256//<44 base64 characters>", read_pins,
             [](Config const& config) { return config.platform.pins; }}},
      line(YZ_MEMBER(platform.trust_signer), k_a_file, is_line, "Certificate (PEM) that signs the trust list."),
      line(YZ_MEMBER(platform.tls.ca), k_a_file, is_line,
           "Certificates (PEM) the platform's own must come from; empty: the system's."),
      line(YZ_MEMBER(platform.tls.certificate), k_a_file, is_line, "Certificate (PEM) of this machine."),
      line(YZ_MEMBER(platform.tls.key), k_a_file, is_line, "Its private key (PEM); empty: it is in the vault."),

      line(YZ_MEMBER(devices.id_reader.port), k_a_port, is_port,
           "ID card reader. A path means the device that is found there first; where the system can tell devices "
           "apart, it is "
           "known again under another path, and another one there is not taken for it."),
      one_of(YZ_MEMBER(devices.id_reader.baud), bauds(), "bit/s", "Speed of that port."),
      line(YZ_MEMBER(devices.id_reader.transport), "serial or bulk", is_reader_transport,
           "What carries its bytes: a serial port, or USB bulk pipes (then port is usb:…)."),
      line(YZ_MEMBER(devices.id_reader.protocol), "sdt or multi", is_reader_protocol,
           "What it speaks: SDT (AA AA AA 96 69 …), or the protocol of multi-function readers (02 … 03)."),
      line(YZ_MEMBER(devices.id_reader.identity), "a number, or empty for any", is_line,
           "Number of its security module; another one is refused."),
      line(YZ_MEMBER(devices.code_scanner.port), k_a_port, is_port,
           "Scanner on a serial or USB-CDC port, or a hidraw node. At most one of port, camera and pictures."),
      one_of(YZ_MEMBER(devices.code_scanner.baud), bauds(), "bit/s", "Speed of that port."),
      line(YZ_MEMBER(devices.code_scanner.kind), "serial, hid_pos or keyboard", is_scanner_kind,
           "How the scanner at the port speaks. keyboard: it types, and needs no port; only for scanners that can do "
           "nothing else."),
      line(YZ_MEMBER(devices.code_scanner.prefix), "characters, or empty", is_line,
           "What the scanner is set to send before each code; keyboard needs one."),
      line(YZ_MEMBER(devices.code_scanner.end), "line, tab or silence", is_code_end,
           "What it is set to send behind each code: CR and LF, TAB, or nothing."),
      flag(YZ_MEMBER(devices.code_scanner.aim_identifier),
           "Whether it is set to send ]Q1 and the like before each code."),
      number(YZ_MEMBER(devices.code_scanner.region_percent), 20, 100, "%",
             "How much of the camera's picture is looked at for codes, around its middle."),
      line(YZ_MEMBER(devices.code_scanner.camera), k_a_camera, is_camera, "Camera (V4L2) that looks for codes."),
      line(YZ_MEMBER(devices.code_scanner.pictures), "a pattern such as /tmp/frame-%04d.png, or empty", is_line,
           "Picture files instead of a camera, for trials."),
      line(YZ_MEMBER(devices.ticket_printer.port), k_a_port, is_port,
           "Thermal printer (ESC/POS), on a serial port, a printer node (/dev/usb/lp0) or tcp://."),
      one_of(YZ_MEMBER(devices.ticket_printer.baud), bauds(), "bit/s", "Speed of that port."),
      one_of(YZ_MEMBER(devices.ticket_printer.width), {58, 80}, "mm", "Width of the paper."),
      number(YZ_MEMBER(devices.ticket_printer.roll_metres), 0, 200, "m",
             "Length of a new roll, to tell how much is left; 0: not counted."),
      flag(YZ_MEMBER(devices.ticket_printer.automatic_status),
           "Whether it may be asked to tell of changes by itself (GS a); false for printers that print these bytes."),
      line(YZ_MEMBER(devices.document_printer.uri), "an ipp:// or ipps:// URI, a queue of CUPS, or empty for none",
           is_printer_uri, "Printer for A4 documents, e.g. ipp://10.0.0.7/ipp/print."),
      line(YZ_MEMBER(devices.document_printer.certificate), "sha256: and 64 hex digits, or empty for any", is_digest,
           "Digest of its certificate, for ipps://; another one is refused, and told with its digest."),
      line(YZ_MEMBER(devices.document_camera.device), k_a_camera, is_camera,
           "Camera (V4L2) above the table for pages."),
      flag(YZ_MEMBER(devices.smart_card.enabled), "Whether this machine has a reader of staff cards (PC/SC)."),
      line(YZ_MEMBER(devices.smart_card.reader), "a part of its name, or empty for the first", is_line,
           "Which reader, as pcsc_scan names it."),
      line(YZ_MEMBER(devices.keypad.keys), "KEY=ACTION with blanks between, default, or empty for none", is_line,
           "Keys of the accessible keypad, which is a keyboard to the system. KEY: KP_8, F1, 0x60 …; ACTION: up, down, "
           "left, "
           "right, ok, back, help, repeat, louder, softer. default: the digits as on a telephone."),
      line(YZ_MEMBER(devices.lamp.led), "a name below /sys/class/leds, or empty for none", is_led,
           "Lamp at the machine: steady while ready, blinking while a helper is called or something is broken."),
      line(YZ_MEMBER(devices.presence.port), k_a_camera, is_camera,
           "Presence sensor: an input node (/dev/input/event3)."),
      flag(YZ_MEMBER(devices.speech.enabled), "Whether this machine has a loudspeaker."),
      line(YZ_MEMBER(devices.speech.output), "a name, or empty", is_line,
           "Audio device, by SDL's name; empty: the system's choice."),

      number(YZ_MEMBER(session.idle_seconds), 10, 600, "s", "Without a touch for this long the countdown begins."),
      number(YZ_MEMBER(session.warning_seconds), 20, 120, "s", "Length of the countdown (WCAG 2.2.1: not under 20 s)."),
      number(YZ_MEMBER(session.elder_idle_seconds), 10, 1200, "s", "idle_seconds in elder mode."),
      number(YZ_MEMBER(session.reprint_minutes), 0, 60, "min",
             "After a start or a refill, tickets that were not printed are offered again for this long."),

      number(YZ_MEMBER(queue.ageing_minutes), 0, 240, "min",
             "A priority ticket goes before normal ones that wait less than this longer."),
      number(YZ_MEMBER(queue.elder_age), 50, 120, "years", "Age from which the elders' priority is offered."),
      number(YZ_MEMBER(queue.max_calls), 1, 10, "calls", "A ticket is called this often before it counts as missed."),
      number(YZ_MEMBER(queue.default_service_minutes), 1, 120, "min",
             "Length of a service until enough were measured today."),

      line(YZ_MEMBER(matters.divisions), "a path", is_path, "Administrative divisions that addresses are picked from."),
      number(YZ_MEMBER(matters.keep_draft_hours), 1, 720, "h",
             "An application that was begun can be resumed for this long, by the same person; then it goes."),
      number(YZ_MEMBER(matters.keep_case_days), 1, 3650, "days",
             "This machine knows a case this long after its end; the platform knows it longer."),
      number(YZ_MEMBER(matters.follow_up_contact_days), 1, 30, "working days",
             "Somebody who gave a bad grade is asked back within this time; policy of the hall's authority."),
      number(YZ_MEMBER(matters.follow_up_close_days), 1, 60, "working days",
             "A bad grade is dealt with within this time; policy of the hall's authority."),

      number(YZ_MEMBER(sync.long_poll_seconds), 1, 25, "s", "How long the platform may hold a question for changes."),
      number(YZ_MEMBER(sync.trust_minutes), 1, 1440, "min", "The trust list is asked for this often."),
      number(YZ_MEMBER(sync.time_minutes), 1, 1440, "min", "The time is compared with the platform's this often."),
      number(YZ_MEMBER(sync.keep_answered_days), 1, 3650, "days",
             "Answered events are kept this long; unanswered ones always."),

      line(YZ_MEMBER(store.vault), "development", is_vault,
           "Where keys live; development is a file and is refused by --profile production."),

      number(YZ_MEMBER(staff.tries), 3, 20, "tries", "Wrong PINs until a staff number is locked."),
      number(YZ_MEMBER(staff.lock_seconds), 5, 3600, "s", "First lock; each further one is twice as long."),
      number(YZ_MEMBER(staff.lock_max_minutes), 1, 1440, "min", "Longest lock."),
      number(YZ_MEMBER(staff.idle_lock_minutes), 1, 240, "min",
             "A counter left alone this long asks for the PIN again."),

      flag(YZ_MEMBER(privacy.show_on_hold),
           "Whether residents see their own name and number while they hold \"show\"; they are masked otherwise."),

      flag(YZ_MEMBER(speech.guidance), "Whether residents are guided by voice from the start, not only on request."),
      line(YZ_MEMBER(speech.voice_zh), "a voice of espeak-ng", is_path,
           "Voice for Chinese: a language or a name of espeak-ng --voices."),
      line(YZ_MEMBER(speech.voice_en), "a voice of espeak-ng", is_path, "Voice for English."),
      number(YZ_MEMBER(speech.words_per_minute), 80, 300, "words/min", "Speed of speech."),
      number(YZ_MEMBER(speech.volume_percent), 0, 100, "%", "Volume; every session starts with it again."),

      number(YZ_MEMBER(display.rows), 2, 8, "rows", "Called numbers shown at a time, at most."),
      number(YZ_MEMBER(display.next_tickets), 0, 20, "tickets", "Waiting numbers shown below, at most."),
      flag(YZ_MEMBER(display.speak_english), "Whether each call is repeated in English."),
  };
}

std::string join(std::vector<int> const& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) out.append(i + 1 == numbers.size() ? " or " : ", ");
    out.append(std::to_string(numbers[i]));
  }
  return out;
}

struct Wanted {
  std::string operator()(Number const& field) const {
    return std::to_string(field.least) + " … " + std::to_string(field.most);
  }
  std::string operator()(OneOf const& field) const { return join(field.allowed); }
  std::string operator()(Flag const&) const { return "true or false"; }
  std::string operator()(Line const& field) const { return std::string(field.wanted); }
  std::string operator()(Lines const& field) const { return std::string(field.wanted); }
};

}  // namespace

std::span<Key const> all_keys() {
  static std::vector<Key> const keys = make_keys();
  return keys;
}

std::string wanted(Key const& key) { return std::visit(Wanted{}, key.field); }

}  // namespace yizhan::config
