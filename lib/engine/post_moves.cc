#include "lib/engine/post_moves.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/hash.h"
#include "lib/directory/directory.h"
#include "lib/engine/hub_actor.h"
#include "lib/engine/internal/local_day.h"
#include "lib/engine/tables.h"
#include "lib/engine/workloads.h"

namespace careroute::engine {
namespace {

// Not, or no longer, what was asked about: it is passed over in silence.
constexpr char kNotConcerned[] = "not_concerned";

std::optional<model::v1::Refusal> NotConcerned() {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_WRONG_STATE);
  refusal.set_message_key(kNotConcerned);
  return refusal;
}

bool IsConcerned(const Reply& reply) {
  return !reply.refusal.has_value() ||
         (reply.refusal->message_key() != kNotConcerned &&
          reply.refusal->message_key() != "holds_no_post");
}

bool IsOfferedToOneOf(const PostMoves::OfferRequest& request,
                      const casework::Case& state) {
  return std::any_of(state.hand_overs.begin(), state.hand_overs.end(),
                     [&request](const casework::HandOverRecord& one) {
                       return one.post == request.post &&
                              std::find(request.to.begin(), request.to.end(),
                                        one.to) != request.to.end();
                     });
}

// One that was offered before is asked too: its request id knows whether by
// this very request.
Cases::Authorise OnlyToOffer(
    const std::shared_ptr<const PostMoves::OfferRequest>& request) {
  return [request](const CaseReading& reading) {
    const casework::Case& state = *reading.state;
    const std::string& holder = request->post == model::v1::POST_DEPUTY
                                    ? state.deputy
                                    : state.coordinator;
    const bool concerned =
        holder == request->from && !IsOfferedToOneOf(*request, state) &&
        (request->may_see == nullptr || request->may_see(reading));
    return concerned ? std::nullopt : NotConcerned();
  };
}

Cases::Authorise OnlySeen(PostMoves::MaySee may_see) {
  if (may_see == nullptr) return nullptr;
  return [may_see = std::move(may_see)](const CaseReading& reading) {
    return may_see(reading) ? std::nullopt : NotConcerned();
  };
}

}  // namespace

struct PostMoves::Run {
  // What is done with a post.
  void (PostMoves::*move)(const RunPtr&, const PostRow&) = nullptr;
  std::string member;  // whose posts
  std::string kind;    // only of this kind; empty = of all
  Page page;
  std::vector<store::IndexRow> rows;
  size_t next = 0;
  bool more = false;
  MovedPosts moved;
  base::Done<MovedPosts> done;

  std::shared_ptr<const OfferRequest> offer;
  std::map<std::string, int64_t> loads;  // of those it is offered to
  AcceptRequest accept;
  bool validate_only = false;  // of a dismissal
  std::set<base::Uid> seen;    // cases of a dismissal
};

// --- The sequence -----------------------------------------------------------

void PostMoves::Scan(const RunPtr& run) {
  store::ScanRequest scan{.list = ListOf(Table::kPosts, run->member),
                          .after = run->page.after,
                          .limit = run->page.limit};
  if (!scan.after.has_value() && !run->kind.empty()) {
    scan.after = store::ScanPosition{.sort = run->kind};
  }
  options_.store.Scan(std::move(scan),
                      [this, run](absl::StatusOr<store::IndexPage> page) {
                        if (!page.ok()) {
                          return std::move(run->done)(page.status());
                        }
                        run->more = page->more;
                        for (store::IndexRow& row : page->rows) {
                          if (!run->kind.empty() && row.sort != run->kind) {
                            run->more = false;
                            break;
                          }
                          run->rows.push_back(std::move(row));
                        }
                        Next(run);
                      });
}

void PostMoves::Next(const RunPtr& run) {
  while (run->next < run->rows.size()) {
    const std::optional<PostRow> row = ReadPostRow(run->rows[run->next++]);
    if (row.has_value()) return (this->*run->move)(run, *row);
  }
  if (run->more) run->moved.last = run->rows.back();
  std::move(run->done)(std::move(run->moved));
}

void PostMoves::Execute(const RunPtr& run, Cases::ExecuteRequest execute,
                        MovedPost moved) {
  moved.case_uid = execute.case_uid;
  auto shared = std::make_shared<MovedPost>(std::move(moved));
  execute.make_answer = [shared](const CaseReading& after,
                                 const event::v1::CaseEvent*) {
    shared->coordinator = after.state->coordinator;
    shared->deputy = after.state->deputy;
    return shared->to;
  };
  options_.cases.Execute(
      std::move(execute), [this, run, shared](absl::StatusOr<Reply> reply) {
        if (!reply.ok()) return std::move(run->done)(reply.status());
        if (IsConcerned(*reply)) {
          const bool refused = reply->refusal.has_value();
          // A repeat says to whom it was offered then, whoever is next now.
          if (!refused && !reply->replayed) ++run->loads[shared->to];
          shared->to = refused ? std::string() : reply->answer;
          shared->refusal = std::move(reply->refusal);
          run->moved.posts.push_back(std::move(*shared));
        }
        Next(run);
      });
}

// --- Hand-over --------------------------------------------------------------

