#include "lib/casework/internal/guards.h"

#include "absl/strings/str_cat.h"
#include "lib/casework/internal/deadlines.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/pathway/reason.h"

namespace careroute::casework::internal {
namespace {

using model::v1::Explanation;
using pathway::Reason;
using pathway::Tri;

// The proto bounds the nodes of a tree; a deeper one nobody reads.
constexpr int kExplanationDepthMax = 8;
constexpr int kExplanationChildrenMax = 100;

model::v1::ExplanationAnswer AnswerOf(Tri answer) {
  switch (answer) {
    case Tri::kYes:
      return model::v1::EXPLANATION_ANSWER_YES;
    case Tri::kNo:
      return model::v1::EXPLANATION_ANSWER_NO;
    case Tri::kUnknown:
      break;
  }
  return model::v1::EXPLANATION_ANSWER_NOT_KNOWN;
}

void Explain(const Reason& reason, int depth, Explanation& into) {
  into.set_message_key(reason.key);
  into.set_answer(AnswerOf(reason.answer));
  for (const pathway::ReasonParameter& one : reason.parameters) {
    into.add_arguments(one.value);
  }
  if (reason.source.has_value()) {
    *into.mutable_source() = *reason.source;
  }
  if (depth >= kExplanationDepthMax) {
    return;
  }
  for (const Reason& child : reason.children) {
    if (into.because_size() >= kExplanationChildrenMax) {
      return;
    }
    Explain(child, depth + 1, *into.add_because());
  }
}

// Who can turn the leaves that are not yes.
void AddSuppliers(const Reason& reason, model::v1::Refusal& refusal) {
  for (const Reason* leaf : pathway::Unmet(reason)) {
    std::string what = leaf->key;
    for (const pathway::ReasonParameter& one : leaf->parameters) {
      absl::StrAppend(&what, "/", one.value);
    }
    const bool known = !leaf->suppliers.empty();
    AddMissing({.what = what,
                .can_be_met_by =
                    known ? absl::string_view(leaf->suppliers.front().role)
                          : absl::string_view(),
                .mend = known && !leaf->suppliers.front().step.empty()
                            ? absl::StrCat("through the step ",
                                           leaf->suppliers.front().step)
                            : std::string()},
               refusal);
  }
}

void AddUnmetGuard(const Draft& draft, const Live& live,
                   const model::v1::Guard& guard, RefusalPtr& refusal) {
  if (refusal == nullptr) {
    refusal = NewRefusal(model::v1::ERROR_REASON_GUARD_UNMET, "guard_unmet",
                         "what must hold before work begins does not hold");
  }
  const DraftView view(draft);
  const Reason reason = pathway::ExplainGuard(
      live.step, guard,
      {.edition = &draft.edition, .view = &view, .asking = live.subject});
  AddMissing({.what = absl::StrCat("guard/", live.step, "/", guard.id()),
              .can_be_met_by = guard.can_be_met_by(),
              .mend = "meet the guard, or use its emergency exception"},
             *refusal);
  AddSuppliers(reason, *refusal);
  Explain(reason, 1, *refusal->mutable_because()->add_because());
}

bool Excepted(const Draft& draft, const Live& live,
              const model::v1::Guard& guard,
              absl::FunctionRef<bool(absl::string_view)> may_except) {
  return guard.has_emergency_exception() && may_except(guard.id()) &&
         Ask(draft, guard.emergency_exception().when(), live.subject) ==
             Tri::kYes;
}

}  // namespace

const EvidenceOwedRecord* FindOwed(const Draft& draft, int32_t occurrence,
                                   absl::string_view guard) {
  for (const EvidenceOwedRecord& one : draft.state.evidence_owed) {
    if (one.occurrence == occurrence && one.guard == guard &&
        !draft.DeadlineHasEnded(one.deadline)) {
      return &one;
    }
  }
  return nullptr;
}

GuardResult CheckGuards(const Draft& draft, const Live& live,
                        absl::FunctionRef<bool(absl::string_view)> may_except) {
  GuardResult result;
  const model::v1::Step* step = draft.edition.FindStep(live.step);
  if (step == nullptr) {
    result.refusal = RefuseUndeclared(live.step);
    return result;
  }
  for (const model::v1::Guard& guard : step->guards()) {
    if (Ask(draft, guard.must_hold(), live.subject) == Tri::kYes ||
        FindOwed(draft, live.number, guard.id()) != nullptr) {
      continue;
    }
    if (Excepted(draft, live, guard, may_except)) {
      result.excepted.push_back(&guard);
    } else {
      AddUnmetGuard(draft, live, guard, result.refusal);
    }
  }
  return result;
}

void OweEvidence(const Live& live, const GuardResult& result, Draft& draft) {
  for (const model::v1::Guard* guard : result.excepted) {
    const int32_t deadline = SetExtraDeadline(
        {.limit = draft.Keep(absl::StrCat("evidence/", guard->id())),
         .within = &guard->emergency_exception().evidence_within(),
         .acts = live.performer},
        draft);
    event::v1::EvidenceDue& due = *draft.consequences().add_evidence_due();
    due.set_occurrence(live.number);
    due.mutable_owed()->set_guard(guard->id());
    due.mutable_owed()->set_deadline(deadline);
  }
}

RefusalPtr RefuseUnmet(const Draft& draft,
                       const model::v1::Condition& condition, SubjectRef asking,
                       absl::string_view key, absl::string_view message) {
  if (Ask(draft, condition, asking) == Tri::kYes) {
    return nullptr;
  }
  RefusalPtr refusal =
      NewRefusal(model::v1::ERROR_REASON_GUARD_UNMET, key, message);
  const DraftView view(draft);
  const Reason reason = pathway::Explain(
      condition, {.edition = &draft.edition, .view = &view, .asking = asking});
  AddSuppliers(reason, *refusal);
  Explain(reason, 1, *refusal->mutable_because()->add_because());
  return refusal;
}

}  // namespace careroute::casework::internal
