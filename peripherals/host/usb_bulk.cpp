#include <fcntl.h>
#include <libusb.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "peripherals/host/fd_line.h"
#include "peripherals/host/transports.h"

namespace yizhan::host {

namespace {

/// Readers of this kind take commands in packets of 64 bytes also where the pipe could carry more.
constexpr std::size_t k_packet = 64;

Error absent(std::string detail) { return Error::make("device_absent", Retry::later, std::move(detail)); }

Error error_of(int code, std::string const& place) {
  auto detail = place + ": " + libusb_error_name(code);
  if (code == LIBUSB_ERROR_ACCESS) return Error::make("device_refused", Retry::no, std::move(detail));
  if (code == LIBUSB_ERROR_BUSY) return Error::make("device_busy", Retry::later, std::move(detail));
  return absent(std::move(detail));
}

/// One URB at a time, its buffer with it. Touched only within libusb_handle_events and by the line's own thread, which
/// are the same.
class Transfer {
 public:
  explicit Transfer(std::size_t size) : m_transfer(libusb_alloc_transfer(0)), m_buffer(size) {}
  ~Transfer() { libusb_free_transfer(m_transfer); }
  Transfer(Transfer const&) = delete;
  Transfer& operator=(Transfer const&) = delete;

  int submit(libusb_device_handle* handle, std::uint8_t endpoint, std::size_t size) {
    libusb_fill_bulk_transfer(m_transfer, handle, endpoint, m_buffer.data(), static_cast<int>(size), &done, this, 0);
    int const code = libusb_submit_transfer(m_transfer);
    m_pending = code == LIBUSB_SUCCESS;
    return code;
  }
  void cancel() { libusb_cancel_transfer(m_transfer); }
  [[nodiscard]] bool pending() const { return m_pending; }
  [[nodiscard]] libusb_transfer_status status() const { return m_transfer->status; }
  [[nodiscard]] std::span<std::uint8_t const> carried() const {
    return std::span(m_buffer).first(static_cast<std::size_t>(std::max(m_transfer->actual_length, 0)));
  }
  [[nodiscard]] std::vector<std::uint8_t>& buffer() { return m_buffer; }

 private:
  static void LIBUSB_CALL done(libusb_transfer* transfer) {
    static_cast<Transfer*>(transfer->user_data)->m_pending = false;
  }

  libusb_transfer* const m_transfer;
  std::vector<std::uint8_t> m_buffer;
  bool m_pending = false;
};

struct Pipes {
  int interface = 0;
  std::uint8_t in = 0;
  std::uint8_t out = 0;
  std::size_t in_packet = k_packet;
};

std::optional<Pipes> pipes_of(libusb_interface_descriptor const& interface, UsbPipes const& wanted) {
  Pipes pipes;
  pipes.interface = interface.bInterfaceNumber;
  for (auto const& endpoint : std::span(interface.endpoint, interface.bNumEndpoints)) {
    if ((endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) != LIBUSB_TRANSFER_TYPE_BULK) continue;
    bool const is_in = (endpoint.bEndpointAddress & LIBUSB_ENDPOINT_IN) != 0;
    auto const asked = is_in ? wanted.in : wanted.out;
    auto& pipe = is_in ? pipes.in : pipes.out;
    if (pipe != 0 || (asked != 0 && asked != endpoint.bEndpointAddress)) continue;
    pipe = endpoint.bEndpointAddress;
    if (is_in) pipes.in_packet = std::max<std::size_t>(endpoint.wMaxPacketSize, 1);
  }
  if (pipes.in == 0 || pipes.out == 0) return std::nullopt;
  return pipes;
}

std::optional<Pipes> pipes_of(libusb_device* device, UsbPipes const& wanted) {
  libusb_config_descriptor* config = nullptr;
  if (libusb_get_active_config_descriptor(device, &config) != LIBUSB_SUCCESS &&
      libusb_get_config_descriptor(device, 0, &config) != LIBUSB_SUCCESS)
    return std::nullopt;
  std::optional<Pipes> found;
  for (auto const& interface : std::span(config->interface, config->bNumInterfaces)) {
    if (found || interface.num_altsetting == 0) continue;
    auto const& first = interface.altsetting[0];
    if (!wanted.interface || *wanted.interface == first.bInterfaceNumber) found = pipes_of(first, wanted);
  }
  libusb_free_config_descriptor(config);
  return found;
}

class UsbBulkLine final : public Line {
 public:
  UsbBulkLine(int fd, std::string node, std::shared_ptr<Interrupt> interrupt)
      : m_fd(fd), m_node(std::move(node)), m_interrupt(std::move(interrupt)) {}

  ~UsbBulkLine() override {
    if (m_in && m_in->pending()) give_up(*m_in);
    if (m_handle != nullptr) {
      if (m_claimed) libusb_release_interface(m_handle, m_pipes.interface);
      libusb_close(m_handle);
    }
    m_in.reset();
    m_out.reset();
    if (m_context != nullptr) libusb_exit(m_context);
    ::close(m_fd);
  }

