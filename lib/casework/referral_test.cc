#include "lib/casework/referral.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "lib/casework/referral_profile.h"

namespace careroute::casework {
namespace {

using model::v1::ReferralEntry;
using model::v1::ReferralMove;
using model::v1::ReferralState;

Referral Blank() {
  Referral referral;
  referral.requester = "organisations/clinic";
  referral.performer = "organisations/centre";
  referral.delivery = model::v1::DELIVERY_SENT;
  return referral;
}

// --- Every interleaving -----------------------------------------------------

using Entries = std::vector<ReferralEntry>;

ReferralEntry EntryOf(ReferralMove move, int sequence) {
  ReferralEntry entry;
  entry.set_move(move);
  entry.set_sequence(sequence);
  entry.mutable_recorded_time()->set_seconds(sequence * 100);
  if (move == model::v1::REFERRAL_MOVE_CANCEL_DECLINED ||
      move == model::v1::REFERRAL_MOVE_CANCELLED) {
    entry.set_loop(3);
  }
  if (move == model::v1::REFERRAL_MOVE_INFORMATION_GIVEN) {
    entry.set_loop(2);
  }
  if (move == model::v1::REFERRAL_MOVE_IN_HAND_REPORTED) {
    entry.set_reported_state(model::v1::REFERRAL_STATE_ACCEPTED);
  }
  return entry;
}

// All sequences over `moves` up to a length, each numbered as its writer would.
std::vector<Entries> Sequences(const std::vector<ReferralMove>& moves,
                               size_t length) {
  std::vector<Entries> all{{}};
  for (size_t from = 0, round = 0; round < length; ++round) {
    const size_t to = all.size();
    for (; from < to; ++from) {
      for (const ReferralMove move : moves) {
        Entries longer = all[from];
        longer.push_back(EntryOf(move, static_cast<int>(longer.size()) + 1));
        all.push_back(std::move(longer));
      }
    }
  }
  return all;
}

// Folds in the order `pattern` says: bit i set = the next one of `a`.
Referral FoldInterleaved(const Entries& a, const Entries& b, unsigned pattern) {
  Referral referral = Blank();
  size_t i = 0;
  size_t j = 0;
  for (size_t step = 0; step < a.size() + b.size(); ++step) {
    const bool take_a = ((pattern >> step) & 1U) != 0;
    FoldEntry(take_a ? a[i++] : b[j++], referral);
  }
  return referral;
}

// Patterns with as many bits set as there are entries in `a`.
std::vector<unsigned> Patterns(size_t a, size_t b) {
  std::vector<unsigned> patterns;
  for (unsigned pattern = 0; pattern < (1U << (a + b)); ++pattern) {
    if (static_cast<size_t>(__builtin_popcount(pattern)) == a) {
      patterns.push_back(pattern);
    }
  }
  return patterns;
}

// What a requester may write after MADE and SENT, up to `length` entries.
std::vector<Entries> RequestHalves(size_t length) {
  std::vector<Entries> halves;
  for (const Entries& tail :
       Sequences({model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER,
                  model::v1::REFERRAL_MOVE_CANCEL_ASKED,
                  model::v1::REFERRAL_MOVE_INFORMATION_GIVEN,
                  model::v1::REFERRAL_MOVE_IN_HAND_REPORTED,
                  model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR},
                 length)) {
    Entries half = {EntryOf(model::v1::REFERRAL_MOVE_MADE, 1),
                    EntryOf(model::v1::REFERRAL_MOVE_SENT, 2)};
    for (const ReferralEntry& entry : tail) {
      half.push_back(entry);
      half.back().set_sequence(static_cast<int>(half.size()));
    }
    halves.push_back(std::move(half));
  }
  return halves;
}

// Rejected and failed fold like completed.
std::vector<Entries> PerformanceHalves(size_t length) {
  return Sequences(
      {model::v1::REFERRAL_MOVE_RECEIVED, model::v1::REFERRAL_MOVE_ACCEPTED,
       model::v1::REFERRAL_MOVE_BEGUN, model::v1::REFERRAL_MOVE_HELD,
       model::v1::REFERRAL_MOVE_RESUMED, model::v1::REFERRAL_MOVE_COMPLETED,
       model::v1::REFERRAL_MOVE_CANCELLED,
       model::v1::REFERRAL_MOVE_CANCEL_DECLINED,
       model::v1::REFERRAL_MOVE_INFORMATION_ASKED,
       model::v1::REFERRAL_MOVE_PERFORMANCE_IN_ERROR},
      length);
}

void ExpectOneStateOf(const Entries& request, const Entries& performance) {
  const auto patterns = Patterns(request.size(), performance.size());
  const Referral first =
      FoldInterleaved(request, performance, patterns.front());
  for (const unsigned pattern : patterns) {
    const Referral other = FoldInterleaved(request, performance, pattern);
    ASSERT_EQ(other, first);
    ASSERT_EQ(StateOf(other), StateOf(first));
    ASSERT_EQ(QueueOf(other), QueueOf(first));
  }
  ASSERT_EQ(QueueOf(first).empty(), !IsOpen(StateOf(first)));
}

// Exhaustive over every pair of halves up to a length, in every order of
// arrival; longer performances meet shorter requests, to end in a second.
TEST(StateOf, IsOneForEveryInterleavingOfTheTwoHalves) {
  for (const size_t tail : {size_t{1}, size_t{2}}) {
    for (const Entries& request : RequestHalves(tail)) {
      for (const Entries& performance : PerformanceHalves(4 - tail)) {
        ExpectOneStateOf(request, performance);
      }
    }
  }
}

// --- State ------------------------------------------------------------------

Referral Folded(const std::vector<ReferralMove>& moves) {
  Referral referral = Blank();
  for (const ReferralMove move : moves) {
    const bool request = HalfOf(move) == Half::kRequest;
    EXPECT_TRUE(
        FoldEntry(EntryOf(move, 1 + (request ? referral.request.entries
                                             : referral.performance.entries)),
                  referral));
  }
  return referral;
}

struct StateRow {
  const char* name;
  std::vector<ReferralMove> moves;
  ReferralState state;
  const char* queue;  // "clinic", "centre" or ""
};

using model::v1::REFERRAL_MOVE_ACCEPTED;
using model::v1::REFERRAL_MOVE_BEGUN;
using model::v1::REFERRAL_MOVE_CANCEL_ASKED;
using model::v1::REFERRAL_MOVE_CANCEL_DECLINED;
using model::v1::REFERRAL_MOVE_CANCELLED_BY_REQUESTER;
using model::v1::REFERRAL_MOVE_COMPLETED;
using model::v1::REFERRAL_MOVE_HELD;
using model::v1::REFERRAL_MOVE_INFORMATION_ASKED;
using model::v1::REFERRAL_MOVE_MADE;
using model::v1::REFERRAL_MOVE_RECEIVED;
using model::v1::REFERRAL_MOVE_RESUMED;
using model::v1::REFERRAL_MOVE_SENT;

std::vector<StateRow> OpenRows() {
  return {
      {"a draft waits for its requester",
       {REFERRAL_MOVE_MADE},
       model::v1::REFERRAL_STATE_DRAFT,
       "clinic"},
      {"sent and not taken is still the requester's to watch",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT},
       model::v1::REFERRAL_STATE_REQUESTED,
       "clinic"},
      {"taken is the performer's",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_RECEIVED},
       model::v1::REFERRAL_STATE_RECEIVED,
       "centre"},
      {"a question brings it back to the requester",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_RECEIVED,
        REFERRAL_MOVE_INFORMATION_ASKED},
       model::v1::REFERRAL_STATE_RECEIVED,
       "clinic"},
      {"a cancel asked must be answered first",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_RECEIVED,
        REFERRAL_MOVE_INFORMATION_ASKED, REFERRAL_MOVE_CANCEL_ASKED},
       model::v1::REFERRAL_STATE_RECEIVED,
       "centre"},
      {"a hold ends where it began: accepted",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_ACCEPTED,
        REFERRAL_MOVE_HELD, REFERRAL_MOVE_RESUMED},
       model::v1::REFERRAL_STATE_ACCEPTED,
       "centre"},
      {"a hold ends where it began: in progress",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_ACCEPTED,
        REFERRAL_MOVE_BEGUN, REFERRAL_MOVE_HELD, REFERRAL_MOVE_RESUMED},
       model::v1::REFERRAL_STATE_IN_PROGRESS,
       "centre"},
  };
}

