// What a hub that was put back from a backup gets back of a case that moved.

#include <utility>

#include "lib/engine/hand_overs.h"
#include "lib/engine/internal/handed_chain.h"

namespace careroute::engine {
namespace {

using casework::Case;

TakeResult Refused(const char* why) {
  return {.fate = Fate::kRefused, .why = why};
}

bool IsOpenAt(const Case& state, const std::string& hub) {
  return state.version > 0 && state.home.IsAt(hub) &&
         !state.ending.has_value() && !state.erased;
}

}  // namespace

struct HandOvers::Returning {
  Returned returned;
  base::Done<TakeResult> done;
  std::shared_ptr<const Case> after;  // what is given back
  bool comes_home = false;            // this hub writes to it again
  std::vector<std::string> claims;
};

void HandOvers::TakeBack(Returned returned, base::Done<TakeResult> done) {
  auto returning = std::make_shared<Returning>();
  returning->returned = std::move(returned);
  returning->done = std::move(done);
  options_.cases.Load(returning->returned.case_uid,
                      [this, returning](absl::StatusOr<Loaded<Case>> loaded) {
                        if (!loaded.ok()) {
                          return std::move(returning->done)(loaded.status());
                        }
                        CheckReturned(returning, *loaded);
                      });
}

void HandOvers::CheckReturned(const ReturningPtr& returning,
                              const Loaded<Case>& loaded) {
  Returned& returned = returning->returned;
  if (returned.first_version > loaded.version + 1) {
    return std::move(returning->done)(
        TakeResult{.fate = Fate::kGap,
                   .expected = static_cast<int32_t>(loaded.version + 1)});
  }
  const auto events =
      internal::After(loaded, returned.first_version, returned.events);
  if (!events.has_value()) {
    return std::move(returning->done)(Refused("chain_broken"));
  }
  if (events->empty()) return std::move(returning->done)(TakeResult{});
  std::optional<Case> after = internal::FoldedOn(loaded, *events);
  if (!after.has_value()) {
    return std::move(returning->done)(Refused("malformed"));
  }
  if (after->ahead) {
    return std::move(returning->done)(
        absl::UnavailableError("it takes a newer release of this hub"));
  }
  const Case& before = *loaded.state;
  const std::string& hub = options_.hub_id;
  const bool knew_it = before.version > 0 && (before.home.IsAt(hub) ||
                                              internal::WasHome(before, hub));
  if (!knew_it && after->home.IsAt(hub) && returned.person_key.empty()) {
    return std::move(returning->done)(Refused("erased_there"));
  }
  returning->comes_home = !IsOpenAt(before, hub) && IsOpenAt(*after, hub);
  returning->after = std::make_shared<const Case>(*std::move(after));
  PutEditions(returning->after, std::move(returned.editions),
              [this, returning](absl::Status kept) {
                if (!kept.ok()) {
                  return std::move(returning->done)(std::move(kept));
                }
                TakePersonBack(returning);
              });
}

void HandOvers::TakePersonBack(const ReturningPtr& returning) {
  Returned& returned = returning->returned;
  if (returned.person_key.empty()) return ClaimReturned(returning);
  const auto uid = base::UidFromBytes(returning->after->person);
  if (!uid.ok()) return std::move(returning->done)(Refused("malformed"));
  options_.persons.TakeHanded(
      {.uid = *uid,
       .key = std::move(returned.person_key),
       .events = std::move(returned.person)},
      [this, returning](absl::Status taken) {
        if (taken.ok()) return ClaimReturned(returning);
        if (absl::IsFailedPrecondition(taken)) {
          return std::move(returning->done)(Refused("erased_here"));
        }
        if (absl::IsInvalidArgument(taken)) {
          return std::move(returning->done)(Refused("malformed"));
        }
        std::move(returning->done)(std::move(taken));
      });
}

// Another case of the person and pathway may stand open here, whose end was
// forgotten. Two open cases are better than one that nobody writes to: people
// end one of them.
void HandOvers::ClaimReturned(const ReturningPtr& returning) {
  if (!returning->comes_home) return AppendReturned(returning);
  const store::StreamId stream{.kind = store::StreamKind::kCase,
                               .id = returning->returned.case_uid};
  const std::string claim = Cases::OpenCaseClaim(
      returning->after->person, returning->after->edition.pathway);
  options_.store.ClaimUnique(
      {.key = claim, .owner = stream, .now = options_.clock.Now()},
      [this, returning, claim, stream](absl::StatusOr<store::Claim> held) {
        if (!held.ok()) return std::move(returning->done)(held.status());
        if (held->owner == stream) returning->claims = {claim};
        AppendReturned(returning);
      });
}

void HandOvers::AppendReturned(const ReturningPtr& returning) {
  options_.cases.AppendHanded(
      returning->returned.case_uid,
      [returning](const Loaded<Case>& before) -> absl::StatusOr<Cases::Handed> {
        auto events = internal::After(before, returning->returned.first_version,
                                      returning->returned.events);
        if (!events.has_value()) {
          return Cases::Handed{.result = Refused("chain_broken")};
        }
        return Cases::Handed{.events = *std::move(events),
                             .confirm_claims = returning->claims};
      },
      [returning](absl::StatusOr<TakeResult> taken) {
        std::move(returning->done)(std::move(taken));
      });
}

}  // namespace careroute::engine
