// lib/exchange/testing/fake_cases.h: cases that moved between two hubs, a
// number of events each.
//
//   FakeCases east;
//   east.copies = {{uid, 3}};

#ifndef CAREROUTE_LIB_EXCHANGE_TESTING_FAKE_CASES_H_
#define CAREROUTE_LIB_EXCHANGE_TESTING_FAKE_CASES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "lib/exchange/returned_cases.h"

namespace careroute::exchange::testing {

// Gives one event back at a time. For one thread.
class FakeCases final : public ReturnedCases {
 public:
  // How many events of each it has.
  std::map<base::Uid, int64_t> copies;
  // Of which the other hub has another history.
  std::set<base::Uid> parted;
  // Of which it cannot read its own copy.
  std::set<base::Uid> damaged;
  // Of which it gives nothing back.
  std::set<base::Uid> kept;
  // To which it writes.
  std::set<base::Uid> homes;
  bool is_stuck = false;  // what it takes does not stay
  size_t page = 2;        // listed in one answer

  void Answer(const std::string& /*peer*/, v1::CaseQuestion question,
              base::Done<v1::CaseAnswer> done) override {
    v1::CaseAnswer answer;
    if (question.has_lost()) {
      const base::Uid uid = *base::UidFromBytes(question.lost().case_uid());
      if (kept.count(uid) == 0 && copies[uid] > question.lost().version()) {
        answer.mutable_returned()->add_events()->set_stored("the next one");
      }
      return std::move(done)(std::move(answer));
    }
    for (const auto& [uid, version] : copies) {
      if (uid.Bytes() <= question.after()) continue;
      if (static_cast<size_t>(answer.marks_size()) == page) {
        answer.set_more(true);
        break;
      }
      v1::CaseMarks& marks = *answer.add_marks();
      marks.set_case_uid(uid.Bytes());
      marks.set_version(version);
    }
    std::move(done)(std::move(answer));
  }

  void FindLost(const engine::CaseCopy& theirs,
                base::Done<std::optional<v1::LostCase>> done) override {
    if (damaged.count(theirs.case_uid) > 0) {
      return std::move(done)(absl::DataLossError("an event is damaged"));
    }
    std::optional<v1::LostCase> lost;
    if (copies[theirs.case_uid] < theirs.version) {
      lost.emplace();
      lost->set_case_uid(theirs.case_uid.Bytes());
      lost->set_version(copies[theirs.case_uid]);
    }
    std::move(done)(std::move(lost));
  }

  void TakeBack(const v1::LostCase& lost, v1::ReturnedCase returned,
                base::Done<engine::TakeResult> done) override {
    const base::Uid uid = *base::UidFromBytes(lost.case_uid());
    if (parted.count(uid) > 0) {
      return std::move(done)(engine::TakeResult{.fate = engine::Fate::kRefused,
                                                .why = "chain_broken"});
    }
    if (!is_stuck) copies[uid] += returned.events_size();
    std::move(done)(engine::TakeResult{});
  }

  void IsWhole(const engine::CaseCopy& theirs, base::Done<bool> done) override {
    std::move(done)(homes.count(theirs.case_uid) == 0 ||
                    copies[theirs.case_uid] >= theirs.version);
  }
};

}  // namespace careroute::exchange::testing

#endif  // CAREROUTE_LIB_EXCHANGE_TESTING_FAKE_CASES_H_
