#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/pathway/evaluate.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/check_shape.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::AgeTest;
using model::v1::Condition;
using model::v1::ConditionList;
using model::v1::FactDeclaration;
using model::v1::FactTest;
using model::v1::FactValues;
using model::v1::OutcomeTest;
using model::v1::Step;
using model::v1::SubjectKind;

// Where a test stands.
struct Place {
  std::string path;
  bool under_not = false;
};

bool CountsBackFromADay(const model::v1::Term& term) {
  switch (term.unit()) {
    case model::v1::TIME_UNIT_CALENDAR_DAY:
    case model::v1::TIME_UNIT_WEEK:
    case model::v1::TIME_UNIT_MONTH:
    case model::v1::TIME_UNIT_YEAR:
      return true;
    default:
      return term.unit() == model::v1::TIME_UNIT_UNSPECIFIED;
  }
}

class ConditionChecker {
 public:
  explicit ConditionChecker(CheckContext& context) : context_(context) {}

  void Check() {
    WalkMessages(context_.pathway,
                 [this](const Message& part, const std::string& path) {
                   return Visit(part, path);
                 });
    CheckFactFields();
  }

 private:
  // Conditions are descended into here, where "under not" is known.
  bool Visit(const Message& part, const std::string& path) {
    if (part.GetDescriptor() == Condition::descriptor()) {
      CheckCondition(static_cast<const Condition&>(part),
                     {path, /*under_not=*/false}, 1);
      return false;
    }
    if (part.GetDescriptor() == FactTest::descriptor()) {
      CheckFactTest(static_cast<const FactTest&>(part), {path, false});
      return false;
    }
    if (part.GetDescriptor() == OutcomeTest::descriptor()) {
      CheckOutcomeTest(static_cast<const OutcomeTest&>(part), path);
      return false;
    }
    if (part.GetDescriptor() == model::v1::Fact::descriptor()) {
      CheckRecorded(static_cast<const model::v1::Fact&>(part), path);
      return false;
    }
    return part.GetDescriptor() != model::v1::TextTable::descriptor();
  }

  void Error(const std::string& path, absl::string_view reason,
             const std::string& message, const std::string& mend) {
    context_.problems.Error(path, reason, message, mend);
  }

  void CheckCondition(const Condition& condition, const Place& place,
                      int depth) {
    if (depth > kConditionDepthMax) {
      Error(place.path, "TOO_DEEP",
            absl::StrCat("is nested deeper than ", kConditionDepthMax,
                         " levels, and so never answered"),
            "flatten it");
      return;
    }
    switch (condition.kind_case()) {
      case Condition::kAll:
        CheckList(condition.all(), {place.path + ".all", place.under_not},
                  depth);
        break;
      case Condition::kAny:
        CheckList(condition.any(), {place.path + ".any", place.under_not},
                  depth);
        break;
      case Condition::kNot:
        CheckCondition(condition.not_(), {place.path + ".not", true},
                       depth + 1);
        break;
      case Condition::kFact:
        CheckFactTest(condition.fact(),
                      {place.path + ".fact", place.under_not});
        break;
      case Condition::kOutcome:
        CheckOutcomeTest(condition.outcome(), place.path + ".outcome");
        break;
      case Condition::kAge:
        CheckAge(condition.age(), place.path + ".age");
        break;
      case Condition::kConsent:
        CheckConsent(condition.consent(), place.path + ".consent");
        break;
      case Condition::kEntry:
        if (condition.entry().is_size() == 0) {
          Error(place.path + ".entry", "EMPTY", "names no entry",
                "name at least one");
        }
        break;
      case Condition::kStep:
        CheckSameSubject(condition.step().same_subject(),
                         condition.step().live(), place.path + ".step");
        break;
      case Condition::kTrack:
      case Condition::kCriterion:
        break;
      case Condition::KIND_NOT_SET:
        Error(place.path, "EMPTY", "asks nothing", "state what is asked");
        break;
    }
  }

  void CheckList(const ConditionList& list, const Place& place, int depth) {
    if (list.of_size() == 0) {
      Error(place.path, "EMPTY", "has no parts", "give at least one");
    }
    for (int i = 0; i < list.of_size(); ++i) {
      CheckCondition(list.of(i),
                     {FieldPath(place.path, "of", i), place.under_not},
                     depth + 1);
    }
  }

  // The subject of the occurrence that asks; UNSPECIFIED outside of steps.
  [[nodiscard]] SubjectKind AskingSubject(const std::string& path) const {
    const int step = StepInPath(path);
    return step < 0 || step >= context_.pathway.steps_size()
               ? model::v1::SUBJECT_KIND_UNSPECIFIED
               : SubjectOf(context_.pathway.steps(step));
  }

