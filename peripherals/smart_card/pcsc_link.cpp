#include "peripherals/smart_card/pcsc_link.h"

#include <array>

namespace yizhan::smart_card {

namespace {

constexpr Duration k_give_back_limit = std::chrono::milliseconds(300);
constexpr std::size_t k_answer_room = 512;  // more than a short answer, so that a longer one is seen as such

}  // namespace

Error error_of(LONG code) {
  std::string detail = pcsc_stringify_error(code);
  // libpcsclite's codes are 32 bits in a long; whether they come signed depends on its version.
  switch (static_cast<std::uint32_t>(code)) {
    case static_cast<std::uint32_t>(SCARD_E_NO_SERVICE):
    case static_cast<std::uint32_t>(SCARD_E_SERVICE_STOPPED):
    case static_cast<std::uint32_t>(SCARD_E_INVALID_HANDLE):
    case static_cast<std::uint32_t>(SCARD_F_INTERNAL_ERROR):
      return Error::make("card_service_absent", Retry::later, std::move(detail));
    case static_cast<std::uint32_t>(SCARD_W_SECURITY_VIOLATION):
    case static_cast<std::uint32_t>(SCARD_E_NO_ACCESS):
      return Error::make("card_service_refused", Retry::no, std::move(detail));
    case static_cast<std::uint32_t>(SCARD_E_NO_READERS_AVAILABLE):
    case static_cast<std::uint32_t>(SCARD_E_UNKNOWN_READER):
    case static_cast<std::uint32_t>(SCARD_E_READER_UNAVAILABLE):
      return Error::make("card_reader_absent", Retry::later, std::move(detail));
    case static_cast<std::uint32_t>(SCARD_E_NO_SMARTCARD):
    case static_cast<std::uint32_t>(SCARD_W_REMOVED_CARD):
      return Error::make("card_removed", Retry::no, std::move(detail));
    case static_cast<std::uint32_t>(SCARD_E_SHARING_VIOLATION):
      return Error::make("card_busy", Retry::later, std::move(detail));
    case static_cast<std::uint32_t>(SCARD_W_RESET_CARD):
      return Error::make("card_reset", Retry::later, std::move(detail));
    case static_cast<std::uint32_t>(SCARD_W_UNRESPONSIVE_CARD):
    case static_cast<std::uint32_t>(SCARD_W_UNPOWERED_CARD):
    case static_cast<std::uint32_t>(SCARD_W_UNSUPPORTED_CARD):
    case static_cast<std::uint32_t>(SCARD_E_NOT_TRANSACTED):
    case static_cast<std::uint32_t>(SCARD_E_PROTO_MISMATCH):
    case static_cast<std::uint32_t>(SCARD_E_INSUFFICIENT_BUFFER):
    case static_cast<std::uint32_t>(SCARD_F_COMM_ERROR):
      return Error::make("card_garbled", Retry::later, std::move(detail));
    default: return Error::make("card_reader_failed", Retry::later, std::move(detail));
  }
}

struct PcscLink::Handles {
  SCARDCONTEXT context = 0;
  SCARDHANDLE card = 0;
  DWORD protocol = SCARD_PROTOCOL_T1;
  bool has_context = false;
  bool has_card = false;

  void release() {
    if (std::exchange(has_card, false)) SCardDisconnect(card, SCARD_RESET_CARD);
    if (std::exchange(has_context, false)) SCardReleaseContext(context);
  }
};

PcscLink::PcscLink(Calls& calls, host::Interrupt const& interrupt)
    : m_calls(calls), m_interrupt(interrupt), m_handles(std::make_shared<Handles>()) {}

PcscLink::~PcscLink() {
  m_calls.leave(k_give_back_limit, [handles = m_handles] { handles->release(); });
}

Result<void> PcscLink::make(std::function<LONG(Handles&)> call) {
  auto const code = m_calls.call<LONG>(k_command_limit, m_interrupt,
                                       [handles = m_handles, call = std::move(call)] { return call(*handles); });
  if (!code && code.error().is("device_timeout")) return Error::make("card_timeout", Retry::later);
  if (!code) return code.error();
  if (*code != SCARD_S_SUCCESS) return error_of(*code);
  return {};
}

Result<std::unique_ptr<PcscLink>> PcscLink::open(Calls& calls, host::Interrupt const& interrupt,
                                                 std::string const& reader) {
  std::unique_ptr<PcscLink> link(new PcscLink(calls, interrupt));
  TRY(link->make([](Handles& handles) {
    auto const code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handles.context);
    handles.has_context = code == SCARD_S_SUCCESS;
    return code;
  }));
  TRY(link->make([reader](Handles& handles) {
    auto const code = SCardConnect(handles.context, reader.c_str(), SCARD_SHARE_SHARED,
                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handles.card, &handles.protocol);
    handles.has_card = code == SCARD_S_SUCCESS;
    return code;
  }));
  return link;
}

Result<void> PcscLink::begin() {
  return make([](Handles& handles) { return SCardBeginTransaction(handles.card); });
}

void PcscLink::end() {
  [[maybe_unused]] auto const ended =
      make([](Handles& handles) { return SCardEndTransaction(handles.card, SCARD_LEAVE_CARD); });
}

Result<SecretBytes> PcscLink::transmit(SecretBytes const& command) {
  // Shared with the call, which may outlive this one's patience.
  auto const sent = std::make_shared<SecretBytes const>(command.clone());
  auto const answer = std::make_shared<SecretBytes>(k_answer_room);
  auto const size = std::make_shared<DWORD>(k_answer_room);
  TRY(make([sent, answer, size](Handles& handles) {
    auto const* const pci = handles.protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    return SCardTransmit(handles.card, pci, reinterpret_cast<BYTE const*>(sent->view().data()), sent->size(), nullptr,
                         reinterpret_cast<BYTE*>(answer->span().data()), size.get());
  }));
  return SecretBytes(answer->view().first(std::min<std::size_t>(*size, answer->size())));
}

Protocol PcscLink::protocol() const { return m_handles->protocol == SCARD_PROTOCOL_T0 ? Protocol::t0 : Protocol::t1; }

}  // namespace yizhan::smart_card
