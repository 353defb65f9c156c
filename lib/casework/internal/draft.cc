#include "lib/casework/internal/draft.h"

#include <algorithm>
#include <utility>

#include "lib/casework/internal/edit.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

// Made where it will stand: a copy of it costs several times as much.
Live MakeLive(const Occurrence& folded, bool suspended,
              absl::string_view performer, absl::string_view leaving) {
  return {.number = folded.number,
          .step = folded.step,
          .subject = folded.subject,
          .suspended = suspended,
          .performer = performer,
          .start = folded.start,
          .started_by = folded.started_by,
          .leaving = leaving,
          .folded = &folded};
}

}  // namespace

Draft::Draft(const Case& before, const pathway::Edition& rules,
             const command::v1::CaseCommand& asked, const Context& given,
             absl::string_view coordinator)
    : state(before),
      edition(rules),
      command(asked),
      context(given),
      places(given, coordinator),
      happened(asked.has_happened_time() ? FromProto(asked.happened_time())
                                         : given.now),
      recorded(std::max(given.now, before.last_recorded)),
      version(before.version + 1),
      event(google::protobuf::Arena::CreateMessage<event::v1::CaseEvent>(
          given.arena)),
      parts(given.arena),
      effects_max_(kConsequencesMax),
      open_(!before.ending.has_value()),
      coordinator_(coordinator),
      entry_(before.entry),
      identified_by_(before.identified_by),
      subjects_(before.subjects),
      next_occurrence_(before.next.occurrence),
      next_deadline_(before.next.deadline),
      next_stop_(before.next.stop),
      next_schedule_(before.next.schedule),
      next_consent_(before.next.consent),
      next_message_(before.next.message) {}

// --- Occurrences ------------------------------------------------------------

const Draft::Patch* Draft::FindPatch(int32_t number) const {
  for (const Patch& patch : patches_) {
    if (patch.number == number) {
      return &patch;
    }
  }
  return nullptr;
}

Draft::Patch& Draft::PatchOf(int32_t number) {
  if (const Patch* patch = FindPatch(number); patch != nullptr) {
    return *const_cast<Patch*>(patch);
  }
  patches_.push_back({.number = number});
  return patches_.back();
}

const Draft::Started* Draft::FindStarted(int32_t number) const {
  for (const Started& one : started_) {
    if (one.proto->occurrence() == number) {
      return &one;
    }
  }
  return nullptr;
}

Draft::Started* Draft::FindStarted(int32_t number) {
  return const_cast<Started*>(std::as_const(*this).FindStarted(number));
}

std::optional<Live> Draft::LiveOf(const Occurrence& folded) const {
  const Patch* patch = FindPatch(folded.number);
  if (patch == nullptr) {
    return MakeLive(folded, folded.suspended, folded.performer, folded.leaving);
  }
  if (patch->ended) {
    return std::nullopt;
  }
  return MakeLive(folded, patch->suspended.value_or(folded.suspended),
                  patch->performer.value_or(folded.performer),
                  patch->leaving.value_or(folded.leaving));
}

Live Draft::LiveOf(const Started& started) const {
  return {.number = started.proto->occurrence(),
          .step = started.proto->step(),
          .subject = started.subject,
          .suspended = started.proto->suspended(),
          .performer = started.proto->performer(),
          .start = happened,
          .started_by = started.proto->started_by(),
          .started = started.proto};
}

std::optional<Live> Draft::FindLive(int32_t number) const {
  if (const Started* one = FindStarted(number); one != nullptr) {
    return one->ended ? std::nullopt : std::optional<Live>(LiveOf(*one));
  }
  if (const Occurrence* one = FindOccurrence(state, number); one != nullptr) {
    return LiveOf(*one);
  }
  for (const Occurrence* one : restored_) {
    if (one->number == number) {
      return LiveOf(*one);
    }
  }
  return std::nullopt;
}

void Draft::VisitLive(absl::FunctionRef<bool(const Live&)> visit) const {
  const auto offer = [&](const Occurrence& one) {
    const Patch* patch = FindPatch(one.number);
    if (patch == nullptr) {
      return visit(MakeLive(one, one.suspended, one.performer, one.leaving));
    }
    return patch->ended ||
           visit(MakeLive(one, patch->suspended.value_or(one.suspended),
                          patch->performer.value_or(one.performer),
                          patch->leaving.value_or(one.leaving)));
  };
  for (const Occurrence& one : state.occurrences) {
    if (!offer(one)) {
      return;
    }
  }
  const size_t restored = restored_.size();
  for (size_t i = 0; i < restored; ++i) {
    if (!offer(*restored_[i])) {
      return;
    }
  }
  const size_t started = started_.size();
  for (size_t i = 0; i < started; ++i) {
    if (!started_[i].ended && !visit(LiveOf(started_[i]))) {
      return;
    }
  }
}

