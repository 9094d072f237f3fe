#include "peripherals/emulated/vpcd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace yizhan::emulated {

namespace {

using Bytes = std::vector<std::byte>;

constexpr Duration k_call_again = std::chrono::milliseconds(100);
constexpr Duration k_slow = std::chrono::milliseconds(700);

constexpr std::pair<std::string_view, SmartCardFault> k_faults[] = {
    {"none", SmartCardFault::none},       {"silent", SmartCardFault::silent}, {"garbled", SmartCardFault::garbled},
    {"partial", SmartCardFault::partial}, {"slow", SmartCardFault::slow},     {"pull", SmartCardFault::pull},
    {"foreign", SmartCardFault::foreign},
};

/// -1 where nobody listens, or the card is pulled out meanwhile: vpcd takes one caller at a time and lets others wait.
int call(std::uint16_t port, host::Interrupt const& pulled) {
  int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) return socket;
  pollfd items[] = {{pulled.fd(), POLLIN, 0}, {socket, POLLOUT, 0}};
  int fault = errno;
  if (fault == EINPROGRESS && ::poll(items, 2, -1) > 0 && items[0].revents == 0) {
    socklen_t size = sizeof fault;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &fault, &size);
  }
  if (fault == 0) return socket;
  if (socket >= 0) ::close(socket);
  return -1;
}

/// All of them, or false: hung up, or pulled out.
bool receive(int socket, std::span<std::byte> out, host::Interrupt const& pulled) {
  while (!out.empty()) {
    pollfd items[] = {{pulled.fd(), POLLIN, 0}, {socket, POLLIN, 0}};
    if (::poll(items, 2, -1) < 0 && errno != EINTR) return false;
    if (items[0].revents != 0) return false;
    if (items[1].revents == 0) continue;
    auto const got = ::recv(socket, out.data(), out.size(), 0);
    if (got < 0 && errno == EAGAIN) continue;
    if (got <= 0) return false;
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

std::optional<Bytes> receive_message(int socket, host::Interrupt const& pulled) {
  std::array<std::byte, 2> head{};
  if (!receive(socket, head, pulled)) return std::nullopt;
  Bytes body(std::to_integer<std::size_t>(head[0]) << 8 | std::to_integer<std::size_t>(head[1]));
  if (!receive(socket, body, pulled)) return std::nullopt;
  return body;
}

bool send_message(int socket, std::span<std::byte const> body) {
  Bytes bytes = {static_cast<std::byte>(body.size() >> 8), static_cast<std::byte>(body.size() & 0xFF)};
  bytes.insert(bytes.end(), body.begin(), body.end());
  return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

std::optional<SmartCardFault> parse_smart_card_fault(std::string_view name) {
  for (auto const& [word, fault] : k_faults) {
    if (word == name) return fault;
  }
  return std::nullopt;
}

VirtualCard::VirtualCard(std::uint16_t port, StaffCardApplication application, std::uint64_t seed)
    : m_port(port), m_application(std::move(application)), m_rng(seed), m_thread([this] { serve(); }) {}

VirtualCard::~VirtualCard() {
  {
    std::lock_guard const lock(m_mutex);
    m_ended = true;
    m_pulled->raise();
    m_changed.notify_all();
  }
  m_thread.join();
}

void VirtualCard::insert() {
  std::lock_guard const lock(m_mutex);
  if (std::exchange(m_inserted, true)) return;
  m_pulled = std::make_shared<host::Interrupt>();
  m_changed.notify_all();
}

void VirtualCard::remove() {
  std::unique_lock lock(m_mutex);
  m_inserted = false;
  m_pulled->raise();
  m_changed.wait(lock, [this] { return !m_connected; });
}

bool VirtualCard::inserted() const {
  std::lock_guard const lock(m_mutex);
  return m_inserted;
}

void VirtualCard::set_fault(SmartCardFault fault) {
  std::lock_guard const lock(m_mutex);
  m_fault = fault;
}

void VirtualCard::block() {
  std::lock_guard const lock(m_mutex);
  m_application.block();
}

void VirtualCard::unblock() {
  std::lock_guard const lock(m_mutex);
  m_application.unblock();
}

int VirtualCard::attempts_left() const {
  std::lock_guard const lock(m_mutex);
  return m_application.attempts_left();
}

int VirtualCard::commands(std::uint8_t instruction) const {
  std::lock_guard const lock(m_mutex);
  return m_commands[instruction];
}

void VirtualCard::serve() {
  std::unique_lock lock(m_mutex);
  for (;;) {
    m_changed.wait(lock, [this] { return m_inserted || m_ended; });
    if (m_ended) return;
    auto const pulled = m_pulled;
    m_connected = true;
    m_application.reset();
    lock.unlock();
    if (int const socket = call(m_port, *pulled); socket >= 0) {
      speak(socket, *pulled);
      ::close(socket);
    }
    lock.lock();
    m_connected = false;
    m_changed.notify_all();
    lock.unlock();
    [[maybe_unused]] auto const rested = host::pause(k_call_again, *pulled);
    lock.lock();
  }
}

void VirtualCard::speak(int socket, host::Interrupt const& pulled) {
  while (auto const bytes = receive_message(socket, pulled)) {
    if (bytes->size() != 1) {
      if (!command(socket, *bytes, pulled)) return;
      continue;
    }
    std::unique_lock lock(m_mutex);
    bool const asks_atr = bytes->front() == std::byte{4};
    if (!asks_atr) {
      m_application.reset();
      continue;
    }
    auto const atr = m_application.atr();
    lock.unlock();
    if (!send_message(socket, atr)) return;
  }
}

/// False: the card is out.
bool VirtualCard::command(int socket, std::vector<std::byte> const& bytes, host::Interrupt const& pulled) {
  std::unique_lock lock(m_mutex);
  auto const instruction = bytes.size() > 1 ? std::to_integer<unsigned>(bytes[1]) : 0U;
  ++m_commands[instruction];
  auto const fault = m_fault;
  if (fault == SmartCardFault::pull) {
    m_inserted = false;
    return false;
  }
  if (fault == SmartCardFault::silent) return true;
  auto answer = m_application.answer(bytes);
  if (fault == SmartCardFault::foreign && instruction == 0xA4) answer = {std::byte{0x6A}, std::byte{0x82}};
  if (fault == SmartCardFault::partial) answer.pop_back();
  if (fault == SmartCardFault::garbled) {
    for (auto& byte : answer) byte = static_cast<std::byte>(m_rng() & 0xFF);
    answer[answer.size() - 2] &= std::byte{0x0F};  // no SW1
  }
  lock.unlock();
  if (fault == SmartCardFault::slow && !host::pause(k_slow, pulled)) return false;
  return send_message(socket, answer);
}

}  // namespace yizhan::emulated
