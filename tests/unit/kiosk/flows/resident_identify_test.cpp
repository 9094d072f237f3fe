// Saying who one is: card, code, phone, document, nobody; and somebody else's card.
#include "tests/unit/kiosk/flows/visit.h"

namespace yizhan::flows {
namespace {

using namespace resident;

// --- cards -----------------------------------------------------------------------------------------------------------

TEST(ResidentCard, ReadIsRecognisedAndTakenBack) {
  Visit visit;
  visit.on(CardSeen{});
  EXPECT_EQ(visit.name(), "resident.card.reading");
  visit.on(CardIdentified{zhang_san(), {identity::CardWarning::expired}});
  EXPECT_EQ(visit.name(), "resident.recognised");
  EXPECT_EQ(visit.state<Recognised>().warnings.size(), 1u);
  EXPECT_TRUE(visit.said("speech.take_your_card"));
  EXPECT_EQ(visit.flow.person()->number.view(), "420106199003070016");
}

TEST(ResidentCard, RefusedSaysWhyAndTheSameCardMayBeTriedAgain) {
  Visit visit;
  visit.go_to("resident.card");
  visit.on(CardRefused{"reader_untrusted_card"});
  EXPECT_EQ(visit.name(), "resident.card.problem");
  EXPECT_EQ(visit.state<PresentCard>().problem, "reader_untrusted_card");
  EXPECT_TRUE(visit.said("error.reader_untrusted_card"));
  visit.on(CardSeen{});
  EXPECT_EQ(visit.name(), "resident.card.reading") << "the problem goes when a card comes";
  visit.on(CardIdentified{zhang_san(), {}});
  EXPECT_EQ(visit.name(), "resident.recognised");
}

TEST(ResidentCard, OfTheSamePersonResumes) {
  for (auto const* state : {"resident.recognised", "resident.groups", "resident.services", "resident.matter.about",
                            "resident.confirm", "resident.ticket.issued", "resident.tickets", "resident.problem"}) {
    Visit visit;
    visit.go_to(state);
    visit.on(CardIdentified{zhang_san(), {}});
    EXPECT_EQ(visit.name(), state);
    EXPECT_EQ(visit.asked<Wipe>(), nullptr) << state;
    EXPECT_TRUE(visit.said("speech.take_your_card")) << state;
  }
}

TEST(ResidentCard, OfAnotherPersonAsksFirst) {
  for (auto const* state : {"resident.recognised", "resident.groups", "resident.services", "resident.matter.about",
                            "resident.confirm", "resident.ticket.issued", "resident.tickets", "resident.problem"}) {
    Visit visit;
    visit.go_to(state);
    visit.on(CardIdentified{wang(), {}});
    EXPECT_EQ(visit.name(), "resident.other_person") << state;
    EXPECT_TRUE(visit.said("speech.other_person")) << state;
    EXPECT_EQ(visit.flow.person()->number.view(), zhang_san().number.view()) << "until the question is answered";
    visit.on(KeepPerson{});
    EXPECT_EQ(visit.name(), state);
    EXPECT_EQ(visit.flow.person()->number.view(), zhang_san().number.view());
  }
}

TEST(ResidentCard, OfAnotherPersonWipesBeforeTheyBegin) {
  Visit visit;
  visit.go_to("resident.tickets");
  visit.on(CardIdentified{wang(), {identity::CardWarning::expired}});
  visit.on(SwitchPerson{});
  EXPECT_EQ(visit.name(), "resident.recognised");
  EXPECT_EQ(visit.flow.person()->number.view(), wang().number.view());
  EXPECT_EQ(visit.state<Recognised>().warnings.size(), 1u);
  EXPECT_EQ(visit.flow.purpose(), Purpose::take_ticket) << "what the one wanted is not what the other wants";
  ASSERT_NE(visit.asked<Wipe>(), nullptr);
  auto const wipe = std::ranges::find_if(visit.effects, [](auto const& e) { return std::holds_alternative<Wipe>(e); });
  auto const speak =
      std::ranges::find_if(visit.effects, [](auto const& e) { return std::holds_alternative<Speak>(e); });
  EXPECT_LT(wipe - visit.effects.begin(), speak - visit.effects.begin());
  EXPECT_TRUE(visit.flow.in_session());
}

TEST(ResidentCard, OfTheFirstPersonAnswersTheQuestion) {
  Visit visit;
  visit.go_to("resident.other_person");
  visit.on(CardIdentified{zhang_san(), {}});
  EXPECT_EQ(visit.name(), "resident.recognised");
  EXPECT_EQ(visit.asked<Wipe>(), nullptr);
}

TEST(ResidentCard, OfAThirdPersonReplacesTheSecond) {
  Visit visit;
  visit.go_to("resident.other_person");
  auto third = wang();
  third.number = SecretText("420111198506151236");
  visit.on(CardIdentified{std::move(third), {}});
  EXPECT_EQ(visit.state<OtherPerson>().other.number.view(), "420111198506151236");
}

TEST(ResidentCard, NamesWhoeverSaidNobody) {
  Visit visit;
  visit.on(Begin{}).on(MethodChosen{Method::nobody});
  visit.on(CardIdentified{zhang_san(), {}});
  EXPECT_EQ(visit.name(), "resident.recognised");
  EXPECT_EQ(visit.asked<Wipe>(), nullptr);
}

TEST(ResidentCard, DoesNotDisturbATicketBeingCommitted) {
  Visit visit;
  visit.go_to("resident.ticket.issuing");
  visit.on(CardIdentified{wang(), {}});
  EXPECT_EQ(visit.name(), "resident.ticket.issuing");
  EXPECT_TRUE(visit.effects.empty());
}

TEST(ResidentCard, BehindTheQuestionThePrinterIsStillHeard) {
  Visit visit;
  visit.go_to("resident.ticket.issued");
  visit.on(CardIdentified{wang(), {}});
  visit.on(PrintRefused{uuid(101), "paper_end", false});
  visit.on(KeepPerson{});
  EXPECT_EQ(visit.state<Issued>().printing, Printing::failed);
}

// --- codes -----------------------------------------------------------------------------------------------------------

TEST(ResidentCode, TheCameraLooksOnlyOnItsPage) {
  Visit visit;
  visit.go_to("resident.code");
  EXPECT_NE(visit.asked<StartScanner>(), nullptr);
  visit.on(Back{});
  EXPECT_NE(visit.asked<StopScanner>(), nullptr);
}

TEST(ResidentCode, OneCodeAtATimeIsResolved) {
  Visit visit;
  visit.go_to("resident.code");
  visit.on(CodeSeen{"YZ1:A"});
  ASSERT_NE(visit.asked<ResolveCode>(), nullptr);
  EXPECT_EQ(visit.asked<ResolveCode>()->text, "YZ1:A");
  visit.on(CodeSeen{"YZ1:B"});
  EXPECT_EQ(visit.asked<ResolveCode>(), nullptr);
}

TEST(ResidentCode, OfAnAppointmentLeadsToItsService) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:A"}).on(CodeResolved{"join", {}, {}});
  ASSERT_EQ(visit.name(), "resident.matter.about");
  EXPECT_EQ(visit.flow.matter()->code(), "join");
  EXPECT_EQ(visit.flow.person()->verification, identity::Verification::code);
}

TEST(ResidentCode, OfAnAppointmentForAServiceThatIsGoneEndsClearly) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:A"}).on(CodeResolved{"abolished", {}, {}});
  EXPECT_EQ(visit.state<Problem>().code, "service_unknown");
}

