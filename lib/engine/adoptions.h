// lib/engine/adoptions.h: the history of a child who was adopted ends.
//
// The record is closed and found by nothing any more, so that the child can be
// registered anew, with a new name and a new family, by whoever is told both;
// nothing stored joins the two. Work goes on in cases of the new record, so
// those of the old one have to be ended first, each as its pathway says.
//
//   adoptions.Record({.info = info, .person = uid, .command = ...}, done);

#ifndef CAREROUTE_LIB_ENGINE_ADOPTIONS_H_
#define CAREROUTE_LIB_ENGINE_ADOPTIONS_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/time/civil_time.h"
#include "careroute/command/v1/person_command.pb.h"
#include "lib/base/callback.h"
#include "lib/base/uid.h"
#include "lib/engine/cases.h"
#include "lib/engine/persons.h"
#include "lib/engine/request.h"

namespace careroute::engine {

// Thread-safe. Everything handed in must outlive it.
class Adoptions {
 public:
  struct Options {
    Cases& cases;
    Persons& persons;
  };
  explicit Adoptions(const Options& options) : options_(options) {}

  struct Request {
    RequestInfo info;
    base::Uid person;
    absl::CivilDay today;  // in the caller's region
    command::v1::RecordAdoption command;
    // Whether the caller takes part in a case, and may hear its name.
    std::function<bool(const CaseReading&)> takes_part;
    Persons::MakeAnswer make_answer;
  };
  // WRONG_STATE with every open case of the person at once, and for a record
  // that was merged: the one that stands for the person is to be named.
  void Record(Request request, base::Done<Reply> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;
  // Asks of each open case in turn whether it may be named.
  void NameOpen(const JobPtr& job, std::vector<PersonCase> open);
  void Execute(const JobPtr& job);

  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_ADOPTIONS_H_
