#include "lib/engine/fsck.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/casework/referral.h"
#include "lib/engine/case_rows.h"
#include "lib/engine/lanes.h"
#include "lib/engine/performed_rows.h"
#include "lib/engine/tables.h"

namespace careroute::engine {
namespace {

using casework::Case;
using store::StreamKind;

void Add(std::vector<Finding>& findings, std::string name,
         absl::string_view kind, absl::string_view message) {
  findings.push_back({.name = std::move(name),
                      .kind = std::string(kind),
                      .message = std::string(message)});
}

bool SomethingComes(const Case& state) {
  return !state.occurrences.empty() || !state.schedules.empty();
}

void CheckReferrals(const std::string& name, const Case& state,
                    std::vector<Finding>& findings) {
  for (const casework::Referral& referral : state.referrals) {
    if (!casework::IsOpen(casework::StateOf(referral))) continue;
    if (!casework::QueueOf(referral).empty()) continue;
    Add(findings, absl::StrCat(name, "/referrals/", referral.number),
        "NO_QUEUE", "the referral is open and in nobody's work queue");
  }
}

// A row is the fold's when it stands among what RowsOf makes.
const store::IndexRow* FindRow(const CaseRows& rows,
                               const store::IndexRow& row) {
  for (const store::IndexRow& one : rows) {
    if (one.list == row.list && one.id == row.id) return &one;
  }
  return nullptr;
}

// The kinds in the order they are walked; persons come last.
StreamKind KindAfter(StreamKind kind) {
  switch (kind) {
    case StreamKind::kOrganisation:
      return StreamKind::kCase;
    case StreamKind::kCase:
      return StreamKind::kReferral;
    default:
      return StreamKind::kPerson;
  }
}

std::string RowName(const store::IndexRow& row) {
  return absl::StrCat("row ", row.id, " of list ", row.list.table, "/",
                      row.list.key);
}

}  // namespace

std::vector<Finding> CheckCase(const std::string& name, const Case& state) {
  std::vector<Finding> findings;
  if (state.ending.has_value() || state.erased) return findings;
  CheckReferrals(name, state, findings);
  if (state.coordinator.empty()) {
    Add(findings, name, "NO_COORDINATOR", "nobody is responsible for the case");
  }
  if (state.deputy.empty()) {
    Add(findings, name, "NO_DEPUTY", "nobody stands in for the coordinator");
  }
  if (state.next_contact_date.empty()) {
    Add(findings, name, "NO_NEXT_CONTACT",
        "no day is set on which the family is spoken to");
  }
  if (!SomethingComes(state)) {
    Add(findings, name, "NOTHING_NEXT",
        "no step is live and none is planned for a day to come");
  }
  return findings;
}

std::vector<Finding> CheckPerformed(const std::string& name,
                                    const PerformedReferral& state) {
  std::vector<Finding> findings;
  const casework::Referral& referral = state.referral;
  if (state.arrived && !state.erased &&
      casework::IsOpen(casework::StateOf(referral)) &&
      casework::QueueOf(referral).empty()) {
    Add(findings, name, "NO_QUEUE",
        "the referral is open and in nobody's work queue");
  }
  return findings;
}

std::vector<Finding> CheckPosts(const std::string& name, const Case& state,
                                const Services& services, absl::CivilDay day) {
  std::vector<Finding> findings;
  if (state.ending.has_value() || state.erased) return findings;
  const std::string today = absl::FormatCivilTime(day);
  const auto serves = [&](const std::string& member) {
    const auto at = services.find(member);
    return at != services.end() && (at->second.empty() || today <= at->second);
  };
  constexpr absl::string_view kMend =
      ", who is out of service; the hub fills the post within the hour, or "
      "says why it cannot when the member is dismissed again";
  if (!state.coordinator.empty() && !serves(state.coordinator)) {
    Add(findings, name, "COORDINATOR_NOT_IN_SERVICE",
        absl::StrCat("the coordinator is ", state.coordinator, kMend));
  }
  if (!state.deputy.empty() && !serves(state.deputy)) {
    Add(findings, name, "DEPUTY_NOT_IN_SERVICE",
        absl::StrCat("the deputy is ", state.deputy, kMend));
  }
  return findings;
}

std::optional<Finding> CheckMessage(const store::OutboxRow& row) {
  if (!IsStuck(row)) return std::nullopt;
  const std::optional<std::string> hub = HubOf(row.lane);
  const std::string mend =
      !hub.has_value()
          ? "It is tried again within the hour; mend what it says"
          : absl::StrCat(row.due >= store::OnlyWhenAsked()
                             ? "It is not tried again by itself"
                             : "It is tried again within minutes",
                         "; mend what it says, then `careroute peers redrive ",
                         *hub, "`");
  return Finding{
      .name =
          absl::StrCat(NameOf(row.key.stream), "/messages/", row.key.sequence),
      .kind = "UNDELIVERED",
      .message = absl::StrCat(
          hub.has_value() ? "the envelope" : "the message", " to ",
          row.destination, " was not taken in ", row.attempts, " attempts: ",
          row.problem.empty() ? "none of them came to an end" : row.problem,
          ". ", mend)};
}

// Goes through the kinds of streams with rows to compare, then through lists.
struct Fsck::Walk {
  FsckReport report;
  StreamKind kind = StreamKind::kOrganisation;
  Services services;
  std::deque<base::Uid> streams;  // still to walk
  std::optional<base::Uid> after;
  bool more = false;

