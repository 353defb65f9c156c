#include "lib/api/member_methods.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "google/protobuf/util/time_util.h"
#include "lib/api/internal/handlers.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/reading.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/base/hash.h"
#include "lib/casework/view.h"
#include "lib/directory/duty.h"
#include "lib/engine/workloads.h"

namespace careroute::api {
namespace {

using engine::Engine;
using engine::MovedPost;
using engine::MovedPosts;
using model::v1::Member;
using model::v1::Organisation;

// --- Who may ----------------------------------------------------------------

// The hub's own: its administrator imports every organisation.
constexpr char kHub[] = "organisations/hub";

bool Administers(const Call& call, const std::string& organisation) {
  return call.actor.role() == model::v1::ACTOR_ROLE_ADMINISTRATOR &&
         (call.actor.organisation() == organisation ||
          call.actor.organisation() == kHub);
}

bool Leads(Engine& engine, const Call& call, const std::string& organisation) {
  const engine::DirectoryPtr picture = engine.organisations().Current();
  const Organisation* known = picture->directory.Find(organisation);
  return Administers(call, organisation) ||
         (known != nullptr && known->head() == call.actor.member());
}

absl::Status Refuse(absl::string_view key, absl::string_view message,
                    absl::string_view who) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  refusal.set_message_key(std::string(key));
  refusal.set_message(std::string(message));
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("actor");
  missing.set_mend(absl::StrCat("let ", who, " do it"));
  return RefusalStatus(refusal);
}

// --- Absences ---------------------------------------------------------------

template <typename Response>
engine::Organisations::MakeAnswer AnswerWith(const std::string& member) {
  return [member](const Organisation& after) {
    Response response;
    for (const Member& one : after.members()) {
      if (one.name() == member) *response.mutable_member() = one;
    }
    return response.SerializeAsString();
  };
}

// AddAbsence and EndAbsence: `put` moves the command into place.
template <typename Response, typename Request, typename Put>
void ChangeAbsence(Engine& engine, const CallPtr& call, const Request& request,
                   Put put, base::Done<Served> done) {
  const std::string& member = request.command().member();
  if (call->actor.member() != member && !Leads(engine, *call, request.name())) {
    return std::move(done)(Refuse(
        "own_absence_only", "the absence is another member's",
        "the member, the head of the organisation or its administrator"));
  }
  engine::Organisations::ExecuteRequest execute{
      .info = internal::InfoOfOneCommand(call, request),
      .organisation = request.name(),
      .make_answer = AnswerWith<Response>(member)};
  put(request.command(), execute.command);
  engine.organisations().Execute(
      std::move(execute), [member, done = std::move(done)](
                              absl::StatusOr<engine::Reply> reply) mutable {
        std::move(done)(internal::ServedOf(std::move(reply), {member},
                                           access::DataClassSet()));
      });
}

void AddAbsence(Engine& engine, const CallPtr& call,
                const v1::AddAbsenceRequest& request, base::Done<Served> done) {
  ChangeAbsence<v1::AddAbsenceResponse>(
      engine, call, request,
      [](const auto& from, command::v1::OrganisationCommand& to) {
        *to.mutable_add_absence() = from;
      },
      std::move(done));
}

void EndAbsence(Engine& engine, const CallPtr& call,
                const v1::EndAbsenceRequest& request, base::Done<Served> done) {
  ChangeAbsence<v1::EndAbsenceResponse>(
      engine, call, request,
      [](const auto& from, command::v1::OrganisationCommand& to) {
        *to.mutable_end_absence() = from;
      },
      std::move(done));
}

// --- Dismissal --------------------------------------------------------------

struct Dismissal {
  CallPtr call;
  v1::DismissMemberRequest request;
  std::string scope;  // what is asked, whatever the page
  std::optional<store::ScanPosition> after;
  base::Done<Served> done;
};
using DismissalPtr = std::shared_ptr<Dismissal>;

Served ServeVacated(const Dismissal& dismissal, const std::string& passes_on,
                    const MovedPosts& moved) {
  v1::DismissMemberResponse response;
  response.set_passes_on(passes_on);
  std::vector<std::string> names;
  for (const MovedPost& one : moved.posts) {
    v1::VacatedCase& row = *response.add_cases();
    row.set_name(casework::CaseName(one.case_uid));
    row.set_coordinator(one.coordinator);
    row.set_deputy(one.deputy);
    if (one.refusal.has_value()) *row.mutable_refusal() = *one.refusal;
    names.push_back(row.name());
  }
  if (moved.last.has_value()) {
    response.set_next_page_token(
        MakeToken(dismissal.scope, PositionText(*moved.last)));
  }
  return Served{.bytes = response.SerializeAsString(),
                .resources = std::move(names),
                .classes = {model::v1::DATA_CLASS_ROUTE}};
}

// The day after the last one, when that is to come; empty = now.
std::string DayOfPassing(Engine& engine, const Dismissal& dismissal) {
  absl::CivilDay last;
  const bool read =
      absl::ParseCivilTime(dismissal.request.command().last_day(), &last);
  if (!read || last <= internal::TodayAt(engine, dismissal.request.name())) {
    return "";
  }
  return absl::FormatCivilTime(last + 1);
}

void Vacate(Engine& engine, const DismissalPtr& dismissal) {
  const v1::DismissMemberRequest& request = dismissal->request;
  const std::string passes_on = DayOfPassing(engine, *dismissal);
  engine.post_moves().Vacate(
      {.member = request.command().member(),
       .validate_only = request.validate_only() || !passes_on.empty(),
       .page = {.limit = PageSize(request.page_size()),
                .after = dismissal->after}},
      [dismissal, passes_on](absl::StatusOr<MovedPosts> moved) {
        if (!moved.ok()) return std::move(dismissal->done)(moved.status());
        std::move(dismissal->done)(ServeVacated(*dismissal, passes_on, *moved));
      });
}

void DismissMember(Engine& engine, const CallPtr& call,
                   const v1::DismissMemberRequest& request,
                   base::Done<Served> done) {
  if (!Leads(engine, *call, request.name())) {
    return std::move(done)(
        Refuse("only_head", "only who leads the organisation dismisses",
               "the head of the organisation or its administrator"));
  }
  auto dismissal = std::make_shared<Dismissal>();
  dismissal->call = call;
  dismissal->request = request;
  dismissal->scope =
      absl::StrJoin({call->method, request.name(), request.command().member(),
                     request.command().last_day()},
                    "|");
  auto after = ReadPosition(dismissal->scope, request.page_token());
  if (!after.ok()) return std::move(done)(after.status());
  dismissal->after = *std::move(after);
  dismissal->done = std::move(done);
  engine::Organisations::ExecuteRequest execute{
      .info = internal::InfoOf(*call, request), .organisation = request.name()};
  execute.info.body_hash = base::Sha256(dismissal->scope);
  *execute.command.mutable_dismiss_member() = request.command();
  engine.organisations().Execute(
      std::move(execute),
      [&engine, dismissal](absl::StatusOr<engine::Reply> reply) {
        if (!reply.ok()) return std::move(dismissal->done)(reply.status());
        if (reply->refusal.has_value()) {
          return std::move(dismissal->done)(RefusalStatus(*reply->refusal));
        }
        Vacate(engine, dismissal);
      });
}

// --- Workload ---------------------------------------------------------------

struct Listing {
  std::vector<Member> members;  // of the page, last first
  engine::DirectoryPtr picture;
  absl::CivilDay today;
  v1::ListWorkloadResponse response;
  base::Done<Served> done;
};
using ListingPtr = std::shared_ptr<Listing>;

bool Coordinates(const Listing& listing, const Member& member) {
  const auto& roles = member.roles();
  return directory::InService(listing.picture->directory, member.name(),
                              listing.today) &&
         std::find(roles.begin(), roles.end(),
                   static_cast<int>(model::v1::ACTOR_ROLE_COORDINATOR)) !=
             roles.end();
}

void AddWorkload(const Member& member, const engine::Workload& load,
                 Listing& listing) {
  if (load.empty() && !Coordinates(listing, member)) return;
  v1::Workload& row = *listing.response.add_members();
  row.set_member(member.name());
  row.set_display_name(member.display_name());
  row.set_coordinates(load.coordinates);
  row.set_deputises(load.deputises);
  row.set_overdue(load.overdue);
  row.set_offered(load.offered);
  if (load.next_due != absl::InfiniteFuture()) {
    *row.mutable_next_due_time() =
        google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
            absl::ToUnixMicros(load.next_due));
  }
  row.set_absent_until(directory::AbsentUntil(member, listing.today));
  row.set_last_day(member.valid_to());
}