// Looks at the step before anything is made of it: few are of the same one.
std::optional<Live> Draft::FindLive(absl::string_view step,
                                    SubjectRef subject) const {
  const auto fits = [&](const Occurrence& one) {
    if (one.step != step || one.subject != subject) {
      return false;
    }
    const Patch* patch = FindPatch(one.number);
    return patch == nullptr || !patch->ended;
  };
  for (const Occurrence& one : state.occurrences) {
    if (fits(one)) {
      return LiveOf(one);
    }
  }
  for (const Occurrence* one : restored_) {
    if (fits(*one)) {
      return LiveOf(*one);
    }
  }
  for (const Started& one : started_) {
    if (!one.ended && one.subject == subject && one.proto->step() == step) {
      return LiveOf(one);
    }
  }
  return std::nullopt;
}

bool Draft::IsLive(absl::string_view step,
                   std::optional<SubjectRef> subject) const {
  if (subject.has_value()) {
    return FindLive(step, *subject).has_value();
  }
  bool found = false;
  VisitLive([&](const Live& live) {
    found = live.step == step;
    return !found;
  });
  return found;
}

bool Draft::AnyLive() const {
  bool found = false;
  VisitLive([&found](const Live&) {
    found = true;
    return false;
  });
  return found;
}

bool Draft::HasEnded(int32_t number) const {
  const Patch* patch = FindPatch(number);
  return patch != nullptr && patch->ended;
}

event::v1::StepStarted* Draft::AddStarted(const model::v1::Step& step,
                                          SubjectRef subject) {
  Count();
  if (overflown()) {
    return nullptr;
  }
  // Not yet part of the event: Finish decides the order.
  auto* proto = google::protobuf::Arena::CreateMessage<event::v1::StepStarted>(
      context.arena);
  proto->set_occurrence(next_occurrence_++);
  proto->set_step(step.id());
  if (subject != SubjectRef{}) {
    ToProto(subject, proto->mutable_subject());
  }
  started_.push_back({.proto = proto, .subject = subject});
  Push({.kind = Change::Kind::kStepStarted,
        .id = step.id(),
        .subject = subject});
  return proto;
}

void Draft::EndStep(const Live& live, const Ending& ending) {
  Count();
  if (overflown()) {
    return;
  }
  Started* started = FindStarted(live.number);
  if (started != nullptr) {
    started->ended = true;
  }
  PatchOf(live.number).ended = true;
  ended_.push_back(
      {.number = live.number, .ending = ending, .passed = started != nullptr});
  if (!ending.outcome.empty()) {
    AddOutcome(live, ending.outcome);
  } else {
    Push({.kind = Change::Kind::kStepEnded,
          .id = live.step,
          .subject = live.subject});
  }
}

void Draft::SetAside(int32_t number) {
  Count();
  if (Started* started = FindStarted(number); started != nullptr) {
    started->ended = true;
  }
  PatchOf(number).ended = true;
}

void Draft::NoteOutcome(const Live& live, const Noted& noted) {
  Count();
  if (overflown()) {
    return;
  }
  if (noted.until_replaced) {
    PatchOf(live.number).leaving = noted.outcome;
  }
  if (!noted.in_body) {
    noted_.push_back({.number = live.number, .noted = noted});
  }
  AddOutcome(live, noted.outcome);
}

void Draft::AddOutcome(const Live& live, absl::string_view outcome) {
  outcomes_.push_back({.step = live.step,
                       .subject = live.subject,
                       .outcome = outcome,
                       .performer = live.performer});
  Push({.kind = Change::Kind::kStepEnded,
        .id = live.step,
        .subject = live.subject});
}

void Draft::SetSuspended(int32_t number, bool suspended) {
  Count();
  if (Started* started = FindStarted(number); started != nullptr) {
    started->proto->set_suspended(suspended);
    return;
  }
  PatchOf(number).suspended = suspended;
}

void Draft::SetPerformer(int32_t number, absl::string_view organisation) {
  if (Started* started = FindStarted(number); started != nullptr) {
    started->proto->set_performer(organisation.data(), organisation.size());
    return;
  }
  PatchOf(number).performer = organisation;
}

