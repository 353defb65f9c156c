#include <map>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "careroute/model/v1/agency.pb.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::ConsentTest;
using model::v1::EndsStep;
using model::v1::OutcomeTest;
using model::v1::Pathway;
using model::v1::Step;

class ReferenceChecker {
 public:
  explicit ReferenceChecker(CheckContext& context) : context_(context) {}

  void Check() {
    WalkMessages(
        context_.pathway, [this](const Message& part, const std::string& path) {
          if (part.GetDescriptor() == model::v1::TextTable::descriptor()) {
            return false;
          }
          CheckMessage(part, path);
          return true;
        });
    for (int i = 0; i < context_.pathway.steps_size(); ++i) {
      CheckOwnOutcomes(i);
    }
    CheckUnused();
  }

 private:
  void Unknown(const std::string& path, absl::string_view word,
               absl::string_view id) {
    context_.problems.Error(
        path, "UNKNOWN_ID", absl::StrCat("there is no ", word, " ", id),
        absl::StrCat("declare the ", word, ", or correct the id"));
  }

  void CheckMessage(const Message& part, const std::string& path) {
    ForEachString(part, [&](const StringAt& at) {
      const Named named = NamedBy(*at.field);
      if (named == Named::kNothing || at.value.empty()) {
        return;
      }
      used_[named].insert(at.value);
      if (!Exists(named, at.value)) {
        Unknown(FieldPath(path, at.field->name(), at.index), WordFor(named),
                at.value);
      }
    });
    if (part.GetDescriptor() == OutcomeTest::descriptor()) {
      CheckOutcomeTest(static_cast<const OutcomeTest&>(part), path);
    } else if (part.GetDescriptor() == EndsStep::descriptor()) {
      const auto& ends = static_cast<const EndsStep&>(part);
      CheckOutcome(ends.step(), ends.outcome(), path + ".outcome");
    } else if (part.GetDescriptor() == ConsentTest::descriptor()) {
      CheckReceiver(static_cast<const ConsentTest&>(part), path);
    }
  }

  [[nodiscard]] bool Exists(Named named, const std::string& id) const {
    if (named == Named::kRole && IsBuiltInRole(id)) {
      return true;
    }
    // A parameter may stand for a role; its value is known once bound.
    if (!ReferencedParameter(id).empty()) {
      return true;
    }
    return context_.Has(named, id);
  }

  void CheckOutcomeTest(const OutcomeTest& test, const std::string& path) {
    if (test.step().empty()) {
      Unknown(path + ".step", "step", "without an id");
      return;
    }
    for (int i = 0; i < test.is_size(); ++i) {
      CheckOutcome(test.step(), test.is(i), FieldPath(path, "is", i));
    }
  }

  void CheckOutcome(const std::string& step_id, const std::string& outcome,
                    const std::string& path) {
    const Step* step = context_.FindStep(step_id);
    if (step != nullptr && FindOutcome(*step, outcome) < 0) {
      Unknown(path, absl::StrCat("outcome of step ", step_id), outcome);
    }
  }

  // A receiver is a role, or a kind of agency by its name.
  void CheckReceiver(const ConsentTest& test, const std::string& path) {
    const std::string& role = test.to_role();
    model::v1::AgencyKind kind;
    if (role.empty() || Exists(Named::kRole, role) ||
        model::v1::AgencyKind_Parse(absl::StrCat("AGENCY_KIND_", role),
                                    &kind)) {
      used_[Named::kRole].insert(role);
      return;
    }
    Unknown(path + ".to_role", "role or kind of agency", role);
  }

  // Outcomes a step names of itself.
  void CheckOwnOutcomes(int index) {
    const Step& step = context_.pathway.steps(index);
    const auto at = context_.problems.Enter("steps", index);
    const auto check = [&](const std::string& field,
                           const std::string& outcome) {
      if (!outcome.empty()) {
        CheckOutcome(step.id(), outcome, field);
      }
    };
    check("referral.on_accepted", step.referral().on_accepted());
    check("referral.on_rejected", step.referral().on_rejected());
    check("referral.on_nobody_left", step.referral().on_nobody_left());
    check("attempts.on_reached", step.attempts().on_reached());
    check("attempts.on_exhausted", step.attempts().on_exhausted());
    check("on_silence.outcome", step.on_silence().outcome());
    for (int i = 0; i < step.runs_until_size(); ++i) {
      check(FieldPath(FieldPath("", "runs_until", i), "outcome", -1),
            step.runs_until(i).outcome());
    }
  }

  template <typename List>
  void CheckUsed(Named named, absl::string_view field, const List& list) {
    for (int i = 0; i < list.size(); ++i) {
      if (!used_[named].contains(list.Get(i).id())) {
        context_.problems.Warning(
            FieldPath("", field, i), "UNUSED",
            absl::StrCat(WordFor(named), " ", list.Get(i).id(),
                         " is declared but never used"),
            "use it, or remove it");
      }
    }
  }

  void CheckUnused() {
    const Pathway& pathway = context_.pathway;
    VisitParameterUses(pathway, [this](const ParameterUse& use) {
      used_[Named::kParameter].insert(use.parameter);
      if (use.place == ParameterPlace::kString &&
          !context_.Has(Named::kParameter, use.parameter)) {
        Unknown(use.path, "parameter", use.parameter);
      }
    });
    // A bound edition holds values where "$id" stood, so that a use is not seen
    // any more.
    for (const model::v1::Binding& binding : pathway.bindings()) {
      used_[Named::kParameter].insert(binding.parameter());
    }
    for (const model::v1::Ending& ending : pathway.endings()) {
      if (ending.by_coordinator()) {
        used_[Named::kEnding].insert(ending.id());
      }
    }
    for (const model::v1::StopReason& stop : pathway.stop_reasons()) {
      if (stop.has_begins_when()) {
        used_[Named::kStopReason].insert(stop.id());
      }
    }
    CheckUsed(Named::kStage, "stages", pathway.stages());
    CheckUsed(Named::kFact, "facts", pathway.facts());
    CheckUsed(Named::kRole, "roles", pathway.roles());
    CheckUsed(Named::kStopReason, "stop_reasons", pathway.stop_reasons());
    CheckUsed(Named::kParameter, "parameters", pathway.parameters());
    CheckUsed(Named::kTrack, "tracks", pathway.tracks());
    CheckUsed(Named::kEnding, "endings", pathway.endings());
    CheckUsed(Named::kList, "lists", pathway.lists());
    CheckUsed(Named::kCapTable, "cap_tables", pathway.cap_tables());
  }

  CheckContext& context_;
  // Ids that are named anywhere; borrowed from the pathway.
  std::map<Named, absl::flat_hash_set<absl::string_view>> used_;
};

}  // namespace

void CheckReferences(CheckContext& context) {
  ReferenceChecker(context).Check();
}

}  // namespace careroute::pathway::internal
