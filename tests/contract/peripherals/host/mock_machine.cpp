#include "tests/contract/peripherals/host/mock_machine.h"

#include <stdexcept>

#include "shared/base/text.h"

namespace yizhan::test {

namespace {

/// For C: a list of pointers that ends with a null.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

MockMachine::MockMachine() : m_testbed(umockdev_testbed_new()) {
  auto* const root = umockdev_testbed_get_root_dir(m_testbed);
  m_root = root;
  g_free(root);
  m_hub = add("pci", "0000:00:14.0", "", {}, {});
}

MockMachine::~MockMachine() { g_object_unref(m_testbed); }

std::filesystem::path MockMachine::real_path(std::string const& node) const { return m_root + node; }

std::string MockMachine::add(char const* subsystem, std::string const& name, std::string const& parent,
                             std::vector<std::string> attributes, std::vector<std::string> properties) {
  auto attribute_list = pointers_to(attributes);
  auto property_list = pointers_to(properties);
  auto* const path =
      umockdev_testbed_add_devicev(m_testbed, subsystem, name.c_str(), parent.empty() ? nullptr : parent.c_str(),
                                   attribute_list.data(), property_list.data());
  if (path == nullptr) throw std::runtime_error("umockdev: no " + name);
  std::string const result = path;
  g_free(path);
  return result;
}

std::string MockMachine::add_usb(MockUsb const& usb) {
  std::vector<std::string> attributes{"idVendor",     usb.vendor, "idProduct", usb.product,
                                      "manufacturer", "Yi Zhan",  "product",   "Mock"};
  if (!usb.serial.empty()) {
    attributes.insert(attributes.end(), {"serial", usb.serial});
  }
  return add("usb", usb.port, m_hub, std::move(attributes),
             {"DEVTYPE", "usb_device", "ID_PATH", "pci-0000:00:14.0-usb-0:" + usb.port.substr(2)});
}

void MockMachine::plug(MockUsb const& usb, std::string const& subsystem, std::string const& name,
                       std::string const& node, std::vector<std::string> attributes) {
  auto& parts = m_plugged[usb.port];
  if (parts.empty()) parts.push_back(add_usb(usb));
  auto const device = parts.front();
  auto const interface_name = usb.port + ":1." + std::to_string(usb.interface);
  auto const interface = add("usb", interface_name, device, {"bInterfaceNumber", "0" + std::to_string(usb.interface)},
                             {"DEVTYPE", "usb_interface"});
  auto const path = add(subsystem.c_str(), name, interface, std::move(attributes),
                        {"DEVNAME", node, "ID_PATH", "pci-0000:00:14.0-usb-0:" + interface_name.substr(2)});
  parts.insert(parts.end(), {interface, path});
  umockdev_testbed_uevent(m_testbed, path.c_str(), "add");
}

void MockMachine::plug_raw(MockUsb const& usb, int number, std::vector<unsigned char> const& descriptors) {
  std::string const digits = std::to_string(number);
  auto const node = "bus/usb/001/" + std::string(3 - digits.size(), '0') + digits;
  auto const hex = text::to_upper_ascii(text::to_hex(std::as_bytes(std::span(descriptors))));
  std::string description = "P: /devices/0000:00:14.0/" + usb.port + "\nN: " + node + "=" + hex +
                            "\nE: DEVTYPE=usb_device\nE: DEVNAME=/dev/" + node +
                            "\nE: SUBSYSTEM=usb\nE: ID_PATH=pci-0000:00:14.0-usb-0:" + usb.port.substr(2) +
                            "\nA: idVendor=" + usb.vendor + "\\n\nA: idProduct=" + usb.product + "\\n\n";
  if (!usb.serial.empty()) description += "A: serial=" + usb.serial + "\\n\n";
  GError* error = nullptr;
  if (umockdev_testbed_add_from_string(m_testbed, description.c_str(), &error) == 0) {
    std::string const message = error->message;
    g_error_free(error);
    throw std::runtime_error("umockdev: " + message);
  }
  m_plugged[usb.port] = {m_hub + "/" + usb.port};
  umockdev_testbed_uevent(m_testbed, m_plugged[usb.port].front().c_str(), "add");
}

void MockMachine::add_serial_port(std::string const& name) {
  auto const board = add("platform", "serial8250", "", {}, {});
  add("tty", name, board, {}, {"DEVNAME", "/dev/" + name});
}

void MockMachine::unplug(MockUsb const& usb) {
  auto const found = m_plugged.find(usb.port);
  if (found == m_plugged.end()) return;
  // The smallest part first: umockdev leaves links of what goes with its parent.
  for (auto path = found->second.rbegin(); path != found->second.rend(); ++path) {
    umockdev_testbed_uevent(m_testbed, path->c_str(), "remove");
    umockdev_testbed_remove_device(m_testbed, path->c_str());
  }
  m_plugged.erase(found);
}

}  // namespace yizhan::test
