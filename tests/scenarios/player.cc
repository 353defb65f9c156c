#include "tests/scenarios/player.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "careroute/api/v1/case_service.pb.h"
#include "careroute/api/v1/registry_service.pb.h"
#include "lib/api/status.h"
#include "lib/base/status_macros.h"
#include "tests/scenarios/expectations.h"
#include "tests/scenarios/requests.h"
#include "tests/scenarios/stage.h"

namespace careroute::scenarios {
namespace {

using testing::v1::When;

// Registers the people; it is nobody's case yet.
constexpr char kRegistrar[] = "clinic/registrar";
// Writes reports when a scenario names nobody.
constexpr char kReporter[] = "clinic/specialist";

class Player {
 public:
  Player(Stage& stage, const testing::v1::Given& given, Played& played)
      : stage_(stage), given_(given), played_(played) {}

  absl::Status Prepare() {
    CAREROUTE_ASSIGN_OR_RETURN(const model::v1::Actor registrar,
                               ActorOf(kRegistrar));
    for (const testing::v1::GivenPerson& one : given_.persons()) {
      if (one.reported_later()) continue;
      api::v1::RegisterPersonRequest request;
      CAREROUTE_ASSIGN_OR_RETURN(*request.mutable_command(),
                                 PersonOf(one, given_, stage_.persons));
      CAREROUTE_ASSIGN_OR_RETURN(
          const api::v1::RegisterPersonResponse response,
          stage_.Ask<api::v1::RegisterPersonResponse>(
              registrar, "RegistryService.RegisterPerson", std::move(request)));
      stage_.persons[one.id()] = response.person().name();
    }
    return absl::OkStatus();
  }

  // What is wrong with the step; empty when nothing is.
  std::string Do(const When& when) {
    if (!when.at().empty()) {
      const absl::StatusOr<absl::Time> to =
          MomentOf(when.at(), stage_.now(), stage_.zone());
      if (!to.ok()) return to.status().ToString();
      if (const absl::Status moved = stage_.MoveClock(*to); !moved.ok()) {
        return moved.ToString();
      }
    }
    if (const absl::Status looked = stage_.Look(); !looked.ok()) {
      return looked.ToString();
    }
    const absl::Status done = when.what_case() == When::WHAT_NOT_SET
                                  ? absl::OkStatus()
                                  : Happens(when);
    Keep(when, done);
    if (when.has_refused()) {
      const std::string wrong = NotRefusedSo(when.refused(), done);
      if (!wrong.empty()) return wrong;
    } else if (!done.ok()) {
      return Text(done);
    }
    // Messages between cases arrive, what is due at once falls due.
    if (const absl::Status settled = stage_.MoveClock(stage_.now());
        !settled.ok()) {
      return settled.ToString();
    }
    if (const absl::Status looked = stage_.Look(); !looked.ok()) {
      return looked.ToString();
    }
    const std::vector<std::string> unmet = Unmet(when.then(), stage_);
    return absl::StrJoin(unmet, "\n  ");
  }

 private:
  static std::string Text(const absl::Status& status) {
    const std::optional<model::v1::Refusal> refusal = api::RefusalOf(status);
    return refusal.has_value()
               ? absl::StrCat("refused: ", refusal->ShortDebugString())
               : status.ToString();
  }

  void Keep(const When& when, const absl::Status& status) {
    const std::optional<model::v1::Refusal> refusal = api::RefusalOf(status);
    if (!refusal.has_value()) return;
    const testing::v1::Complete& asked =
        when.has_finish() ? when.finish() : when.complete();
    played_.refusals.push_back(
        {.asked = absl::StrCat(asked.step(), "/", asked.outcome()),
         .refusal = *refusal});
  }

  absl::Status Happens(const When& when) {
    if (when.what_case() == When::kReport) return Report(when);
    CAREROUTE_ASSIGN_OR_RETURN(const Asked asked, RequestOf(when, stage_));
    model::v1::Actor actor = asked.actor;
    if (!when.by().empty()) {
      CAREROUTE_ASSIGN_OR_RETURN(actor, ActorOf(when.by()));
    }
    return stage_.Call(actor, asked.method, *asked.request).status();
  }

  const testing::v1::GivenPerson* Find(const std::string& id) const {
    for (const testing::v1::GivenPerson& one : given_.persons()) {
      if (one.id() == id) return &one;
    }
    return nullptr;
  }

