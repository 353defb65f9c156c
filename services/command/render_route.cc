#include "services/command/render_route.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/engine/route_words.h"
#include "services/command/labels.h"
#include "services/command/measure_notes.h"
#include "services/command/person_words.h"
#include "services/command/route_notes.h"
#include "services/command/table.h"
#include "services/command/text_width.h"
#include "services/command/wall.h"

namespace careroute::services {
namespace {

using model::v1::Route;
using model::v1::RouteHeader;
using model::v1::RouteRow;

// --- The header
// ---------------------------------------------------------------

std::string PersonLine(const RouteHeader& header, const Wall& wall) {
  std::string name = NameWords(header.identity());
  if (name.empty()) name = LabelText(Label::kNameless, wall.language());
  return JoinWords({name, wall.Day(header.identity().birth_date())}, ", ");
}

std::string PlaceWords(const RouteHeader& header, const Wall& wall) {
  if (header.place_until().empty()) return header.place_now();
  return absl::StrCat(header.place_now(), " ",
                      LabelText(Label::kUntil, wall.language(),
                                wall.Day(header.place_until())));
}

void AddRepresentatives(const RouteHeader& header, const Wall& wall,
                        std::vector<Labelled>& lines) {
  for (int i = 0; i < header.representatives_size(); ++i) {
    const model::v1::Representative& one = header.representatives(i);
    std::string paper =
        i < header.document_titles_size() ? header.document_titles(i) : "";
    const std::string end = one.document().valid_to().empty()
                                ? one.to()
                                : one.document().valid_to();
    if (!end.empty()) {
      paper = JoinWords(
          {paper, LabelText(Label::kUntil, wall.language(), wall.Day(end))},
          " ");
    }
    // A pseudonymous id tells a reader nothing.
    const std::string& who =
        one.display_name().empty() ? one.organisation() : one.display_name();
    lines.push_back(
        {LabelText(Label::kDecides, wall.language()),
         JoinWords(
             {JoinWords({who, engine::BasisWords(one.basis(), wall.language())},
                        ", "),
              paper},
             "; ")});
  }
}

// Whether the day of the next contact is over.
bool IsContactMissed(const Route& route) {
  const std::string& next = route.header().next_contact_date();
  return route.header().state() == model::v1::CASE_STATE_OPEN &&
         !next.empty() &&
         next < Wall("en", route.utc_offset_minutes()).Day(route.as_of_time());
}

std::string ContactDates(const Route& route, const Wall& wall) {
  const RouteHeader& header = route.header();
  std::vector<std::string> parts;
  if (header.has_last_contact_time()) {
    parts.push_back(LabelText(Label::kContactLast, wall.language(),
                              wall.Day(header.last_contact_time())));
  }
  if (header.state() == model::v1::CASE_STATE_OPEN &&
      !header.next_contact_date().empty()) {
    parts.push_back(LabelText(
        IsContactMissed(route) ? Label::kContactMissed : Label::kContactNext,
        wall.language(), wall.Day(header.next_contact_date())));
  }
  return JoinWords(parts, ", ");
}

std::string OtherCases(const RouteHeader& header, const Wall& wall) {
  std::vector<std::string> parts;
  for (const model::v1::CaseRow& row : header.other_cases()) {
    parts.push_back(JoinWords(
        {row.pathway(), engine::CaseStateWords(row.state(), wall.language()),
         row.name()},
        ", "));
  }
  return JoinWords(parts, "; ");
}

std::string ClassWords(const google::protobuf::RepeatedField<int>& classes,
                       const Wall& wall) {
  std::vector<std::string> parts;
  for (const int one : classes) {
    parts.push_back(engine::DataClassWords(
        static_cast<model::v1::DataClass>(one), wall.language()));
  }
  return JoinWords(parts, ", ");
}

std::string AbsentWords(const model::v1::RouteContact& contact,
                        const Wall& wall) {
  return contact.absent_until().empty()
             ? ""
             : LabelText(Label::kAbsentUntil, wall.language(),
                         wall.Day(contact.absent_until()));
}

std::string CoordinatorWords(const RouteHeader& header, const Wall& wall) {
  const model::v1::RouteContact& contact = header.coordinator();
  const bool stood_in = !contact.absent_until().empty() &&
                        header.deputy().name() != contact.name() &&
                        header.deputy().absent_until().empty();
  return JoinWords(
      {ContactWords(contact), AbsentWords(contact, wall),
       stood_in ? LabelText(Label::kTurnToDeputy, wall.language()) : ""},
      ", ");
}

std::vector<Labelled> HeaderLines(const Route& route, const Wall& wall) {
  const RouteHeader& header = route.header();
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  std::vector<Labelled> lines;
  lines.push_back({label(Label::kCase),
                   JoinWords({route.case_name(),
                              absl::StrCat(header.edition().pathway(), "@",
                                           header.edition().edition()),
                              header.edition().overlay()},
                             ", ")});
  lines.push_back({label(Label::kEnding), header.ending_title()});
  lines.push_back({label(Label::kStage), header.stage_title()});
  lines.push_back(
      {label(Label::kTracks),
       JoinWords({header.track_titles().begin(), header.track_titles().end()},
                 ", "),
       Style::kWarning});
  lines.push_back({label(Label::kInterrupts),
                   JoinWords({header.interrupt_titles().begin(),
                              header.interrupt_titles().end()},
                             ", "),
                   Style::kWarning});
  lines.push_back({label(Label::kPlace), PlaceWords(header, wall)});
  AddRepresentatives(header, wall, lines);
  for (const model::v1::Carer& carer : header.carers()) {
    lines.push_back({label(Label::kCarer),
                     JoinWords({carer.relation(), carer.phone()}, ", ")});
  }
  lines.push_back(
      {label(Label::kHowToSpeak), NeedsWords(header.needs(), wall.language())});
  lines.push_back({label(Label::kNotWith), header.needs().do_not_speak_with(),
                   Style::kError});
  lines.push_back({label(Label::kContact), ContactDates(route, wall),
                   IsContactMissed(route) ? Style::kError : Style::kPlain});
  lines.push_back({label(Label::kCoordinator), CoordinatorWords(header, wall)});
  lines.push_back(
      {label(Label::kDeputy), JoinWords({ContactWords(header.deputy()),
                                         AbsentWords(header.deputy(), wall)},
                                        ", ")});
  lines.push_back({label(Label::kOtherCases), OtherCases(header, wall)});
  lines.push_back({label(Label::kWithheld), ClassWords(route.withheld(), wall),
                   Style::kDim});
  return lines;
}

// --- The rows
// -----------------------------------------------------------------

Style StyleOf(model::v1::RowState state) {
  switch (state) {
    case model::v1::ROW_STATE_NOW:
      return Style::kNow;
    case model::v1::ROW_STATE_OVERDUE:
      return Style::kError;
    case model::v1::ROW_STATE_NEXT:
      return Style::kNext;
    case model::v1::ROW_STATE_SUSPENDED:
      return Style::kWarning;
    default:
      return Style::kDim;
  }
}

std::string MoveWords(const RouteRow& row, const Wall& wall) {
  if (row.whose_move() == model::v1::WHOSE_MOVE_AGENCY) {
    std::string agency = engine::AgencyWords(row.agency(), wall.language());
    if (!agency.empty()) return agency;
  }
  return engine::WhoseMoveWords(row.whose_move(), wall.language());
}

std::string WhenWords(const RouteRow& row, const Wall& wall) {
  if (row.state() == model::v1::ROW_STATE_DONE) return wall.Day(row.time());
  if (row.state() == model::v1::ROW_STATE_NEXT) {
    return row.has_time() ? LabelText(Label::kExpected, wall.language(),
                                      wall.Day(row.time()))
                          : std::string();
  }
  if (row.state() == model::v1::ROW_STATE_SUSPENDED) return "";
  std::vector<std::string> parts;
  if (!row.planned_on().empty()) {
    parts.push_back(LabelText(Label::kPlanned, wall.language(),
                              wall.Day(row.planned_on())));
  }
  for (const model::v1::RouteDeadline& one : row.deadlines()) {
    if (!one.deadline().has_due_time()) continue;
    // While a stop holds the clock nobody knows when the limit will be over.
    parts.push_back(one.deadline().stopped()
                        ? LabelText(Label::kStopped, wall.language())
                        : LabelText(Label::kDue, wall.language(),
                                    wall.Until(one.deadline().due_time())));
    break;
  }
  return JoinWords(parts, ", ");
}

std::string StepWords(const RouteRow& row, const Wall& wall) {
  std::string words = row.title();
  if (row.subject().number() > 0) {
    absl::StrAppend(&words, " № ", row.subject().number());
  }
  if (row.state() == model::v1::ROW_STATE_DONE) {
    words = JoinWords({words, row.outcome_title()}, ": ");
  }
  if (row.count() > 1) {
    absl::StrAppend(
        &words, " ",
        LabelText(Label::kTimes, wall.language(), absl::StrCat(row.count())));
  }
  return words;
}

std::string RowsTable(const Route& route, const Wall& wall,
                      const Screen& screen) {
  const auto label = [&wall](Label one) {
    return LabelText(one, wall.language());
  };
  Table table({"", label(Label::kStep), label(Label::kWhoseMove),
               label(Label::kWho), label(Label::kWhen)});
  for (const RouteRow& row : route.rows()) {
    table.Add({.cells = {engine::RowStateWords(row.state(), wall.language()),
                         StepWords(row, wall), MoveWords(row, wall),
                         TitleWords(row.performer()), WhenWords(row, wall)},
               .style = StyleOf(row.state()),
               .whole = row.state() == model::v1::ROW_STATE_DONE,
               .notes = RouteNotes(row, wall)});
  }
  return table.empty() ? std::string() : table.Print(screen);
}

// --- Below
// --------------------------------------------------------------------

std::string Block(Label title, const Table& table, const Wall& wall,
                  const Screen& screen) {
  if (table.empty()) return "";
  return absl::StrCat(
      "\n", Paint(screen, Style::kTitle, LabelText(title, wall.language())),
      "\n", table.Print(screen));
}

std::string UpcomingBlock(const Route& route, const Wall& wall,
                          const Screen& screen) {
  Table table({"", "", ""});
  for (const model::v1::Upcoming& one : route.upcoming()) {
    table.Add({.cells = {wall.Day(one.date()),
                         engine::UpcomingWords(one.kind(), wall.language()),
                         one.title()}});
  }
  return Block(Label::kUpcoming, table, wall, screen);
}

std::string HoldingsBlock(const Route& route, const Wall& wall,
                          const Screen& screen) {
  Table table({"", "", "", ""});
  for (const model::v1::DataHolding& one : route.holdings()) {
    const std::string ground =
        one.withdrawn()
            ? JoinWords(
                  {one.ground(), LabelText(Label::kWithdrawn, wall.language())},
                  ", ")
            : one.ground();
    table.Add({.cells = {TitleWords(one.holder()),
                         ClassWords(one.classes(), wall), ground,
                         LabelText(Label::kHoldingSince, wall.language(),
                                   wall.Day(one.since_time()))},
               .style = one.withdrawn() ? Style::kError : Style::kPlain,
               .whole = one.withdrawn()});
  }
  return Block(Label::kHoldings, table, wall, screen);
}

std::string WeekBlock(const Route& route, const Wall& wall,
                      const Screen& screen) {
  Table table({"", "", ""});
  for (const model::v1::WeekVisits& one : route.this_week()) {
    table.Add(
        {.cells = {
             one.step_title(),
             LabelText(Label::kVisits, wall.language(),
                       absl::StrCat(one.done()), absl::StrCat(one.planned())),
             one.missed() == 0 ? ""
                               : LabelText(Label::kMissed, wall.language(),
                                           absl::StrCat(one.missed()))}});
  }
  return Block(Label::kWeek, table, wall, screen);
}

std::string MeasureWords(const model::v1::RouteMeasure& one, const Wall& wall) {
  if (!one.has_record()) {
    return engine::EntitlementWords(one.entitlement(), wall.language());
  }
  std::string words = JoinWords(
      {engine::MeasureStateWords(one.record().state(), wall.language()),
       wall.Day(one.record().happened_time())},
      " ");
  if (one.record().until().empty()) return words;
  return JoinWords({words, LabelText(Label::kMeasureUntil, wall.language(),
                                     wall.Day(one.record().until()))},
                   ", ");
}

std::string MeasuresBlock(const Route& route, const Wall& wall,
                          const Screen& screen) {
  Table table({"", ""});
  for (const model::v1::RouteMeasure& one : route.measures()) {
    table.Add({.cells = {one.title(), MeasureWords(one, wall)},
               .notes = MeasureNotes(one, wall)});
  }
  return Block(Label::kMeasures, table, wall, screen);
}

Screen PageOf(const Screen& screen) {
  Screen page = screen;
  if (page.width <= 0) page.width = kPageWidth;
  return page;
}

}  // namespace

std::string RenderRoute(const Route& route, const Screen& screen) {
  const Screen page = PageOf(screen);
  const Wall wall(route.language(), route.utc_offset_minutes());
  const RouteHeader& header = route.header();
  std::string out;
  for (const std::string& line :
       Wrap(JoinWords({PersonLine(header, wall), header.pathway_title(),
                       engine::CaseStateWords(header.state(), wall.language()),
                       LabelText(Label::kAsOf, wall.language(),
                                 wall.Day(route.as_of_time()))},
                      " · "),
            page.width)) {
    absl::StrAppend(&out, Paint(page, Style::kTitle, line), "\n");
  }
  absl::StrAppend(
      &out, PrintLabelled(HeaderLines(route, wall), page), "\n",
      RowsTable(route, wall, page), UpcomingBlock(route, wall, page),
      MeasuresBlock(route, wall, page), HoldingsBlock(route, wall, page),
      WeekBlock(route, wall, page));
  return out;
}

}  // namespace careroute::services
