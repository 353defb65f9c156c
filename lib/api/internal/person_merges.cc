#include "lib/api/internal/person_merges.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "careroute/api/v1/registry_service.pb.h"
#include "lib/access/redact.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/viewer.h"
#include "lib/engine/names.h"

namespace careroute::api::internal {
namespace {

using engine::Engine;

// Two records the caller takes part in.
struct Two {
  base::Uid keep;
  access::DataClassSet classes;  // of the kept one
};

// An administrator reads nothing but that it was done.
access::DataClassSet Shown(const CallPtr& call, access::DataClassSet classes) {
  constexpr access::DataClassSet kRoute = {model::v1::DATA_CLASS_ROUTE};
  return call->actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR
             ? kRoute
             : classes.Or(kRoute);
}

// NOT_FOUND unless the caller takes part in a case on either side: nobody may
// join a person they know to one they only heard of.
void FindBoth(Engine& engine, const CallPtr& call, const std::string& keep,
              const std::string& merged, base::Done<Two> done) {
  const auto keep_uid = engine::ParseName("persons/", keep);
  const auto merged_uid = engine::ParseName("persons/", merged);
  if (!keep_uid.ok() || !merged_uid.ok()) return std::move(done)(NotFound());
  ClassesOfPerson(
      engine, call, *keep_uid,
      [&engine, call, keep = *keep_uid, merged = *merged_uid,
       done = std::move(done)](
          absl::StatusOr<std::optional<access::DataClassSet>> classes) mutable {
        if (!classes.ok()) return std::move(done)(classes.status());
        if (!classes->has_value()) return std::move(done)(NotFound());
        ClassesOfPerson(
            engine, call, merged,
            [call, keep, classes = **classes, done = std::move(done)](
                absl::StatusOr<std::optional<access::DataClassSet>>
                    others) mutable {
              if (!others.ok()) return std::move(done)(others.status());
              if (!others->has_value()) return std::move(done)(NotFound());
              std::move(done)(
                  Two{.keep = keep, .classes = Shown(call, classes)});
            });
      });
}

template <typename Response>
engine::Persons::MakeAnswer AnswerWith(access::DataClassSet classes) {
  return [classes](const engine::OpenPerson& after) {
    Response response;
    *response.mutable_person() = after.person;
    access::Redact(classes, access::UnknownFactClass, response);
    return response.SerializeAsString();
  };
}

void MergePersons(Engine& engine, const CallPtr& call,
                  const v1::MergePersonsRequest& request,
                  base::Done<Served> done) {
  FindBoth(
      engine, call, request.keep(), request.command().merged(),
      [&engine, call, request,
       done = std::move(done)](absl::StatusOr<Two> two) mutable {
        if (!two.ok()) return std::move(done)(two.status());
        engine.merges().Merge(
            {.info = InfoOf(*call, request),
             .keep = two->keep,
             .today = Today(engine, *call),
             .command = request.command(),
             .takes_part =
                 [call](const engine::CaseReading& reading) {
                   return Viewer(call->actor, reading).takes_part();
                 },
             .make_answer = AnswerWith<v1::MergePersonsResponse>(two->classes)},
            [names = std::vector<std::string>{request.keep(),
                                              request.command().merged()},
             classes = two->classes, done = std::move(done)](
                absl::StatusOr<engine::Reply> reply) mutable {
              std::move(done)(
                  ServedOf(std::move(reply), std::move(names), classes));
            });
      });
}

void UnmergePersons(Engine& engine, const CallPtr& call,
                    const v1::UnmergePersonsRequest& request,
                    base::Done<Served> done) {
  FindBoth(engine, call, request.keep(), request.command().merged(),
           [&engine, call, request,
            done = std::move(done)](absl::StatusOr<Two> two) mutable {
             if (!two.ok()) return std::move(done)(two.status());
             engine.merges().Undo(
                 {.info = InfoOf(*call, request),
                  .keep = two->keep,
                  .today = Today(engine, *call),
                  .command = request.command(),
                  .make_answer =
                      AnswerWith<v1::UnmergePersonsResponse>(two->classes)},
                 [names = std::vector<std::string>{request.keep(),
                                                   request.command().merged()},
                  classes = two->classes, done = std::move(done)](
                     absl::StatusOr<engine::Reply> reply) mutable {
                   std::move(done)(
                       ServedOf(std::move(reply), std::move(names), classes));
                 });
           });
}

}  // namespace

void AddPersonMerges(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::MergePersonsRequest>(
      "careroute.api.v1.RegistryService.MergePersons",
      [&engine](const CallPtr& call, const v1::MergePersonsRequest& request,
                base::Done<Served> done) {
        MergePersons(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::UnmergePersonsRequest>(
      "careroute.api.v1.RegistryService.UnmergePersons",
      [&engine](const CallPtr& call, const v1::UnmergePersonsRequest& request,
                base::Done<Served> done) {
        UnmergePersons(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api::internal
