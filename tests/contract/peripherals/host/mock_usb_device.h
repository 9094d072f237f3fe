#pragma once
/// A USB device at the other end of usbdevfs: answers the kernel's ioctls, so that the real libusb runs. One interface
/// with bulk pipes 81 and 02, packets of 64 bytes.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/contract/peripherals/host/mock_machine.h"

namespace yizhan::test {

class MockUsbDevice {
 public:
  /// `heard` is called with what is sent to the device, on umockdev's thread.
  MockUsbDevice(MockMachine& machine, MockUsb usb, int number, std::function<void(std::string_view)> heard = {});
  ~MockUsbDevice();
  MockUsbDevice(MockUsbDevice const&) = delete;
  MockUsbDevice& operator=(MockUsbDevice const&) = delete;

  [[nodiscard]] std::string node() const { return m_node; }

  // Thread: any, for all.
  /// To the host, in packets of 64 bytes.
  void send(std::string_view bytes);
  /// What came from the host, once it is so long. Shorter after 10 s.
  [[nodiscard]] std::string received(std::size_t length);
  /// Everything from now on fails as with a pulled plug.
  void pull();
  /// It takes nothing any more, or takes again.
  void jam(bool jammed);
  /// The pipe to the host is halted until the host clears it.
  void stall();

  struct Seen {
    int claims = 0;
    int detached_drivers = 0;
    int attached_drivers = 0;
    int cleared_halts = 0;
    std::size_t longest_packet = 0;
    std::size_t pending = 0;  // URBs not reaped
  };
  [[nodiscard]] Seen seen();

 private:
  struct Urb {
    UMockdevIoctlData* block;
    UMockdevIoctlData* buffer;
    bool discarded = false;
  };
  static gboolean handle_static(UMockdevIoctlBase* handler, UMockdevIoctlClient* client, gpointer self);
  bool handle(UMockdevIoctlClient* client);
  void submit(UMockdevIoctlClient* client, UMockdevIoctlData* block);
  void discard(UMockdevIoctlClient* client);
  void reap(UMockdevIoctlClient* client, UMockdevIoctlData* place);
  bool carry(Urb& urb);
  void control(UMockdevIoctlClient* client, UMockdevIoctlData* block);

  MockMachine& m_machine;
  MockUsb const m_usb;
  std::string const m_node;
  UMockdevIoctlBase* const m_handler;
  std::function<void(std::string_view)> const m_heard;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<Urb> m_urbs;
  std::deque<std::string> m_to_host;
  std::string m_from_host;
  bool m_pulled = false;
  bool m_jammed = false;
  bool m_stalled = false;
  Seen m_seen;
};

}  // namespace yizhan::test
