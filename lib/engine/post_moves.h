// lib/engine/post_moves.h: the posts of many cases change hands.
//
// Bulk hand-over, bulk acceptance and dismissal are resumable sequences of
// one-case commands: each page looks at some of the posts of one member. A page
// of a hand-over that is asked again under its request id offers nothing twice
// and answers the same; the others leave a list that empties as they go on, so
// that a repeat does what is left.
//
//   moves.Offer({.info = info, .from = anna, .to = {boris, vera},
//                .post = model::v1::POST_COORDINATOR}, done);
//   moves.Vacate({.member = anna}, done);

#ifndef CAREROUTE_LIB_ENGINE_POST_MOVES_H_
#define CAREROUTE_LIB_ENGINE_POST_MOVES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/organisations.h"
#include "lib/engine/post_rows.h"
#include "lib/engine/request.h"
#include "lib/store/store.h"

namespace careroute::engine {

// A post that was looked at and concerned.
struct MovedPost {
  base::Uid case_uid;
  std::string to;         // of a hand-over: to whom it is offered
  int32_t hand_over = 0;  // of an acceptance: its number
  // Of a dismissal: who holds the posts now.
  std::string coordinator;
  std::string deputy;
  // Why it did not move; none when it did, or would.
  std::optional<model::v1::Refusal> refusal;
};

struct MovedPosts {
  std::vector<MovedPost> posts;
  // The last row looked at; none when there are no more.
  std::optional<store::IndexRow> last;
};

// Thread-safe. Everything handed in must outlive it.
class PostMoves {
 public:
  struct Options {
    store::Store& store;
    const base::Clock& clock;
    const calendar::CalendarSet& calendars;
    Cases& cases;
    Organisations& organisations;
  };
  explicit PostMoves(const Options& options) : options_(options) {}

  // Which posts are looked at.
  struct Page {
    int32_t limit = 50;  // 1 to store::kPageRowsMax
    std::optional<store::ScanPosition> after;
  };
  // A case the caller may not see is passed over in silence. Null = all.
  using MaySee = std::function<bool(const CaseReading&)>;

  // All of these end early with the status of a case that could be neither
  // moved nor refused, as when its queue is full: ask the page again. With
  // validate_only nothing is written.

  struct OfferRequest {
    RequestInfo info;
    MaySee may_see;
    std::string from;
    // Each case is offered to whoever holds and is offered the fewest then, the
    // first of several alike. Not empty.
    std::vector<std::string> to;
    model::v1::Post post = model::v1::POST_COORDINATOR;
    std::string note;
    Page page;
  };
  // Offers the post in the cases in which `from` holds it, but for those where
  // it is offered to one of `to` already.
  void Offer(OfferRequest request, base::Done<MovedPosts> done);

  struct AcceptRequest {
    RequestInfo info;
    MaySee may_see;
    Page page;
  };
  // Accepts what is offered to the actor.
  void Accept(AcceptRequest request, base::Done<MovedPosts> done);

  struct VacateRequest {
    std::string member;
    bool validate_only = false;
    Page page;
  };
  // Takes the member out of its posts, and lets what is offered to it lapse. By
  // the hub itself.
  void Vacate(VacateRequest request, base::Done<MovedPosts> done);

  // Does so for every member whose last day in service is over: what waited for
  // that day, and what a dismissal cut short has left. What is refused is tried
  // again the next time. Completes with how many cases were left.
  void VacateLeft(base::Done<int64_t> done);

 private:
  struct Run;
  using RunPtr = std::shared_ptr<Run>;
  struct Sweep;
  using SweepPtr = std::shared_ptr<Sweep>;

  void ReadLoads(const RunPtr& run, size_t next);
  void Scan(const RunPtr& run);
  void Next(const RunPtr& run);
  void Execute(const RunPtr& run, Cases::ExecuteRequest execute,
               MovedPost moved);
  void OfferOne(const RunPtr& run, const PostRow& row);
  void AcceptOne(const RunPtr& run, const PostRow& row);
  void VacateOne(const RunPtr& run, const PostRow& row);
  void SweepNext(const SweepPtr& sweep);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_POST_MOVES_H_
