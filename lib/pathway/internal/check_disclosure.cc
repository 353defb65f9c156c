#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/mentions.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using model::v1::Step;
using model::v1::Way;

class DisclosureChecker {
 public:
  explicit DisclosureChecker(CheckContext& context)
      : problems_(context.problems) {}

  void Check(const Step& step) {
    if (step.has_referral() && step.disclosure_size() == 0) {
      problems_.Warning("disclosure", "PASSES_NOTHING",
                        "the referral passes no data at all",
                        "declare the ways, or keep it so on purpose");
    }
    for (int i = 0; i < step.disclosure_size(); ++i) {
      const auto at = problems_.Enter("disclosure", i);
      CheckWay(step.disclosure(i));
    }
    CheckHelp(step);
  }

 private:
  void CheckWay(const Way& way) {
    switch (way.ground_case()) {
      case Way::GROUND_NOT_SET:
        problems_.Error("", "NO_GROUND", "data would pass without a ground",
                        "state consent, law, or in hand");
        break;
      case Way::kConsentPurpose:
        if (way.consent_purpose().empty()) {
          problems_.Error("consent_purpose", "NO_GROUND",
                          "a consent is for a purpose", "name it");
        }
        CheckPasses(way);
        break;
      case Way::kLaw:
        if (way.law().act().empty()) {
          problems_.Error("law.act", "NO_GROUND",
                          "a ground in law names its act",
                          "cite act and article");
        }
        if (way.law().provenance() == model::v1::PROVENANCE_DEMO) {
          problems_.Error("law.provenance", "NO_GROUND",
                          "data does not pass by a law that was invented",
                          "cite the law, or ask for consent");
        }
        if (way.optional_classes_size() > 0) {
          problems_.Error("optional_classes", "MISPLACED",
                          "only a consent covers optional classes",
                          "move them to classes, or remove them");
        }
        CheckPasses(way);
        break;
      case Way::kInHand:
        CheckInHand(way);
        break;
    }
    if (way.ground_case() != Way::kInHand && !way.gives_person().empty()) {
      problems_.Error("gives_person", "MISPLACED",
                      "only in hand does the family get a paper",
                      "remove it, or declare a way in hand");
    }
    CheckClasses(way);
  }

  void CheckPasses(const Way& way) {
    if (way.classes_size() == 0) {
      problems_.Error("classes", "NO_CLASSES",
                      "does not say which data may pass", "name the classes");
    }
  }

  void CheckInHand(const Way& way) {
    if (way.classes_size() > 0 || way.optional_classes_size() > 0) {
      problems_.Error("classes", "CONTRADICTORY",
                      "in hand nothing passes: the family carries the paper",
                      "remove the classes");
    }
    if (way.gives_person().empty()) {
      problems_.Error("gives_person", "EMPTY",
                      "does not say which paper the family gets",
                      "name the kind of document");
    }
  }

  void CheckClasses(const Way& way) {
    std::set<int> seen;
    const auto check = [&](const auto& classes, absl::string_view field) {
      for (int i = 0; i < classes.size(); ++i) {
        if (classes.Get(i) == model::v1::DATA_CLASS_UNSPECIFIED ||
            classes.Get(i) == model::v1::DATA_CLASS_ROUTE ||
            !seen.insert(classes.Get(i)).second) {
          problems_.Error(FieldPath("", field, i), "WRONG_CLASS",
                          "is no class of a person's data, or stands twice",
                          "name each class once");
        }
      }
    };
    check(way.classes(), "classes");
    check(way.optional_classes(), "optional_classes");
  }

  // Refusing exchange never costs help, unless it cannot be done without the
  // data, and then the pathway says why.
  void CheckHelp(const Step& step) {
    if (!step.help() && !step.needs_data_because().empty()) {
      problems_.Warning("needs_data_because", "MISPLACED",
                        "only help is asked why it needs the data",
                        "state help, or remove it");
    }
    if (!step.help() || !step.needs_data_because().empty()) {
      return;
    }
    for (int i = 0; i < step.guards_size(); ++i) {
      if (MentionsDataConsent(step.guards(i).must_hold())) {
        WarnOfHelp(FieldPath("", "guards", i));
      }
    }
    for (int i = 0; i < step.starts_on_size(); ++i) {
      if (MentionsDataConsent(step.starts_on(i).if_())) {
        WarnOfHelp(FieldPath("", "starts_on", i) + ".if");
      }
    }
    bool all_by_consent = step.disclosure_size() > 0;
    for (const Way& way : step.disclosure()) {
      // A way that is open now and then leaves the others without one.
      all_by_consent =
          all_by_consent &&
          (way.ground_case() == Way::kConsentPurpose || way.has_when());
    }
    if (all_by_consent) {
      WarnOfHelp("disclosure");
    }
  }

  void WarnOfHelp(const std::string& field) {
    problems_.Warning(field, "HELP_NEEDS_CONSENT",
                      "help hangs on consent to exchange of data",
                      "offer a way in hand, or state needs_data_because");
  }

  base::Problems& problems_;
};

}  // namespace

void CheckDisclosure(CheckContext& context) {
  DisclosureChecker checker(context);
  for (int i = 0; i < context.pathway.steps_size(); ++i) {
    const auto at = context.problems.Enter("steps", i);
    checker.Check(context.pathway.steps(i));
  }
}

}  // namespace careroute::pathway::internal
