#include "services/command/labels.h"

#include "absl/strings/substitute.h"
#include "lib/pathway/term_text.h"

namespace careroute::services {
namespace {

struct Row {
  Label label;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Row kRows[] = {
    {Label::kNameless, "имя не показано", "name withheld"},
    {Label::kCase, "случай", "case"},
    {Label::kStage, "этап", "stage"},
    {Label::kPlace, "где сейчас", "is now"},
    {Label::kUntil, "до $0", "until $0"},
    {Label::kDecides, "решает", "decides"},
    {Label::kCarer, "ухаживает", "carer"},
    {Label::kHowToSpeak, "как говорить", "how to speak"},
    {Label::kNotWith, "не говорить с", "not with"},
    {Label::kLanguage, "язык: $0", "language: $0"},
    {Label::kReachBy, "связь: $0", "reach by: $0"},
    {Label::kSpeakWith, "говорить с: $0", "speak with: $0"},
    {Label::kContact, "связь с семьёй", "contact"},
    {Label::kContactLast, "последняя $0", "last $0"},
    {Label::kContactNext, "следующая $0", "next $0"},
    {Label::kContactMissed, "следующая была назначена на $0",
     "next was to be on $0"},
    {Label::kCall, "обращаться: $0", "turn to: $0"},
    {Label::kCoordinator, "координатор", "coordinator"},
    {Label::kDeputy, "заместитель", "deputy"},
    {Label::kTracks, "сокращённые сроки", "short terms"},
    {Label::kInterrupts, "пауза", "interrupted"},
    {Label::kOtherCases, "другие случаи", "other cases"},
    {Label::kWithheld, "вам не показано", "withheld from you"},
    {Label::kEnding, "завершён", "ended"},
    {Label::kStep, "шаг", "step"},
    {Label::kWhoseMove, "чей ход", "whose move"},
    {Label::kWho, "кто", "who"},
    {Label::kWhen, "когда", "when"},
    {Label::kPlanned, "план $0", "planned $0"},
    {Label::kDue, "срок $0", "due $0"},
    {Label::kProvisional, "календарь года ещё не утверждён",
     "the year's calendar is provisional"},
    {Label::kStopped, "часы стоят", "clock stopped"},
    {Label::kExpected, "с $0", "from $0"},
    {Label::kRule, "срок: $0", "limit: $0"},
    {Label::kBring, "бумаги: $0", "papers: $0"},
    {Label::kAnswerNo, "$0: нет", "$0: no"},
    {Label::kAnswerNotKnown, "$0: не известно", "$0: not known"},
    {Label::kNotYet, "пока нельзя: $0", "not yet: $0"},
    {Label::kRefused, "$0: $1", "$0: $1"},
    {Label::kAskedAgain, "снова спросить $0", "asked again $0"},
    {Label::kQueuePlace, "очередь: место $0 на $1", "queue: place $0 as of $1"},
    {Label::kQueue, "очередь: место пока не известно",
     "queue: place not known yet"},
    {Label::kQueueExpected, "ожидается $0", "expected $0"},
    {Label::kMeanwhile, "пока ждут: $0", "meanwhile: $0"},
    {Label::kClockStands, "часы стоят с $0: $1", "clock stopped since $0: $1"},
    {Label::kClockLatest, "не дольше чем до $0", "$0 at the latest"},
    {Label::kReferral, "направление: $0", "referral: $0"},
    {Label::kTimes, "× $0", "× $0"},
    {Label::kUpcoming, "В ближайшие 90 дней", "In the next 90 days"},
    {Label::kHoldings, "У кого какие сведения", "Who holds which data"},
    {Label::kHoldingSince, "с $0", "since $0"},
    {Label::kWithdrawn, "СОГЛАСИЕ ОТОЗВАНО", "CONSENT WITHDRAWN"},
    {Label::kWeek, "Визиты этой недели", "Visits this week"},
    {Label::kVisits, "проведено $0 из $1", "done $0 of $1"},
    {Label::kMissed, "пропущено $0", "missed $0"},
    {Label::kFamilyTitle, "МАРШРУТ ВАШЕЙ СЕМЬИ", "YOUR FAMILY'S ROUTE"},
    {Label::kFamilyNow, "ЧТО СЕЙЧАС", "NOW"},
    {Label::kFamilyNext, "ЧТО ДАЛЬШЕ", "NEXT"},
    {Label::kFamilyDone, "ЧТО УЖЕ СДЕЛАНО", "DONE"},
    {Label::kFamilyPhones, "КОМУ ЗВОНИТЬ", "WHOM TO CALL"},
    {Label::kFamilySoon, "НЕ ЗАБУДЬТЕ", "DO NOT FORGET"},
    {Label::kFamilyYourMove, "Этот шаг за вами.", "This step is yours."},
    {Label::kFamilyHelps, "Помогает: $0.", "Who helps: $0."},
    {Label::kFamilyCall, "Телефон: $0.", "Telephone: $0."},
    {Label::kFamilyHours, "Часы работы: $0.", "Hours: $0."},
    {Label::kFamilyAddress, "Адрес: $0.", "Address: $0."},
    {Label::kFamilyUntil, "Должны сделать до $0 включительно.",
     "To be done by $0."},
    {Label::kFamilyPlanned, "Вас ждут $0.", "You are expected on $0."},
    {Label::kFamilyBring, "Возьмите с собой: $0.", "Bring with you: $0."},
    {Label::kFamilyQueue, "Ваше место в очереди: $0.",
     "Your place in the queue: $0."},
    {Label::kFamilyRefused, "$0: $1.", "$0: $1."},
    {Label::kFamilyOverdue,
     "Срок прошёл $0. Вы вправе спросить координатора, почему.",
     "The limit was over on $0. You may ask the coordinator why."},
    {Label::kFamilyMeanwhile, "Пока вы ждёте: $0.", "While you wait: $0."},
    {Label::kFamilyPaused, "Сейчас пауза: $0.", "On pause now: $0."},
    {Label::kFamilyRoad,
     "Сейчас к вам не добраться. Как только дорога откроется, помощь "
     "продолжится.",
     "There is no way to you now. Help goes on as soon as the road is open."},
    {Label::kFamilyCoordinator, "Ваш координатор: $0.",
     "Your coordinator: $0."},
    {Label::kFamilyIfAway, "Если не дозвонились: $0.",
     "If nobody answers: $0."},
    {Label::kFamilyNextContact, "Мы позвоним вам $0.",
     "We will call you on $0."},
    {Label::kAsOf, "на $0", "as of $0"},
    {Label::kFamilyDoneOn, "$0 — $1", "$0 - $1"},
    {Label::kFamilyWithdraw,
     "Вы можете в любой день передумать и отозвать согласие. Помощь от этого "
     "не прекратится.",
     "You may change your mind and withdraw your consent on any day. Help does "
     "not stop because of it."},
    {Label::kNothing, "Пусто.", "Nothing."},
    {Label::kPathway, "маршрут", "pathway"},
    {Label::kState, "состояние", "state"},
    {Label::kSteps, "идёт", "live"},
    {Label::kOverdue, "просрочено", "overdue"},
    {Label::kNextDue, "ближайший срок", "next due"},
    {Label::kCasesTotal, "Всего: $0.", "In all: $0."},
    {Label::kMoreCases, "Всего: больше $0.", "In all: more than $0."},
    {Label::kQueueOf, "Очередь работы: $0", "Work queue of $0"},
    {Label::kFrom, "от кого", "from"},
    {Label::kTo, "кому", "to"},
    {Label::kService, "услуга", "service"},
    {Label::kSent, "создано", "made"},
    {Label::kAsks, "ждёт ответа", "asked"},
    {Label::kLoopCancel, "просят отозвать", "cancel asked"},
    {Label::kLoopInformation, "просят сведения", "information asked"},
    {Label::kInHand, "на руках у семьи", "in the family's hands"},
};

}  // namespace

std::string LabelText(Label label, absl::string_view language,
                      absl::string_view first, absl::string_view second,
                      absl::string_view third) {
  for (const Row& row : kRows) {
    if (row.label == label) {
      return absl::Substitute(pathway::IsRussian(language) ? row.ru : row.en,
                              first, second, third);
    }
  }
  return "";
}

}  // namespace careroute::services