  store::StreamId stream;  // whose rows are compared
  CaseRows expected;       // its rows, the next to compare last

  std::deque<store::IndexList> lists;  // still to scan
  std::optional<store::ScanPosition> position;
  bool more_rows = false;
  std::vector<store::IndexRow> rows;  // of the page, the next last
  base::Done<FsckReport> done;

  void Find(Finding finding) {
    if (report.findings.size() < kFindingsMax) {
      report.findings.push_back(std::move(finding));
    } else {
      report.more_findings = true;
    }
  }
};

Fsck::Fsck(const Options& options)
    : hub_id_(options.hub_id),
      store_(options.store),
      clock_(options.clock),
      cases_({.store = options.store,
              .clock = options.clock,
              .executor = options.executor}),
      performed_({.store = options.store,
                  .clock = options.clock,
                  .executor = options.executor}),
      organisations_({.store = options.store,
                      .clock = options.clock,
                      .executor = options.executor}),
      verifier_({.store = options.store, .check = SignedBy(options.signer)}) {}

void Fsck::Run(base::Done<FsckReport> done) {
  auto walk = std::make_shared<Walk>();
  walk->done = std::move(done);
  for (const Table table :
       {Table::kTimers, Table::kOpenCases, Table::kKeptEnvelopes}) {
    walk->lists.push_back(ListOf(table, ""));
  }
  ListStreams(walk);
}

void Fsck::Finish(const WalkPtr& walk, absl::Status status) {
  if (!status.ok()) {
    std::move(walk->done)(std::move(status));
    return;
  }
  std::move(walk->done)(std::move(walk->report));
}

void Fsck::ListStreams(const WalkPtr& walk) {
  store_.ListStreams({.kind = walk->kind, .after = walk->after},
                     [this, walk](absl::StatusOr<store::StreamPage> page) {
                       if (!page.ok()) return Finish(walk, page.status());
                       walk->more = page->more;
                       for (const store::StreamHead& head : page->streams) {
                         walk->after = head.stream.id;
                         walk->streams.push_back(head.stream.id);
                       }
                       NextStream(walk);
                     });
}

void Fsck::NextStream(const WalkPtr& walk) {
  if (!walk->streams.empty()) {
    const base::Uid uid = walk->streams.front();
    walk->streams.pop_front();
    if (walk->kind == StreamKind::kOrganisation) {
      return ReadServices(walk, uid);
    }
    if (walk->kind == StreamKind::kCase) return CheckCaseStream(walk, uid);
    if (walk->kind == StreamKind::kReferral) {
      return CheckPerformedStream(walk, uid);
    }
    walk->lists.push_back(ListOf(Table::kPersonCases, uid.Hex()));
    return NextStream(walk);
  }
  if (walk->more) return ListStreams(walk);
  if (walk->kind != StreamKind::kPerson) {
    walk->kind = KindAfter(walk->kind);
    walk->after.reset();
    return ListStreams(walk);
  }
  store_.Scan(
      {.list = ListOf(Table::kOrganisations, ""), .limit = store::kPageRowsMax},
      [this, walk](absl::StatusOr<store::IndexPage> page) {
        if (!page.ok()) return Finish(walk, page.status());
        ListOrganisations(walk, *std::move(page));
      });
}

void Fsck::ReadServices(const WalkPtr& walk, const base::Uid& uid) {
  organisations_.Load(
      uid, [this, walk, uid](absl::StatusOr<Loaded<OrganisationState>> loaded) {
        if (!loaded.ok()) {
          walk->Find(
              {.name = NameOf({.kind = StreamKind::kOrganisation, .id = uid}),
               .kind = "UNREADABLE",
               .message = std::string(loaded.status().message())});
          return NextStream(walk);
        }
        for (const model::v1::Member& one :
             loaded->state->organisation.members()) {
          walk->services[one.name()] = one.valid_to();
          walk->lists.push_back(ListOf(Table::kPosts, one.name()));
        }
        NextStream(walk);
      });
}

void Fsck::CheckCaseStream(const WalkPtr& walk, const base::Uid& uid) {
  cases_.Load(uid, [this, walk, uid](absl::StatusOr<Loaded<Case>> loaded) {
    const std::string name = absl::StrCat("cases/", uid.Hex());
    if (!loaded.ok()) {
      walk->Find({.name = name,
                  .kind = "UNREADABLE",
                  .message = std::string(loaded.status().message())});
      return NextStream(walk);
    }
    const Case& state = *loaded->state;
    ++walk->report.cases;
    if (!state.ending.has_value()) ++walk->report.open_cases;
    for (const casework::Referral& referral : state.referrals) {
      if (casework::IsOpen(casework::StateOf(referral))) {
        ++walk->report.open_referrals;
      }
      walk->lists.push_back(ListOf(Table::kReferralHomes, referral.uid.Hex()));
    }
    for (Finding& finding : CheckCase(name, state)) {
      walk->Find(std::move(finding));
    }
    const absl::CivilDay day =
        absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone());
    // Who holds the posts of another hub's case is for that hub to know.
    if (state.home.IsAt(hub_id_)) {
      for (Finding& finding : CheckPosts(name, state, walk->services, day)) {
        walk->Find(std::move(finding));
      }
    }
    walk->stream = {.kind = StreamKind::kCase, .id = uid};
    walk->expected = RowsOf(uid, state, hub_id_);
    CompareNextRow(walk);
  });
}

