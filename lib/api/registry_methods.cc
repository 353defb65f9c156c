#include "lib/api/registry_methods.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "lib/access/redact.h"
#include "lib/api/internal/handlers.h"
#include "lib/api/internal/person_commands.h"
#include "lib/api/internal/person_merges.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/engine/names.h"
#include "lib/registry/decider.h"
#include "lib/registry/explain_text.h"
#include "lib/registry/renewals.h"

namespace careroute::api {
namespace {

using engine::Engine;
using engine::OpenPersonPtr;

Served Serve(access::DataClassSet classes, google::protobuf::Message& response,
             std::vector<std::string> resources) {
  access::Redact(classes, access::UnknownFactClass, response);
  return {.bytes = response.SerializeAsString(),
          .resources = std::move(resources),
          .classes = access::ClassesIn(response, access::UnknownFactClass)};
}

// The registering organisation sees what it has just registered.
void RegisterPerson(Engine& engine, const CallPtr& call,
                    const v1::RegisterPersonRequest& request,
                    base::Done<Served> done) {
  engine.persons().Resolve(
      {.info = internal::InfoOf(*call, request),
       .today = internal::Today(engine, *call),
       .command = request.command()},
      [&engine, call, validate_only = request.validate_only(),
       done = std::move(done)](
          absl::StatusOr<engine::Persons::Resolved> resolved) mutable {
        if (!resolved.ok()) {
          std::move(done)(resolved.status());
          return;
        }
        if (resolved->refusal.has_value()) {
          std::move(done)(RefusalStatus(*resolved->refusal));
          return;
        }
        v1::RegisterPersonResponse response;
        if (validate_only) {
          std::move(done)(Served{.bytes = response.SerializeAsString()});
          return;
        }
        const OpenPersonPtr person = resolved->person;
        if (resolved->registered_now) {
          *response.mutable_person() = std::move(resolved->as_registered);
          std::move(done)(Serve(access::DataClassSet::All(), response,
                                {person->person.name()}));
          return;
        }
        *response.mutable_person() = person->person;
        internal::ClassesOfPerson(
            engine, call, person->uid,
            [response, person, done = std::move(done)](
                absl::StatusOr<std::optional<access::DataClassSet>>
                    classes) mutable {
              if (!classes.ok()) {
                std::move(done)(classes.status());
                return;
              }
              // Known already: the id serves, what else may be seen is a
              // matter of the cases.
              constexpr access::DataClassSet kIdOnly = {
                  model::v1::DATA_CLASS_ROUTE};
              std::move(done)(Serve(classes->value_or(kIdOnly), response,
                                    {person->person.name()}));
            });
      });
}

// Opens a person of a case the caller takes part in.
void OpenFor(Engine& engine, const CallPtr& call, const std::string& name,
             base::Done<std::pair<OpenPersonPtr, access::DataClassSet>> done) {
  const auto uid = engine::ParseName("persons/", name);
  if (!uid.ok()) {
    std::move(done)(internal::NotFound());
    return;
  }
  internal::ClassesOfPerson(
      engine, call, *uid,
      [&engine, uid = *uid, done = std::move(done)](
          absl::StatusOr<std::optional<access::DataClassSet>> classes) mutable {
        if (!classes.ok()) {
          std::move(done)(classes.status());
          return;
        }
        if (!classes->has_value()) {
          std::move(done)(internal::NotFound());
          return;
        }
        engine.persons().Open(
            uid, [classes = **classes, done = std::move(done)](
                     absl::StatusOr<OpenPersonPtr> person) mutable {
              if (!person.ok()) {
                std::move(done)(person.status());
                return;
              }
              std::move(done)(std::make_pair(*std::move(person), classes));
            });
      });
}

void GetPerson(Engine& engine, const CallPtr& call,
               const v1::GetPersonRequest& request, base::Done<Served> done) {
  OpenFor(engine, call, request.name(),
          [done = std::move(done)](
              absl::StatusOr<std::pair<OpenPersonPtr, access::DataClassSet>>
                  opened) mutable {
            if (!opened.ok()) {
              std::move(done)(opened.status());
              return;
            }
            v1::GetPersonResponse response;
            *response.mutable_person() = opened->first->person;
            const std::string name = opened->first->person.name();
            std::move(done)(Serve(opened->second, response, {name}));
          });
}

void ListDeciders(Engine& engine, const CallPtr& call,
                  const v1::ListDecidersRequest& request,
                  base::Done<Served> done) {
  absl::CivilDay day = internal::Today(engine, *call);
  if (!request.date().empty()) absl::ParseCivilTime(request.date(), &day);
  OpenFor(
      engine, call, request.name(),
      [day, language = request.language(), done = std::move(done)](
          absl::StatusOr<std::pair<OpenPersonPtr, access::DataClassSet>>
              opened) mutable {
        if (!opened.ok()) {
          std::move(done)(opened.status());
          return;
        }
        const engine::OpenPerson& person = *opened->first;
        const registry::DeciderInput input = engine::DeciderInputOf(person);
        v1::ListDecidersResponse response;
        for (model::v1::Decider& decider :
             registry::WhoDecidesAll(input, day)) {
          registry::FillTexts(language, *decider.mutable_because());
          *response.add_deciders() = std::move(decider);
        }
        // The year ahead: what a coordinator plans for.
        for (const registry::Renewal& renewal :
             registry::RenewalsIn(input, {.first = day, .last = day + 366})) {
          response.add_consents_to_renew_on(absl::FormatCivilTime(renewal.on));
        }
        const std::string name = person.person.name();
        std::move(done)(Serve(opened->second, response, {name}));
      });
}

// Persons found, one after another, each through the caller's cases.
struct Showing {
  CallPtr call;
  std::vector<engine::Persons::Found> found;
  size_t next = 0;
  // Takes a person the caller may see.
  std::function<void(const engine::Persons::Found&, access::DataClassSet)> take;
  base::Done<bool> done;
};

// Answers with what was taken, once everybody found was shown.
template <typename Response>
base::Done<bool> ServeTaken(std::shared_ptr<Response> response,
                            std::shared_ptr<Served> served,
                            base::Done<Served> done) {
  return [response, served,
          done = std::move(done)](absl::StatusOr<bool> shown) mutable {
    if (!shown.ok()) return std::move(done)(shown.status());
    served->bytes = response->SerializeAsString();
    served->classes = access::ClassesIn(*response, access::UnknownFactClass);
    std::move(done)(std::move(*served));
  };
}

void ShowNext(Engine& engine, const std::shared_ptr<Showing>& showing) {
  if (showing->next >= showing->found.size()) {
    std::move(showing->done)(true);
    return;
  }
  const engine::Persons::Found& found = showing->found[showing->next++];
  internal::ClassesOfPerson(
      engine, showing->call, found.person->uid,
      [&engine, showing,
       &found](absl::StatusOr<std::optional<access::DataClassSet>> classes) {
        if (!classes.ok()) {
          std::move(showing->done)(classes.status());
          return;
        }
        if (classes->has_value()) showing->take(found, **classes);
        ShowNext(engine, showing);
      });
}

void FindPersons(Engine& engine, const CallPtr& call,
                 const v1::FindPersonsRequest& request,
                 base::Done<Served> done) {
  engine.persons().FindCandidates(
      request.identity(), internal::Today(engine, *call),
      [&engine, call, size = PageSize(request.page_size()),
       done = std::move(done)](
          absl::StatusOr<std::vector<engine::Persons::Found>> found) mutable {
        if (!found.ok()) {
          std::move(done)(found.status());
          return;
        }
        auto response = std::make_shared<v1::FindPersonsResponse>();
        auto served = std::make_shared<Served>();
        auto showing = std::make_shared<Showing>();
        showing->call = call;
        showing->found = *std::move(found);
        showing->take = [response, served, size](
                            const engine::Persons::Found& one,
                            access::DataClassSet classes) {
          if (response->persons_size() >= size) return;
          model::v1::Person person = one.person->person;
          access::Redact(classes, access::UnknownFactClass, person);
          served->resources.push_back(person.name());
          *response->add_persons() = std::move(person);
        };
        showing->done = ServeTaken(response, served, std::move(done));
        ShowNext(engine, showing);
      });
}

void ListCandidates(Engine& engine, const CallPtr& call,
                    const v1::ListDuplicateCandidatesRequest& request,
                    base::Done<Served> done) {
  OpenFor(engine, call, request.name(),
          [&engine, call, size = PageSize(request.page_size()),
           done = std::move(done)](
              absl::StatusOr<std::pair<OpenPersonPtr, access::DataClassSet>>
                  opened) mutable {
            if (!opened.ok()) {
              std::move(done)(opened.status());
              return;
            }
            const OpenPersonPtr subject = opened->first;
            engine.persons().FindCandidates(
                subject->person.identity(), internal::Today(engine, *call),
                [&engine, call, size, subject, done = std::move(done)](
                    absl::StatusOr<std::vector<engine::Persons::Found>>
                        found) mutable {
                  if (!found.ok()) {
                    std::move(done)(found.status());
                    return;
                  }
                  auto response =
                      std::make_shared<v1::ListDuplicateCandidatesResponse>();
                  auto served = std::make_shared<Served>();
                  auto showing = std::make_shared<Showing>();
                  showing->call = call;
                  showing->found = *std::move(found);
                  showing->take = [response, served, size, subject](
                                      const engine::Persons::Found& one,
                                      access::DataClassSet classes) {
                    if (one.person->uid == engine::KeptOf(*subject) ||
                        response->candidates_size() >= size) {
                      return;
                    }
                    model::v1::DuplicateCandidate shown;
                    *shown.mutable_person() = one.person->person;
                    shown.set_likeness(one.candidate.likeness);
                    shown.set_likely_twin(one.candidate.verdict ==
                                          registry::Verdict::kTwin);
                    *shown.mutable_because() = one.candidate.because;
                    access::Redact(classes, access::UnknownFactClass, shown);
                    served->resources.push_back(one.person->person.name());
                    *response->add_candidates() = std::move(shown);
                  };
                  showing->done = ServeTaken(response, served, std::move(done));
                  ShowNext(engine, showing);
                });
          });
}

}  // namespace

void AddRegistryMethods(Pipeline& pipeline) {
  internal::AddHandler(pipeline, "RegistryService.RegisterPerson",
                       RegisterPerson);
  internal::AddHandler(pipeline, "RegistryService.GetPerson", GetPerson);
  internal::AddHandler(pipeline, "RegistryService.ListDeciders", ListDeciders);
  internal::AddHandler(pipeline, "RegistryService.FindPersons", FindPersons);
  internal::AddHandler(pipeline, "RegistryService.ListDuplicateCandidates",
                       ListCandidates);
  internal::AddPersonCommands(pipeline);
  internal::AddPersonMerges(pipeline);
}

}  // namespace careroute::api