void Draft::Exclude(int32_t number, absl::string_view organisation) {
  if (organisation.empty()) {
    return;
  }
  if (Started* started = FindStarted(number); started != nullptr) {
    started->proto->add_excluded(organisation.data(), organisation.size());
    return;
  }
  PatchOf(number).excluded.push_back(organisation);
}

void Draft::Restore(const Occurrence& occurrence) {
  Count();
  restored_.push_back(&occurrence);
  Push({.kind = Change::Kind::kStepStarted,
        .id = occurrence.step,
        .subject = occurrence.subject});
}

// --- Facts -------------------------------------------------------------------

void Draft::PutFact(const model::v1::Fact& fact, bool by_the_way) {
  Count();
  if (overflown()) {
    return;
  }
  if (by_the_way) {
    *consequences().add_facts() = fact;
  }
  FactRecord record = FromProto(fact);
  record.happened = happened;
  record.recorded = recorded;
  record.version = version;
  CountSubject(record.subject);
  dates_moved_ = dates_moved_ || record.kind == pathway::FactKind::kDate ||
                 !record.from.empty();
  Push({.kind = Change::Kind::kFact,
        .id = Keep(fact.fact()),
        .subject = record.subject});
  facts_.push_back(std::move(record));
}

void Draft::CorrectFact(const model::v1::Fact& fact, absl::Time when) {
  Count();
  FactRecord record = FromProto(fact);
  record.happened = when;
  record.recorded = recorded;
  record.version = version;
  dates_moved_ = true;
  Push({.kind = Change::Kind::kFact,
        .id = fact.fact(),
        .subject = record.subject});
  facts_.push_back(std::move(record));
}

bool Draft::FitsToday(const FactRecord& fact) const {
  return fact.from.empty() ||
         (fact.from <= places.today_text() &&
          (fact.to.empty() || fact.to >= places.today_text()));
}

const FactRecord* Draft::CurrentFact(absl::string_view fact,
                                     SubjectRef subject) const {
  const FactRecord* best = nullptr;
  const auto consider = [&](const FactRecord& one) {
    if (one.fact != fact || one.subject != subject || !FitsToday(one)) {
      return;
    }
    // The latest period; of one period what happened last, and a correction,
    // which only the draft holds and which comes last, over all.
    if (best == nullptr || one.from > best->from ||
        (one.from == best->from &&
         (one.happened >= best->happened || command.has_correct_fact()))) {
      best = &one;
    }
  };
  const auto begin =
      std::lower_bound(state.facts.begin(), state.facts.end(), fact,
                       [](const FactRecord& one, absl::string_view id) {
                         return one.fact < id;
                       });
  for (auto at = begin; at != state.facts.end() && at->fact == fact; ++at) {
    consider(*at);
  }
  for (const FactRecord& one : facts_) {
    consider(one);
  }
  return best;
}

void Draft::VisitFacts(absl::string_view fact,
                       absl::FunctionRef<bool(const FactRecord&)> visit) const {
  absl::InlinedVector<SubjectRef, 4> seen;
  const auto offer = [&](const FactRecord& one) {
    if (one.fact != fact || Holds(seen, one.subject)) {
      return true;
    }
    seen.push_back(one.subject);
    const FactRecord* current = CurrentFact(fact, one.subject);
    return current == nullptr || visit(*current);
  };
  const auto begin =
      std::lower_bound(state.facts.begin(), state.facts.end(), fact,
                       [](const FactRecord& one, absl::string_view id) {
                         return one.fact < id;
                       });
  for (auto at = begin; at != state.facts.end() && at->fact == fact; ++at) {
    if (!offer(*at)) {
      return;
    }
  }
  for (const FactRecord& one : facts_) {
    if (!offer(one)) {
      return;
    }
  }
}

void Draft::VisitPeriods(
    absl::FunctionRef<bool(const FactRecord&)> visit) const {
  for (const FactRecord& one : state.facts) {
    if ((!one.from.empty() || !one.to.empty()) && !visit(one)) {
      return;
    }
  }
  for (const FactRecord& one : facts_) {
    if ((!one.from.empty() || !one.to.empty()) && !visit(one)) {
      return;
    }
  }
}

int32_t Draft::SubjectCount(model::v1::SubjectKind kind) const {
  const auto index = static_cast<size_t>(kind);
  return index < subjects_.size() ? subjects_[index] : 0;
}

void Draft::CountSubject(SubjectRef subject) {
  const auto index = static_cast<size_t>(subject.kind);
  if (index < subjects_.size()) {
    subjects_[index] = std::max(subjects_[index], subject.number);
  }
}

}  // namespace careroute::casework::internal
