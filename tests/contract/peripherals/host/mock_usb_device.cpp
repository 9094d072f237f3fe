#include "tests/contract/peripherals/host/mock_usb_device.h"

#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

namespace yizhan::test {

namespace {

constexpr unsigned char k_in = 0x81;
constexpr std::size_t k_packet = 64;

/// USB 2.0, 9.6: device, configuration, one interface of the vendor's own class, two bulk endpoints.
std::vector<unsigned char> descriptors_of(MockUsb const& usb) {
  auto const vendor = std::stoul(usb.vendor, nullptr, 16);
  auto const product = std::stoul(usb.product, nullptr, 16);
  auto const low = [](unsigned long value) { return static_cast<unsigned char>(value & 0xFF); };
  auto const high = [](unsigned long value) { return static_cast<unsigned char>(value >> 8); };
  return {18, 1, 0x10, 0x01, 0,  0,    0, 64,   low(vendor), high(vendor), low(product), high(product),
          0,  1, 0,    0,    0,  1,                  //
          9,  2, 32,   0,    1,  1,    0, 0x80, 50,  //
          9,  4, 0,    0,    2,  0xFF, 0, 0,    0,   //
          7,  5, k_in, 2,    64, 0,    0,            //
          7,  5, 0x02, 2,    64, 0,    0};
}

template <class Value>
Value& as(UMockdevIoctlData* data) {
  return *reinterpret_cast<Value*>(data->data);
}

template <class Value>
void set(UMockdevIoctlData* data, std::size_t offset, Value value) {
  umockdev_ioctl_data_update(data, offset, reinterpret_cast<guint8*>(&value), sizeof value);
}

}  // namespace

MockUsbDevice::MockUsbDevice(MockMachine& machine, MockUsb usb, int number, std::function<void(std::string_view)> heard)
    : m_machine(machine),
      m_usb(std::move(usb)),
      m_node("/dev/bus/usb/001/00" + std::to_string(number)),
      m_handler(umockdev_ioctl_base_new()),
      m_heard(std::move(heard)) {
  m_machine.plug_raw(m_usb, number, descriptors_of(m_usb));
  g_signal_connect(m_handler, "handle-ioctl", G_CALLBACK(&MockUsbDevice::handle_static), this);
  umockdev_testbed_attach_ioctl(m_machine.testbed(), m_node.c_str(), m_handler, nullptr);
}

MockUsbDevice::~MockUsbDevice() {
  umockdev_testbed_detach_ioctl(m_machine.testbed(), m_node.c_str(), nullptr);
  g_object_unref(m_handler);
}

void MockUsbDevice::send(std::string_view bytes) {
  std::lock_guard const lock(m_mutex);
  for (std::size_t at = 0; at < bytes.size(); at += k_packet) m_to_host.emplace_back(bytes.substr(at, k_packet));
}

std::string MockUsbDevice::received(std::size_t length) {
  std::unique_lock lock(m_mutex);
  m_changed.wait_for(lock, std::chrono::seconds(10), [&] { return m_from_host.size() >= length; });
  return std::exchange(m_from_host, {});
}

void MockUsbDevice::pull() {
  std::lock_guard const lock(m_mutex);
  m_pulled = true;
}

void MockUsbDevice::jam(bool jammed) {
  std::lock_guard const lock(m_mutex);
  m_jammed = jammed;
}

void MockUsbDevice::stall() {
  std::lock_guard const lock(m_mutex);
  m_stalled = true;
}

MockUsbDevice::Seen MockUsbDevice::seen() {
  std::lock_guard const lock(m_mutex);
  m_seen.pending = m_urbs.size();
  return m_seen;
}

gboolean MockUsbDevice::handle_static(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
  return static_cast<MockUsbDevice*>(self)->handle(client) ? TRUE : FALSE;
}

bool MockUsbDevice::handle(UMockdevIoctlClient* client) {
  auto const request = umockdev_ioctl_client_get_request(client);
  auto const done = [&](long result, int error = 0) {
    umockdev_ioctl_client_complete(client, result, error);
    return true;
  };
  std::lock_guard const lock(m_mutex);
  if (request == USBDEVFS_DISCARDURB) return discard(client), true;
  if (m_pulled && request != USBDEVFS_REAPURBNDELAY) return done(-1, ENODEV);
  if (_IOC_SIZE(request) == 0) return done(0);
  auto* const block =
      umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, _IOC_SIZE(request), nullptr);
  if (block == nullptr) return false;
  switch (request) {
    case USBDEVFS_SUBMITURB: submit(client, block); break;
    case USBDEVFS_REAPURBNDELAY: reap(client, block); break;
    case USBDEVFS_CONTROL: control(client, block); break;
    case USBDEVFS_CONNECTINFO: set(block, offsetof(usbdevfs_connectinfo, devnum), 4U), done(0); break;
    case USBDEVFS_GET_CAPABILITIES:
      set<guint32>(block, 0, USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_REAP_AFTER_DISCONNECT);
      done(0);
      break;
    case USBDEVFS_DISCONNECT_CLAIM: ++m_seen.claims, ++m_seen.detached_drivers, done(0); break;
    case USBDEVFS_CLAIMINTERFACE: ++m_seen.claims, done(0); break;
    case USBDEVFS_IOCTL:  // CONNECT: how many drivers took an interface
      ++m_seen.attached_drivers, done(1);
      break;
    case USBDEVFS_CLEAR_HALT: ++m_seen.cleared_halts, m_stalled = false, done(0); break;
    case USBDEVFS_RELEASEINTERFACE: done(0); break;
    default: done(-1, ENOTTY); break;
  }
  umockdev_ioctl_data_unref(block);
  return true;
}

