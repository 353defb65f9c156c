// What only one person can have is claimed before it is recorded, and freed
// once it is not the person's any more. The rest of Persons is in persons.cc.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/persons.h"

namespace careroute::engine {
namespace {

// Keeps two reports at once from making two persons of one identifier.
std::string IdentifierClaim(const std::string& token) {
  return absl::StrCat("identifier/", token);
}

model::v1::Refusal IdentifierTaken() {
  return internal::MakeRefusal(
      {.reason = model::v1::ERROR_REASON_WRONG_STATE,
       .message_key = "identifier_taken",
       .message = "another person is registered with this SNILS or policy "
                  "number; look at the candidates for duplicates"});
}

}  // namespace

std::vector<std::string> Persons::ClaimsOf(const model::v1::Identity& identity,
                                           absl::CivilDay today) const {
  base::Problems problems;
  const registry::NormalIdentity normal = registry::NormaliseIdentity(
      {.identity = identity, .today = today}, problems);
  std::vector<std::string> claims;
  for (const registry::Term& term : registry::UniqueTermsOf(normal)) {
    claims.push_back(IdentifierClaim(index_.Token(term)));
  }
  return claims;
}

void Persons::Execute(ExecuteRequest request, base::Done<Reply> done) {
  const model::v1::Identity* identity = nullptr;
  if (request.command.has_register_()) {
    identity = &request.command.register_().identity();
  } else if (request.command.has_update_identity()) {
    identity = &request.command.update_identity().identity();
  }
  auto claims = std::make_shared<std::vector<std::string>>();
  if (identity != nullptr && !request.info.validate_only) {
    *claims = ClaimsOf(*identity, request.today);
  }
  auto shared = std::make_shared<ExecuteRequest>(std::move(request));
  if (claims->empty() || shared->info.request_id.empty() || shared->is_first) {
    return ClaimAndRun(shared, claims, std::move(done));
  }
  // A repeat claims nothing: what it once claimed may be another's by now.
  store_.FindRequest(
      {.stream = {.kind = store::StreamKind::kPerson, .id = shared->uid},
       .key = {.caller_key = internal::CallerKey(shared->info.actor.member()),
               .request_id = shared->info.request_id}},
      [this, shared, claims, done = std::move(done)](
          absl::StatusOr<std::optional<store::RequestRecord>> record) mutable {
        if (!record.ok()) {
          std::move(done)(record.status());
          return;
        }
        if (record->has_value()) return Run(shared, {}, std::move(done));
        ClaimAndRun(shared, claims, std::move(done));
      });
}

void Persons::ClaimAndRun(
    const std::shared_ptr<ExecuteRequest>& request,
    const std::shared_ptr<std::vector<std::string>>& claims,
    base::Done<Reply> done) {
  auto claiming = std::make_shared<Claiming>();
  claiming->owner = request->uid;
  claiming->keys = *claims;
  claiming->done = [this, request, done = std::move(done)](
                       absl::StatusOr<std::vector<std::string>> held) mutable {
    if (absl::IsAlreadyExists(held.status())) {
      std::move(done)(Reply{.refusal = IdentifierTaken()});
      return;
    }
    if (!held.ok()) {
      std::move(done)(held.status());
      return;
    }
    Run(request, *held, std::move(done));
  };
  ClaimNext(claiming);
}

// ALREADY_EXISTS when another person holds one of the claims. What a record
// merged into this one holds is the same person's: it stays there, for the day
// the merge is taken back.
void Persons::ClaimNext(const std::shared_ptr<Claiming>& claiming) {
  if (claiming->keys.empty()) {
    std::move(claiming->done)(std::move(claiming->held));
    return;
  }
  const std::string key = std::move(claiming->keys.back());
  claiming->keys.pop_back();
  const store::StreamId stream{.kind = store::StreamKind::kPerson,
                               .id = claiming->owner};
  store_.ClaimUnique(
      {.key = key, .owner = stream, .now = clock_.Now()},
      [this, claiming, key, stream](absl::StatusOr<store::Claim> claim) {
        if (!claim.ok()) {
          std::move(claiming->done)(claim.status());
          return;
        }
        if (claim->owner == stream) {
          claiming->held.push_back(key);
          return ClaimNext(claiming);
        }
        if (claiming->skips_held) return ClaimNext(claiming);
        FindKept(claim->owner.id, 0,
                 [this, claiming](absl::StatusOr<Kept> kept) {
                   if (!kept.ok()) {
                     std::move(claiming->done)(kept.status());
                   } else if (kept->uid != claiming->owner) {
                     std::move(claiming->done)(
                         absl::AlreadyExistsError("claimed by another"));
                   } else {
                     ClaimNext(claiming);
                   }
                 });
      });
}

// An identifier that the person has no more is free for whom it belongs to.
void Persons::ReleaseClaims(const OpenPerson& before,
                            const ExecuteRequest& request,
                            const registry::PersonDecision& decision,
                            store::AppendRequest& write) const {
  if (before.version == 0 || before.key == nullptr) return;
  if (!decision.terms.has_value() && !decision.destroys_key) return;
  base::Problems problems;
  const registry::NormalIdentity identity = registry::NormaliseIdentity(
      {.identity = before.person.identity(), .today = request.today}, problems);
  for (const registry::Term& term : registry::UniqueTermsOf(identity)) {
    std::string claim = IdentifierClaim(index_.Token(term));
    const std::vector<std::string>& kept = write.confirm_claims;
    if (std::find(kept.begin(), kept.end(), claim) == kept.end()) {
      write.release_claims.push_back(std::move(claim));
    }
  }
}

}  // namespace careroute::engine
