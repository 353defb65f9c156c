#include "lib/api/post_methods.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "careroute/api/v1/case_service.pb.h"
#include "lib/api/internal/persons.h"
#include "lib/api/internal/requests.h"
#include "lib/api/page_token.h"
#include "lib/api/status.h"
#include "lib/api/viewer.h"
#include "lib/base/hash.h"
#include "lib/casework/view.h"
#include "lib/directory/duty.h"

namespace careroute::api {
namespace {

using engine::Engine;
using engine::MovedPost;
using engine::MovedPosts;
using engine::PostMoves;

PostMoves::MaySee MaySeeOf(const CallPtr& call) {
  return [call](const engine::CaseReading& reading) {
    return Viewer(call->actor, reading).takes_part();
  };
}

Served Serve(const google::protobuf::Message& response,
             const MovedPosts& moved) {
  std::vector<std::string> names;
  for (const MovedPost& one : moved.posts) {
    names.push_back(casework::CaseName(one.case_uid));
  }
  return Served{.bytes = response.SerializeAsString(),
                .resources = std::move(names),
                .classes = {model::v1::DATA_CLASS_ROUTE}};
}

// --- Hand-over --------------------------------------------------------------

bool IsCoordinator(const model::v1::Member& member) {
  return std::find(member.roles().begin(), member.roles().end(),
                   static_cast<int>(model::v1::ACTOR_ROLE_COORDINATOR)) !=
         member.roles().end();
}

// Each of `to` must be able to accept.
void CheckReceiver(const directory::Directory& directory,
                   const v1::HandOverCasesRequest& request, absl::CivilDay day,
                   const std::string& to, base::Problems& problems) {
  if (to == request.from()) {
    problems.Error("", "SAME_MEMBER", "is whose cases are handed over",
                   "name another member");
    return;
  }
  if (directory::OrganisationOf(to) !=
      directory::OrganisationOf(request.from())) {
    problems.Error("", "OTHER_ORGANISATION", "belongs to another organisation",
                   "offer it case by case with OfferPost, as far as the family "
                   "agrees");
    return;
  }
  const model::v1::Member* member = directory.FindMember(to);
  if (member == nullptr || !directory::InService(directory, to, day)) {
    problems.Error("", "NOT_IN_SERVICE", "is no member in service",
                   "name a member who is in service today");
  } else if (!IsCoordinator(*member)) {
    problems.Error("", "NO_COORDINATOR", "may not coordinate",
                   "name a coordinator, or give the member the role");
  }
}

void CheckHandOver(Engine& engine, const CallPtr& call,
                   const v1::HandOverCasesRequest& request,
                   base::Problems& problems) {
  if (request.post() != model::v1::POST_COORDINATOR &&
      request.post() != model::v1::POST_DEPUTY) {
    problems.Error("post", "NO_POST", "is no post",
                   "offer the coordinator's or the deputy's");
  }
  const std::string& home = call->actor.organisation();
  if (directory::OrganisationOf(request.from()) != absl::string_view(home)) {
    problems.Error("from", "OTHER_ORGANISATION",
                   "is no member of the caller's organisation",
                   absl::StrCat("begin it with ", home, "/members/"));
  }
  const engine::DirectoryPtr picture = engine.organisations().Current();
  const absl::CivilDay today = internal::TodayAt(engine, home);
  for (int i = 0; i < request.to_size(); ++i) {
    const auto scope = problems.Enter("to", i);
    CheckReceiver(picture->directory, request, today, request.to(i), problems);
  }
}

// What is asked, whatever the page: a case may meet two pages of a hand-over.
std::string ScopeOf(const CallPtr& call,
                    const v1::HandOverCasesRequest& request) {
  return absl::StrJoin(
      {call->method, request.from(), absl::StrCat(request.post()),
       absl::StrJoin(request.to(), ","), request.note()},
      "|");
}

Served ServeOffers(Engine& engine, const std::string& scope,
                   const MovedPosts& moved) {
  const engine::DirectoryPtr picture = engine.organisations().Current();
  v1::HandOverCasesResponse response;
  for (const MovedPost& one : moved.posts) {
    v1::OfferedCase& row = *response.add_cases();
    row.set_name(casework::CaseName(one.case_uid));
    row.set_to(one.to);
    const absl::string_view home = directory::OrganisationOf(one.to);
    row.set_absent_until(
        directory::AbsentUntil(picture->directory, one.to,
                               internal::TodayAt(engine, std::string(home))));
    if (one.refusal.has_value()) *row.mutable_refusal() = *one.refusal;
  }
  if (moved.last.has_value()) {
    response.set_next_page_token(MakeToken(scope, PositionText(*moved.last)));
  }
  return Serve(response, moved);
}

void HandOverCases(Engine& engine, const CallPtr& call,
                   const v1::HandOverCasesRequest& request,
                   base::Done<Served> done) {
  base::Problems problems;
  CheckHandOver(engine, call, request, problems);
  if (problems.HasErrors()) return std::move(done)(ProblemsStatus(problems));
  const std::string scope = ScopeOf(call, request);
  auto after = ReadPosition(scope, request.page_token());
  if (!after.ok()) return std::move(done)(after.status());
  PostMoves::OfferRequest offer{
      .info = internal::InfoOf(*call, request),
      .may_see = MaySeeOf(call),
      .from = request.from(),
      .to = {request.to().begin(), request.to().end()},
      .post = request.post(),
      .note = request.note(),
      .page = {.limit = PageSize(request.page_size()),
               .after = *std::move(after)}};
  offer.info.body_hash = base::Sha256(scope);
  engine.post_moves().Offer(
      std::move(offer), [&engine, scope, done = std::move(done)](
                            absl::StatusOr<MovedPosts> moved) mutable {
        if (!moved.ok()) return std::move(done)(moved.status());
        std::move(done)(ServeOffers(engine, scope, *moved));
      });
}

// --- Acceptance -------------------------------------------------------------

void AcceptPosts(Engine& engine, const CallPtr& call,
                 const v1::AcceptPostsRequest& request,
                 base::Done<Served> done) {
  const std::string scope =
      absl::StrCat(call->method, "|", call->actor.member());
  auto after = ReadPosition(scope, request.page_token());
  if (!after.ok()) return std::move(done)(after.status());
  engine.post_moves().Accept({.info = internal::InfoOf(*call, request),
                              .may_see = MaySeeOf(call),
                              .page = {.limit = PageSize(request.page_size()),
                                       .after = *std::move(after)}},
                             [scope, done = std::move(done)](
                                 absl::StatusOr<MovedPosts> moved) mutable {
                               if (!moved.ok()) {
                                 return std::move(done)(moved.status());
                               }
                               v1::AcceptPostsResponse response;
                               for (const MovedPost& one : moved->posts) {
                                 v1::AcceptedPost& row = *response.add_posts();
                                 row.set_name(casework::CaseName(one.case_uid));
                                 row.set_hand_over(one.hand_over);
                                 if (one.refusal.has_value()) {
                                   *row.mutable_refusal() = *one.refusal;
                                 }
                               }
                               if (moved->last.has_value()) {
                                 response.set_next_page_token(MakeToken(
                                     scope, PositionText(*moved->last)));
                               }
                               std::move(done)(Serve(response, *moved));
                             });
}

}  // namespace

void AddPostMethods(Pipeline& pipeline) {
  Engine& engine = pipeline.engine();
  pipeline.Unary<v1::HandOverCasesRequest>(
      "careroute.api.v1.CaseService.HandOverCases",
      [&engine](const CallPtr& call, const v1::HandOverCasesRequest& request,
                base::Done<Served> done) {
        HandOverCases(engine, call, request, std::move(done));
      });
  pipeline.Unary<v1::AcceptPostsRequest>(
      "careroute.api.v1.CaseService.AcceptPosts",
      [&engine](const CallPtr& call, const v1::AcceptPostsRequest& request,
                base::Done<Served> done) {
        AcceptPosts(engine, call, request, std::move(done));
      });
}

}  // namespace careroute::api
