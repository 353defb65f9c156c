// The person of a request: known beyond doubt, or registered by it. The rest of
// Persons is in persons.cc.

#include <memory>
#include <optional>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/base/uid.h"
#include "lib/engine/internal/refusals.h"
#include "lib/engine/persons.h"

namespace careroute::engine {
namespace {

// A repeat must find the person it made, so the id comes from the request.
base::Uid UidOf(const RequestInfo& info) {
  return base::DeriveUid({"persons", info.actor.member(), info.request_id});
}

}  // namespace

void Persons::Resolve(ResolveRequest request, base::Done<Resolved> done) {
  if (request.info.request_id.empty()) {
    return FindOrRegister(std::move(request), std::move(done));
  }
  // A repeat is answered as the first time, although by now the person it
  // registered is known.
  store::FindRequestRequest find{
      .stream = {.kind = store::StreamKind::kPerson, .id = UidOf(request.info)},
      .key = {.caller_key = internal::CallerKey(request.info.actor.member()),
              .request_id = request.info.request_id}};
  store_.FindRequest(
      std::move(find),
      [this, request = std::move(request), done = std::move(done)](
          absl::StatusOr<std::optional<store::RequestRecord>> record) mutable {
        if (!record.ok()) {
          std::move(done)(record.status());
          return;
        }
        if (record->has_value()) {
          return Register(std::move(request), /*is_first=*/false,
                          std::move(done));
        }
        FindOrRegister(std::move(request), std::move(done));
      });
}

absl::StatusOr<Persons::Resolved> Persons::Draft(ResolveRequest request) {
  OpenPerson nobody;
  nobody.uid = UidOf(request.info);
  nobody.record = std::make_shared<const registry::PersonRecord>();
  const auto draft = std::make_shared<OpenPerson>();
  ExecuteRequest registering{
      .info = request.info, .uid = nobody.uid, .today = request.today};
  *registering.command.mutable_register_() = std::move(request.command);
  registering.make_answer = [draft](const OpenPerson& after) {
    *draft = after;
    return std::string();
  };
  CAREROUTE_ASSIGN_OR_RETURN(const Plan<registry::PersonRecord> plan,
                             PlanOf(registering, {}, nobody));
  if (plan.refusal.has_value()) return Resolved{.refusal = plan.refusal};
  return Resolved{.person = draft};
}

void Persons::FindOrRegister(ResolveRequest request,
                             base::Done<Resolved> done) {
  const model::v1::Identity identity = request.command.identity();
  const absl::CivilDay today = request.today;
  FindCandidates(
      identity, today,
      [this, request = std::move(request), done = std::move(done)](
          absl::StatusOr<std::vector<Found>> found) mutable {
        if (!found.ok()) {
          std::move(done)(found.status());
          return;
        }
        if (!found->empty() &&
            found->front().candidate.verdict == registry::Verdict::kSame) {
          std::move(done)(Resolved{.person = found->front().person});
          return;
        }
        Register(std::move(request), /*is_first=*/true, std::move(done));
      });
}

void Persons::Register(ResolveRequest request, bool is_first,
                       base::Done<Resolved> done) {
  const base::Uid uid = UidOf(request.info);
  const bool validate_only = request.info.validate_only;
  ExecuteRequest execute{.info = request.info,
                         .uid = uid,
                         .today = request.today,
                         .is_first = is_first};
  *execute.command.mutable_register_() = std::move(request.command);
  // Whoever is registered is known whole: reading key and parts back and
  // opening them would cost more than the registration did.
  const auto made = std::make_shared<std::shared_ptr<OpenPerson>>();
  execute.make_answer = [made](const OpenPerson& after) {
    *made = std::make_shared<OpenPerson>(after);
    return after.person.SerializeAsString();
  };
  Execute(std::move(execute), [this, uid, validate_only, made,
                               done = std::move(done)](
                                  absl::StatusOr<Reply> reply) mutable {
    if (!reply.ok()) {
      std::move(done)(reply.status());
      return;
    }
    if (reply->refusal.has_value() || validate_only) {
      std::move(done)(Resolved{.refusal = std::move(reply->refusal)});
      return;
    }
    Resolved resolved{.registered_now = true};
    if (!resolved.as_registered.ParseFromString(reply->answer)) {
      std::move(done)(absl::DataLossError("a kept answer is no person"));
      return;
    }
    auto opened = [resolved = std::move(resolved), done = std::move(done)](
                      absl::StatusOr<OpenPersonPtr> person) mutable {
      if (!person.ok()) {
        std::move(done)(person.status());
        return;
      }
      resolved.person = *std::move(person);
      std::move(done)(std::move(resolved));
    };
    if (reply->replayed || *made == nullptr) {
      return OpenKept(uid, std::move(opened));
    }
    AddAges(std::move(*made), 0, std::move(opened));
  });
}

}  // namespace careroute::engine