void Fsck::CheckPerformedStream(const WalkPtr& walk, const base::Uid& uid) {
  performed_.Load(uid, [this, walk,
                        uid](absl::StatusOr<Loaded<PerformedReferral>> loaded) {
    const std::string name = PerformedName(uid);
    if (!loaded.ok()) {
      walk->Find({.name = name,
                  .kind = "UNREADABLE",
                  .message = std::string(loaded.status().message())});
      return NextStream(walk);
    }
    const PerformedReferral& state = *loaded->state;
    if (state.arrived && casework::IsOpen(casework::StateOf(state.referral))) {
      ++walk->report.open_referrals;
    }
    for (Finding& finding : CheckPerformed(name, state)) {
      walk->Find(std::move(finding));
    }
    walk->stream = {.kind = StreamKind::kReferral, .id = uid};
    walk->expected = RowsOf(uid, state);
    CompareNextRow(walk);
  });
}

void Fsck::CompareNextRow(const WalkPtr& walk) {
  if (walk->expected.empty()) return NextStream(walk);
  auto want =
      std::make_shared<store::IndexRow>(std::move(walk->expected.back()));
  walk->expected.pop_back();
  ++walk->report.rows;
  store_.GetRow(
      {.stream = walk->stream, .row = {.list = want->list, .id = want->id}},
      [this, walk, want](absl::StatusOr<std::optional<store::IndexRow>> row) {
        if (!row.ok()) return Finish(walk, row.status());
        const std::string name = NameOf(walk->stream);
        if (!row->has_value()) {
          walk->Find({.name = name,
                      .kind = "ROW_MISSING",
                      .message = absl::StrCat(RowName(*want), " is missing")});
        } else if ((*row)->sort != want->sort ||
                   (*row)->payload != want->payload) {
          walk->Find(
              {.name = name,
               .kind = "ROW_DIFFERS",
               .message = absl::StrCat(RowName(*want),
                                       " differs from what the events make")});
        }
        CompareNextRow(walk);
      });
}

