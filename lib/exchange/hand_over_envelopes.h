// lib/exchange/hand_over_envelopes.h: what two hubs tell each other of a case
// that moves from one to the other.
//
// The offer is what the outbox owes. The hub it goes to says from which version
// on it lacks the history, and those pages are sent before: so a transfer that
// was cut goes on where it stopped, and a history that is there already is not
// sent again. The numbers of these envelopes are versions of the case.
//
//   if (HandOverEnvelopes::Builds(row)) hand_overs.Build({.row = row}, done);

#ifndef CAREROUTE_LIB_EXCHANGE_HAND_OVER_ENVELOPES_H_
#define CAREROUTE_LIB_EXCHANGE_HAND_OVER_ENVELOPES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/callback.h"
#include "lib/engine/cases.h"
#include "lib/engine/persons.h"
#include "lib/exchange/envelopes.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// Of one page: the next event begins another one. An event that is larger has a
// page of its own, which leaves as long as an envelope may be so large.
inline constexpr size_t kPageBytesMax = 512 << 10;
inline constexpr int32_t kPageEventsMax = 200;

// Thread-safe. Everything handed in must outlive it.
class HandOverEnvelopes {
 public:
  struct Options {
    std::string hub_id;  // this hub
    store::Store& store;
    engine::Cases& cases;
    engine::Persons& persons;
  };
  explicit HandOverEnvelopes(Options options) : options_(std::move(options)) {}

  // Whether the row is one of these.
  [[nodiscard]] static bool Builds(const store::OutboxRow& row);

  void Build(Envelopes::BuildRequest request, base::Done<BuiltEnvelope> done);

  // Rows of the pages from version `expected` to the offer.
  void FindPages(Envelopes::GapRequest request,
                 base::Done<std::vector<store::OutboxRow>> done);

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;
  struct Search;
  using SearchPtr = std::shared_ptr<Search>;

  void BuildPage(const JobPtr& job);
  void BuildOffer(const JobPtr& job);
  void AddEdition(const JobPtr& job, std::vector<std::string> hashes);
  void BuildAnswer(const JobPtr& job);
  void ReadOn(const SearchPtr& search, int64_t after_version);

  const Options options_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_HAND_OVER_ENVELOPES_H_
