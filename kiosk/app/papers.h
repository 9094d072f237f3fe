#pragma once
/// What is printed about a matter, in words: one-time notice, application, receipt. From domain values to paper's models; how it
/// looks is shared/paper's. Thread: any.
#include <memory>
#include <string>

#include "kiosk/flows/matter_flow.h"
#include "kiosk/ui/i18n.h"
#include "shared/domain/cases/draft.h"
#include "shared/domain/catalog/guidance.h"
#include "shared/paper/document.h"
#include "shared/paper/slip.h"

namespace yizhan::app {

/// Where and when, and in which language.
struct PaperWorld {
  ui::Translations const& texts;
  ui::Language language = ui::Language::zh_CN;
  std::string hall;       // its name in that language
  std::string date_text;  // "2026-11-24 10:42"
  WallTime now{};
  std::string zone;
  calendar::BusinessDay today;
  std::shared_ptr<calendar::HolidayCalendar const> holidays;
  std::shared_ptr<catalog::Catalog const> catalog;
};

/// 一次性告知单: everything at once, for the answers given.
[[nodiscard]] paper::Document notice_document(PaperWorld const& world, catalog::Matter const& matter,
                                              catalog::Verdict const& verdict, catalog::Facts const& facts);
[[nodiscard]] paper::Slip notice_slip(PaperWorld const& world, catalog::Matter const& matter,
                                      catalog::Verdict const& verdict);

/// 申请表: what is signed. Whole name and number: it is the applicant's own declaration.
[[nodiscard]] paper::Document application_document(PaperWorld const& world, cases::Draft const& draft,
                                                   identity::Person const& applicant);

/// 收件回执. Nothing of a person in it but the case's number.
[[nodiscard]] paper::Document receipt_document(PaperWorld const& world, flows::CaseView const& view);
[[nodiscard]] paper::Slip receipt_slip(PaperWorld const& world, flows::CaseView const& view);

}  // namespace yizhan::app
