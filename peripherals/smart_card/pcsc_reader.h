#pragma once
/// Driver of staff cards in any reader that pcscd serves (PC/SC, pcsc-lite).
///
/// States: Absent (no pcscd, no reader of that name) → Ready (the reader is there, with a card or without) → Faulted (pcscd
/// refuses, the card in the reader is garbled or silent) → Ready (it answers, or was taken out). All are left by themselves:
/// pcscd tells when readers and cards come and go; where it is not there itself it is looked for every 250 ms … 1 s.
///
/// The card is asked within transactions, so that no other program comes between, and reset when it is given back. A call
/// to pcscd cannot be stopped: a card that holds one is given up after 1.5 s (card_timeout), and others wait in vain behind it
/// until the card is pulled out.
#include <memory>
#include <string>

#include "peripherals/api/smart_card.h"
#include "shared/base/result.h"

namespace yizhan::smart_card {

struct PcscReaderOptions {
  std::string name = "smart_card";
  std::string reader;  // part of the reader's name; empty: the first there is
};

/// `executor` is the device's own thread; it and `env` outlive the reader. The destructor ends a wait at once and no
/// event follows it. REQUIRES: not destroyed from its listener; one of these or inspect_once() at a time in a process
/// (watcher.h).
[[nodiscard]] std::unique_ptr<device::SmartCardReader> make_pcsc_reader(Executor& executor, Env env,
                                                                        PcscReaderOptions options,
                                                                        device::SmartCardReader::Listener listener);

struct CardReport {
  std::string reader;
  std::string card_id;
  std::string atr;
  std::string certificate;  // DER, unchecked
  int attempts_left = 0;
};
/// The card in the reader, on the calling thread, for command lines; waits up to `wait` for one. Spends no attempt.
/// Errors: card_absent (none came, later), card_service_absent, card_service_refused, card_reader_absent, card_reader_failed,
/// card_unknown, card_garbled, card_timeout, card_busy, card_removed.
Result<CardReport> inspect_once(std::string const& reader, Duration wait);

}  // namespace yizhan::smart_card
