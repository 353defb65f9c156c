#include "services/command/route_notes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/engine/route_words.h"
#include "lib/pathway/source_text.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"

namespace careroute::services {
namespace {

using model::v1::RouteRow;

// Parts of a reason shown in one line; more is for --json.
constexpr size_t kPartsMax = 4;

std::string LeafWords(const model::v1::Explanation& leaf,
                      absl::string_view language) {
  if (leaf.text().empty()) return "";
  switch (leaf.answer()) {
    case model::v1::EXPLANATION_ANSWER_NO:
      return LabelText(Label::kAnswerNo, language, leaf.text());
    case model::v1::EXPLANATION_ANSWER_NOT_KNOWN:
      return LabelText(Label::kAnswerNotKnown, language, leaf.text());
    default:
      return leaf.text();
  }
}

void AddLeaves(const model::v1::Explanation& reason, absl::string_view language,
               std::vector<std::string>& leaves) {
  if (leaves.size() >= kPartsMax ||
      reason.answer() == model::v1::EXPLANATION_ANSWER_YES) {
    return;
  }
  if (reason.because().empty()) {
    leaves.push_back(LeafWords(reason, language));
    return;
  }
  for (const model::v1::Explanation& part : reason.because()) {
    AddLeaves(part, language, leaves);
  }
}

// How to reach who has the step now.
void AddContact(const RouteRow& row, const Wall& wall,
                std::vector<Note>& notes) {
  if (row.state() == model::v1::ROW_STATE_NEXT) return;
  const std::string contact = ReachWords(row.performer());
  if (!contact.empty()) {
    notes.push_back(
        {LabelText(Label::kCall, wall.language(), contact), Style::kPlain});
  }
}

void AddNotYet(const RouteRow& row, const Wall& wall,
               std::vector<Note>& notes) {
  for (const model::v1::Explanation& reason : row.not_yet()) {
    notes.push_back({LabelText(Label::kNotYet, wall.language(),
                               ReasonWords(reason, wall.language())),
                     Style::kWarning});
  }
}

void AddObstacles(const RouteRow& row, const Wall& wall,
                  std::vector<Note>& notes) {
  for (const model::v1::RouteObstacle& one : row.obstacles()) {
    const std::string who = TitleWords(one.by());
    std::string words =
        who.empty()
            ? one.reason()
            : LabelText(Label::kRefused, wall.language(), who, one.reason());
    if (one.has_time()) absl::StrAppend(&words, ", ", wall.Day(one.time()));
    if (!one.asked_again_on().empty()) {
      absl::StrAppend(&words, "; ",
                      LabelText(Label::kAskedAgain, wall.language(),
                                wall.Day(one.asked_again_on())));
    }
    notes.push_back({std::move(words), Style::kWarning});
  }
}

void AddQueue(const RouteRow& row, const Wall& wall, std::vector<Note>& notes) {
  std::vector<std::string> parts;
  if (row.queue().place() > 0) {
    parts.push_back(LabelText(Label::kQueuePlace, wall.language(),
                              absl::StrCat(row.queue().place()),
                              wall.Day(row.queue().as_of())));
  } else if (row.whose_move() == model::v1::WHOSE_MOVE_QUEUE &&
             row.occurrence() > 0) {
    parts.push_back(LabelText(Label::kQueue, wall.language()));
  }
  if (!row.queue().expected().empty()) {
    parts.push_back(LabelText(Label::kQueueExpected, wall.language(),
                              wall.Day(row.queue().expected())));
  }
  if (!row.interim_help().empty()) {
    parts.push_back(
        LabelText(Label::kMeanwhile, wall.language(), row.interim_help()));
  }
  if (!parts.empty()) notes.push_back({JoinWords(parts, "; "), Style::kPlain});
}

void AddStops(const RouteRow& row, const Wall& wall, std::vector<Note>& notes) {
  for (const model::v1::RouteStop& one : row.stops()) {
    std::string words =
        LabelText(Label::kClockStands, wall.language(),
                  wall.Day(one.stop().start_time()), one.reason_title());
    if (one.stop().has_latest_end_time()) {
      absl::StrAppend(&words, ", ",
                      LabelText(Label::kClockLatest, wall.language(),
                                wall.Until(one.stop().latest_end_time())));
    }
    notes.push_back({std::move(words), Style::kWarning});
  }
}

void AddPapers(const RouteRow& row, const Wall& wall,
               std::vector<Note>& notes) {
  if (row.papers().empty()) return;
  notes.push_back(
      {LabelText(Label::kBring, wall.language(),
                 JoinWords({row.papers().begin(), row.papers().end()}, ", ")),
       Style::kPlain});
}

void AddReferral(const RouteRow& row, const Wall& wall,
                 std::vector<Note>& notes) {
  const std::string state =
      engine::ReferralStateWords(row.referral_state(), wall.language());
  if (!state.empty()) {
    notes.push_back(
        {LabelText(Label::kReferral, wall.language(), state), Style::kPlain});
  }
}

void AddRules(const RouteRow& row, const Wall& wall, std::vector<Note>& notes) {
  for (const model::v1::RouteDeadline& one : row.deadlines()) {
    std::vector<std::string> parts = {
        one.rule(), one.source().act(),
        pathway::ProvenanceText(one.source(), wall.language())};
    if (one.deadline().provisional()) {
      parts.push_back(LabelText(Label::kProvisional, wall.language()));
    }
    const bool overdue = one.has_deadline() && one.deadline().level() >= 0 &&
                         row.state() == model::v1::ROW_STATE_OVERDUE;
    if (overdue) {
      parts.push_back(
          engine::EscalationWords(one.deadline().level(), wall.language()));
    }
    notes.push_back(
        {LabelText(Label::kRule, wall.language(), JoinWords(parts, " · ")),
         overdue ? Style::kError : Style::kDim});
  }
}

// What was done after its limit.
void AddLate(const RouteRow& row, const Wall& wall, std::vector<Note>& notes) {
  for (const model::v1::RouteDeadline& one : row.deadlines()) {
    notes.push_back({LabelText(Label::kLate, wall.language(),
                               wall.Until(one.deadline().due_time())),
                     Style::kWarning});
  }
}

}  // namespace

std::string ReasonWords(const model::v1::Explanation& reason,
                        absl::string_view language) {
  std::vector<std::string> leaves;
  for (const model::v1::Explanation& part : reason.because()) {
    AddLeaves(part, language, leaves);
  }
  const std::string because = JoinWords(leaves, "; ");
  return JoinWords({reason.text(), because}, " — ");
}

std::vector<Note> RouteNotes(const RouteRow& row, const Wall& wall) {
  std::vector<Note> notes;
  if (row.state() == model::v1::ROW_STATE_DONE) {
    AddObstacles(row, wall, notes);
    AddLate(row, wall, notes);
    AddRules(row, wall, notes);
    return notes;
  }
  AddContact(row, wall, notes);
  AddReferral(row, wall, notes);
  AddNotYet(row, wall, notes);
  AddObstacles(row, wall, notes);
  AddQueue(row, wall, notes);
  AddStops(row, wall, notes);
  AddPapers(row, wall, notes);
  AddRules(row, wall, notes);
  return notes;
}

}  // namespace careroute::services
