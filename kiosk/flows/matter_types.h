#pragma once
/// States, events and effects of a matter (matter_flow.h).
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flows/common.h"
#include "shared/domain/cases/draft.h"
#include "shared/domain/catalog/catalog.h"
#include "shared/domain/forms/divisions.h"
#include "shared/domain/forms/form_state.h"

namespace yizhan::flows {

namespace matter {

/// What can be printed: the short slip on the ticket printer, or the A4 document.
enum class Paper { notice_slip, notice_document, receipt_slip, receipt_document };

/// What the camera's picture is like: a translation key "capture.advice.<advice>"; "" is good.
struct Quality {
  std::string advice;  // no_page, page_cut_off, too_dark, glare, hold_still
};

/// A paper of this person that was handed in before.
struct OnFile {
  std::string material;
  std::vector<std::string> pages;  // SHA-256
  WallTime at{};
};

// --- States -------------------------------------------------------------------------------------------------------
/// What it is, who does it, how long it takes, fee, where, result. Next: questions or notice. TakeTicket: a ticket at
/// once, unless an answer could lead away from the counters; then the questions come first and the ticket behind them.
struct About {};
/// One question of the guidance. AnswerChosen goes on.
struct Asking {
  std::string question;
};
/// 一次性告知: MatterFlow::verdict(). Next is ApplyHere where can_apply(), else TakeTicket where can_take_ticket(), else
/// back to the services. InsteadChosen: to the matter that Verdict::outcome names, where it names one.
struct Notice {
  Printing slip = Printing::none;
  Printing document = Printing::none;
  std::string problem;             // of printing the slip
  std::string document_problem{};  // of printing the document
};
/// "Place your card": applications are made in the name of a card. TakeTicket: who has none goes to a counter.
struct NeedCard {
  bool reading = false;
  std::string problem;
};
/// The office looks for drafts, or opens one.
struct Looking {};
/// An unfinished draft: Next continues, BeginAnew drops it. Or (one of the two is there) `submitted`, an open case of the
/// same matter: Next shows its receipt, BeginAnew applies once more.
struct DraftFound {
  std::optional<DraftHead> draft;
  std::optional<CaseView> submitted;
};
/// One section of the form. FieldChosen gives a field the keyboard, FieldEdited changes it.
struct FormPage {
  std::string section;
  std::string field;                     // that the keyboard types into; "" none
  std::vector<forms::Problem> problems;  // after Next: of this section
  bool to_review = false;                // where Next leads
};
/// MatterFlow::rows(). `checked`: after Next; rows that are missing say so. TakeTicket: to a counter, the draft stays.
struct Materials {
  bool checked = false;
  bool to_review = false;
};
/// Document camera. Next or TakeIt → taking → accept (the picture is shown) or failed; Accept, or Next where it is good, stores it
/// (checking), then the next page, or the materials. Again looks once more; EnoughPages is for fewer pages than there may
/// be.
struct Capture {
  enum class Phase { looking, taking, checking, accept, failed };
  std::string material;
  std::size_t page = 0;  // of those in hand already, 0 the first
  Phase phase = Phase::looking;
  std::uint64_t picture = 0;  // token of the picture shown
  Quality quality;
  std::string problem;  // error code
  bool to_review = false;
};
/// 容缺: the promise to bring it by `due`, in words. Next promises.
struct Promise {
  std::string material;
  calendar::Due due;
  bool to_review = false;
};
/// Everything once more. SectionChosen and MaterialsChosen lead back.
struct Review {
  std::vector<forms::Problem> problems;  // of all sections, after Next
  std::vector<std::string> missing;      // Material::id, after Next
};
/// The document is being made.
struct Composing {};
/// Exactly the document that was made, page by page, and a field to sign in. Next only once every page was shown and the
/// signature is one. TakeTicket: who cannot sign there goes to a counter, the draft stays.
struct Sign {
  std::string document;  // SHA-256 of the PDF
  std::size_t pages = 1;
  std::size_t page = 0;
  std::size_t seen = 1;  // pages shown so far
  cases::Signature signature;
  std::string problem;  // document_not_seen, signature_too_short
};
struct Submitting {};
/// Number, what happens next, deadline. Next finishes; RateChosen rates.
struct Receipt {
  CaseView view;
  Printing slip = Printing::none;
  Printing document = Printing::none;
  std::string problem;  // of printing the slip
  bool supplemented = false;
  bool repeated = false;           // of a case from before
  std::string document_problem{};  // of printing the document
};
/// A clear word. `retry`: what Next tries again; Back goes where things can be changed. `none`: both leave the matter.
struct Problem {
  enum class Retry { none, look, review, compose, submit };
  std::string code;
  Retry retry = Retry::none;
};

using State = std::variant<About, Asking, Notice, NeedCard, Looking, DraftFound, FormPage, Materials, Capture, Promise,
                           Review, Composing, Sign, Submitting, Receipt, Problem>;

// --- Events -------------------------------------------------------------------------------------------------------
// Taps, beside Back and Next.
struct AnswerChosen {
  std::string question;
  std::string choice;
};
struct ApplyHere {};
struct TakeTicket {};
struct InsteadChosen {};
/// Notice and Receipt.
struct PrintChosen {
  Paper paper = Paper::notice_slip;
};
struct BeginAnew {};
struct FieldChosen {
  std::string field;  // "" none
};
/// null or "" empties it.
struct FieldEdited {
  std::string field;
  nlohmann::json value;
};
// Materials: of one row.
struct PhotographChosen {
  std::string material;
};
struct ReuseChosen {
  std::string material;
};
struct ShownChosen {
  std::string material;
};
struct PromiseChosen {
  std::string material;
};
struct RemoveChosen {
  std::string material;
};
// Capture.
struct TakeIt {};
struct Accept {};
struct Again {};
struct EnoughPages {};
// Review.
struct SectionChosen {
  std::string section;
};
struct MaterialsChosen {};
// Sign.
struct PageTurned {
  std::size_t page = 0;
};
/// All strokes so far; the size of the field with them.
struct SignatureChanged {
  cases::Signature signature;
};
struct ClearSignature {};
// Receipt.
struct RateChosen {};
// Answers of the office. `DraftSaved` and `DraftRefused` answer SaveDraft.
struct DraftsFound {
  std::vector<DraftHead> drafts;
  std::optional<CaseView> submitted;  // the newest open case of this matter
};
struct DraftsRefused {
  std::string code;
};
struct DraftOpened {
  cases::Draft draft;
};
struct DraftSaved {};
struct DraftRefused {
  std::string code;
};
struct OnFileKnown {
  std::vector<OnFile> papers;
};
struct PictureTaken {
  std::uint64_t picture = 0;
  Quality quality;
};
struct PictureRefused {
  std::string code;
};
struct PageStored {
  std::string material;
  std::string sha256;
};
struct PageRefused {
  std::string code;
};
struct DocumentReady {
  std::string sha256;
  std::size_t pages = 1;
};
struct DocumentRefused {
  std::string code;
};
/// Answers Submit and Supplement.
struct Submitted {
  CaseView view;
};
struct SubmitRefused {
  std::string code;
};
struct PaperPrinted {
  Paper paper = Paper::notice_slip;
};
struct PaperRefused {
  Paper paper = Paper::notice_slip;
  std::string code;
  bool unknown = false;  // bytes went out, the outcome is not known
};

using Event =
    std::variant<Back, Next, CardSeen, CardRefused, AnswerChosen, ApplyHere, TakeTicket, InsteadChosen, PrintChosen,
                 BeginAnew, FieldChosen, FieldEdited, PhotographChosen, ReuseChosen, ShownChosen, PromiseChosen,
                 RemoveChosen, TakeIt, Accept, Again, EnoughPages, SectionChosen, MaterialsChosen, PageTurned,
                 SignatureChanged, ClearSignature, RateChosen, DraftsFound, DraftsRefused, DraftOpened, DraftSaved,
                 DraftRefused, OnFileKnown, PictureTaken, PictureRefused, PageStored, PageRefused, DocumentReady,
                 DocumentRefused, Submitted, SubmitRefused, PaperPrinted, PaperRefused>;

// --- Effects ------------------------------------------------------------------------------------------------------
/// Answered by DraftsFound or DraftsRefused.
struct LoadDrafts {
  identity::Person person;
  std::string matter;
};
/// Answered by DraftOpened or DraftsRefused.
struct OpenDraft {
  identity::Person person;
  Uuid draft;
};
/// After every section, answer and material. Answered by DraftSaved or DraftRefused; what was not stored is still in
/// memory, and Submit brings it.
struct SaveDraft {
  identity::Person person;
  cases::Draft draft;  // updated_at: the office's
};
struct DiscardDraft {
  identity::Person person;
  Uuid draft;
};
/// Answered by OnFileKnown, or not at all.
struct AskOnFile {
  identity::Person person;
};
struct StartDocumentCamera {};
/// Also forgets the picture taken.
struct StopDocumentCamera {};
/// Straighten and judge the next whole frame. Answered by PictureTaken or PictureRefused.
struct TakePicture {};
/// Compress and store the picture. Answered by PageStored or PageRefused.
struct StorePage {
  Uuid owner;  // draft or supplement
  std::string material;
  std::uint64_t picture = 0;
};
struct DropPage {
  Uuid owner;
  std::string sha256;
};
/// Make the PDF, keep it and its pages as pictures. Answered by DocumentReady or DocumentRefused.
struct ComposeDocument {
  identity::Person applicant;
  cases::Draft draft;
  std::shared_ptr<catalog::Catalog const> catalog;
};
/// Store the draft as it is here, then apply with the PDF made last. A repeat gives the same case. Answered by Submitted or
/// SubmitRefused.
struct Submit {
  identity::Person applicant;
  cases::Draft draft;
  std::shared_ptr<catalog::Catalog const> catalog;
  std::string document;  // SHA-256 of the PDF
  cases::Signature signature;
};
/// Answered by Submitted or SubmitRefused.
struct Supplement {
  Uuid id;
  Uuid case_id;
  int part = 1;
  std::vector<cases::HeldMaterial> materials;
  identity::Person applicant;
};
/// The one-time notice of MatterFlow::verdict(), or the receipt of the case shown. Answered by PaperPrinted or
/// PaperRefused.
struct PrintPaper {
  Paper paper = Paper::notice_slip;
};

using Effect =
    std::variant<LoadDrafts, OpenDraft, SaveDraft, DiscardDraft, AskOnFile, StartDocumentCamera, StopDocumentCamera,
                 TakePicture, StorePage, DropPage, ComposeDocument, Submit, Supplement, PrintPaper, Speak>;

/// What a matter ends with; the resident's journey goes on from there.
struct Outcome {
  enum class Kind { none, finished, take_ticket, services, rate };
  Kind kind = Kind::none;
  std::string service;             // to take a ticket for
  std::optional<Ratable> ratable;  // to rate
};

/// What is outside and may differ from visit to visit; within one only the devices change.
struct World {
  std::shared_ptr<catalog::Catalog const> catalog;
  std::shared_ptr<calendar::HolidayCalendar const> calendar;
  calendar::BusinessDay today;
  IdSource make_id;
  bool camera = true;                                   // document camera
  bool document_printer = true;                         // A4
  bool applications = true;                             // this machine can keep and send personal content
  std::shared_ptr<forms::Divisions const> divisions{};  // for addresses; null: none known
  bool reader = true;
};

/// A paper of this matter, and what is done about it.
struct Row {
  catalog::Material material;
  bool required = true;
  cases::HeldMaterial const* held = nullptr;  // null: nothing yet
  OnFile const* on_file = nullptr;            // that could be used instead
  bool photograph = false;                    // may be photographed (more pages, too)
  bool promise = false;                       // may be brought later
  bool show = false;                          // the original only needs to be shown
  bool missing = false;                       // required, and nothing in hand
};

}  // namespace matter

}  // namespace yizhan::flows
