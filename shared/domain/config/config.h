#pragma once
/// What one machine is told about itself: /etc/yizhan/terminal.toml. The members below carry the names of the file's
/// keys and their defaults; units, ranges and explanations stand once, in keys.cpp, and are printed to
/// setup/terminal.example.toml.
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace yizhan::config {

enum class Mode { resident, counter, display, technician };
[[nodiscard]] char const* to_string(Mode mode);
/// Errors: unknown_mode.
Result<Mode> parse_mode(std::string_view name);

struct Terminal {
  std::string id = "001";
  std::string hall = "420106001001";
  std::vector<Mode> modes{Mode::resident};
  std::string language = "zh_CN";  // zh_CN | en
  std::string theme = "light";     // light | dark_yellow | high_contrast
  int panel_width_mm = 340;
  int panel_height_mm = 605;
  int panel_width_px = 1080;
  int panel_height_px = 1920;
  std::string series;   // two letters of its own, e.g. "KX"; empty: none given
  std::string counter;  // label in events and on the display, ASCII, e.g. "3"; empty: no counter
  bool operator==(Terminal const&) const = default;
};

/// Local minutes of the day, from < to.
struct OpenHours {
  std::chrono::minutes from{};
  std::chrono::minutes to{};
  bool operator==(OpenHours const&) const = default;
};
/// Whether a day's last opening hours are over at its local minute `now`. Never where they last to 24:00 or none are
/// given.
[[nodiscard]] bool are_over(std::vector<OpenHours> const& hours, std::chrono::minutes now);

struct Hall {
  std::string name_zh = "示范街道党群服务中心";
  std::string name_en = "Shifan Subdistrict Service Centre";
  std::string catalog = "assets/catalog/demo";
  std::string database;  // postgresql:// URI, empty: this machine's own database
  std::vector<OpenHours> hours{{std::chrono::hours{0}, std::chrono::hours{24}}};
  std::string timezone = "Asia/Shanghai";
  bool operator==(Hall const&) const = default;
};

struct Tls {
  std::string ca;           // PEM bundle that signs the platform's certificate
  std::string certificate;  // PEM, this machine's
  std::string key;          // PEM; empty: in the vault
  bool operator==(Tls const&) const = default;
};

struct Platform {
  std::string url;  // https://…, empty: no platform
  std::vector<std::string> pins;
  std::string trust_signer;  // PEM certificate that signs /v1/trust
  Tls tls;
  bool operator==(Platform const&) const = default;
};

/// Where `port` is asked for: a device path, usb:VVVV:PPPP[:SERIAL][#N], socket:ID_PATH or tcp://HOST[:PORT]
/// (peripherals/host/address.h); empty: there is none.
struct IdReader {
  std::string port;
  int baud = 115200;
  std::string transport = "serial";  // serial | bulk
  std::string protocol = "sdt";      // sdt | multi
  std::string identity;              // number of its SAM; empty: any
  bool operator==(IdReader const&) const = default;
};
/// At most one of port, camera and pictures.
struct CodeScanner {
  std::string port;
  int baud = 115200;
  std::string kind = "serial";  // serial | hid_pos | keyboard
  std::string prefix;
  std::string end = "line";  // line | tab | silence
  bool aim_identifier = false;
  int region_percent = 100;  // of the camera's picture, around its middle
  std::string camera;        // V4L2 device
  std::string pictures;      // multifilesrc pattern, e.g. /tmp/frame-%04d.png
  bool operator==(CodeScanner const&) const = default;
};
struct TicketPrinter {
  std::string port;
  int baud = 115200;
  int width = 80;        // mm of paper, 58 | 80
  int roll_metres = 80;  // 0: not counted
  bool automatic_status = true;
  bool operator==(TicketPrinter const&) const = default;
};
struct DocumentPrinter {
  std::string uri;          // empty: none
  std::string certificate;  // "sha256:…", empty: any
  bool operator==(DocumentPrinter const&) const = default;
};
struct DocumentCamera {
  std::string device;  // V4L2 device, empty: none
  bool operator==(DocumentCamera const&) const = default;
};
struct SmartCard {
  bool enabled = false;
  std::string reader;  // part of its name, empty: the first
  bool operator==(SmartCard const&) const = default;
};
struct Keypad {
  std::string keys;  // "KP_8=up …", "default", empty: none
  bool operator==(Keypad const&) const = default;
};
struct Lamp {
  std::string led;  // name below /sys/class/leds, empty: none
  bool operator==(Lamp const&) const = default;
};
struct Presence {
  std::string port;
  bool operator==(Presence const&) const = default;
};
struct SpeechDevice {
  bool enabled = true;
  std::string output;  // SDL audio device, empty: the system's own choice
  bool operator==(SpeechDevice const&) const = default;
};
struct Devices {
  IdReader id_reader;
  CodeScanner code_scanner;
  TicketPrinter ticket_printer;
  DocumentPrinter document_printer;
  DocumentCamera document_camera;
  SmartCard smart_card;
  Keypad keypad;
  Lamp lamp;
  Presence presence;
  SpeechDevice speech;
  bool operator==(Devices const&) const = default;
};

struct Session {
  int idle_seconds = 60;
  int warning_seconds = 20;
  int elder_idle_seconds = 120;
  int reprint_minutes = 10;
  bool operator==(Session const&) const = default;
};

struct Queue {
  int ageing_minutes = 15;
  int elder_age = 70;
  int max_calls = 3;
  int default_service_minutes = 6;
  bool operator==(Queue const&) const = default;
};

struct Matters {
  std::string divisions = "assets/divisions/hubei.json";
  int keep_draft_hours = 72;
  int keep_case_days = 90;
  int follow_up_contact_days = 1;
  int follow_up_close_days = 5;
  bool operator==(Matters const&) const = default;
};

struct Sync {
  int long_poll_seconds = 25;
  int trust_minutes = 60;
  int time_minutes = 15;
  int keep_answered_days = 30;
  bool operator==(Sync const&) const = default;
};

struct Store {
  std::string vault = "development";
  bool operator==(Store const&) const = default;
};

struct Staff {
  int tries = 5;
  int lock_seconds = 30;
  int lock_max_minutes = 60;
  int idle_lock_minutes = 5;
  bool operator==(Staff const&) const = default;
};

struct Privacy {
  bool show_on_hold = true;
  bool operator==(Privacy const&) const = default;
};

struct Speech {
  bool guidance = false;
  std::string voice_zh = "cmn";
  std::string voice_en = "en-gb";
  int words_per_minute = 150;
  int volume_percent = 60;
  bool operator==(Speech const&) const = default;
};

struct Display {
  int rows = 5;
  int next_tickets = 6;
  bool speak_english = false;
  bool operator==(Display const&) const = default;
};

struct Config {
  Terminal terminal;
  Hall hall;
  Platform platform;
  Devices devices;
  Session session;
  Queue queue;
  Matters matters;
  Sync sync;
  Store store;
  Staff staff;
  Privacy privacy;
  Speech speech;
  Display display;
  bool operator==(Config const&) const = default;

  /// urn:yizhan:device:<hall>:<terminal>
  [[nodiscard]] std::string device_urn() const;
};

/// Reads the whole file or nothing. Errors, each with "file:line: section.key: what is wanted" as detail, never the
/// value (a database URI may hold a password): config_syntax, config_unknown_key, config_value.
Result<Config> parse_config(std::string_view toml, std::string_view file_name);
/// Errors: config_file (cannot be read), and those above.
Result<Config> load_config(std::filesystem::path const& file);

/// setup/terminal.example.toml: every key with explanation, unit, range and default.
[[nodiscard]] std::string example_toml();

}  // namespace yizhan::config
