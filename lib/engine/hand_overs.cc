#include "lib/engine/hand_overs.h"

#include <optional>
#include <utility>

#include "lib/base/hash.h"
#include "lib/casework/hand_over.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/handed_chain.h"
#include "lib/engine/internal/local_day.h"
#include "lib/engine/tables.h"
#include "lib/registry/duplicates.h"

namespace careroute::engine {
namespace {

using casework::Case;
using internal::After;
using internal::FoldedOn;

TakeResult Refused(const char* why) {
  return {.fate = Fate::kRefused, .why = why};
}

TakeResult GapAt(int64_t version) {
  return {.fate = Fate::kGap, .expected = static_cast<int32_t>(version)};
}

}  // namespace

// --- The history ------------------------------------------------------------

void HandOvers::TakePage(Page page, base::Done<TakeResult> done) {
  const base::Uid uid = page.case_uid;
  options_.cases.AppendHanded(
      uid,
      [hub = options_.hub_id, page = std::move(page)](
          const Loaded<Case>& before) -> absl::StatusOr<Cases::Handed> {
        const int64_t last =
            page.first_version + static_cast<int64_t>(page.events.size()) - 1;
        if (last <= before.version) return Cases::Handed{};
        if (page.first_version > before.version + 1) {
          return Cases::Handed{.result = GapAt(before.version + 1)};
        }
        if (before.version > 0 && before.state->home.IsAt(hub)) {
          return Cases::Handed{.result = Refused("case_is_here")};
        }
        auto events = After(before, page.first_version, page.events);
        if (!events.has_value()) {
          return Cases::Handed{.result = Refused("chain_broken")};
        }
        const std::optional<Case> after = FoldedOn(before, *events);
        // What nobody wrote, or this hub itself, comes from no other one.
        if (!after.has_value() || (!after->ahead && after->home.IsAt(hub))) {
          return Cases::Handed{.result = Refused("malformed")};
        }
        return Cases::Handed{.events = *std::move(events)};
      },
      std::move(done));
}

// --- The offer --------------------------------------------------------------

struct HandOvers::Offering {
  Offer offer;
  base::Done<TakeResult> done;
  std::shared_ptr<const Case> state;  // frozen
  std::string deputy;                 // of the case, if it is taken
  std::string claim;                  // once it is held
  Persons::HandedPerson person;       // until it is taken
};

void HandOvers::TakeOffer(Offer offer, base::Done<TakeResult> done) {
  auto offering = std::make_shared<Offering>();
  offering->offer = std::move(offer);
  offering->done = std::move(done);
  options_.cases.Load(offering->offer.case_uid,
                      [this, offering](absl::StatusOr<Loaded<Case>> loaded) {
                        if (!loaded.ok())
                          return std::move(offering->done)(loaded.status());
                        CheckOffer(offering, *std::move(loaded));
                      });
}

void HandOvers::CheckOffer(const OfferingPtr& offering, Loaded<Case> loaded) {
  const Offer& offer = offering->offer;
  if (loaded.version >= offer.answer_version) {
    return std::move(offering->done)(TakeResult{});  // answered already
  }
  if (loaded.version < offer.answer_version - 1) {
    return std::move(offering->done)(GapAt(loaded.version + 1));
  }
  if (loaded.head_hash != offer.head_hash) {
    return std::move(offering->done)(Refused("chain_broken"));
  }
  const Case& state = *loaded.state;
  if (state.ahead) {
    return std::move(offering->done)(
        absl::UnavailableError("it takes a newer release of this hub"));
  }
  if (!state.home.frozen.has_value() ||
      state.home.frozen->hand_over != offer.hand_over ||
      state.home.frozen->hub != options_.hub_id ||
      state.home.hub != offer.from_hub) {
    return std::move(offering->done)(Refused("malformed"));
  }
  offering->state = std::move(loaded.state);
  CheckDirectory(offering);
}

// Whoever is to coordinate it must be of this hub, and who performs for it must
// be known here by the hub that hosts it: else nobody could go on with it. The
// deputy is the head, where there is one besides the coordinator: no post is
// ever empty.
void HandOvers::CheckDirectory(const OfferingPtr& offering) {
  const DirectoryPtr picture = options_.organisations.Current();
  const Case& state = *offering->state;
  const std::string& coordinator = state.home.frozen->coordinator;
  const std::string home(casework::OrganisationOf(coordinator));
  const CaseDirectory directory(
      {.picture = picture,
       .today = internal::LocalDay(options_.calendars, *picture, home,
                                   options_.clock.Now())});
  const casework::OrganisationFacts* facts = directory.Find(home);
  if (facts == nullptr || !facts->local() ||
      !directory.MemberExists(coordinator)) {
    return Refuse(offering, "unknown_coordinator");
  }
  for (const casework::Referral& one : state.referrals) {
    if (!casework::IsPerformed(one)) continue;
    const casework::OrganisationFacts* performer =
        directory.Find(one.performer);
    const std::string& host = one.hub.empty() ? state.home.hub : one.hub;
    if (performer == nullptr ||
        (performer->local() ? options_.hub_id : performer->hub) != host) {
      return Refuse(offering, "unknown_performer");
    }
  }
  const bool steps_in = !facts->head.empty() && facts->head != coordinator &&
                        directory.MemberExists(facts->head);
  offering->deputy = steps_in ? facts->head : coordinator;
  KeepEditions(offering);
}

void HandOvers::KeepEditions(const OfferingPtr& offering) {
  PutEditions(offering->state, std::move(offering->offer.editions),
              [this, offering](absl::Status kept) {
                if (!kept.ok()) {
                  return std::move(offering->done)(std::move(kept));
                }
                FindEdition(offering);
              });
}

// Those the case names, for this case alone: they are not published here.
void HandOvers::PutEditions(std::shared_ptr<const Case> state,
                            std::vector<std::string> editions,
                            base::DoneStatus done) {
  while (!editions.empty()) {
    std::string bytes = std::move(editions.back());
    editions.pop_back();
    const std::string hash = base::Sha256(bytes);
    const bool is_named =
        hash == state->edition.hash || (state->migrated_from.has_value() &&
                                        hash == state->migrated_from->hash);
    if (!is_named) continue;
    return options_.store.PutBlob(
        {.kind = kEditionBlob,
         .bytes = std::move(bytes),
         .now = options_.clock.Now()},
        [this, state = std::move(state), editions = std::move(editions),
         done = std::move(done)](absl::StatusOr<std::string> kept) mutable {
          if (!kept.ok()) return std::move(done)(kept.status());
          PutEditions(std::move(state), std::move(editions), std::move(done));
        });
  }
  std::move(done)(absl::OkStatus());
}

void HandOvers::FindEdition(const OfferingPtr& offering) {
  options_.editions.Find(
      offering->state->edition.hash,
      [this, offering](const absl::StatusOr<EditionPtr>& edition) {
        if (edition.ok()) return ClaimCase(offering);
        if (absl::IsUnavailable(edition.status()) ||
            absl::IsResourceExhausted(edition.status())) {
          return std::move(offering->done)(edition.status());
        }
        Refuse(offering, "unknown_edition");
      });
}

// One open case a person and pathway, here too.
void HandOvers::ClaimCase(const OfferingPtr& offering) {
  const Case& state = *offering->state;
  const store::StreamId stream{.kind = store::StreamKind::kCase,
                               .id = offering->offer.case_uid};
  const std::string claim =
      Cases::OpenCaseClaim(state.person, state.edition.pathway);
  options_.store.ClaimUnique(
      {.key = claim, .owner = stream, .now = options_.clock.Now()},
      [this, offering, claim, stream](absl::StatusOr<store::Claim> held) {
        if (!held.ok()) return std::move(offering->done)(held.status());
        if (held->owner != stream) return Refuse(offering, "open_case");
        offering->claim = claim;
        FindDuplicates(offering);
      });
}

// The person may be known here by another record, which has a case. Nothing of
// the person is kept before it is sure that the case comes.
void HandOvers::FindDuplicates(const OfferingPtr& offering) {
  const auto uid = base::UidFromBytes(offering->state->person);
  if (!uid.ok()) return Refuse(offering, "unreadable");
  offering->person = {.uid = *uid,
                      .key = std::move(offering->offer.person_key),
                      .events = std::move(offering->offer.person)};
  const absl::StatusOr<model::v1::Identity> identity =
      options_.persons.IdentityOf(offering->person);
  if (!identity.ok()) return Refuse(offering, "unreadable");
  options_.persons.FindCandidates(
      *identity, absl::ToCivilDay(options_.clock.Now(), absl::UTCTimeZone()),
      [this, offering](absl::StatusOr<std::vector<Persons::Found>> found) {
        if (!found.ok()) return std::move(offering->done)(found.status());
        std::vector<base::Uid> same;
        for (const Persons::Found& one : *found) {
          if (one.candidate.verdict == registry::Verdict::kSame &&
              one.person->uid != offering->person.uid) {
            same.push_back(one.person->uid);
          }
        }
        LookAtCases(offering, std::move(same));
      });
}

void HandOvers::LookAtCases(const OfferingPtr& offering,
                            std::vector<base::Uid> same) {
  if (same.empty()) return TakePerson(offering);
  const base::Uid next = same.back();
  same.pop_back();
  options_.persons.CasesOf(
      next, [this, offering, same = std::move(same)](
                absl::StatusOr<std::vector<PersonCase>> cases) mutable {
        if (!cases.ok()) return std::move(offering->done)(cases.status());
        for (const PersonCase& one : *cases) {
          if (one.row.pathway() == offering->state->edition.pathway &&
              one.row.state() == model::v1::CASE_STATE_OPEN) {
            return Refuse(offering, "open_case");
          }
        }
        LookAtCases(offering, std::move(same));
      });
}

void HandOvers::TakePerson(const OfferingPtr& offering) {
  options_.persons.TakeHanded(std::move(offering->person),
                              [this, offering](const absl::Status& taken) {
                                if (taken.ok()) return Receive(offering);
                                if (absl::IsFailedPrecondition(taken)) {
                                  return Refuse(offering, "erased_here");
                                }
                                std::move(offering->done)(taken);
                              });
}

void HandOvers::Receive(const OfferingPtr& offering) {
  AppendAnswer(offering,
               [now = options_.clock.Now(),
                deputy = offering->deputy](const Case& state) {
                 const model::v1::Actor hub = HubActor();
                 return casework::ReceivedEvent(state, deputy,
                                                {.now = now, .actor = hub});
               },
               {offering->claim});
}

void HandOvers::Refuse(const OfferingPtr& offering, absl::string_view why) {
  AppendAnswer(
      offering,
      [now = options_.clock.Now(), why = std::string(why)](const Case& state) {
        const model::v1::Actor hub = HubActor();
        return casework::ThawedEvent(state, why, {.now = now, .actor = hub});
      },
      {});
}

// The one event this hub may write to a case that is not its own. Whoever
// appends it first has answered; the next one finds that it was answered.
void HandOvers::AppendAnswer(
    const OfferingPtr& offering,
    std::function<event::v1::CaseEvent(const Case&)> answer,
    std::vector<std::string> claims) {
  options_.cases.AppendHanded(
      offering->offer.case_uid,
      [version = offering->offer.answer_version, answer = std::move(answer),
       claims = std::move(claims)](
          const Loaded<Case>& before) -> absl::StatusOr<Cases::Handed> {
        if (before.version >= version) return Cases::Handed{};
        return Cases::Handed{
            .events = {answer(*before.state).SerializeAsString()},
            .confirm_claims = claims};
      },
      std::move(offering->done));
}

// --- The answer -------------------------------------------------------------

struct HandOvers::Answering {
  Answer answer;
  base::Done<TakeResult> done;
};

void HandOvers::TakeAnswer(Answer answer, base::Done<TakeResult> done) {
  auto answering = std::make_shared<Answering>();
  answering->answer = std::move(answer);
  answering->done = std::move(done);
  options_.cases.Load(answering->answer.case_uid,
                      [this, answering](absl::StatusOr<Loaded<Case>> loaded) {
                        if (!loaded.ok())
                          return std::move(answering->done)(loaded.status());
                        CheckAnswer(answering, *loaded);
                      });
}

void HandOvers::CheckAnswer(const AnsweringPtr& answering,
                            const Loaded<Case>& loaded) {
  const Answer& answer = answering->answer;
  const Case& state = *loaded.state;
  if (loaded.version >= answer.version) {
    return std::move(answering->done)(TakeResult{});  // known already
  }
  event::v1::CaseEvent event;
  const bool reads = event.ParseFromString(answer.event.stored);
  const bool received = event.has_case_received();
  const std::string& hub =
      received ? event.case_received().hub() : event.case_thawed().hub();
  const std::string& hand_over = received ? event.case_received().hand_over()
                                          : event.case_thawed().hand_over();
  if (!reads || !casework::IsAnswer(event) || !state.home.frozen.has_value() ||
      loaded.version + 1 != answer.version ||
      state.home.frozen->hand_over.Bytes() != hand_over ||
      state.home.frozen->hub != answer.from_hub || hub != answer.from_hub ||
      !state.home.IsAt(options_.hub_id)) {
    return std::move(answering->done)(Refused("not_yours"));
  }
  if (!After(loaded, answer.version, {answer.event}).has_value()) {
    return std::move(answering->done)(Refused("chain_broken"));
  }
  if (!received) return AppendAnswered(answering);
  const std::string requester(
      casework::OrganisationOf(event.case_received().coordinator()));
  for (Adoption& one : answering->answer.adoptions) {
    one.arrival.referral.set_requester(requester);
  }
  AdoptNext(answering);
}

// Before the case is known to be gone: what is adopted twice is adopted once.
void HandOvers::AdoptNext(const AnsweringPtr& answering) {
  std::vector<Adoption>& adoptions = answering->answer.adoptions;
  if (adoptions.empty()) return AppendAnswered(answering);
  Adoption adoption = std::move(adoptions.back());
  adoptions.pop_back();
  adoption.hub = answering->answer.from_hub;
  options_.performed.Adopt(
      std::move(adoption),
      [this, answering](absl::StatusOr<TakeResult> adopted) {
        if (!adopted.ok()) return std::move(answering->done)(adopted.status());
        AdoptNext(answering);
      });
}

void HandOvers::AppendAnswered(const AnsweringPtr& answering) {
  options_.cases.AppendHanded(
      answering->answer.case_uid,
      [answering](const Loaded<Case>& before) -> absl::StatusOr<Cases::Handed> {
        const Answer& answer = answering->answer;
        if (before.version >= answer.version) return Cases::Handed{};
        auto events = After(before, answer.version, {answer.event});
        if (!events.has_value()) {
          return Cases::Handed{.result = Refused("chain_broken")};
        }
        return Cases::Handed{.events = *std::move(events)};
      },
      [answering](absl::StatusOr<TakeResult> taken) {
        std::move(answering->done)(std::move(taken));
      });
}

}  // namespace careroute::engine