  Result<void> open(UsbPipes const& wanted) {
    // The node is known: no search of the machine, no thread that waits for other devices.
    libusb_set_option(nullptr, LIBUSB_OPTION_NO_DEVICE_DISCOVERY);
    if (int const code = libusb_init(&m_context); code != LIBUSB_SUCCESS) return error_of(code, m_node);
    if (int const code = libusb_wrap_sys_device(m_context, m_fd, &m_handle); code != LIBUSB_SUCCESS)
      return error_of(code, m_node);
    auto const pipes = pipes_of(libusb_get_device(m_handle), wanted);
    if (!pipes) return Error::make("device_foreign", Retry::later, m_node + ": no bulk pipes both ways");
    m_pipes = *pipes;
    libusb_set_auto_detach_kernel_driver(m_handle, 1);
    if (int const code = libusb_claim_interface(m_handle, m_pipes.interface); code != LIBUSB_SUCCESS)
      return error_of(code, m_node);
    m_claimed = true;
    m_in = std::make_unique<Transfer>(m_pipes.in_packet);
    m_out = std::make_unique<Transfer>(k_packet);
    return {};
  }

  /// The question stays with the device when the time is up, so that no byte of a late answer is lost.
  Result<std::size_t> read_some(std::span<std::byte> out, Deadline const& deadline) override {
    while (m_arrived.empty()) {
      if (!m_in_asked) TRY(submit(*m_in, m_pipes.in, m_pipes.in_packet));
      m_in_asked = true;
      TRY(wait(*m_in, deadline, m_interrupt.get()));
      m_in_asked = false;
      TRY(outcome(*m_in, m_pipes.in));
      auto const bytes = std::as_bytes(m_in->carried());
      m_arrived.assign(bytes.begin(), bytes.end());
    }
    auto const size = std::min(out.size(), m_arrived.size());
    std::copy_n(m_arrived.begin(), size, out.begin());
    m_arrived.erase(m_arrived.begin(), m_arrived.begin() + static_cast<std::ptrdiff_t>(size));
    return size;
  }

  Result<void> write_all(std::span<std::byte const> bytes, Deadline const& deadline, std::size_t* written) override {
    while (!bytes.empty()) {
      auto const packet = std::min(bytes.size(), k_packet);
      std::transform(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(packet), m_out->buffer().begin(),
                     [](std::byte byte) { return static_cast<std::uint8_t>(byte); });
      TRY(submit(*m_out, m_pipes.out, packet));
      auto const waited = wait(*m_out, deadline, m_interrupt.get());
      if (!waited) give_up(*m_out);
      auto const carried = m_out->carried().size();
      if (written != nullptr) *written += carried;
      TRY(waited);
      TRY(outcome(*m_out, m_pipes.out));
      bytes = bytes.subspan(carried);
    }
    return {};
  }

  void discard_input() override {
    m_arrived.clear();
    if (m_in_asked && wait(*m_in, Deadline(Duration{0}), nullptr)) m_in_asked = false;
  }

 private:
  Result<void> submit(Transfer& transfer, std::uint8_t endpoint, std::size_t size) {
    if (int const code = transfer.submit(m_handle, endpoint, size); code != LIBUSB_SUCCESS)
      return error_of(code, m_node);
    return {};
  }

  Result<void> outcome(Transfer const& transfer, std::uint8_t endpoint) {
    if (transfer.status() == LIBUSB_TRANSFER_COMPLETED) return {};
    if (transfer.status() == LIBUSB_TRANSFER_STALL) libusb_clear_halt(m_handle, endpoint);
    return absent(m_node + ": USB transfer ended with " + std::to_string(transfer.status()));
  }

  /// Until the transfer is over. What is over is told before the time-out and before the interrupt.
  Result<void> wait(Transfer const& transfer, Deadline const& deadline, Interrupt const* interrupt) {
    for (;;) {
      timeval none{0, 0};
      libusb_handle_events_timeout_completed(m_context, &none, nullptr);
      if (!transfer.pending()) return {};
      if (interrupt != nullptr && interrupt->raised()) return Error::make("device_cancelled");
      if (deadline.passed()) return Error::make("device_timeout", Retry::later);
      std::vector<pollfd> items{{deadline.fd(), POLLIN, 0}};
      if (interrupt != nullptr) items.push_back({interrupt->fd(), POLLIN, 0});
      auto const** const sources = libusb_get_pollfds(m_context);
      for (auto const** source = sources; source != nullptr && *source != nullptr; ++source)
        items.push_back({(*source)->fd, (*source)->events, 0});
      libusb_free_pollfds(sources);
      ::poll(items.data(), items.size(), -1);
    }
  }

  /// The kernel ends a discarded transfer at once; a second is for one that does not.
  void give_up(Transfer& transfer) {
    transfer.cancel();
    [[maybe_unused]] auto const over = wait(transfer, Deadline(std::chrono::seconds(1)), nullptr);
  }

  int const m_fd;
  std::string const m_node;
  std::shared_ptr<Interrupt> const m_interrupt;
  libusb_context* m_context = nullptr;
  libusb_device_handle* m_handle = nullptr;
  bool m_claimed = false;
  Pipes m_pipes;
  std::unique_ptr<Transfer> m_in;
  std::unique_ptr<Transfer> m_out;
  bool m_in_asked = false;
  std::vector<std::byte> m_arrived;
};

}  // namespace

Result<std::unique_ptr<Line>> open_usb_bulk(std::string const& node, UsbPipes const& pipes,
                                            std::shared_ptr<Interrupt> interrupt) {
  int const fd = ::open(node.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return open_error(node, errno);
  auto line = std::make_unique<UsbBulkLine>(fd, node, std::move(interrupt));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return open_error(node, errno);
  TRY(line->open(pipes));
  return std::unique_ptr<Line>(std::move(line));
}

}  // namespace yizhan::host
