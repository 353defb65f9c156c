#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::util::MessageDifferencer;
using model::v1::Performer;
using model::v1::Step;

class PerformerChecker {
 public:
  PerformerChecker(CheckContext& context, const Flow& flow)
      : context_(context), problems_(context.problems), flow_(flow) {}

  void Check(int index) {
    const Step& step = context_.pathway.steps(index);
    const auto at = problems_.Enter("steps", index);
    CheckPerformer(index, step.performer(), "performer");
    for (int i = 0; i < step.co_performers_size(); ++i) {
      const std::string field = FieldPath("", "co_performers", i);
      CheckPerformer(index, step.co_performers(i), field);
      if (MessageDifferencer::Equals(step.co_performers(i), step.performer())) {
        problems_.Warning(field, "SAID_TWICE", "performs the step already",
                          "remove it, or name who was meant");
      }
    }
    for (int i = 0; i < step.disclosure_size(); ++i) {
      if (step.disclosure(i).has_to()) {
        CheckPerformer(index, step.disclosure(i).to(),
                       FieldPath("", "disclosure", i) + ".to");
      }
    }
    if (step.referral().has_requested_by()) {
      CheckPerformer(index, step.referral().requested_by(),
                     "referral.requested_by");
    }
  }

 private:
  void CheckPerformer(int index, const Performer& performer,
                      const std::string& field) {
    if (performer.who_case() == Performer::WHO_NOT_SET) {
      problems_.Error(field, "NO_PERFORMER", "nobody performs the step",
                      "state who");
      return;
    }
    if (performer.who_case() == Performer::kSameAs) {
      CheckComesBefore(index, performer.same_as(), field + ".same_as");
      CheckSameChain(performer, field);
    }
    for (int i = 0; i < performer.not_same_member_as_size(); ++i) {
      CheckComesBefore(index, performer.not_same_member_as(i),
                       FieldPath(field, "not_same_member_as", i));
    }
    for (int i = 0; i < performer.not_same_organisation_as_size(); ++i) {
      CheckComesBefore(index, performer.not_same_organisation_as(i),
                       FieldPath(field, "not_same_organisation_as", i));
    }
  }

  // The same as one who is the same as this one: nobody is named at all.
  void CheckSameChain(const Performer& performer, const std::string& field) {
    for (const std::string& other : performer.not_same_organisation_as()) {
      if (other == performer.same_as()) {
        problems_.Error(field + ".same_as", "CONTRADICTORY",
                        absl::StrCat("the organisation of ", other,
                                     ", and not the organisation of ", other),
                        "keep one of them");
      }
    }
    std::set<std::string> seen;
    std::string next = performer.same_as();
    while (!next.empty()) {
      if (!seen.insert(next).second) {
        problems_.Error(
            field + ".same_as", "CONTRADICTORY",
            absl::StrCat("goes round by ", next, ", and nobody is named"),
            "name the role of one of the steps");
        return;
      }
      const Step* step = context_.FindStep(next);
      next = step == nullptr ? "" : step->performer().same_as();
    }
  }

  // A step that starts only after this one cannot say who performs this one.
  void CheckComesBefore(int index, const std::string& other,
                        const std::string& field) {
    const int step = context_.Find(Named::kStep, other);
    if (step < 0) {
      return;
    }
    if (step == index || !ReachedWithout(index)[static_cast<size_t>(step)]) {
      problems_.Error(field, "CANNOT_PRECEDE",
                      absl::StrCat(other, " never comes before this step"),
                      "name a step that does");
    }
  }

  const std::vector<bool>& ReachedWithout(int index) {
    auto [found, added] = reached_without_.try_emplace(index);
    if (added) {
      found->second = flow_.ReachFromOutside(index);
    }
    return found->second;
  }

  CheckContext& context_;
  base::Problems& problems_;
  const Flow& flow_;
  std::map<int, std::vector<bool>> reached_without_;
};

}  // namespace

void CheckPerformers(CheckContext& context, const Flow& flow) {
  PerformerChecker checker(context, flow);
  for (int i = 0; i < context.pathway.steps_size(); ++i) {
    checker.Check(i);
  }
}

}  // namespace careroute::pathway::internal
