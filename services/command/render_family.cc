#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/engine/route_words.h"
#include "services/command/labels.h"
#include "services/command/person_words.h"
#include "services/command/render_route.h"
#include "services/command/text_width.h"
#include "services/command/wall.h"

namespace careroute::services {
namespace {

using model::v1::Route;
using model::v1::RouteContact;
using model::v1::RouteRow;

// Of a printed sheet, whatever the terminal: large letters fit on paper.
constexpr int kSheetWidth = 72;
constexpr int kIndent = 2;

// Writes the sheet line by line.
class Sheet {
 public:
  Sheet(const Wall& wall, int width) : wall_(wall), width_(width) {}

  [[nodiscard]] const Wall& wall() const { return wall_; }
  [[nodiscard]] std::string Say(Label label, absl::string_view first = {},
                                absl::string_view second = {}) const {
    return LabelText(label, wall_.language(), first, second);
  }

  void Heading(const std::string& title) {
    absl::StrAppend(&text_, text_.empty() ? "" : "\n", title, "\n",
                    Line(TextWidth(title)), "\n");
  }
  void Paragraph(absl::string_view text, absl::string_view lead = "") {
    const int indent = TextWidth(lead);
    std::string before(lead);
    for (const std::string& line : Wrap(text, width_ - indent)) {
      absl::StrAppend(&text_, before, line, "\n");
      before = std::string(static_cast<size_t>(indent), ' ');
    }
  }
  // Below a point of a list; nothing for an empty text.
  void Below(absl::string_view text) {
    if (!text.empty()) Paragraph(text, std::string(kIndent + 1, ' '));
  }
  void Gap() { absl::StrAppend(&text_, "\n"); }

  [[nodiscard]] std::string Take() && { return std::move(text_); }

 private:
  static std::string Line(int width) {
    std::string line;
    for (int i = 0; i < width; ++i) absl::StrAppend(&line, "═");
    return line;
  }

