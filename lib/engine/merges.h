// lib/engine/merges.h: two records are taken for one person, and apart again.
//
// Nothing is atomic over two streams: first the kept record says that it takes
// the other over, then the other that it was merged, and only the second
// counts. A merge that was cut between them is finished by its repeat, under
// the same request id; until then both stand for themselves. Taking it back
// goes the other way round, so that the half that counts goes first.
//
//   merges.Merge({.info = info, .keep = keep, .merged = merged, ...}, done);

#ifndef CAREROUTE_LIB_ENGINE_MERGES_H_
#define CAREROUTE_LIB_ENGINE_MERGES_H_

#include <functional>
#include <memory>

#include "absl/time/civil_time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/cases.h"
#include "lib/engine/persons.h"
#include "lib/engine/request.h"
#include "lib/store/store.h"

namespace careroute::engine {

// Thread-safe. Everything handed in must outlive it.
class Merges {
 public:
  struct Options {
    store::Store& store;
    Cases& cases;
    Persons& persons;
  };
  explicit Merges(const Options& options) : options_(options) {}

  struct MergeRequest {
    RequestInfo info;
    base::Uid keep;
    absl::CivilDay today;  // in the caller's region
    command::v1::TakeOverPerson command;
    // Whether the caller takes part in a case, and may hear its name.
    std::function<bool(const CaseReading&)> takes_part;
    Persons::MakeAnswer make_answer;  // of the kept record
  };
  // Refused as registry::CheckMerge refuses, with all reasons at once.
  void Merge(MergeRequest request, base::Done<Reply> done);

  struct UndoRequest {
    RequestInfo info;
    base::Uid keep;
    absl::CivilDay today;
    command::v1::GiveBackPerson command;
    Persons::MakeAnswer make_answer;  // of the record that was kept
  };
  // WRONG_STATE when the one was not merged into the other.
  void Undo(UndoRequest request, base::Done<Reply> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;
  struct Undoing;
  using UndoingPtr = std::shared_ptr<Undoing>;

  // Whether the request had its effect on the kept record before.
  void IsRepeat(const RequestInfo& info, base::Uid keep, base::Done<bool> done);
  void Read(const JobPtr& job);
  void ReadNames(const JobPtr& job);
  void ReadCases(const JobPtr& job);
  void NameRivals(const JobPtr& job, size_t index);
  void Check(const JobPtr& job);
  void TakeOver(const JobPtr& job);
  void MergeInto(const JobPtr& job, Reply taken_over);

  void ReadHalves(const UndoingPtr& undoing);
  void Separate(const UndoingPtr& undoing);
  void GiveBack(const UndoingPtr& undoing);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_MERGES_H_
