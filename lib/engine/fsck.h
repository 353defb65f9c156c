// lib/engine/fsck.h: is every case where it must be?
//
// Folds every case, and every referral whose case lives at another hub, anew
// and holds it against what the lists say: each open referral in exactly one
// work queue, each open case with somebody who answers for it and something
// that comes next, every row as the fold makes it, every message on its way,
// every chain whole. Changes nothing; a store that is opened read-only will do.
//
//   Fsck fsck({.store = store, .executor = executor, .clock = clock,
//              .signer = signer});
//   fsck.Run([](absl::StatusOr<FsckReport> report) { ... });

#ifndef CAREROUTE_LIB_ENGINE_FSCK_H_
#define CAREROUTE_LIB_ENGINE_FSCK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/executor.h"
#include "lib/casework/case.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/case_traits.h"
#include "lib/engine/organisation_traits.h"
#include "lib/engine/performed_referral.h"
#include "lib/engine/stream_engine.h"
#include "lib/engine/verify.h"
#include "lib/registry/signer.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Findings named at most: the first ones tell where to look.
inline constexpr size_t kFindingsMax = 1000;

// Something that is not as it must be.
struct Finding {
  // "cases/{case}", "cases/{case}/referrals/{n}", "cases/{case}/messages/{n}",
  // "referrals/{uid}"
  std::string name;
  std::string kind;  // UPPER_SNAKE_CASE, stable, for programs
  std::string message;

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct FsckReport {
  int64_t cases = 0;
  int64_t open_cases = 0;
  int64_t open_referrals = 0;
  int64_t rows = 0;     // compared with the fold
  int64_t entries = 0;  // of chains, verified
  int64_t not_yet_witnessed = 0;
  std::vector<Finding> findings;
  bool more_findings = false;  // than kFindingsMax
};

// What a case must always have, whatever its history: pure, and asked of every
// case by tests too. `name` is the name of the case.
[[nodiscard]] std::vector<Finding> CheckCase(const std::string& name,
                                             const casework::Case& state);

// The same of a referral whose case lives at another hub. `name` is its name.
[[nodiscard]] std::vector<Finding> CheckPerformed(
    const std::string& name, const PerformedReferral& state);

// The last day in service of each member that has one; members the directory
// does not know are in no service. Of a case: whether somebody who is in
// service on the day holds its posts.
using Services = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] std::vector<Finding> CheckPosts(const std::string& name,
                                              const casework::Case& state,
                                              const Services& services,
                                              absl::CivilDay day);

// The same of a message that waits: has it waited too long?
[[nodiscard]] std::optional<Finding> CheckMessage(const store::OutboxRow& row);

// One run at a time. Everything handed in must outlive it.
class Fsck {
 public:
  struct Options {
    store::Store& store;
    base::Executor& executor;
    const base::Clock& clock;
    const registry::Signer& signer;
    // Whose store it is; empty = of one that exchanges with none.
    std::string hub_id = {};
  };
  explicit Fsck(const Options& options);

  void Run(base::Done<FsckReport> done);

 private:
  struct Walk;
  using WalkPtr = std::shared_ptr<Walk>;

  // Of one kind, so that its streams are walked in turn: who is in service,
  // then the cases, then the referrals of other hubs' cases, then the persons.
  void ListStreams(const WalkPtr& walk);
  void NextStream(const WalkPtr& walk);
  void ReadServices(const WalkPtr& walk, const base::Uid& uid);
  void CheckCaseStream(const WalkPtr& walk, const base::Uid& uid);
  void CheckPerformedStream(const WalkPtr& walk, const base::Uid& uid);
  void CompareNextRow(const WalkPtr& walk);

  void ListOrganisations(const WalkPtr& walk, store::IndexPage page);
  // Rows of the lists that no case accounts for.
  void ScanNextList(const WalkPtr& walk);
  void ScanList(const WalkPtr& walk);
  void JudgeNextRow(const WalkPtr& walk);
  // The row, and those the fold of its stream makes; none when it does not
  // load, which was named before.
  using RowPtr = std::shared_ptr<store::IndexRow>;
  void JudgeRow(const WalkPtr& walk, const RowPtr& row,
                const absl::StatusOr<CaseRows>& made);
  // Messages that are stuck.
  void CheckOutbox(const WalkPtr& walk, std::optional<store::OutboxKey> after);
  void VerifyChains(const WalkPtr& walk);
  static void Finish(const WalkPtr& walk, absl::Status status);

  const std::string hub_id_;
  store::Store& store_;
  const base::Clock& clock_;
  StreamEngine<CaseTraits> cases_;
  StreamEngine<PerformedTraits> performed_;
  StreamEngine<OrganisationTraits> organisations_;
  Verifier verifier_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_FSCK_H_
