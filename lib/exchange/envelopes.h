// lib/exchange/envelopes.h: what leaves, built and judged when it leaves.
//
// A row of the outbox names an event, not bytes. Here it becomes an envelope:
// read from the stream, and judged by the consents that are in force at this
// moment. Built again from the same event it has the same bytes, unless what it
// would disclose may not leave any more:
//   - the first envelope of a referral, which discloses what the referral is
//     about, is then replaced by one that says `withheld`, under its number;
//   - of a later one the words are left out, and the move itself, of which the
//     performer must know, leaves.
// A referral that was taken back before anything of it left is not told of.
//
//   envelopes.Build({.row = row, .peer = "east"},
//                   [](absl::StatusOr<BuiltEnvelope> built) { ... });

#ifndef CAREROUTE_LIB_EXCHANGE_ENVELOPES_H_
#define CAREROUTE_LIB_EXCHANGE_ENVELOPES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "careroute/exchange/v1/envelope.pb.h"
#include "lib/base/callback.h"
#include "lib/base/clock.h"
#include "lib/base/uid.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/cases.h"
#include "lib/engine/performed_referrals.h"
#include "lib/store/store.h"

namespace careroute::exchange {

// Lowest format number of the exchange that understands what is built here.
inline constexpr int32_t kEnvelopeFormat = 1;

// Envelopes built again for one gap: a batch. What is missing beyond is asked
// for once these are taken.
inline constexpr int32_t kGapEnvelopesMax = 256;

// Where the request half of a referral is kept.
struct ReferralHome {
  base::Uid case_uid;
  int32_t number = 0;  // of the referral in the case
};

struct BuiltEnvelope {
  base::Uid referral;
  v1::ReferralSide side = v1::REFERRAL_SIDE_UNSPECIFIED;
  int32_t sequence = 0;
  std::string bytes;
  // The referral was taken back by who made it, before the performer spoke: if
  // nothing of it has left, nothing has to.
  bool taken_back = false;
  // Something of it may not leave.
  bool withheld = false;
  // It was answered before it was told: nothing has to leave.
  bool moot = false;

  // Of the request half: whom to tell when it does not arrive.
  std::optional<ReferralHome> home;
  // When the referral falls due first; InfiniteFuture = nothing limits it.
  absl::Time first_due = absl::InfiniteFuture();
  absl::Time recorded;
  // What the case knows already: the envelope that did not arrive, 0 = none.
  int32_t undelivered = 0;
  std::string undelivered_why;
};

class HandOverEnvelopes;

// Thread-safe. Everything handed in must outlive it.
class Envelopes {
 public:
  struct Options {
    std::string hub_id;  // this hub
    store::Store& store;
    const base::Clock& clock;
    const calendar::CalendarSet& calendars;
    engine::Cases& cases;
    engine::PerformedReferrals& performed;
    engine::Persons& persons;
  };
  explicit Envelopes(const Options& options);
  ~Envelopes();

  struct BuildRequest {
    store::OutboxRow row;
    std::string peer;  // the hub it goes to
  };
  // DATA_LOSS when the event holds no such message, FAILED_PRECONDITION for one
  // that no release before this could have written.
  void Build(BuildRequest request, base::Done<BuiltEnvelope> done);

  // The rows of the envelopes of the same referral from number `expected` to
  // the one before that of `row`, at most kGapEnvelopesMax, in order: out of
  // the history, for they may be settled long since.
  struct GapRequest {
    store::OutboxRow row;
    BuiltEnvelope built;
    int32_t expected = 1;
  };
  void FindBefore(GapRequest request,
                  base::Done<std::vector<store::OutboxRow>> done);

 private:
  struct CaseJob;
  using CaseJobPtr = std::shared_ptr<CaseJob>;
  struct GapJob;
  using GapJobPtr = std::shared_ptr<GapJob>;

  void BuildOfCase(BuildRequest request, base::Done<BuiltEnvelope> done);
  void ReadNow(const CaseJobPtr& job);
  void ReadPast(const CaseJobPtr& job, int64_t after_version);
  void ReadMade(const CaseJobPtr& job);
  void Compose(const CaseJobPtr& job);
  void BuildOfPerformer(BuildRequest request, base::Done<BuiltEnvelope> done);
  void ReadGap(const GapJobPtr& job, int64_t after_version);

  const Options options_;
  std::unique_ptr<HandOverEnvelopes> hand_overs_;
};

}  // namespace careroute::exchange

#endif  // CAREROUTE_LIB_EXCHANGE_ENVELOPES_H_
