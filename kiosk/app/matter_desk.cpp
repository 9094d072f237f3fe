#include "kiosk/app/matter_desk.h"

#include "kiosk/app/shown.h"
#include "shared/base/log.h"
#include "shared/paper/signature.h"

namespace yizhan::app {

namespace {

using namespace flows;

constexpr int k_signature_pixels = 800;

std::string code_of(Error const& error) {
  log::info("{}", error.to_line());
  return std::string(error.code());
}

/// Strokes to the model of paper; micrometres both.
paper::Strokes strokes_of(cases::Signature const& signature) {
  paper::Strokes strokes{static_cast<double>(signature.width), static_cast<double>(signature.height), {}};
  for (auto const& stroke : signature.strokes) {
    auto& line = strokes.lines.emplace_back();
    for (auto const& point : stroke) line.push_back({static_cast<double>(point.x), static_cast<double>(point.y)});
  }
  return strokes;
}

std::shared_ptr<identity::Person const> keep(identity::Person& person) {
  return std::make_shared<identity::Person const>(std::move(person));
}

}  // namespace

MatterDesk::MatterDesk(Services const& services, ResidentFlow const& flow, Emit emit)
    : m_services(services),
      m_flow(flow),
      m_emit(std::move(emit)),
      m_pictures(services, m_worker, [this](matter::Event event) { m_emit(std::move(event)); }),
      m_papers(services, m_worker, [this](matter::Event event) { m_emit(std::move(event)); }) {}

PaperWorld MatterDesk::paper_world(ui::Language language) const {
  auto const& hall = m_services.machine.config().hall;
  auto const now = m_services.machine.clock().now();
  PaperWorld world{.texts = m_services.translations,
                   .language = language,
                   .hall = language == ui::Language::zh_CN ? hall.name_zh : hall.name_en,
                   .date_text = m_flow.today.to_string() + " " + local_clock(m_services, now),
                   .now = now,
                   .zone = hall.timezone,
                   .today = m_flow.today,
                   .holidays = m_flow.holidays,
                   .catalog = m_flow.shared_catalog()};
  return world;
}

void MatterDesk::wipe() {
  m_session.renew();
  m_pictures.stop();
  m_papers.wipe();
}

// --- matter -----------------------------------------------------------------------------------------------------------

struct MatterDesk::MatterRunner {
  MatterDesk& desk;
  ui::Language language;

  void emit(matter::Event event) { desk.m_emit(std::move(event)); }

  void operator()(matter::LoadDrafts& effect) {
    struct Found {
      std::vector<office::DraftHead> drafts;
      std::optional<office::CaseView> open;
    };
    auto const work = [person = keep(effect.person),
                       matter = effect.matter](office::Premises& premises) -> Result<Found> {
      Found found;
      found.drafts = TRY(premises.matters().drafts(*person));
      for (auto& view : TRY(premises.matters().cases(*person))) {
        bool const open = view.overall.ended < view.overall.parts;
        if (view.what.matter == matter && open && !found.open) found.open = std::move(view);
      }
      return found;
    };
    desk.ask(work, [this_desk = &desk](Result<Found> found) {
      if (!found) return this_desk->m_emit(matter::Event{matter::DraftsRefused{code_of(found.error())}});
      matter::DraftsFound event;
      for (auto& head : found->drafts) event.drafts.push_back({head.id, std::move(head.matter), head.updated_at});
      if (found->open) event.submitted = shown(std::move(*found->open));
      this_desk->m_emit(matter::Event{std::move(event)});
    });
  }
  void operator()(matter::OpenDraft& effect) {
    desk.ask([person = keep(effect.person),
              id = effect.draft](office::Premises& premises) { return premises.matters().open_draft(*person, id); },
             [this_desk = &desk](Result<cases::Draft> draft) {
               if (draft)
                 this_desk->m_emit(matter::Event{matter::DraftOpened{std::move(*draft)}});
               else
                 this_desk->m_emit(matter::Event{matter::DraftsRefused{code_of(draft.error())}});
             });
  }
  void operator()(matter::SaveDraft& effect) {
    auto const draft = std::make_shared<cases::Draft const>(std::move(effect.draft));
    desk.ask([person = keep(effect.person),
              draft](office::Premises& premises) { return premises.matters().save_draft(*person, *draft); },
             [this_desk = &desk](Result<void> saved) {
               if (saved)
                 this_desk->m_emit(matter::Event{matter::DraftSaved{}});
               else
                 this_desk->m_emit(matter::Event{matter::DraftRefused{code_of(saved.error())}});
             });
  }
  void operator()(matter::DiscardDraft& effect) {
    desk.m_services.machine.tell("discard_draft",
                                 [person = keep(effect.person), id = effect.draft](office::Premises& premises) {
                                   return premises.matters().discard_draft(*person, id);
                                 });
  }
  void operator()(matter::AskOnFile& effect) {
    desk.ask([person = keep(effect.person)](office::Premises& premises) { return premises.matters().on_file(*person); },
             [this_desk = &desk](Result<std::vector<office::OnFile>> papers) {
               if (!papers) return log::info("papers on file: {}", papers.error().to_line());
               matter::OnFileKnown event;
               for (auto& paper : *papers)
                 event.papers.push_back({std::move(paper.material), std::move(paper.pages), paper.at});
               this_desk->m_emit(matter::Event{std::move(event)});
             });
  }
  void operator()(matter::StartDocumentCamera&) { desk.m_pictures.start(); }
  void operator()(matter::StopDocumentCamera&) { desk.m_pictures.stop(); }
  void operator()(matter::TakePicture&) { desk.m_pictures.take(); }
  void operator()(matter::StorePage& effect) { desk.m_pictures.store(effect); }
  void operator()(matter::DropPage& effect) { desk.m_pictures.drop(effect); }
  void operator()(matter::ComposeDocument& effect) { desk.m_papers.compose(effect, desk.paper_world(language)); }