  const Wall& wall_;
  int width_;
  std::string text_;
};

bool IsLive(const RouteRow& row) {
  return row.state() == model::v1::ROW_STATE_NOW ||
         row.state() == model::v1::ROW_STATE_OVERDUE ||
         row.state() == model::v1::ROW_STATE_SUSPENDED;
}

// A sentence ends with one full stop.
std::string Sentence(std::string text) {
  const bool ended =
      !text.empty() &&
      (text.back() == '.' || text.back() == '!' || text.back() == '?');
  return text.empty() || ended ? text : absl::StrCat(text, ".");
}

void WriteContact(const RouteContact& contact, Sheet& sheet) {
  if (!contact.phone().empty()) {
    sheet.Below(sheet.Say(Label::kFamilyCall, contact.phone()));
  }
  if (!contact.hours().empty()) {
    sheet.Below(sheet.Say(Label::kFamilyHours, contact.hours()));
  }
  if (!contact.address().empty()) {
    sheet.Below(sheet.Say(Label::kFamilyAddress, contact.address()));
  }
}

void WriteWho(const RouteRow& row, Sheet& sheet) {
  if (row.whose_move() == model::v1::WHOSE_MOVE_FAMILY) {
    sheet.Below(sheet.Say(Label::kFamilyYourMove));
  }
  if (row.agency() == model::v1::AGENCY_KIND_FAMILY &&
      row.performer().name().empty()) {
    return;
  }
  const std::string who = TitleWords(row.performer());
  if (!who.empty()) sheet.Below(sheet.Say(Label::kFamilyHelps, who));
  WriteContact(row.performer(), sheet);
}

void WriteWhen(const RouteRow& row, Sheet& sheet) {
  if (!row.planned_on().empty()) {
    sheet.Below(
        sheet.Say(Label::kFamilyPlanned, sheet.wall().Day(row.planned_on())));
  }
  for (const model::v1::RouteDeadline& one : row.deadlines()) {
    if (!one.deadline().has_due_time() || one.deadline().stopped()) continue;
    sheet.Below(sheet.Say(row.state() == model::v1::ROW_STATE_OVERDUE
                              ? Label::kFamilyOverdue
                              : Label::kFamilyUntil,
                          sheet.wall().Until(one.deadline().due_time())));
    return;
  }
}

// Why nobody can go on now.
void WritePause(const Route& route, const RouteRow& row, Sheet& sheet) {
  if (row.whose_move() == model::v1::WHOSE_MOVE_ROAD) {
    sheet.Below(sheet.Say(Label::kFamilyRoad));
    return;
  }
  std::vector<std::string> why;
  for (const model::v1::RouteStop& stop : row.stops()) {
    why.push_back(stop.reason_title());
  }
  if (why.empty() && row.state() == model::v1::ROW_STATE_SUSPENDED) {
    why = {route.header().interrupt_titles().begin(),
           route.header().interrupt_titles().end()};
  }
  if (!why.empty()) {
    sheet.Below(sheet.Say(Label::kFamilyPaused, JoinWords(why, ", ")));
  }
}

void WriteQueue(const RouteRow& row, Sheet& sheet) {
  if (row.queue().place() > 0) {
    sheet.Below(
        sheet.Say(Label::kFamilyQueue, absl::StrCat(row.queue().place())));
  }
  if (!row.interim_help().empty()) {
    sheet.Below(sheet.Say(Label::kFamilyMeanwhile, row.interim_help()));
  }
}

// Only organisations, each answer once: what the family itself missed is no
// reproach to print.
void WriteRefusals(const RouteRow& row, std::set<std::string>& said,
                   Sheet& sheet) {
  for (const model::v1::RouteObstacle& one : row.obstacles()) {
    if (one.by().name().empty()) continue;
    const std::string words =
        sheet.Say(Label::kFamilyRefused, TitleWords(one.by()), one.reason());
    if (said.insert(words).second) sheet.Below(words);
  }
}

void WriteLive(const Route& route, const RouteRow& row,
               std::set<std::string>& said, Sheet& sheet) {
  sheet.Paragraph(Sentence(row.family_text()), " ● ");
  WriteWho(row, sheet);
  if (row.state() != model::v1::ROW_STATE_SUSPENDED) WriteWhen(row, sheet);
  // Papers of an agency's step are the agency's to make.
  if (!row.papers().empty() &&
      row.whose_move() == model::v1::WHOSE_MOVE_FAMILY) {
    sheet.Below(
        sheet.Say(Label::kFamilyBring,
                  JoinWords({row.papers().begin(), row.papers().end()}, ", ")));
  }
  WritePause(route, row, sheet);
  WriteQueue(row, sheet);
  WriteRefusals(row, said, sheet);
}

void WriteNow(const Route& route, Sheet& sheet) {
  std::set<std::string> said;
  bool any = false;
  for (const RouteRow& row : route.rows()) {
    if (!IsLive(row)) continue;
    if (any) {
      sheet.Gap();
    } else {
      sheet.Heading(sheet.Say(Label::kFamilyNow));
    }
    any = true;
    WriteLive(route, row, said, sheet);
  }
}

void WriteNext(const Route& route, Sheet& sheet) {
  int number = 0;
  for (const RouteRow& row : route.rows()) {
    if (row.state() != model::v1::ROW_STATE_NEXT) continue;
    if (number == 0) sheet.Heading(sheet.Say(Label::kFamilyNext));
    ++number;
    std::string text = row.family_text();
    if (row.has_time()) {
      text = absl::StrCat(sheet.wall().Day(row.time()), ": ", text);
    }
    sheet.Paragraph(Sentence(std::move(text)), absl::StrCat(number, ". "));
  }
}

// A card has a line for each thing it tells.
void WriteCard(const Route& route, Sheet& sheet) {
  const model::v1::RouteHeader& header = route.header();
  if (header.stage_card().empty()) return;
  sheet.Heading(sheet.Say(Label::kFamilyStage, header.stage_title()));
  for (absl::string_view line : absl::StrSplit(header.stage_card(), '\n')) {
    sheet.Paragraph(line);
  }
}

std::string MeasureWords(const model::v1::RouteMeasure& one,
                         const Sheet& sheet) {
  const std::string day = sheet.wall().Day(one.record().happened_time());
  switch (one.record().state()) {
    case model::v1::MEASURE_STATE_INFORMED:
      return sheet.Say(Label::kFamilyMeasureTold);
    case model::v1::MEASURE_STATE_APPLIED:
      return sheet.Say(Label::kFamilyMeasureApplied, day);
    case model::v1::MEASURE_STATE_GRANTED:
      return one.record().until().empty()
                 ? sheet.Say(Label::kFamilyMeasureGranted, day)
                 : sheet.Say(Label::kFamilyMeasureGrantedUntil,
                             sheet.wall().Day(one.record().until()));
    case model::v1::MEASURE_STATE_REFUSED:
      return sheet.Say(Label::kFamilyMeasureRefused, day);
    case model::v1::MEASURE_STATE_NOT_WANTED:
      return sheet.Say(Label::kFamilyMeasureNotWanted);
    default:
      return sheet.Say(one.entitlement() == model::v1::ENTITLEMENT_YES
                           ? Label::kFamilyMeasureYes
                           : Label::kFamilyMeasureMaybe);
  }
}

// How to get what was not granted, refused or turned down yet.
void WriteHowToGet(const model::v1::RouteMeasure& one, Sheet& sheet) {
  const model::v1::MeasureState state = one.record().state();
  if (state == model::v1::MEASURE_STATE_REFUSED) {
    sheet.Below(one.term());
    return;
  }
  if (state == model::v1::MEASURE_STATE_GRANTED ||
      state == model::v1::MEASURE_STATE_NOT_WANTED) {
    return;
  }
  if (one.proactive()) sheet.Below(sheet.Say(Label::kFamilyMeasureItself));
  if (!one.papers().empty() && state != model::v1::MEASURE_STATE_APPLIED) {
    sheet.Below(
        sheet.Say(Label::kFamilyBring,
                  JoinWords({one.papers().begin(), one.papers().end()}, ", ")));
  }
  if (!one.term().empty()) {
    sheet.Below(sheet.Say(Label::kFamilyMeasureTerm, one.term()));
  }
}

// What nobody read in its act must not pass for a promise.
void WriteHowSure(const model::v1::RouteMeasure& one, Sheet& sheet) {
  if (one.source().provenance() == model::v1::PROVENANCE_DEMO) {
    sheet.Below(sheet.Say(Label::kFamilyMeasureDemo));
    return;
  }
  if (!one.source().act().empty()) {
    sheet.Below(sheet.Say(Label::kFamilyMeasureAct, one.source().act()));
  }
  if (one.stale() ||
      one.source().provenance() == model::v1::PROVENANCE_RECALLED) {
    sheet.Below(sheet.Say(Label::kFamilyMeasureUnchecked));
  }
}

void WriteMeasures(const Route& route, Sheet& sheet) {
  bool any = false;
  for (const model::v1::RouteMeasure& one : route.measures()) {
    if (any) {
      sheet.Gap();
    } else {
      sheet.Heading(sheet.Say(Label::kFamilyMeasures));
    }
    any = true;
    sheet.Paragraph(Sentence(one.title()), " ● ");
    sheet.Below(MeasureWords(one, sheet));
    WriteHowToGet(one, sheet);
    WriteHowSure(one, sheet);
  }
}

void WriteDone(const Route& route, Sheet& sheet) {
  bool any = false;
  for (const RouteRow& row : route.rows()) {
    if (row.state() != model::v1::ROW_STATE_DONE) continue;
    if (!any) sheet.Heading(sheet.Say(Label::kFamilyDone));
    any = true;
    sheet.Paragraph(
        Sentence(sheet.Say(Label::kFamilyDoneOn, sheet.wall().Day(row.time()),
                           row.family_text())),
        " ✓ ");
  }
}

void WriteSoon(const Route& route, Sheet& sheet) {
  bool any = false;
  for (const model::v1::Upcoming& one : route.upcoming()) {
    if (one.kind() == model::v1::UPCOMING_KIND_STEP ||
        one.kind() == model::v1::UPCOMING_KIND_CONTACT) {
      continue;
    }
    if (!any) sheet.Heading(sheet.Say(Label::kFamilySoon));
    any = true;
    sheet.Paragraph(
        Sentence(absl::StrCat(sheet.wall().Day(one.date()), ": ", one.title())),
        " ! ");
  }
}

void WritePhones(const Route& route, Sheet& sheet) {
  const model::v1::RouteHeader& header = route.header();
  sheet.Heading(sheet.Say(Label::kFamilyPhones));
  sheet.Paragraph(
      sheet.Say(Label::kFamilyCoordinator, TitleWords(header.coordinator())));
  const std::string& absent = header.coordinator().absent_until();
  if (absent.empty()) {
    WriteContact(header.coordinator(), sheet);
  } else {
    sheet.Paragraph(sheet.Say(Label::kFamilyAbsent, sheet.wall().Day(absent)));
  }
  if (header.deputy().name() != header.coordinator().name()) {
    sheet.Paragraph(sheet.Say(
        absent.empty() ? Label::kFamilyIfAway : Label::kFamilyStandsIn,
        JoinWords({TitleWords(header.deputy()), header.deputy().phone()},
                  ", ")));
  }
  // Nothing is promised to a family whose case has ended, least of all after a
  // death; nor that somebody will call on a day that is over.
  if (header.state() != model::v1::CASE_STATE_OPEN) return;
  const std::string& next = header.next_contact_date();
  const std::string today =
      Wall("en", route.utc_offset_minutes()).Day(route.as_of_time());
  if (!next.empty() && next >= today) {
    sheet.Paragraph(
        sheet.Say(Label::kFamilyNextContact, sheet.wall().Day(next)));
  }
  if (!route.holdings().empty()) {
    sheet.Gap();
    sheet.Paragraph(sheet.Say(Label::kFamilyWithdraw));
  }
}

}  // namespace

std::string RenderFamilySheet(const Route& route, const Screen& screen) {
  const Wall wall(route.language(), route.utc_offset_minutes());
  const bool narrow = screen.width > 0 && screen.width < kSheetWidth;
  Sheet sheet(wall, narrow ? screen.width : kSheetWidth);
  sheet.Heading(sheet.Say(Label::kFamilyTitle));
  const std::string name = NameWords(route.header().identity());
  sheet.Paragraph(JoinWords(
      {name, sheet.Say(Label::kAsOf, wall.Day(route.as_of_time()))}, ", "));
  sheet.Gap();
  sheet.Paragraph(Sentence(route.header().pathway_title()));
  if (!route.header().ending_title().empty()) {
    sheet.Paragraph(Sentence(route.header().ending_title()));
  }
  WriteCard(route, sheet);
  WriteNow(route, sheet);
  WriteNext(route, sheet);
  WriteSoon(route, sheet);
  WriteMeasures(route, sheet);
  WriteDone(route, sheet);
  WritePhones(route, sheet);
  return std::move(sheet).Take();
}

}  // namespace careroute::services
