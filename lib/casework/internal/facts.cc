#include "lib/casework/internal/facts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/records.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Fact;
using model::v1::FactDeclaration;
using model::v1::FactValue;

struct Complaint {
  absl::string_view field;
  absl::string_view message;
  absl::string_view mend;
};

void Complain(absl::string_view path, const Complaint& complaint,
              RefusalPtr& refusal) {
  AddInvalid({.path = absl::StrCat(path, complaint.field),
              .reason = "INVALID",
              .message = complaint.message,
              .mend = complaint.mend},
             refusal);
}

bool IsOfType(const FactValue& value, const FactDeclaration& declared) {
  switch (value.value_case()) {
    case FactValue::VALUE_NOT_SET:
      return true;  // "not known", said on purpose
    case FactValue::kTruth:
      return declared.type() == model::v1::FACT_TYPE_BOOL;
    case FactValue::kChoice:
      return declared.type() == model::v1::FACT_TYPE_ENUM &&
             std::find(declared.values().begin(), declared.values().end(),
                       value.choice()) != declared.values().end();
    case FactValue::kNumber:
      return declared.type() == model::v1::FACT_TYPE_INTEGER &&
             value.number() >= declared.min() &&
             value.number() <= declared.max();
    case FactValue::kDate:
      return declared.type() == model::v1::FACT_TYPE_DATE &&
             Places::Day(value.date()).has_value();
  }
  return false;
}

void CheckPeriod(const Fact& fact, const FactDeclaration& declared,
                 absl::string_view path, RefusalPtr& refusal) {
  if (fact.from().empty() && fact.to().empty()) {
    return;
  }
  if (!declared.has_periods()) {
    Complain(path,
             {.field = ".from",
              .message = "the fact has no periods",
              .mend = "leave from and to out"},
             refusal);
    return;
  }
  const bool dates =
      (fact.from().empty() || Places::Day(fact.from()).has_value()) &&
      (fact.to().empty() || Places::Day(fact.to()).has_value());
  if (!dates || (!fact.to().empty() && fact.to() < fact.from())) {
    Complain(path,
             {.field = ".to",
              .message = "the period is none",
              .mend = "give from and to as dates, from first"},
             refusal);
  }
}

void CheckSubject(const Draft& draft, const Fact& fact,
                  const FactDeclaration& declared, absl::string_view path,
                  bool may_be_new, RefusalPtr& refusal) {
  const SubjectRef subject = SubjectOf(fact);
  const model::v1::SubjectKind wanted =
      declared.subject() == model::v1::SUBJECT_KIND_UNSPECIFIED
          ? model::v1::SUBJECT_KIND_PERSON
          : declared.subject();
  if (subject.kind != wanted) {
    Complain(path,
             {.field = ".subject",
              .message = "the fact belongs to another kind of subject",
              .mend = "name the subject the fact is declared for"},
             refusal);
    return;
  }
  if (wanted == model::v1::SUBJECT_KIND_PERSON) {
    return;
  }
  const bool exists =
      subject.number >= 1 && subject.number <= draft.SubjectCount(wanted);
  if (!exists && !(may_be_new && subject.number >= 1)) {
    Complain(path,
             {.field = ".subject.number",
              .message = "the case has no such subject",
              .mend = "add the subject first"},
             refusal);
  }
}

// Lines of a plan are numbered on from those the case has.
bool MayBeNew(const Draft& draft, const Fact& fact, int facts,
              NewSubjects may_bring) {
  const SubjectRef subject = SubjectOf(fact);
  return may_bring == NewSubjects::kAll ||
         (may_bring == NewSubjects::kPlanLines &&
          subject.kind == model::v1::SUBJECT_KIND_PLAN_LINE &&
          subject.number <= draft.SubjectCount(subject.kind) + facts);
}

}  // namespace

RefusalPtr CheckFacts(const Draft& draft, const Facts& facts,
                      absl::string_view path, NewSubjects may_bring) {
  RefusalPtr refusal;
  bool undeclared = false;
  for (int i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts.Get(i);
    const FactDeclaration* declared = draft.edition.FindFact(fact.fact());
    if (declared == nullptr) {
      undeclared = true;
      Complain(absl::StrCat(path, "[", i, "]"),
               {.field = ".fact",
                .message = "the edition does not declare this fact",
                .mend = "use a fact of the edition"},
               refusal);
      continue;
    }
    if (!IsOfType(fact.value(), *declared)) {
      Complain(absl::StrCat(path, "[", i, "]"),
               {.field = ".value",
                .message = "the value does not fit the declared type",
                .mend = "give a value of the fact's type and bounds"},
               refusal);
    }
    if (!fact.from().empty() || !fact.to().empty()) {
      CheckPeriod(fact, *declared, absl::StrCat(path, "[", i, "]"), refusal);
    }
    if (fact.has_subject() ||
        declared->subject() > model::v1::SUBJECT_KIND_PERSON) {
      CheckSubject(draft, fact, *declared, absl::StrCat(path, "[", i, "]"),
                   MayBeNew(draft, fact, facts.size(), may_bring), refusal);
    }
  }
  if (undeclared) {
    refusal->set_reason(model::v1::ERROR_REASON_NOT_DECLARED);
  }
  return refusal;
}

Fact Normal(const Fact& fact, const Draft& draft) {
  Fact normal = fact;
  const FactDeclaration* declared = draft.edition.FindFact(fact.fact());
  if (declared != nullptr && declared->has_periods() && fact.from().empty()) {
    normal.set_from(calendar::FormatDate(draft.places.DayOf(draft.happened)));
  }
  return normal;
}

void TakeFacts(const Facts& facts, Facts& body, Draft& draft) {
  for (const Fact& fact : facts) {
    Fact& taken = *body.Add();
    taken = Normal(fact, draft);
    draft.PutFact(taken, /*by_the_way=*/false);
  }
  AnnounceFacts(body, draft);
}

void AnnounceFacts(const Facts& facts, Draft& draft) {
  event::v1::Message* message = nullptr;
  for (const Fact& fact : facts) {
    if (SubjectOf(fact) != SubjectRef{}) {
      continue;
    }
    if (message == nullptr) {
      message = &draft.AddMessage("facts", "person");
    }
    *message->add_facts() = fact;
  }
}

}  // namespace careroute::casework::internal
