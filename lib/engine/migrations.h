// lib/engine/migrations.h: moves the open cases of one edition to another.
//
// A resumable sequence of one-case commands: each page looks at some of the
// open cases and moves those that are pinned to the edition. A page that is
// asked again under its request id moves nothing twice and answers the same.
//
//   migrations.Move({.info = info, .from_hash = old, .to = edition},
//                   [](absl::StatusOr<MovedPage> page) { ... });

#ifndef CAREROUTE_LIB_ENGINE_MIGRATIONS_H_
#define CAREROUTE_LIB_ENGINE_MIGRATIONS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/refusal.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/cases.h"
#include "lib/engine/request.h"
#include "lib/store/store.h"

namespace careroute::engine {

// A case that was looked at and concerned.
struct MovedCase {
  base::Uid uid;
  // Why it could not be moved; none when it was, or would be.
  std::optional<model::v1::Refusal> refusal;
};

struct MovedPage {
  std::vector<MovedCase> cases;
  // The last row looked at; none when there are no more.
  std::optional<store::IndexRow> last;
};

// Thread-safe. Everything handed in must outlive it.
class Migrations {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
  };
  explicit Migrations(const Options& options) : options_(options) {}

  struct MoveRequest {
    // With validate_only nothing is written: a dry run.
    RequestInfo info;
    // Of the edition the cases are pinned to, and of the one they move to.
    std::string from_hash;
    model::v1::EditionRef to;
    // Takes back moves of `to` to `from_hash`.
    bool undo = false;
    std::string note;
    // Open cases looked at, 1 to store::kPageRowsMax.
    int32_t limit = 50;
    std::optional<store::ScanPosition> after;
  };
  // Ends early with the status of a case that could be neither moved nor
  // refused, as when its queue is full: ask the page again.
  void Move(MoveRequest request, base::Done<MovedPage> done);

 private:
  struct Run;
  void MoveNext(const std::shared_ptr<Run>& run);
  void MoveOne(const std::shared_ptr<Run>& run, base::Uid uid);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_MIGRATIONS_H_
