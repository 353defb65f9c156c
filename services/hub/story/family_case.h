// services/hub/story/family_case.h: one family's case, in few words.
//
//   FamilyCase sonya = FamilyCase::Report(teller, nurse, coordinator, report);
//   sonya.Complete(nurse, "inform_parents", "informed",
//                  {.documents = {"provider-list"}});
//   const std::string referral =
//       sonya.Refer(nurse, {.step = "issue_referral",
//                           .organisation = "rehab-centre-amur"});
//
// What concerns the case and its steps is in family_case.cc, what concerns its
// referrals in family_referrals.cc.

#ifndef CAREROUTE_SERVICES_HUB_STORY_FAMILY_CASE_H_
#define CAREROUTE_SERVICES_HUB_STORY_FAMILY_CASE_H_

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "careroute/api/v1/case_read_messages.pb.h"
#include "careroute/api/v1/case_step_messages.pb.h"
#include "careroute/command/v1/case_command.pb.h"
#include "careroute/command/v1/referral_command.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/consent.pb.h"
#include "careroute/model/v1/plan.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/route.pb.h"
#include "services/hub/story/facts.h"
#include "services/hub/story/teller.h"

namespace careroute::services {

// What comes with an outcome.
struct With {
  std::vector<model::v1::Fact> facts;
  std::vector<std::string> documents;  // their kinds; issued today
  std::string note;
  std::string late_reason;
  std::string recheck_date;
  bool by_the_family = false;  // its word, by telephone
  int line = 0;                // of the programme, or number of the finding
  std::optional<model::v1::Consent> consent;
  std::vector<model::v1::PlanLine> plan;  // for steps that keep one
};

// Whom a step refers to.
struct To {
  std::string step;
  std::string organisation;        // without "organisations/"; empty = any
  std::string way = "by_consent";  // id of the step's way
  int line = 0;                    // of the programme, or of the finding
};

// Borrows the teller.
class FamilyCase {
 public:
  // Files a report of need and finds the case that the coordinator has since.
  static FamilyCase Report(const Teller& teller, const Who& reporter,
                           const Who& coordinator,
                           api::v1::ReportNeedRequest report);

  // The case that has come to its coordinator since these were all of them:
  // one that another case asked for.
  static FamilyCase OpenedSince(const std::set<std::string>& before,
                                const Teller& teller, const Who& coordinator);
  [[nodiscard]] static std::set<std::string> CasesOf(const Teller& teller,
                                                     const Who& coordinator);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Who& coordinator() const { return coordinator_; }

  // As the coordinator sees it.
  [[nodiscard]] model::v1::Case Get() const;
  [[nodiscard]] bool IsLive(absl::string_view step) const;
  // Whether a track or an interrupt holds.
  [[nodiscard]] bool Holds(const std::string& id) const;
  // Ends the story when a deadline was missed, and names the steps.
  void ExpectNothingOverdue() const;
  // Until when the step has to be done: the first day that is too late where
  // the family lives; empty = no limit.
  [[nodiscard]] std::string TooLateOn(absl::string_view step) const;
  // The live occurrence of a step, for that line of the programme if one is
  // named; the story breaks off without one.
  [[nodiscard]] model::v1::Occurrence Live(absl::string_view step,
                                           int line = 0) const;
  // Whether an occurrence of the step has ended so.
  [[nodiscard]] bool Ended(absl::string_view step,
                           absl::string_view outcome) const;

  // NOLINTBEGIN(modernize-use-nodiscard): moves of a case at the hub; what they
  // answer is often told already.
  void Complete(const Who& who, const std::string& step,
                const std::string& outcome, const With& with = {}) const;
  // The same, and expects a refusal.
  model::v1::Refusal CompleteInVain(const Who& who, const std::string& step,
                                    const std::string& outcome,
                                    const With& with,
                                    model::v1::ErrorReason reason) const;