  void CheckFactTest(const FactTest& test, const Place& place) {
    if (test.test_case() == FactTest::TEST_NOT_SET) {
      Error(place.path, "EMPTY", "asks nothing of the fact",
            "state what is asked");
      return;
    }
    if (place.under_not && test.test_case() != FactTest::kRecorded &&
        test.if_unknown() == model::v1::UNKNOWN_POLICY_UNSPECIFIED) {
      Error(place.path, "NOT_KNOWN_UNHANDLED",
            absl::StrCat("under a `not` nobody says what it means that ",
                         test.fact(), " is not known"),
            "state if_unknown");
    }
    const FactDeclaration* fact = context_.FindFact(test.fact());
    if (fact == nullptr) {
      if (test.fact().empty()) {
        Error(place.path + ".fact", "EMPTY", "names no fact", "name one");
      }
      return;
    }
    CheckQuestion(test, *fact, place.path);
    CheckFactSubject(test, *fact, place.path);
  }

  void CheckQuestion(const FactTest& test, const FactDeclaration& fact,
                     const std::string& path) {
    switch (test.test_case()) {
      case FactTest::kIs:
        CheckValues(test.is(), fact, path + ".is");
        break;
      case FactTest::kIsNot:
        CheckValues(test.is_not(), fact, path + ".is_not");
        break;
      case FactTest::kAtLeast:
        CheckNumber(test.at_least(), fact, path + ".at_least");
        break;
      case FactTest::kAtMost:
        CheckNumber(test.at_most(), fact, path + ".at_most");
        break;
      case FactTest::kRecorded:
      case FactTest::TEST_NOT_SET:
        break;
    }
  }

  void CheckNumber(std::int64_t number, const FactDeclaration& fact,
                   const std::string& path) {
    if (fact.type() != model::v1::FACT_TYPE_INTEGER) {
      Error(path, "WRONG_TYPE", absl::StrCat(fact.id(), " is not an INTEGER"),
            "ask for equality, or declare the fact an INTEGER");
    } else if (number < fact.min() || number > fact.max()) {
      Error(
          path, "OUT_OF_RANGE",
          absl::StrCat(number, " is no value of ", fact.id()),
          absl::StrCat("give a number from ", fact.min(), " to ", fact.max()));
    }
  }

  void CheckValues(const FactValues& values, const FactDeclaration& fact,
                   const std::string& path) {
    if (values.values_size() == 0) {
      Error(path, "EMPTY", "compares with nothing", "give a value");
    }
    for (int i = 0; i < values.values_size(); ++i) {
      if (!IsValueOf(fact, values.values(i))) {
        Error(FieldPath(path, "values", i), "WRONG_VALUE",
              absl::StrCat(values.values(i), " is no value of ", fact.id()),
              "use a declared value");
      }
    }
  }

  static bool IsValueOf(const FactDeclaration& fact, const std::string& text) {
    switch (fact.type()) {
      case model::v1::FACT_TYPE_BOOL:
        return text == "true" || text == "false";
      case model::v1::FACT_TYPE_ENUM:
        for (const std::string& value : fact.values()) {
          if (value == text) {
            return true;
          }
        }
        return false;
      case model::v1::FACT_TYPE_INTEGER: {
        std::int64_t number = 0;
        return absl::SimpleAtoi(text, &number) && number >= fact.min() &&
               number <= fact.max();
      }
      case model::v1::FACT_TYPE_DATE:
        return IsDate(text);
      default:
        return true;  // an undeclared type is reported once, at the fact
    }
  }

  void CheckFactSubject(const FactTest& test, const FactDeclaration& fact,
                        const std::string& path) {
    const SubjectKind asking = AskingSubject(path);
    if (test.same_subject()) {
      if (asking != fact.subject()) {
        Error(path + ".same_subject", "SUBJECT_MISMATCH",
              absl::StrCat(fact.id(), " does not belong to what asks"),
              "ask without same_subject, or from a step of that kind");
      }
      return;
    }
    // A recorded fact that starts a step says itself whose step it is.
    const bool is_trigger = absl::EndsWith(path, "].recorded");
    if (fact.subject() != model::v1::SUBJECT_KIND_PERSON && !is_trigger &&
        asking == fact.subject()) {
      context_.problems.Warning(
          path, "ASKS_ANY_SUBJECT",
          absl::StrCat("any ", fact.id(),
                       " counts, also that of another finding, pregnancy or "
                       "plan line"),
          "state same_subject, if its own is meant");
    }
  }

  void CheckSameSubject(bool same_subject, const std::string& step_id,
                        const std::string& path) {
    const Step* step = context_.FindStep(step_id);
    if (same_subject && step != nullptr &&
        AskingSubject(path) != SubjectOf(*step)) {
      Error(path + ".same_subject", "SUBJECT_MISMATCH",
            absl::StrCat("occurrences of ", step_id,
                         " do not belong to what asks"),
            "ask without same_subject, or give both steps the same "
            "occurrence_per");
    }
  }

  void CheckOutcomeTest(const OutcomeTest& test, const std::string& path) {
    CheckSameSubject(test.same_subject(), test.step(), path);
  }