  void answer(Result<office::CaseView> view) {
    if (view)
      emit(matter::Submitted{shown(std::move(*view))});
    else
      emit(matter::SubmitRefused{code_of(view.error())});
  }
  void operator()(matter::Submit& effect) {
    auto const document = desk.m_papers.composed(effect.document);
    if (!document) return emit(matter::SubmitRefused{"signature_of_other_document"});
    auto submission = std::make_shared<office::Submission>();
    submission->draft = effect.draft.id;
    submission->catalog = effect.catalog;
    submission->applicant = std::move(effect.applicant);
    submission->application_pdf = document->pdf;
    submission->signature = std::move(effect.signature);
    auto const draft = std::make_shared<cases::Draft const>(std::move(effect.draft));
    auto const work = [submission, draft](office::Premises& premises) -> Result<office::CaseView> {
      if (!submission->signature.empty()) {
        submission->signature_png =
            TRY(paper::render_signature_png(strokes_of(submission->signature), k_signature_pixels));
      }
      TRY(premises.matters().save_draft(submission->applicant, *draft));
      return premises.matters().submit(*submission);
    };
    desk.ask(work, [runner = *this](Result<office::CaseView> view) mutable { runner.answer(std::move(view)); });
  }
  void operator()(matter::Supplement& effect) {
    auto supplement = std::make_shared<office::Supplement>();
    supplement->id = effect.id;
    supplement->case_id = effect.case_id;
    supplement->part = effect.part;
    supplement->materials = std::move(effect.materials);
    supplement->applicant = std::move(effect.applicant);
    desk.ask([supplement](office::Premises& premises) { return premises.matters().supplement(*supplement); },
             [runner = *this](Result<office::CaseView> view) mutable { runner.answer(std::move(view)); });
  }
  void operator()(matter::PrintPaper& effect) {
    auto const* flow = desk.m_flow.matter();
    if (flow == nullptr) return;
    auto const* receipt = std::get_if<matter::Receipt>(&flow->state());
    desk.m_papers.print(effect.paper, desk.paper_world(language), *flow, receipt ? &receipt->view : nullptr);
  }
  /// The resident's journey hands it on as its own.
  void operator()(Speak&) {}
};

void MatterDesk::run(matter::Effect& effect, ui::Language language) {
  std::visit(MatterRunner{*this, language}, effect);
}

// --- progress ---------------------------------------------------------------------------------------------------------

struct MatterDesk::ProgressRunner {
  MatterDesk& desk;

