#include <libudev.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "peripherals/host/bus.h"
#include "peripherals/host/wait.h"
#include "shared/base/log.h"

namespace yizhan::host {

namespace {

struct Unref {
  void operator()(udev* it) const { udev_unref(it); }
  void operator()(udev_device* it) const { udev_device_unref(it); }
  void operator()(udev_enumerate* it) const { udev_enumerate_unref(it); }
  void operator()(udev_monitor* it) const { udev_monitor_unref(it); }
};
/// libudev's objects belong to one thread each, so every call has a context of its own.
using Context = std::unique_ptr<udev, Unref>;
using Device = std::unique_ptr<udev_device, Unref>;

std::string text_of(char const* text) { return text == nullptr ? std::string() : std::string(text); }

std::uint16_t hex_of(char const* text) {
  std::uint16_t value = 0;
  auto const digits = text_of(text);
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

struct Subsystem {
  Kind kind;
  char const* name;
  char const* devtype;       // or nullptr
  std::string_view sysname;  // begins so
};
constexpr Subsystem k_subsystems[] = {
    {Kind::tty, "tty", nullptr, "tty"},          {Kind::usb, "usb", "usb_device", ""},
    {Kind::usblp, "usbmisc", nullptr, "lp"},     {Kind::video, "video4linux", nullptr, "video"},
    {Kind::hidraw, "hidraw", nullptr, "hidraw"}, {Kind::input, "input", nullptr, "event"},
};

Subsystem const& subsystem_of(Kind kind) {
  return *std::find_if(std::begin(k_subsystems), std::end(k_subsystems),
                       [&](Subsystem const& subsystem) { return subsystem.kind == kind; });
}

bool belongs_to(udev_device* device, Subsystem const& subsystem) {
  if (text_of(udev_device_get_subsystem(device)) != subsystem.name) return false;
  if (subsystem.devtype != nullptr && text_of(udev_device_get_devtype(device)) != subsystem.devtype) return false;
  auto const sysname = text_of(udev_device_get_sysname(device));
  if (sysname.compare(0, subsystem.sysname.size(), subsystem.sysname) != 0) return false;
  // Virtual terminals have no device above them.
  return subsystem.kind != Kind::tty || udev_device_get_parent(device) != nullptr;
}

/// Identity and names from sysfs: they are there with the node, udev's own properties only after its rules have run.
std::optional<Place> place_of(udev_device* device, Kind kind) {
  auto const node = text_of(udev_device_get_devnode(device));
  if (node.empty()) return std::nullopt;
  // A camera's further nodes carry no pictures but what describes them.
  if (auto const index = text_of(udev_device_get_sysattr_value(device, "index"));
      kind == Kind::video && !index.empty() && index != "0")
    return std::nullopt;
  Place place;
  place.kind = kind;
  place.node = node;
  place.socket = text_of(udev_device_get_property_value(device, "ID_PATH"));
  auto* const usb =
      kind == Kind::usb ? device : udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
  if (usb == nullptr) {
    place.device = text_of(udev_device_get_syspath(device));
    return place;
  }
  place.device = text_of(udev_device_get_syspath(usb));
  auto const serial = text_of(udev_device_get_sysattr_value(usb, "serial"));
  place.identity = usb_identity(hex_of(udev_device_get_sysattr_value(usb, "idVendor")),
                                hex_of(udev_device_get_sysattr_value(usb, "idProduct")), serial);
  place.vendor = text_of(udev_device_get_sysattr_value(usb, "manufacturer"));
  place.product = text_of(udev_device_get_sysattr_value(usb, "product"));
  if (kind != Kind::usb) {
    if (auto* const interface = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_interface"))
      place.interface = hex_of(udev_device_get_sysattr_value(interface, "bInterfaceNumber"));
  }
  return place;
}

class SystemBus final : public Bus {
 public:
  SystemBus() : m_thread([this] { serve(); }) {}
  ~SystemBus() override {
    m_stop.raise();
    m_thread.join();
  }

  std::vector<Place> list(Kind kind) override {
    std::vector<Place> places;
    Context const context(udev_new());
    std::unique_ptr<udev_enumerate, Unref> const search(udev_enumerate_new(context.get()));
    auto const& subsystem = subsystem_of(kind);
    udev_enumerate_add_match_subsystem(search.get(), subsystem.name);
    udev_enumerate_scan_devices(search.get());
    udev_list_entry* entry = nullptr;
    udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(search.get())) {
      Device const device(udev_device_new_from_syspath(context.get(), udev_list_entry_get_name(entry)));
      if (!device || !belongs_to(device.get(), subsystem)) continue;
      if (auto place = place_of(device.get(), kind)) places.push_back(std::move(*place));
    }
    std::sort(places.begin(), places.end(), [](Place const& a, Place const& b) { return a.node < b.node; });
    return places;
  }

  std::unique_ptr<Watch> watch(Listener arrived) override { return m_watchers.add(std::move(arrived)); }

 private:
  void serve() {
    log::set_thread_name("bus");
    Context const context(udev_new());
    std::unique_ptr<udev_monitor, Unref> const monitor(udev_monitor_new_from_netlink(context.get(), "udev"));
    if (!monitor || udev_monitor_enable_receiving(monitor.get()) < 0) {
      log::info("bus: no netlink here; devices that come back are found by looking");
      return;
    }
    pollfd items[] = {{udev_monitor_get_fd(monitor.get()), POLLIN, 0}, {m_stop.fd(), POLLIN, 0}};
    for (;;) {
      if (::poll(items, 2, -1) < 0) continue;
      if (items[1].revents != 0) return;
      if (Device const device(udev_monitor_receive_device(monitor.get())); device) tell(device.get());
    }
  }

  void tell(udev_device* device) {
    auto const action = text_of(udev_device_get_action(device));
    if (action != "add" && action != "bind" && action != "change") return;
    for (auto const& subsystem : k_subsystems) {
      if (!belongs_to(device, subsystem)) continue;
      if (auto const place = place_of(device, subsystem.kind)) m_watchers.tell(*place);
    }
  }

  Watchers m_watchers;
  Interrupt m_stop;
  std::thread m_thread;  // last: uses the rest
};

}  // namespace

std::shared_ptr<Bus> Bus::system() { return std::make_shared<SystemBus>(); }

}  // namespace yizhan::host
