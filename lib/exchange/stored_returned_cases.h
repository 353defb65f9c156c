// lib/exchange/stored_returned_cases.h: cases that moved, where a hub keeps
// them.
//
//   StoredReturnedCases cases({.hub_id = "west", .store = store, ...});
//   CompareDesk desk({..., .cases = cases});

#ifndef CAREROUTE_LIB_EXCHANGE_STORED_RETURNED_CASES_H_
#define CAREROUTE_LIB_EXCHANGE_STORED_RETURNED_CASES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/engine/engine.h"
#include "lib/engine/exchange_marks.h"
#include "lib/exchange/hand_over_receiver.h"
#include "lib/exchange/returned_cases.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// Thread-safe. Everything handed in must outlive it.
class StoredReturnedCases final : public ReturnedCases {
 public:
  struct Options {
    std::string hub_id;  // this hub
    store::Store& store;
    engine::Engine& engine;
    HandOverReceiver& hand_overs;
  };
  explicit StoredReturnedCases(Options options)
      : options_(std::move(options)), moved_(options_.store) {}

  void Answer(const std::string& peer, v1::CaseQuestion question,
              base::Done<v1::CaseAnswer> done) override;
  void FindLost(const engine::CaseCopy& theirs,
                base::Done<std::optional<v1::LostCase>> done) override;
  void TakeBack(const v1::LostCase& lost, v1::ReturnedCase returned,
                base::Done<engine::TakeResult> done) override;
  void IsWhole(const engine::CaseCopy& theirs, base::Done<bool> done) override;

 private:
  struct Giving;
  using GivingPtr = std::shared_ptr<Giving>;
  struct Taking;
  using TakingPtr = std::shared_ptr<Taking>;

  void List(const std::string& peer, const v1::CaseQuestion& question,
            base::Done<v1::CaseAnswer> done);
  void GiveBack(const GivingPtr& giving);
  // Puts the row of the offer into the outbox, if it is there no more.
  void OfferAgain(const GivingPtr& giving);
  void ReadEvents(const GivingPtr& giving);
  void ReadOn(const GivingPtr& giving, int64_t after_version);
  void EndEvents(const GivingPtr& giving);
  void AddPerson(const GivingPtr& giving);
  void AddEdition(const GivingPtr& giving, std::vector<std::string> hashes);

  void TakeNext(const TakingPtr& taking);

  // Whether each own half is as long as its case has taken it.
  void CheckPerformed(std::vector<engine::ExchangeMarks> taken,
                      base::Done<bool> done);

  const Options options_;
  engine::StoredMovedCases moved_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_STORED_RETURNED_CASES_H_