  void operator()(progress::LoadCases& effect) {
    struct Found {
      std::vector<office::CaseView> cases;
      std::vector<office::DraftHead> drafts;
    };
    auto const work = [person = keep(effect.person), code = effect.code](office::Premises& premises) -> Result<Found> {
      Found found;
      if (code.empty()) {
        found.cases = TRY(premises.matters().cases(*person));
        found.drafts = TRY(premises.matters().drafts(*person));
        return found;
      }
      auto one = premises.matters().find_case(code, nullptr);
      if (!one && one.error().is("case_unknown")) return found;  // of another machine: the platform knows
      found.cases.push_back(TRY(std::move(one)));
      return found;
    };
    desk.ask(work, [this_desk = &desk](Result<Found> found) {
      if (!found) return this_desk->m_emit(progress::Event{progress::CasesRefused{code_of(found.error())}});
      progress::CasesFound event;
      for (auto& view : found->cases) event.cases.push_back(shown(std::move(view)));
      for (auto& head : found->drafts) event.drafts.push_back({head.id, std::move(head.matter), head.updated_at});
      this_desk->m_emit(progress::Event{std::move(event)});
    });
  }
  void operator()(progress::AskPlatform& effect) {
    cases::LookupQuestion question;
    question.kind = effect.person.kind;
    question.number = std::move(effect.person.number);
    question.case_number = effect.code;
    desk.m_services.machine.look_up(
        desk.m_session.token(), std::move(question), [this_desk = &desk](Result<cases::LookupAnswer> answer) {
          auto const& machine = this_desk->m_services.machine;
          if (!answer) {
            auto const sync = machine.sync_state();
            return this_desk->m_emit(progress::Event{progress::PlatformAway{
                code_of(answer.error()), sync ? sync->last_contact : std::optional<WallTime>()}});
          }
          this_desk->m_emit(progress::Event{
              progress::PlatformAnswered{std::move(answer->cases), this_desk->m_services.machine.clock().now()}});
        });
  }
  void operator()(progress::WithdrawCase& effect) {
    desk.ask([person = keep(effect.person),
              id = effect.case_id](office::Premises& premises) { return premises.matters().withdraw(*person, id); },
             [this_desk = &desk](Result<office::CaseView> view) {
               if (view)
                 this_desk->m_emit(progress::Event{progress::Withdrawn{shown(std::move(*view))}});
               else
                 this_desk->m_emit(progress::Event{progress::WithdrawRefused{code_of(view.error())}});
             });
  }
  void operator()(Speak&) {}
};

void MatterDesk::run(progress::Effect& effect) { std::visit(ProgressRunner{*this}, effect); }

// --- rating -----------------------------------------------------------------------------------------------------------

struct MatterDesk::RatingRunner {
  MatterDesk& desk;

  void operator()(rating::LoadRatables& effect) {
    auto const work = [person = keep(effect.person), number = effect.ticket_number](
                          office::Premises& premises) -> Result<std::vector<office::Ratable>> {
      if (number.empty()) return premises.matters().ratable(*person);
      std::vector<office::Ratable> one;
      one.push_back(TRY(premises.matters().ratable_ticket(number)));
      return one;
    };
    desk.ask(work, [this_desk = &desk](Result<std::vector<office::Ratable>> found) {
      if (!found) return this_desk->m_emit(rating::Event{rating::RatablesRefused{code_of(found.error())}});
      rating::RatablesFound event;
      for (auto& ratable : *found) event.ratables.push_back(shown(std::move(ratable)));
      this_desk->m_emit(rating::Event{std::move(event)});
    });
  }
  void operator()(rating::Rate& effect) {
    auto const grade = feedback::grade_of(effect.grade);
    if (!grade) return desk.m_emit(rating::Event{rating::RateRefused{"rating_invalid"}});
    feedback::Evaluation evaluation;
    evaluation.about = effect.what.about == Ratable::About::visit ? feedback::About::visit : feedback::About::case_;
    evaluation.subject = effect.what.subject;
    evaluation.matter = effect.what.matter;
    evaluation.grade = *grade;
    evaluation.options = effect.options;
    desk.ask([evaluation](office::Premises& premises) { return premises.matters().evaluate(evaluation); },
             [this_desk = &desk](Result<std::optional<calendar::Due>> due) {
               if (due)
                 this_desk->m_emit(rating::Event{rating::Rated{*due}});
               else
                 this_desk->m_emit(rating::Event{rating::RateRefused{code_of(due.error())}});
             });
  }
  void operator()(Speak&) {}
};

void MatterDesk::run(rating::Effect& effect) { std::visit(RatingRunner{*this}, effect); }

}  // namespace yizhan::app