std::vector<StateRow> ClosedRows() {
  return {
      {"what is done is done, although it was taken back meanwhile",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT,
        REFERRAL_MOVE_CANCELLED_BY_REQUESTER, REFERRAL_MOVE_ACCEPTED,
        REFERRAL_MOVE_COMPLETED},
       model::v1::REFERRAL_STATE_COMPLETED,
       ""},
      {"taken back before the end is cancelled",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT,
        REFERRAL_MOVE_CANCELLED_BY_REQUESTER, REFERRAL_MOVE_ACCEPTED},
       model::v1::REFERRAL_STATE_CANCELLED,
       ""},
      {"an error of the request outweighs a completion",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_ACCEPTED,
        REFERRAL_MOVE_COMPLETED, model::v1::REFERRAL_MOVE_REQUEST_IN_ERROR},
       model::v1::REFERRAL_STATE_ENTERED_IN_ERROR,
       ""},
      {"and so does one of the performance",
       {REFERRAL_MOVE_MADE, REFERRAL_MOVE_SENT, REFERRAL_MOVE_ACCEPTED,
        model::v1::REFERRAL_MOVE_PERFORMANCE_IN_ERROR},
       model::v1::REFERRAL_STATE_ENTERED_IN_ERROR,
       ""},
  };
}