/// GET_CONFIGURATION, the only one that is asked.
void MockUsbDevice::control(UMockdevIoctlClient* client, UMockdevIoctlData* block) {
  auto const length = as<usbdevfs_ctrltransfer>(block).wLength;
  auto* const answer = umockdev_ioctl_data_resolve(block, offsetof(usbdevfs_ctrltransfer, data), length, nullptr);
  if (answer == nullptr) return umockdev_ioctl_client_complete(client, -1, EINVAL);
  set<guint8>(answer, 0, 1);
  umockdev_ioctl_data_unref(answer);
  umockdev_ioctl_client_complete(client, 1, 0);
}

void MockUsbDevice::submit(UMockdevIoctlClient* client, UMockdevIoctlData* block) {
  auto const length = static_cast<std::size_t>(as<usbdevfs_urb>(block).buffer_length);
  auto* const buffer = umockdev_ioctl_data_resolve(block, offsetof(usbdevfs_urb, buffer), length, nullptr);
  m_urbs.push_back({umockdev_ioctl_data_ref(block), buffer});
  if ((as<usbdevfs_urb>(block).endpoint & 0x80) == 0) m_seen.longest_packet = std::max(m_seen.longest_packet, length);
  umockdev_ioctl_client_complete(client, 0, 0);
}

void MockUsbDevice::discard(UMockdevIoctlClient* client) {
  auto const address = as<gulong>(umockdev_ioctl_client_get_arg(client));
  auto const urb = std::find_if(m_urbs.begin(), m_urbs.end(),
                                [&](Urb const& candidate) { return candidate.block->client_addr == address; });
  if (urb == m_urbs.end()) return umockdev_ioctl_client_complete(client, -1, EINVAL);
  urb->discarded = true;
  umockdev_ioctl_client_complete(client, 0, 0);
}

/// True if the URB is over.
bool MockUsbDevice::carry(Urb& urb) {
  int status = 0;
  int length = 0;
  auto const& block = as<usbdevfs_urb>(urb.block);
  bool const to_host = (block.endpoint & 0x80) != 0;
  if (m_pulled) {
    status = -ESHUTDOWN;
  } else if (urb.discarded) {
    status = -ENOENT;
  } else if (to_host && m_stalled) {
    status = -EPIPE;
  } else if (to_host) {
    if (m_to_host.empty()) return false;
    auto packet = std::move(m_to_host.front());
    m_to_host.pop_front();
    length = static_cast<int>(packet.size());
    umockdev_ioctl_data_update(urb.buffer, 0, reinterpret_cast<guint8*>(packet.data()), length);
  } else {
    if (m_jammed) return false;
    length = block.buffer_length;
    std::string const bytes(reinterpret_cast<char const*>(urb.buffer->data), static_cast<std::size_t>(length));
    m_from_host += bytes;
    m_changed.notify_all();
    if (m_heard) m_heard(bytes);
  }
  set(urb.block, offsetof(usbdevfs_urb, status), status);
  set(urb.block, offsetof(usbdevfs_urb, actual_length), length);
  return true;
}

void MockUsbDevice::reap(UMockdevIoctlClient* client, UMockdevIoctlData* place) {
  auto const over = std::find_if(m_urbs.begin(), m_urbs.end(), [&](Urb& urb) { return carry(urb); });
  if (over == m_urbs.end()) return umockdev_ioctl_client_complete(client, -1, m_pulled ? ENODEV : EAGAIN);
  umockdev_ioctl_data_set_ptr(place, 0, over->block);
  umockdev_ioctl_data_unref(over->buffer);
  umockdev_ioctl_data_unref(over->block);
  m_urbs.erase(over);
  umockdev_ioctl_client_complete(client, 0, 0);
}

}  // namespace yizhan::test