TEST(ResidentCode, OfATicketFindsThatTicket) {
  Visit visit;
  visit.on(CodeSeen{"YZ1:T"}).on(CodeResolved{{}, "A012", {}});
  EXPECT_EQ(visit.name(), "resident.tickets.looking");
  ASSERT_NE(visit.asked<FindTickets>(), nullptr);
  EXPECT_EQ(visit.asked<FindTickets>()->ticket_number, "A012");
  EXPECT_TRUE(visit.asked<FindTickets>()->person.number.empty());
}

TEST(ResidentCode, UsedOrForeignSaysSoAndLooksOn) {
  for (auto const* code : {"code_used", "code_unknown", "credential_expired"}) {
    Visit visit;
    visit.on(CodeSeen{"YZ1:A"}).on(CodeRefused{code});
    EXPECT_EQ(visit.name(), "resident.code.problem");
    EXPECT_EQ(visit.state<PresentCode>().problem, code);
    EXPECT_TRUE(visit.said(std::string("error.") + code));
    EXPECT_NE(visit.asked<StartScanner>(), nullptr);
    visit.on(CodeSeen{"YZ1:B"});
    EXPECT_NE(visit.asked<ResolveCode>(), nullptr) << "another code may be better";
    EXPECT_TRUE(visit.state<PresentCode>().problem.empty());
  }
}