  // By hand, in the family's name where the step is the family's.
  void Start(const Who& who, const std::string& step,
             const model::v1::Subject& subject = {}) const;

  // A command to the case that has no words of its own here; answers the
  // response.
  template <typename Response, typename Request, typename Command>
  Response Ask(const Who& who, absl::string_view method,
               Command command) const {
    Request request;
    request.set_name(name_);
    *request.mutable_command() = std::move(command);
    return teller_->Do<Response>(who, method, std::move(request));
  }

  // Gives a consent in the family's name; answers its name.
  std::string Consent(const Who& who, const model::v1::Consent& consent) const;
  // The same, and expects a refusal.
  model::v1::Refusal ConsentInVain(const Who& who,
                                   const model::v1::Consent& consent,
                                   model::v1::ErrorReason reason) const;
  // So many lines of a programme, findings or children, numbered from 1.
  void Add(const Who& who, model::v1::SubjectKind kind, int count) const;
  void Record(const Who& who, const std::vector<model::v1::Fact>& facts) const;
  void Try(const Who& who, model::v1::ContactMode mode, bool reached) const;
  // Visits of a step, so many days from today each.
  void PlanVisits(const Who& who, const std::string& step,
                  const std::string& service,
                  const std::vector<int>& days) const;
  // What came of one; a missed one says why.
  void RecordVisit(const Who& who, const std::string& step, int visit,
                   const std::string& missed_because = "") const;

  // Makes a referral and sends it, or hands it out; answers its name.
  std::string Refer(const Who& who, const To& to) const;
  // The same, and expects a refusal.
  model::v1::Refusal ReferInVain(const Who& who, const To& to,
                                 model::v1::ErrorReason reason) const;
  void Accept(const Who& who, const std::string& referral) const;
  // Refers, and the organisation's specialist accepts and begins; answers the
  // referral's name.
  std::string ReferAndBegin(const Who& who, const To& to) const;
  void Reject(const Who& who, const std::string& referral,
              model::v1::ReferralReason reason,
              const std::string& better = "") const;
  // Asks another organisation instead; answers the new referral's name.
  std::string Redirect(const Who& who, const std::string& referral,
                       const std::string& to) const;
  // Organisations that may be asked, best first, without "organisations/".
  [[nodiscard]] std::vector<std::string> Fitting(const Who& who,
                                                 absl::string_view step) const;
  // What people call an organisation.
  [[nodiscard]] std::string TitleOf(const Who& who,
                                    const std::string& organisation) const;
  void Begin(const Who& who, const std::string& referral) const;
  void Finish(const Who& who, const std::string& referral,
              const std::string& outcome, const With& with = {}) const;
  // The same, and expects a refusal.
  model::v1::Refusal FinishInVain(const Who& who, const std::string& referral,
                                  const std::string& outcome, const With& with,
                                  model::v1::ErrorReason reason) const;
  // NOLINTEND(modernize-use-nodiscard)
  // What came of a referral in hand.
  void Heard(const Who& who, const std::string& referral,
             command::v1::ReportInHand report) const;
  [[nodiscard]] model::v1::Referral Referral(const Who& who,
                                             const std::string& name) const;
  // The referral made last; empty when there is none.
  [[nodiscard]] std::string NewestReferral() const;

  [[nodiscard]] model::v1::Route Route(bool for_family = false) const;
  // Shows the route, and keeps it with the family's sheet under that name.
  void ShowRoute(const std::string& name) const;
  // The sheet in plain words that the family takes home.
  void ShowFamilySheet() const;

 private:
  FamilyCase(const Teller& teller, std::string name, Who coordinator)
      : teller_(&teller),
        name_(std::move(name)),
        coordinator_(std::move(coordinator)) {}

  [[nodiscard]] command::v1::MakeReferral Making(const To& to) const;

  const Teller* teller_;
  std::string name_;
  Who coordinator_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_FAMILY_CASE_H_