void ExpectStateAndQueue(const StateRow& row) {
  SCOPED_TRACE(row.name);
  const Referral referral = Folded(row.moves);
  EXPECT_EQ(NameOf(StateOf(referral)), NameOf(row.state));
  const std::string queue = row.queue;
  EXPECT_EQ(QueueOf(referral),
            queue.empty() ? "" : absl::StrCat("organisations/", queue));
}

TEST(StateOf, FollowsFromBothHalves) {
  for (const std::vector<StateRow>& rows : {OpenRows(), ClosedRows()}) {
    for (const StateRow& row : rows) {
      ExpectStateAndQueue(row);
    }
  }
}

TEST(QueueOf, KeepsAnInHandReferralWithTheRequesterAllTheWay) {
  for (const ReferralState state :
       {model::v1::REFERRAL_STATE_REQUESTED, model::v1::REFERRAL_STATE_ACCEPTED,
        model::v1::REFERRAL_STATE_IN_PROGRESS}) {
    Referral referral =
        Folded({model::v1::REFERRAL_MOVE_MADE, model::v1::REFERRAL_MOVE_SENT});
    referral.delivery = model::v1::DELIVERY_IN_HAND;
    referral.request.state = state;
    EXPECT_EQ(QueueOf(referral), "organisations/clinic") << NameOf(state);
  }
}

// --- Fold -------------------------------------------------------------------

TEST(FoldEntry, ChangesNothingWhenTheEntryIsThereAlready) {
  Referral referral =
      Folded({model::v1::REFERRAL_MOVE_MADE, model::v1::REFERRAL_MOVE_SENT});
  const Referral before = referral;
  EXPECT_FALSE(FoldEntry(EntryOf(model::v1::REFERRAL_MOVE_SENT, 2), referral));
  EXPECT_FALSE(
      FoldEntry(EntryOf(model::v1::REFERRAL_MOVE_CANCEL_ASKED, 9), referral));
  EXPECT_EQ(referral, before);
}

TEST(FoldEntry, PassesOverAMoveOfANewerRelease) {
  Referral referral = Blank();
  const Referral before = referral;
  EXPECT_FALSE(FoldEntry(EntryOf(static_cast<ReferralMove>(77), 1), referral));
  EXPECT_EQ(referral, before);
}

TEST(FoldEntry, KeepsNoMoreQuestionsThanThereMayBe) {
  Referral referral = Blank();
  for (int i = 1; i <= 100; ++i) {
    FoldEntry(EntryOf(model::v1::REFERRAL_MOVE_INFORMATION_ASKED, i), referral);
  }
  EXPECT_EQ(referral.performance.questions.size(), kQuestionsMax);
  EXPECT_EQ(referral.performance.entries, 100);
}

TEST(FoldEntry, KeepsWhenWorkIsPlannedAndWhenTheHalfGrew) {
  Referral referral =
      Folded({model::v1::REFERRAL_MOVE_MADE, model::v1::REFERRAL_MOVE_SENT});
  ReferralEntry entry = EntryOf(model::v1::REFERRAL_MOVE_ACCEPTED, 1);
  entry.mutable_planned_time()->set_seconds(5000);
  FoldEntry(entry, referral);
  EXPECT_EQ(referral.performance.planned_time, absl::FromUnixSeconds(5000));
  EXPECT_EQ(referral.request.first_time, absl::FromUnixSeconds(100));
  EXPECT_EQ(referral.request.last_time, absl::FromUnixSeconds(200));
}

TEST(NewReferral, TakesWhatWasMadeAndWhatFollowedAtOnce) {
  event::v1::ReferralMade made;
  made.set_number(4);
  made.set_uid(std::string(16, '\x07'));
  made.set_requester("organisations/clinic");
  made.set_performer("organisations/centre");
  made.set_delivery(model::v1::DELIVERY_SENT);
  made.set_replaces(2);
  made.mutable_disclosed()->set_way("by_consent");
  made.mutable_disclosed()->add_classes(model::v1::DATA_CLASS_NEEDS);
  *made.add_request() = EntryOf(model::v1::REFERRAL_MOVE_MADE, 1);
  *made.add_request() = EntryOf(model::v1::REFERRAL_MOVE_SENT, 2);
  *made.add_performance() = EntryOf(model::v1::REFERRAL_MOVE_RECEIVED, 1);
  const Referral referral = NewReferral(made);
  EXPECT_EQ(referral.number, 4);
  EXPECT_EQ(referral.uid.Bytes(), made.uid());
  EXPECT_EQ(referral.replaces, 2);
  EXPECT_EQ(referral.disclosed.way, "by_consent");
  EXPECT_TRUE(referral.disclosed.classes.Contains(model::v1::DATA_CLASS_NEEDS));
  EXPECT_EQ(StateOf(referral), model::v1::REFERRAL_STATE_RECEIVED);
}

}  // namespace
}  // namespace careroute::casework