TEST(ResidentCode, AnAnswerThatComesAfterBackIsNotTakenForTheNextCode) {
  Visit visit;
  visit.go_to("resident.code");
  visit.on(CodeSeen{"YZ1:A"}).on(Back{}).on(MethodChosen{Method::code});
  visit.on(CodeResolved{"join", {}, {}});
  EXPECT_EQ(visit.name(), "resident.code");
}

// --- typed -----------------------------------------------------------------------------------------------------------

TEST(ResidentPhone, IsCheckedBeforeItCounts) {
  Visit visit;
  visit.go_to("resident.phone");
  visit.on(Edited{SecretText("1380000")}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.phone");
  auto const problem = visit.state<EnterPhone>().problem;
  EXPECT_FALSE(problem.empty());
  EXPECT_TRUE(visit.said("error." + problem));
  EXPECT_EQ(visit.state<EnterPhone>().typed.view(), "1380000") << "what was typed is kept";
  visit.on(Edited{SecretText("13800000000")});
  EXPECT_TRUE(visit.state<EnterPhone>().problem.empty());
  visit.on(Next{});
  EXPECT_EQ(visit.name(), "resident.groups");
  EXPECT_EQ(visit.flow.person()->kind, identity::DocumentKind::phone);
  EXPECT_EQ(visit.flow.person()->verification, identity::Verification::typed);
}

TEST(ResidentDocument, IsCheckedByItsKind) {
  struct Try {
    identity::DocumentKind kind;
    char const* typed;
    char const* problem;
  };
  using identity::DocumentKind;
  for (auto const& one : {Try{DocumentKind::id_card, "", "entry_empty"},
                          Try{DocumentKind::id_card, "420106199003070017", "id_number_invalid"},
                          Try{DocumentKind::passport, "E123", "document_number_length"},
                          Try{DocumentKind::passport, "E1234567890123456789X", "document_number_length"},
                          Try{DocumentKind::passport, "E1234-678", "document_number_character"}}) {
    Visit visit;
    visit.go_to("resident.document");
    visit.on(DocumentKindChosen{one.kind}).on(Edited{SecretText(one.typed)}).on(Next{});
    EXPECT_EQ(visit.state<EnterDocument>().problem, one.problem) << one.typed;
  }
}

TEST(ResidentDocument, LettersAreCapitalsAndAgeComesFromAnIdNumber) {
  Visit visit;
  visit.go_to("resident.document");
  visit.on(DocumentKindChosen{identity::DocumentKind::passport}).on(Edited{SecretText("e12345678")});
  EXPECT_EQ(visit.state<EnterDocument>().typed.view(), "E12345678");
  visit.on(DocumentKindChosen{identity::DocumentKind::id_card});
  EXPECT_TRUE(visit.state<EnterDocument>().typed.empty()) << "another kind begins anew";
  visit.on(Edited{SecretText("420106195211020023")}).on(Next{});
  EXPECT_EQ(visit.name(), "resident.groups");
  EXPECT_TRUE(visit.flow.is_elder());
}

TEST(ResidentFlow, AgeIsJudgedByTheYearOfBirth) {
  Visit young;
  young.go_to("resident.recognised");
  EXPECT_FALSE(young.flow.is_elder());
  Visit old;
  old.on(CardIdentified{wang(), {}});
  EXPECT_TRUE(old.flow.is_elder());
  auto unreadable = wang();
  unreadable.birth_year = "19x2";
  Visit unknown;
  unknown.on(CardIdentified{std::move(unreadable), {}});
  EXPECT_FALSE(unknown.flow.is_elder());
}

}  // namespace
}  // namespace yizhan::flows