  void CheckAge(const AgeTest& test, const std::string& path) {
    if (!test.has_at_least() && !test.has_below()) {
      Error(path, "EMPTY", "asks for no age", "state at_least or below");
    }
    if (test.has_reached_before_by() &&
        (!test.has_at_least() ||
         !CountsBackFromADay(test.reached_before_by()))) {
      Error(path + ".reached_before_by", "WRONG_UNIT",
            "counts back from at_least, in days, weeks, months or years",
            "state at_least, and another unit");
    }
  }

  void CheckConsent(const model::v1::ConsentTest& test,
                    const std::string& path) {
    if (test.matter() == model::v1::CONSENT_MATTER_UNSPECIFIED) {
      Error(path + ".matter", "EMPTY", "does not say what is consented to",
            "state the matter");
    }
    if (test.matter() == model::v1::CONSENT_MATTER_DATA &&
        test.classes_size() == 0) {
      Error(path + ".classes", "NO_CLASSES",
            "a consent to data covers named classes", "name them");
    }
    if (test.matter() != model::v1::CONSENT_MATTER_DATA &&
        test.classes_size() > 0) {
      Error(path + ".classes", "MISPLACED",
            "only a consent to data speaks of classes",
            "remove them, or ask for a consent to data");
    }
  }

  void CheckRecorded(const model::v1::Fact& recorded, const std::string& path) {
    const FactDeclaration* fact = context_.FindFact(recorded.fact());
    if (fact == nullptr) {
      return;
    }
    const model::v1::FactValue& value = recorded.value();
    bool fits = true;
    switch (value.value_case()) {
      case model::v1::FactValue::kTruth:
        fits = fact->type() == model::v1::FACT_TYPE_BOOL;
        break;
      case model::v1::FactValue::kChoice:
        fits = fact->type() == model::v1::FACT_TYPE_ENUM &&
               IsValueOf(*fact, value.choice());
        break;
      case model::v1::FactValue::kNumber:
        fits = fact->type() == model::v1::FACT_TYPE_INTEGER &&
               IsValueOf(*fact, absl::StrCat(value.number()));
        break;
      case model::v1::FactValue::kDate:
        fits = fact->type() == model::v1::FACT_TYPE_DATE;
        break;
      case model::v1::FactValue::VALUE_NOT_SET:
        break;
    }
    if (!recorded.to().empty() && recorded.to() < recorded.from()) {
      Error(path + ".to", "ENDS_BEFORE_IT_BEGINS", "ends before it begins",
            "correct the dates");
    }
    if (!fact->has_periods() &&
        (!recorded.from().empty() || !recorded.to().empty())) {
      Error(path, "MISPLACED", absl::StrCat(recorded.fact(), " has no periods"),
            "remove from and to, or state has_periods at the fact");
    }
    if (!fits) {
      Error(path + ".value", "WRONG_VALUE",
            absl::StrCat("is no value of ", recorded.fact()),
            "record a declared value");
    }
  }

  // Fields that need a fact of a certain type.
  void CheckFactFields() {
    const auto need = [&](const std::string& id, const std::string& path,
                          model::v1::FactType type, const char* word) {
      const FactDeclaration* fact = context_.FindFact(id);
      if (fact != nullptr && fact->type() != type) {
        Error(path, "WRONG_TYPE", absl::StrCat(id, " is not a ", word),
              absl::StrCat("name a ", word, " fact"));
      }
    };
    WalkMessages(context_.pathway, [&](const Message& part,
                                       const std::string& path) {
      ForEachString(part, [&](const StringAt& at) {
        const std::string& field = at.field->name();
        const std::string where = FieldPath(path, field, at.index);
        if (NamedBy(*at.field) != Named::kFact) {
          return;
        }
        if (field == "before_fact" || field == "fact_date") {
          need(at.value, where, model::v1::FACT_TYPE_DATE, "DATE");
        } else if (field == "empty_while_fact") {
          need(at.value, where, model::v1::FACT_TYPE_BOOL, "BOOL");
        } else if (field == "copies_of_child") {
          need(at.value, where, model::v1::FACT_TYPE_INTEGER, "INTEGER");
        } else if (part.GetDescriptor() == model::v1::CapTable::descriptor()) {
          need(at.value, where, model::v1::FACT_TYPE_ENUM, "ENUM");
        }
      });
      return part.GetDescriptor() != model::v1::TextTable::descriptor();
    });
    CheckCapRows();
  }

  void CheckCapRows() {
    for (int i = 0; i < context_.pathway.cap_tables_size(); ++i) {
      const model::v1::CapTable& table = context_.pathway.cap_tables(i);
      const FactDeclaration* fact = context_.FindFact(table.fact());
      for (int k = 0; fact != nullptr && k < table.rows_size(); ++k) {
        if (!IsValueOf(*fact, table.rows(k).is())) {
          Error(
              FieldPath(FieldPath("", "cap_tables", i), "rows", k) + ".is",
              "WRONG_VALUE",
              absl::StrCat(table.rows(k).is(), " is no value of ", fact->id()),
              "use a declared value");
        }
      }
    }
  }

  CheckContext& context_;
};

}  // namespace

void CheckConditions(CheckContext& context) {
  ConditionChecker(context).Check();
}

}  // namespace careroute::pathway::internal