void PostMoves::Offer(OfferRequest request, base::Done<MovedPosts> done) {
  auto run = std::make_shared<Run>();
  run->move = &PostMoves::OfferOne;
  run->member = request.from;
  run->kind =
      request.post == model::v1::POST_DEPUTY ? kDeputises : kCoordinates;
  run->page = request.page;
  run->offer = std::make_shared<const OfferRequest>(std::move(request));
  run->done = std::move(done);
  ReadLoads(run, 0);
}

void PostMoves::ReadLoads(const RunPtr& run, size_t next) {
  if (next == run->offer->to.size()) return Scan(run);
  const std::string& member = run->offer->to[next];
  ReadWorkload(options_.store, member,
               [this, run, member, next](absl::StatusOr<Workload> load) {
                 if (!load.ok()) return std::move(run->done)(load.status());
                 run->loads[member] = load->offered + (run->kind == kDeputises
                                                           ? load->deputises
                                                           : load->coordinates);
                 ReadLoads(run, next + 1);
               });
}

void PostMoves::OfferOne(const RunPtr& run, const PostRow& row) {
  const OfferRequest& offer = *run->offer;
  const std::string& to =
      *std::min_element(offer.to.begin(), offer.to.end(),
                        [&run](const std::string& a, const std::string& b) {
                          return run->loads[a] < run->loads[b];
                        });
  Cases::ExecuteRequest execute{.info = offer.info, .case_uid = row.case_uid};
  command::v1::OfferPost& command = *execute.command.mutable_offer_post();
  command.set_post(offer.post);
  command.set_to(to);
  command.set_note(offer.note);
  execute.authorise = OnlyToOffer(run->offer);
  Execute(run, std::move(execute), {.to = to});
}

// --- Acceptance -------------------------------------------------------------

void PostMoves::Accept(AcceptRequest request, base::Done<MovedPosts> done) {
  auto run = std::make_shared<Run>();
  run->move = &PostMoves::AcceptOne;
  run->member = request.info.actor.member();
  run->kind = kOffered;
  run->page = request.page;
  run->accept = std::move(request);
  run->done = std::move(done);
  Scan(run);
}

// Both posts of one case may be offered: each acceptance has an id of its own.
void PostMoves::AcceptOne(const RunPtr& run, const PostRow& row) {
  Cases::ExecuteRequest execute{.info = run->accept.info,
                                .case_uid = row.case_uid};
  execute.info.request_id =
      base::DeriveUid({"accept_post", run->accept.info.request_id,
                       absl::StrCat(row.hand_over)})
          .Bytes();
  execute.info.body_hash = base::Sha256(execute.info.request_id);
  execute.command.mutable_accept_post()->set_hand_over(row.hand_over);
  execute.authorise = OnlySeen(run->accept.may_see);
  Execute(run, std::move(execute), {.hand_over = row.hand_over});
}

// --- Dismissal --------------------------------------------------------------

void PostMoves::Vacate(VacateRequest request, base::Done<MovedPosts> done) {
  auto run = std::make_shared<Run>();
  run->move = &PostMoves::VacateOne;
  run->member = std::move(request.member);
  run->page = std::move(request.page);
  run->validate_only = request.validate_only;
  run->done = std::move(done);
  Scan(run);
}

// Without a request id: that the member has no post any more says that it was
// done. One command leaves every post of the case.
void PostMoves::VacateOne(const RunPtr& run, const PostRow& row) {
  if (!run->seen.insert(row.case_uid).second) return Next(run);
  Cases::ExecuteRequest execute{.case_uid = row.case_uid};
  execute.info.actor = HubActor();
  execute.info.validate_only = run->validate_only;
  execute.command.mutable_vacate_post()->set_member(run->member);
  Execute(run, std::move(execute), {});
}

struct PostMoves::Sweep {
  std::vector<std::string> members;  // still to look at
  std::optional<store::ScanPosition> after;
  int64_t left = 0;
  base::Done<int64_t> done;
};

void PostMoves::VacateLeft(base::Done<int64_t> done) {
  auto sweep = std::make_shared<Sweep>();
  const DirectoryPtr picture = options_.organisations.Current();
  for (const auto& [name, one] : picture->directory.organisations()) {
    const std::string today = absl::FormatCivilTime(internal::LocalDay(
        options_.calendars, *picture, name, options_.clock.Now()));
    for (const model::v1::Member& member : one->members()) {
      if (!member.valid_to().empty() && member.valid_to() < today) {
        sweep->members.push_back(member.name());
      }
    }
  }
  sweep->done = std::move(done);
  SweepNext(sweep);
}

void PostMoves::SweepNext(const SweepPtr& sweep) {
  if (sweep->members.empty()) return std::move(sweep->done)(sweep->left);
  Vacate({.member = sweep->members.back(), .page = {.after = sweep->after}},
         [this, sweep](absl::StatusOr<MovedPosts> page) {
           if (!page.ok()) return std::move(sweep->done)(page.status());
           sweep->left += std::count_if(
               page->posts.begin(), page->posts.end(),
               [](const MovedPost& one) { return !one.refusal.has_value(); });
           sweep->after.reset();
           if (page->last.has_value()) {
             sweep->after = store::ScanPosition{.sort = page->last->sort,
                                                .id = page->last->id,
                                                .stream = page->last->stream};
           } else {
             sweep->members.pop_back();
           }
           SweepNext(sweep);
         });
}

}  // namespace careroute::engine