  absl::StatusOr<api::v1::ReportNeedRequest> Request(
      const testing::v1::Report& report) const {
    api::v1::ReportNeedRequest request;
    request.set_pathway(stage_.reported_pathway());
    request.set_entry(report.entry());
    const testing::v1::GivenPerson* person = Find(report.person());
    if (person == nullptr) {
      return absl::NotFoundError(absl::StrCat("nobody is ", report.person()));
    }
    CAREROUTE_ASSIGN_OR_RETURN(*request.mutable_person(),
                               PersonOf(*person, given_, stage_.persons));
    for (const std::string& text : report.criteria()) {
      const std::pair<std::string, std::string> parts =
          absl::StrSplit(text, absl::MaxSplits('=', 1));
      command::v1::ProvedCriterion& ground = *request.add_criteria();
      ground.set_criterion(parts.first);
      *ground.mutable_document() = DocumentOf(parts.second, stage_.today());
    }
    *request.mutable_flags() = report.flags();
    for (const std::string& text : report.facts()) {
      CAREROUTE_ASSIGN_OR_RETURN(*request.add_facts(), stage_.Fact(text));
    }
    return request;
  }

  absl::Status Report(const When& when) {
    const testing::v1::Report& report = when.report();
    CAREROUTE_ASSIGN_OR_RETURN(
        const model::v1::Actor by,
        ActorOf(when.by().empty() ? kReporter : when.by()));
    CAREROUTE_ASSIGN_OR_RETURN(api::v1::ReportNeedRequest request,
                               Request(report));
    CAREROUTE_RETURN_IF_ERROR(
        stage_.Call(by, "CaseService.ReportNeed", request).status());
    CAREROUTE_RETURN_IF_ERROR(stage_.MoveClock(stage_.now()));
    if (report.keeps_case()) return absl::OkStatus();
    model::v1::Actor coordinator = by;
    coordinator.set_member(
        absl::StrCat(by.organisation(), "/members/coordinator"));
    coordinator.set_role(model::v1::ACTOR_ROLE_COORDINATOR);
    CAREROUTE_RETURN_IF_ERROR(stage_.FindNewCase(coordinator));
    stage_.persons[report.person()] = stage_.current().person();
    return absl::OkStatus();
  }

  Stage& stage_;
  const testing::v1::Given& given_;
  Played& played_;
};

void PlayParts(const Playable& playable, Player& player, const Stage& stage,
               Played& played) {
  for (const Playable::Part& part : playable.parts) {
    int number = 0;
    for (const When& when : part.steps) {
      ++number;
      const std::string wrong = player.Do(when);
      if (wrong.empty()) continue;
      played.problems.push_back(
          absl::StrCat("tests/scenarios/", part.place, " step ", number, ": ",
                       wrong, "\n  asked: ", when.ShortDebugString(),
                       "\n  actual: ", Actual(stage)));
      return;
    }
  }
}

}  // namespace

Played Play(const Playable& playable, const TransportFactory& start) {
  Played played;
  const absl::TimeZone zone = HomeZone(playable.given);
  const absl::StatusOr<absl::Time> now =
      MomentOf(playable.given.now(), absl::UnixEpoch(), zone);
  if (!now.ok()) {
    played.problems.push_back(
        absl::StrCat(playable.name, ": ", now.status().ToString()));
    return played;
  }
  const std::string pathway = playable.given.pathway().empty()
                                  ? "early-help"
                                  : playable.given.pathway();
  const absl::StatusOr<std::unique_ptr<Transport>> transport =
      start({.start = *now, .pathway = pathway});
  if (!transport.ok()) {
    played.problems.push_back(transport.status().ToString());
    return played;
  }
  Stage stage({.transport = **transport,
               .start = *now,
               .zone = zone,
               .pathway = pathway});
  Player player(stage, playable.given, played);
  if (const absl::Status ready = player.Prepare(); !ready.ok()) {
    played.problems.push_back(
        absl::StrCat(playable.name, ": ", ready.ToString()));
    return played;
  }
  PlayParts(playable, player, stage, played);
  if (stage.has_case()) {
    played.pathway = stage.current().edition().pathway();
  }
  absl::StatusOr<std::vector<event::v1::CaseEvent>> events = stage.Events();
  if (events.ok()) {
    played.events = *std::move(events);
  } else {
    played.problems.push_back(events.status().ToString());
  }
  return played;
}

}  // namespace careroute::scenarios
