// Contacts with the family, and waiting in a queue.

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/contact_dates.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

// The last day the edition's rule allows after a contact; tomorrow when that is
// over, since it cannot be kept any more. nullopt = the edition states no
// bound.
std::optional<absl::CivilDay> LatestContact(const Draft& draft,
                                            absl::Time last) {
  const model::v1::Term& every = draft.edition.pathway().contact_every();
  if (every.n() <= 0 || pathway::IsNoLimit(every)) return std::nullopt;
  const auto due = draft.places.AddTerm(last, every);
  if (!due.has_value()) return std::nullopt;
  // A term ends at 24:00 of its last day: that day is the one.
  return std::max(draft.places.today() + 1,
                  draft.places.DayOf(*due - absl::Seconds(1)));
}

RefusalPtr CheckNextContact(const Draft& draft, const std::string& date,
                            absl::Time last) {
  const auto day = Places::Day(date);
  if (!day.has_value() || *day < draft.places.today()) {
    return RefuseInvalid("next_contact_date", "the day is over, or is no date",
                         "give today or a day to come");
  }
  const auto latest = LatestContact(draft, last);
  if (latest.has_value() && *day > *latest) {
    const std::string text = calendar::FormatDate(*latest);
    return RefuseInvalid(
        "next_contact_date",
        absl::StrCat("the edition lets no more time pass between two contacts "
                     "than until ",
                     text),
        absl::StrCat("give a day not after ", text));
  }
  return nullptr;
}

// The day the edition's rule gives, counted from today; never today itself.
absl::CivilDay DayByRule(const Draft& draft) {
  return LatestContact(draft, draft.recorded)
      .value_or(draft.places.today() + kContactDaysDefault);
}

// When a case in which nothing lives is looked at: on the next contact date.
// Once that is over it has been told, and the next look comes by the rule: a
// look that is due at once would fall due again for ever.
absl::Time NextLook(const Draft& draft) {
  const auto day = Places::Day(draft.NextContact());
  if (day.has_value() && draft.places.StartOf(*day) > draft.recorded) {
    return draft.places.StartOf(*day);
  }
  return draft.places.StartOf(DayByRule(draft));
}

}  // namespace

void SetContactByRule(Draft& draft) {
  draft.SetNextContact(calendar::FormatDate(DayByRule(draft)));
}

void KeepAlive(Draft& draft) {
  if (!draft.IsOpen()) {
    return;
  }
  if (draft.NextContact().empty()) {
    SetContactByRule(draft);
  }
  bool comes = false;
  draft.VisitSchedules([&comes](const ScheduleRecord&) {
    comes = true;
    return false;
  });
  if (comes || draft.AnyLive()) {
    return;
  }
  draft.Schedule("", SubjectRef{}, NextLook(draft), "nothing_live");
  draft.Tell(draft.Coordinator(), "nothing_live", 0);
}

RefusalPtr RecordContact(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  const command::v1::RecordContact& command = draft.command.record_contact();
  if (command.mode() == model::v1::CONTACT_MODE_UNSPECIFIED) {
    return RefuseInvalid("mode", "how the family was spoken with is missing",
                         "give the mode");
  }
  if (!command.next_contact_date().empty()) {
    CAREROUTE_RETURN_IF_REFUSED(
        CheckNextContact(draft, command.next_contact_date(), draft.happened));
  }
  draft.event->mutable_contact_recorded()->set_mode(command.mode());
  draft.parts.AddText(model::v1::DATA_CLASS_CONTACT, "with", command.with());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  if (command.next_contact_date().empty()) {
    SetContactByRule(draft);
  } else {
    draft.SetNextContact(command.next_contact_date());
  }
  return nullptr;
}

RefusalPtr SetNextContact(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireCoordinator(draft));
  const std::string& date = draft.command.set_next_contact().date();
  CAREROUTE_RETURN_IF_REFUSED(CheckNextContact(
      draft, date, draft.state.last_contact.value_or(draft.OpenedAt())));
  draft.event->mutable_next_contact_set();
  draft.SetNextContact(date);
  return nullptr;
}

RefusalPtr RecordQueuePlace(Draft& draft) {
  const command::v1::RecordQueuePlace& command =
      draft.command.record_queue_place();
  const std::optional<Live> live = draft.FindLive(command.occurrence());
  if (!live.has_value()) {
    return RefuseNotFound("occurrence");
  }
  const model::v1::Step* step = draft.edition.FindStep(live->step);
  if (step == nullptr) {
    return RefuseUndeclared(live->step);
  }
  CAREROUTE_RETURN_IF_REFUSED(RequirePerformer(draft, *live, *step));
  const model::v1::QueuePlace& queue = command.queue();
  if (!Places::Day(queue.as_of()).has_value() && !queue.as_of().empty()) {
    return RefuseInvalid("queue.as_of", "it is no date", "use YYYY-MM-DD");
  }
  if (!Places::Day(queue.expected()).has_value() && !queue.expected().empty()) {
    return RefuseInvalid("queue.expected", "it is no date", "use YYYY-MM-DD");
  }
  event::v1::QueuePlaceRecorded& body =
      *draft.event->mutable_queue_place_recorded();
  body.set_occurrence(live->number);
  *body.mutable_queue() = queue;
  if (queue.as_of().empty()) {
    body.mutable_queue()->set_as_of(draft.places.today_text());
  }
  body.set_interim_help(!command.interim_help().empty());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "interim_help",
                      command.interim_help());
  return nullptr;
}

}  // namespace careroute::casework::internal
