#include "services/hub/story/crossing.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "careroute/api/v1/case_watch_messages.pb.h"
#include "careroute/api/v1/referral_read_messages.pb.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

using model::v1::Referral;
using model::v1::ReferralEntry;
using model::v1::ReferralMove;

// In words; empty = not worth a line: what is made is sent at once.
absl::string_view WordsOf(ReferralMove move) {
  switch (move) {
    case model::v1::REFERRAL_MOVE_SENT:
      return "sent";
    case model::v1::REFERRAL_MOVE_RECEIVED:
      return "received";
    case model::v1::REFERRAL_MOVE_ACCEPTED:
      return "accepted";
    case model::v1::REFERRAL_MOVE_BEGUN:
      return "begun";
    case model::v1::REFERRAL_MOVE_COMPLETED:
      return "completed";
    default:
      return "";
  }
}

std::vector<const ReferralEntry*> EntriesOf(const Referral& referral) {
  std::vector<const ReferralEntry*> entries;
  for (const ReferralEntry& one : referral.request()) entries.push_back(&one);
  for (const ReferralEntry& one : referral.performance()) {
    entries.push_back(&one);
  }
  return entries;
}

bool AreSame(const ReferralEntry* one, const ReferralEntry* other) {
  return one->sequence() == other->sequence() && one->move() == other->move() &&
         one->happened_time().seconds() == other->happened_time().seconds() &&
         one->outcome() == other->outcome();
}

}  // namespace

Crossing::Crossing(const Teller& teller, const FamilyCase& family, const To& to)
    : teller_(teller),
      family_(family),
      performer_(Specialist(to.organisation)),
      name_at_home_(family.Refer(family.coordinator(), to)),
      name_(absl::StrCat("referrals/", AtHome().uid())) {}

void Crossing::Arrives() {
  api::v1::WatchReferralsRequest request;
  request.set_organisation(performer_.Organisation());
  teller_.WatchUntil<api::v1::WatchReferralsResponse>(
      performer_, "ReferralService.WatchReferrals", request,
      absl::StrCat(name_at_home_, " arrives at ", performer_.Organisation()),
      [this](const api::v1::WatchReferralsResponse& response) {
        return response.referral().name() == name_;
      });
  IsHeardOf(model::v1::REFERRAL_STATE_RECEIVED);
}

void Crossing::IsHeardOf(model::v1::ReferralState state) const {
  api::v1::WatchCaseRequest request;
  request.set_name(family_.name());
  teller_.WatchUntil<api::v1::WatchCaseResponse>(
      family_.coordinator(), "CaseService.WatchCase", request,
      absl::StrCat("the family's hub hears of ", name_at_home_, ": ",
                   model::v1::ReferralState_Name(state)),
      [this, state](const api::v1::WatchCaseResponse&) {
        return AtHome().state() == state;
      });
}

void Crossing::Accept() const {
  family_.Accept(performer_, name_);
  IsHeardOf(model::v1::REFERRAL_STATE_ACCEPTED);
}

void Crossing::Begin() const {
  family_.Begin(performer_, name_);
  IsHeardOf(model::v1::REFERRAL_STATE_IN_PROGRESS);
}

void Crossing::Finish(const std::string& outcome, const With& with) const {
  family_.Finish(performer_, name_, outcome, with);
  IsHeardOf(model::v1::REFERRAL_STATE_COMPLETED);
  teller_.Expect(AtHome().outcome() == outcome,
                 "the outcome is back with who asked");
}

Referral Crossing::AtHome() const {
  return family_.Referral(family_.coordinator(), name_at_home_);
}

Referral Crossing::AtPerformer() const {
  return family_.Referral(performer_, name_);
}

void Crossing::Show() const {
  const Referral home = AtHome();
  const Referral performed = AtPerformer();
  const std::vector<const ReferralEntry*> told = EntriesOf(home);
  const std::vector<const ReferralEntry*> heard = EntriesOf(performed);
  teller_.Expect(
      std::equal(told.begin(), told.end(), heard.begin(), heard.end(), AreSame),
      "both hubs tell the same of a referral");
  Table table({"", teller_.Words("hub"), teller_.Words("move")});
  for (const ReferralEntry* one : told) {
    const absl::string_view words = WordsOf(one->move());
    if (words.empty()) continue;
    const bool performs =
        one->actor().organisation() == performer_.Organisation();
    // Each names the other hub.
    table.Add({.cells = {absl::FormatTime("%Y-%m-%d %H:%M",
                                          absl::FromUnixSeconds(
                                              one->happened_time().seconds()),
                                          teller_.zone()),
                         performs ? home.other_hub() : performed.other_hub(),
                         teller_.Words(words)}});
  }
  teller_.Show(table.Print(teller_.screen()));
}

}  // namespace careroute::services