void Fsck::ListOrganisations(const WalkPtr& walk, store::IndexPage page) {
  for (const store::IndexRow& row : page.rows) {
    for (const Table table :
         {Table::kParticipation, Table::kQueue, Table::kOutgoing}) {
      walk->lists.push_back(ListOf(table, row.id));
    }
  }
  if (!page.more) return ScanNextList(walk);
  const store::IndexRow& last = page.rows.back();
  store_.Scan({.list = ListOf(Table::kOrganisations, ""),
               .after =
                   store::ScanPosition{
                       .sort = last.sort, .id = last.id, .stream = last.stream},
               .limit = store::kPageRowsMax},
              [this, walk](absl::StatusOr<store::IndexPage> next) {
                if (!next.ok()) return Finish(walk, next.status());
                ListOrganisations(walk, *std::move(next));
              });
}

void Fsck::ScanNextList(const WalkPtr& walk) {
  if (walk->lists.empty()) return CheckOutbox(walk, std::nullopt);
  walk->position.reset();
  ScanList(walk);
}

void Fsck::ScanList(const WalkPtr& walk) {
  store_.Scan({.list = walk->lists.front(), .after = walk->position},
              [this, walk](absl::StatusOr<store::IndexPage> page) {
                if (!page.ok()) return Finish(walk, page.status());
                walk->more_rows = page->more;
                walk->rows = std::move(page->rows);
                if (!walk->rows.empty()) {
                  const store::IndexRow& last = walk->rows.back();
                  walk->position = store::ScanPosition{
                      .sort = last.sort, .id = last.id, .stream = last.stream};
                }
                JudgeNextRow(walk);
              });
}

void Fsck::JudgeNextRow(const WalkPtr& walk) {
  if (walk->rows.empty()) {
    if (walk->more_rows) return ScanList(walk);
    walk->lists.pop_front();
    return ScanNextList(walk);
  }
  auto row = std::make_shared<store::IndexRow>(std::move(walk->rows.back()));
  walk->rows.pop_back();
  const base::Uid uid = row->stream.id;
  if (row->stream.kind == StreamKind::kCase) {
    return cases_.Load(
        uid, [this, walk, row](absl::StatusOr<Loaded<Case>> loaded) {
          if (!loaded.ok()) return JudgeRow(walk, row, loaded.status());
          JudgeRow(walk, row, RowsOf(row->stream.id, *loaded->state, hub_id_));
        });
  }
  if (row->stream.kind == StreamKind::kReferral) {
    return performed_.Load(
        uid,
        [this, walk, row](absl::StatusOr<Loaded<PerformedReferral>> loaded) {
          if (!loaded.ok()) return JudgeRow(walk, row, loaded.status());
          JudgeRow(walk, row, RowsOf(row->stream.id, *loaded->state));
        });
  }
  JudgeNextRow(walk);
}

void Fsck::JudgeRow(const WalkPtr& walk, const RowPtr& row,
                    const absl::StatusOr<CaseRows>& made) {
  if (made.ok() && FindRow(*made, *row) == nullptr) {
    walk->Find({.name = NameOf(row->stream),
                .kind = "ROW_LEFT_OVER",
                .message = absl::StrCat(RowName(*row),
                                        " is none that the events make")});
  }
  JudgeNextRow(walk);
}

void Fsck::CheckOutbox(const WalkPtr& walk,
                       std::optional<store::OutboxKey> after) {
  store_.ListOutbox({.after = after},
                    [this, walk](absl::StatusOr<store::OutboxPage> page) {
                      if (!page.ok()) return Finish(walk, page.status());
                      for (const store::OutboxRow& row : page->rows) {
                        std::optional<Finding> finding = CheckMessage(row);
                        if (finding.has_value()) {
                          walk->Find(*std::move(finding));
                        }
                      }
                      if (!page->more) return VerifyChains(walk);
                      CheckOutbox(walk, page->rows.back().key);
                    });
}

void Fsck::VerifyChains(const WalkPtr& walk) {
  verifier_.VerifyAll([walk](absl::StatusOr<Verification> verification) {
    if (!verification.ok()) return Finish(walk, verification.status());
    walk->report.entries = verification->verified;
    walk->report.not_yet_witnessed = verification->not_yet_witnessed;
    for (const Damage& damage : verification->damages) {
      walk->Find({.name = NameOf(damage.stream),
                  .kind = "CHAIN_BROKEN",
                  .message = absl::StrCat(WordsOf(damage.kind, "en"),
                                          " at version ", damage.version)});
    }
    Finish(walk, absl::OkStatus());
  });
}

}  // namespace careroute::engine
