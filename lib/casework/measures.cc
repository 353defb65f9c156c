#include "lib/casework/measures.h"

namespace careroute::casework {
namespace {

using model::v1::MeasureState;

struct Move {
  MeasureState from;
  MeasureState to;
  bool only_proactive = false;
};

// A family may apply without having been told, apply again after a refusal, and
// apply anew for what was granted until a day.
constexpr Move kMoves[] = {
    {model::v1::MEASURE_STATE_UNSPECIFIED, model::v1::MEASURE_STATE_INFORMED},
    {model::v1::MEASURE_STATE_UNSPECIFIED, model::v1::MEASURE_STATE_APPLIED},
    {model::v1::MEASURE_STATE_UNSPECIFIED, model::v1::MEASURE_STATE_GRANTED,
     true},
    {model::v1::MEASURE_STATE_INFORMED, model::v1::MEASURE_STATE_APPLIED},
    {model::v1::MEASURE_STATE_INFORMED, model::v1::MEASURE_STATE_NOT_WANTED},
    {model::v1::MEASURE_STATE_INFORMED, model::v1::MEASURE_STATE_GRANTED},
    {model::v1::MEASURE_STATE_APPLIED, model::v1::MEASURE_STATE_GRANTED},
    {model::v1::MEASURE_STATE_APPLIED, model::v1::MEASURE_STATE_REFUSED},
    {model::v1::MEASURE_STATE_REFUSED, model::v1::MEASURE_STATE_APPLIED},
    {model::v1::MEASURE_STATE_NOT_WANTED, model::v1::MEASURE_STATE_INFORMED},
    {model::v1::MEASURE_STATE_NOT_WANTED, model::v1::MEASURE_STATE_APPLIED},
    {model::v1::MEASURE_STATE_GRANTED, model::v1::MEASURE_STATE_APPLIED},
};

}  // namespace

bool IsSilence(const FactRecord* record) {
  return record != nullptr && record->kind == pathway::FactKind::kTruth &&
         record->truth;
}

bool MayMove(MeasureState from, MeasureState to, bool proactive) {
  for (const Move& one : kMoves) {
    if (one.from == from && one.to == to) {
      return proactive || !one.only_proactive;
    }
  }
  return false;
}

std::vector<MeasureState> MovesFrom(MeasureState from, bool proactive) {
  std::vector<MeasureState> to;
  for (int i = model::v1::MeasureState_MIN; i <= model::v1::MeasureState_MAX;
       ++i) {
    if (MayMove(from, static_cast<MeasureState>(i), proactive)) {
      to.push_back(static_cast<MeasureState>(i));
    }
  }
  return to;
}

}  // namespace careroute::casework
