#include "kiosk/app/mode.h"
#include "kiosk/counter/counter_screens.h"
#include "kiosk/flows/counter_flow.h"
#include "shared/base/log.h"

namespace yizhan::app {

namespace {

using namespace flows::counter;

class CounterMode final : public Mode {
 public:
  CounterMode(Services const& services, ui::Window& window)
      : m_services(services),
        m_window(window),
        m_flow(services.machine.documents().catalog, services.machine.config().terminal.counter),
        m_print_desk(services),
        m_last_input(services.env.steady.now()) {
    read_queues();
  }

  void documents_changed() override {
    m_flow.use_catalog(m_services.machine.documents().catalog);
    read_queues();
    m_window.request_frames(1);
  }

  void draw(ui::Ui& ui) override {
    update_chrome(m_services, ui);
    m_around.now = m_services.machine.clock().now();
    m_screens.draw(ui, m_flow, m_around, [this](Event event) { m_events.push_back(std::move(event)); });
  }

  bool process() override {
    if (m_events.empty()) return false;
    for (auto& event : std::exchange(m_events, {})) {
      for (auto& effect : m_flow.step(std::move(event))) {
        std::visit([this](auto& what) { run(what); }, effect);
      }
    }
    m_window.request_frames(2);
    return true;
  }

  /// The idle lock: nobody at the desk must not mean everybody.
  std::optional<SteadyTime> tick() override {
    if (!std::holds_alternative<Desk>(m_flow.state())) return std::nullopt;
    auto const due = m_last_input + std::chrono::minutes(m_services.machine.config().staff.idle_lock_minutes);
    if (m_services.env.steady.now() < due) return due;
    m_events.emplace_back(Idle{});
    m_last_input = m_services.env.steady.now();
    return std::nullopt;
  }

  void input() override { m_last_input = m_services.env.steady.now(); }
  void hall_changed() override {
    if (std::holds_alternative<Desk>(m_flow.state())) refresh();
  }
  [[nodiscard]] std::string state() const override { return m_flow.name(); }
  void printer(device::TicketPrinterEvent const& event) override {
    if (!m_print_desk.heed(event)) return;
    if (auto const* failed = std::get_if<device::PrintFailed>(&event)) {
      m_events.emplace_back(Refused{std::string(failed->error.code())});
    }
  }

 private:
  void read_queues() {
    m_queues.clear();
    for (auto const& queue : m_flow.catalog().queues) m_queues.push_back(queue.letter);
  }

  void refresh() {
    m_services.machine.ask(
        m_session.token(), [](office::Premises& premises) { return premises.office().view(); },
        [this](Result<queue::HallView> view) {
          m_around.hall_away = !view && view.error().is("hall_unreachable");
          if (view) m_events.emplace_back(ViewArrived{std::move(*view)});
          m_window.request_frames(1);
        });
  }

  /// An action on the queue: the answer is the ticket as it is then.
  template <class Work>
  void act(Work work) {
    m_services.machine.ask(m_session.token(), std::move(work), [this](Result<queue::Ticket> ticket) {
      if (ticket) {
        m_around.hall_away = false;
        m_events.emplace_back(TicketChanged{std::move(*ticket)});
        return;
      }
      log::info("counter: {}", ticket.error().to_line());
      m_around.hall_away = ticket.error().is("hall_unreachable");
      m_events.emplace_back(Refused{std::string(ticket.error().code())});
    });
  }

  void run(DoSignIn& effect) {
    auto pin = std::make_shared<SecretText>(std::move(effect.pin));
    struct Answer {
      Result<office::StaffMember> member;
      office::LoginRefused refusal;
    };
    m_services.machine.ask(
        m_session.token(),
        [number = effect.number, pin](office::Premises& premises) {
          auto member = premises.office().log_in(number, *pin);
          return Answer{std::move(member), premises.office().last_refusal()};
        },
        [this](Answer answer) {
          if (answer.member) {
            m_last_input = m_services.env.steady.now();
            m_events.emplace_back(SignedIn{{answer.member->number, answer.member->role}});
          } else {
            m_events.emplace_back(SignInRefused{std::string(answer.member.error().code()), answer.refusal.attempts_left,
                                                answer.refusal.locked_for});
          }
        });
  }
  void run(DoCallNext const&) {
    act([queues = m_queues](office::Premises& premises) { return premises.office().call_next(queues); });
  }
  void run(DoCallNumber const& effect) {
    act([number = effect.number](office::Premises& premises) { return premises.office().call_number(number); });
  }
  void run(DoRecall const& effect) {
    act([id = effect.ticket](office::Premises& premises) { return premises.office().recall(id); });
  }
  void run(DoNoShow const& effect) {
    act([id = effect.ticket](office::Premises& premises) { return premises.office().no_show(id); });
  }
  void run(DoStart const& effect) {
    act([id = effect.ticket](office::Premises& premises) { return premises.office().start_service(id); });
  }
  void run(DoFinish const& effect) {
    act([id = effect.ticket](office::Premises& premises) { return premises.office().finish_service(id); });
  }
  void run(DoTake const& effect) {
    m_services.machine.ask(
        m_session.token(),
        [service = effect.service, priority = effect.priority](office::Premises& premises) {
          office::TakeTicket request;
          request.service = service;
          request.priority = priority;
          request.by_clerk = true;
          return premises.office().take_ticket(request);
        },
        [this](Result<office::IssuedTicket> issued) {
          if (!issued) {
            m_events.emplace_back(Refused{std::string(issued.error().code())});
            return;
          }
          if (m_services.devices.has_printer()) m_print_desk.print(*issued);
          m_events.emplace_back(TicketTaken{issued->ticket});
        });
  }
  void run(DoRefresh const&) { refresh(); }
  void run(DoWipe const&) {
    m_session.renew();
    m_screens.wipe();
    m_services.machine.tell("log_out", [](office::Premises& premises) -> Result<void> {
      premises.office().log_out();
      return premises.office().wipe_session();
    });
    m_window.ui().wipe();
  }

  Services m_services;
  ui::Window& m_window;
  flows::CounterFlow m_flow;
  PrintDesk m_print_desk;
  counter::CounterScreens m_screens;
  counter::Surroundings m_around;
  std::vector<char> m_queues;
  std::vector<Event> m_events;
  SteadyTime m_last_input;
  OwnerToken m_session;
};

}  // namespace

std::unique_ptr<Mode> make_counter_mode(Services const& services, ui::Window& window) {
  return std::make_unique<CounterMode>(services, window);
}

}  // namespace yizhan::app