void ReadNext(Engine& engine, const ListingPtr& listing) {
  if (listing->members.empty()) {
    return std::move(listing->done)(
        Served{.bytes = listing->response.SerializeAsString()});
  }
  Member member = std::move(listing->members.back());
  listing->members.pop_back();
  const std::string name = member.name();
  engine::ReadWorkload(engine.store(), name,
                       [&engine, listing, member = std::move(member)](
                           absl::StatusOr<engine::Workload> load) {
                         if (!load.ok()) {
                           return std::move(listing->done)(load.status());
                         }
                         AddWorkload(member, *load, *listing);
                         ReadNext(engine, listing);
                       });
}

// The members after that name, by name, one more than the page holds.
std::vector<Member> MembersAfter(const Organisation& organisation,
                                 const std::string& after, size_t size) {
  std::map<std::string, const Member*> sorted;
  for (const Member& one : organisation.members()) {
    if (one.name() > after) sorted[one.name()] = &one;
  }
  std::vector<Member> page;
  for (const auto& [name, member] : sorted) {
    if (page.size() > size) break;
    page.push_back(*member);
  }
  return page;
}

void ListWorkload(Engine& engine, const CallPtr& call,
                  const v1::ListWorkloadRequest& request,
                  base::Done<Served> done) {
  const std::string& own = call->actor.organisation();
  const std::string name = request.name().empty() ? own : request.name();
  if (name != own && !Administers(*call, name)) {
    return std::move(done)(
        Refuse("own_organisation_only", "the workload is its members' affair",
               "a coordinator or administrator of the organisation"));
  }
  auto listing = std::make_shared<Listing>();
  listing->picture = engine.organisations().Current();
  const Organisation* known = listing->picture->directory.Find(name);
  if (known == nullptr) return std::move(done)(internal::NotFound());
  const std::string scope = absl::StrCat(call->method, "|", name);
  const auto token = ReadToken(scope, request.page_token());
  if (!token.ok()) return std::move(done)(token.status());
  const auto size = static_cast<size_t>(PageSize(request.page_size()));
  listing->members = MembersAfter(*known, token->value_or(""), size);
  if (listing->members.size() > size) {
    listing->members.pop_back();
    listing->response.set_next_page_token(
        MakeToken(scope, listing->members.back().name()));
  }
  std::reverse(listing->members.begin(), listing->members.end());
  listing->today = internal::TodayAt(engine, name);
  if (const auto offset = internal::OffsetMinutesAt(engine, name)) {
    listing->response.set_utc_offset_minutes(*offset);
  }
  listing->done = std::move(done);
  ReadNext(engine, listing);
}

}  // namespace

void AddMemberMethods(Pipeline& pipeline) {
  internal::AddHandler(pipeline, "DirectoryService.AddAbsence", AddAbsence);
  internal::AddHandler(pipeline, "DirectoryService.EndAbsence", EndAbsence);
  internal::AddHandler(pipeline, "DirectoryService.DismissMember",
                       DismissMember);
  internal::AddHandler(pipeline, "DirectoryService.ListWorkload", ListWorkload);
}

}  // namespace careroute::api
