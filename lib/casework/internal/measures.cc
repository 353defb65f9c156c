// Where a support measure stands for the family.

#include "lib/casework/measures.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/base/plain_text.h"
#include "lib/casework/internal/authority.h"
#include "lib/casework/internal/commands.h"
#include "lib/casework/internal/records.h"
#include "lib/casework/internal/times.h"
#include "lib/measures/entitlement.h"
#include "lib/measures/measure_sets.h"

namespace careroute::casework::internal {
namespace {

using model::v1::MeasureState;
using model::v1::SupportMeasure;

RefusalPtr CheckFields(const Draft& draft) {
  const command::v1::RecordMeasure& command = draft.command.record_measure();
  RefusalPtr refusal;
  const auto invalid = [&refusal](absl::string_view path,
                                  absl::string_view message,
                                  absl::string_view mend) {
    AddInvalid(
        {.path = path, .reason = "INVALID", .message = message, .mend = mend},
        refusal);
  };
  if (command.state() == model::v1::MEASURE_STATE_UNSPECIFIED ||
      !model::v1::MeasureState_IsValid(command.state())) {
    invalid("state", "where the measure stands is missing", "give the state");
  }
  if (!command.until().empty()) {
    const auto day = Places::Day(command.until());
    if (command.state() != model::v1::MEASURE_STATE_GRANTED) {
      invalid("until", "only what was granted has a last day", "leave it out");
    } else if (!day.has_value() || *day < draft.places.DayOf(draft.happened)) {
      invalid("until", "it is no date, or lies before the grant",
              "give the last day of the grant, YYYY-MM-DD");
    }
  }
  if (command.state() == model::v1::MEASURE_STATE_REFUSED &&
      base::IsBlank(command.note())) {
    invalid("note", "a refusal without a reason cannot be disputed",
            "say why it was refused, in the words of who refused it");
  }
  return refusal;
}

// The measure, as far as this hub and the pathway know it; null = refused.
const SupportMeasure* FindMeasure(const Draft& draft, RefusalPtr& refusal) {
  const std::string& id = draft.command.record_measure().measure();
  const SupportMeasure* measure =
      draft.context.measures == nullptr
          ? nullptr
          : draft.context.measures->Find(id).measure;
  if (measure == nullptr) {
    refusal = RefuseMissing(
        model::v1::ERROR_REASON_UNKNOWN_REFERENCE, "unknown_measure",
        "this hub knows no such support measure",
        {.what = "measure",
         .mend = "use an id of MeasureService.ListMeasures"});
  } else if (!measures::Concerns(*measure, draft.edition)) {
    refusal = RefuseMissing(
        model::v1::ERROR_REASON_UNKNOWN_REFERENCE, "measure_not_of_pathway",
        "the support measure is not for families on this pathway",
        {.what = "measure",
         .mend = "use a measure that asks only for facts of this pathway"});
    measure = nullptr;
  }
  return measure;
}

RefusalPtr CheckMove(const Draft& draft, const SupportMeasure& measure) {
  const MeasureRecord* before =
      casework::FindMeasure(draft.state, measure.id());
  const MeasureState from =
      before == nullptr ? model::v1::MEASURE_STATE_UNSPECIFIED : before->state;
  if (MayMove(from, draft.command.record_measure().state(),
              measure.proactive())) {
    return nullptr;
  }
  std::vector<std::string> moves;
  for (const MeasureState to : MovesFrom(from, measure.proactive())) {
    moves.push_back(model::v1::MeasureState_Name(to));
  }
  return RefuseMissing(
      model::v1::ERROR_REASON_WRONG_STATE, "measure_wrong_state",
      "the measure cannot come there from where it stands",
      {.what = "state",
       .mend = absl::StrCat("record ", absl::StrJoin(moves, " or "))});
}

// Nobody is told of, or applies for, what cannot be had on the day.
RefusalPtr CheckOpen(const Draft& draft, const SupportMeasure& measure) {
  const MeasureState to = draft.command.record_measure().state();
  const bool asks_for_it = to == model::v1::MEASURE_STATE_INFORMED ||
                           to == model::v1::MEASURE_STATE_APPLIED;
  return asks_for_it && !measures::IsOpenOn(measure,
                                            draft.places.DayOf(draft.happened))
             ? RefuseTime("measure_not_open",
                          "the measure could not be applied for on that day")
             : nullptr;
}

// As the guard of the block that tells of measures.
RefusalPtr CheckSilence(const Draft& draft) {
  if (draft.command.record_measure().state() !=
      model::v1::MEASURE_STATE_INFORMED) {
    return nullptr;
  }
  for (const absl::string_view fact : kSilenceFacts) {
    if (IsSilence(draft.CurrentFact(fact, SubjectRef{}))) {
      return RefuseMissing(
          model::v1::ERROR_REASON_GUARD_UNMET, "measure_silence",
          "after a loss, or while the family asks for quiet, it is told of "
          "nothing",
          {.what = fact,
           .can_be_met_by = "family",
           .mend = "wait until the family wishes to hear of it"});
    }
  }
  return nullptr;
}

// A case is told of no more than a person can keep in mind.
RefusalPtr CheckRoom(const Draft& draft, const SupportMeasure& measure) {
  return draft.state.measures.size() >= kMeasuresMax &&
                 casework::FindMeasure(draft.state, measure.id()) == nullptr
             ? RefuseState("too_many_measures",
                           "the case has too many support measures")
             : nullptr;
}

}  // namespace

RefusalPtr RecordMeasure(Draft& draft) {
  CAREROUTE_RETURN_IF_REFUSED(RequireParticipant(draft));
  CAREROUTE_RETURN_IF_REFUSED(CheckFields(draft));
  RefusalPtr refusal;
  const SupportMeasure* measure = FindMeasure(draft, refusal);
  if (measure == nullptr) {
    return refusal;
  }
  CAREROUTE_RETURN_IF_REFUSED(CheckMove(draft, *measure));
  CAREROUTE_RETURN_IF_REFUSED(CheckOpen(draft, *measure));
  CAREROUTE_RETURN_IF_REFUSED(CheckSilence(draft));
  CAREROUTE_RETURN_IF_REFUSED(CheckRoom(draft, *measure));
  const command::v1::RecordMeasure& command = draft.command.record_measure();
  ToProto(casework::MeasureRecord{.measure = command.measure(),
                                  .state = command.state(),
                                  .happened = draft.happened,
                                  .until = command.until()},
          draft.event->mutable_measure_recorded()->mutable_measure());
  draft.parts.AddText(model::v1::DATA_CLASS_SOCIAL, "note", command.note());
  return nullptr;
}

}  // namespace careroute::casework::internal
