// lib/exchange/testing/fake_halves.h: the referrals that a hub shares with
// another one, each half a list of words.
//
//   FakeHalves west;
//   FakeHalves east;
//   west.other = &east;
//   east.other = &west;
//   west.records[uid].own = engine::Half::kRequest;
//   west.Say(uid, "made");

#ifndef CAREROUTE_LIB_EXCHANGE_TESTING_FAKE_HALVES_H_
#define CAREROUTE_LIB_EXCHANGE_TESTING_FAKE_HALVES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/engine/exchange_marks.h"
#include "lib/exchange/halves.h"

namespace careroute::exchange::testing {

struct Shared {
  engine::Half own = engine::Half::kRequest;
  std::vector<std::string> said;   // the own half, a word an envelope
  std::vector<std::string> heard;  // the other one

  friend bool operator==(const Shared&, const Shared&) = default;
};
using Records = std::map<base::Uid, Shared>;

// The records of a hub that shares all its referrals with one other. For one
// thread.
class FakeHalves final : public Halves, public engine::MarksSource {
 public:
  Records records;
  // Of envelopes that wait: the last of each half.
  std::map<base::Uid, size_t> outbox;
  FakeHalves* other = nullptr;
  // Whether nothing new may be said; null = it may.
  std::function<bool()> is_held;

  void Say(const base::Uid& referral, const std::string& word) {
    EXPECT_FALSE(is_held != nullptr && is_held());
    Shared& shared = records[referral];
    shared.said.push_back(word);
    outbox[referral] = shared.said.size();
    SendAll();
  }

  // Takes an envelope as a receiver does: each once, none before its time.
  // False: not now, or one before it is missing.
  bool Take(const base::Uid& referral, engine::Half half, size_t number,
            const std::string& word) {
    const auto known = records.find(referral);
    const bool is_known = known != records.end();
    if (!is_known && half == engine::Half::kPerformance) return true;
    const size_t heard = is_known ? known->second.heard.size() : 0;
    if (number != heard + 1) return number <= heard;
    // What a performer's hub does by itself.
    const bool answers = half == engine::Half::kRequest && number == 1 &&
                         (!is_known || known->second.said.empty());
    if (answers && is_held != nullptr && is_held()) return false;
    Shared& shared = records[referral];
    shared.own = engine::OtherHalf(half);
    shared.heard.push_back(word);
    if (answers) Say(referral, "received");
    return true;
  }

  // What waits goes, and what is missing before it.
  void SendAll() {
    const std::map<base::Uid, size_t> waiting = outbox;
    for (const auto& [referral, last] : waiting) {
      bool all = true;
      for (size_t number = 1; all && number <= last; ++number) {
        const Shared& shared = records[referral];
        const std::string word = shared.said[number - 1];
        all = other->Take(referral, shared.own, number, word);
      }
      if (all && outbox[referral] == last) outbox.erase(referral);
    }
  }

  void Page(PageRequest request, base::Done<engine::MarksPage> done) override {
    engine::MarksPage page;
    for (const auto& [uid, shared] : records) {
      if (request.after.has_value() && uid <= *request.after) continue;
      if (page.marks.size() == static_cast<size_t>(request.limit)) {
        page.more = true;
        break;
      }
      page.marks.push_back(
          {.referral = uid,
           .own = shared.own,
           .sent = static_cast<int32_t>(shared.said.size()),
           .taken = static_cast<int32_t>(shared.heard.size())});
    }
    std::move(done)(std::move(page));
  }

  void SendAgain(SharedHalf own, int32_t last, base::DoneStatus done) override {
    EXPECT_EQ(static_cast<size_t>(last), records[own.referral].said.size());
    outbox[own.referral] = static_cast<size_t>(last);
    std::move(done)(absl::OkStatus());
  }

  void ReadMirror(SharedHalf lost, Stretch stretch,
                  base::Done<std::vector<v1::Envelope>> done) override {
    std::vector<v1::Envelope> envelopes;
    const std::vector<std::string>& heard = records[lost.referral].heard;
    for (int32_t n = stretch.first; n <= stretch.last; ++n) {
      v1::Envelope& one = envelopes.emplace_back();
      one.set_referral(lost.referral.Bytes());
      one.set_sequence(n);
      one.set_from_organisation(heard[static_cast<size_t>(n - 1)]);
    }
    std::move(done)(std::move(envelopes));
  }

  void Adopt(SharedHalf lost, std::vector<v1::Envelope> envelopes,
             base::DoneStatus done) override {
    EXPECT_TRUE(is_held());
    Shared& shared = records[lost.referral];
    shared.own = lost.half;
    for (const v1::Envelope& one : envelopes) {
      EXPECT_EQ(static_cast<size_t>(one.sequence()), shared.said.size() + 1);
      shared.said.push_back(one.from_organisation());
    }
    std::move(done)(absl::OkStatus());
  }
};

}  // namespace careroute::exchange::testing

#endif  // CAREROUTE_LIB_EXCHANGE_TESTING_FAKE_HALVES_H_
