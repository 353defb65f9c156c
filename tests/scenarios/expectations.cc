#include "tests/scenarios/expectations.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "careroute/model/v1/refusal.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/api/status.h"

namespace careroute::scenarios {
namespace {

using model::v1::Case;
using testing::v1::Then;

constexpr absl::string_view kOrganisations = "organisations/";

std::string ShortOf(absl::string_view name) {
  const absl::string_view tail = absl::StripPrefix(name, kOrganisations);
  return absl::StrCat(tail);
}

// "organisations/clinic/members/deputy" as "clinic/deputy".
std::string MemberOf(absl::string_view name) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(name, absl::MaxSplits(absl::string_view("/members/"), 1));
  return absl::StrCat(ShortOf(parts.first), "/", parts.second);
}

std::set<std::string> HoldingIn(const Case& now) {
  std::set<std::string> holding(now.tracks().begin(), now.tracks().end());
  holding.insert(now.interrupts().begin(), now.interrupts().end());
  for (const model::v1::ClockStop& stop : now.stops()) {
    if (!stop.has_end_time()) holding.insert(stop.reason());
  }
  return holding;
}

bool HasEnded(const Case& now, const std::string& outcome) {
  for (const model::v1::StepHistory& step : now.history()) {
    for (const model::v1::PastOutcome& past : step.outcomes()) {
      if (absl::StrCat(step.step(), "/", past.outcome()) == outcome) {
        return true;
      }
    }
  }
  return false;
}

std::string LiveSteps(const Case& now) {
  return absl::StrJoin(
      now.occurrences(), ", ",
      [](std::string* out, const model::v1::Occurrence& one) {
        absl::StrAppend(out, SpecOf(one),
                        one.state() == model::v1::OCCURRENCE_STATE_SUSPENDED
                            ? " (suspended)"
                            : "");
      });
}

// Collects what is not so.
class Check {
 public:
  Check(const Then& then, Stage& stage)
      : then_(then), stage_(stage), now_(stage.current()) {}

  std::vector<std::string> Run() {
    Steps();
    Ids();
    CaseItself();
    Facts();
    for (const auto& one : then_.referral()) Referral(one);
    for (const auto& one : then_.deadline()) Deadline(one);
    Measures();
    if (!then_.row().empty() || !then_.offered().empty()) RouteItself();
    if (!then_.told().empty()) Told();
    if (!then_.assessments().empty()) Assessments();
    return std::move(unmet_);
  }

 private:
  void Expect(bool holds, absl::string_view expected,
              absl::string_view actual) {
    if (holds) return;
    unmet_.push_back(absl::StrCat("expected ", expected, ", but ", actual));
  }

  void Same(absl::string_view what, absl::string_view expected,
            absl::string_view actual) {
    if (expected.empty() || expected == actual) return;
    unmet_.push_back(absl::StrCat("expected ", what, " ", expected,
                                  ", but it is ",
                                  actual.empty() ? "none" : actual));
  }

  void Steps() {
    const std::string live = absl::StrCat("live are ", LiveSteps(now_));
    for (const std::string& spec : then_.live()) {
      Expect(stage_.Live(spec) != nullptr, absl::StrCat(spec, " live"), live);
    }
    for (const std::string& spec : then_.not_live()) {
      Expect(stage_.Live(spec) == nullptr, absl::StrCat(spec, " not live"),
             live);
    }
    for (const std::string& spec : then_.suspended()) {
      const model::v1::Occurrence* one = stage_.Live(spec);
      Expect(one != nullptr &&
                 one->state() == model::v1::OCCURRENCE_STATE_SUSPENDED,
             absl::StrCat(spec, " suspended"), live);
    }
    for (const std::string& outcome : then_.ended()) {
      Expect(HasEnded(now_, outcome), absl::StrCat("the outcome ", outcome),
             "it did not happen");
    }
    for (const std::string& text : then_.performer()) {
      const std::pair<std::string, std::string> parts =
          absl::StrSplit(text, absl::MaxSplits('=', 1));
      const model::v1::Occurrence* one = stage_.Live(parts.first);
      Same(absl::StrCat("the performer of ", parts.first), parts.second,
           one == nullptr ? "no live step" : ShortOf(one->performer()));
    }
  }

  void Ids() {
    const std::set<std::string> holding = HoldingIn(now_);
    const std::string held =
        absl::StrCat("there hold ", absl::StrJoin(holding, ", "));
    for (const std::string& id : then_.holding()) {
      Expect(holding.count(id) == 1, absl::StrCat(id, " to hold"), held);
    }
    for (const std::string& id : then_.not_holding()) {
      Expect(holding.count(id) == 0, absl::StrCat(id, " not to hold"), held);
    }
    for (const std::string& step : then_.rights()) {
      Expect(std::any_of(now_.rights().begin(), now_.rights().end(),
                         [&](const auto& one) { return one.step() == step; }),
             absl::StrCat("a right to ", step), "there is none");
    }
    for (const std::string& step : then_.scheduled()) {
      Expect(std::any_of(now_.scheduled().begin(), now_.scheduled().end(),
                         [&](const auto& one) { return one.step() == step; }),
             absl::StrCat(step, " to wait for its day"), "it does not");
    }
  }

  void CaseItself() {
    Expect(then_.state() == model::v1::CASE_STATE_UNSPECIFIED ||
               then_.state() == now_.state(),
           model::v1::CaseState_Name(then_.state()),
           absl::StrCat("it is ", model::v1::CaseState_Name(now_.state())));
    Same("the ending", then_.ending(), now_.ending());
    Same("the coordinator", then_.coordinator(), MemberOf(now_.coordinator()));
    Same("the next contact", then_.next_contact(), now_.next_contact_date());
    Same("the deputy", then_.deputy(), MemberOf(now_.deputy()));
    Same("the edition", then_.edition(), now_.edition().edition());
    if (!then_.participants().empty()) {
      std::set<std::string> actual;
      for (const std::string& one : now_.participants()) {
        actual.insert(ShortOf(one));
      }
      const std::set<std::string> expected(then_.participants().begin(),
                                           then_.participants().end());
      Same("taking part", absl::StrJoin(expected, ", "),
           absl::StrJoin(actual, ", "));
    }
    if (!then_.consent().empty()) {
      Same("the consent", then_.consent(), NewestConsent());
    }
    if (then_.cases() != 0) {
      const absl::StatusOr<int> cases = stage_.CountCases();
      Same("cases", absl::StrCat(then_.cases()),
           cases.ok() ? absl::StrCat(*cases) : cases.status().ToString());
    }
  }

  std::string NewestConsent() const {
    if (now_.consents().empty()) return "";
    const std::string state =
        model::v1::ConsentState_Name(now_.consents().rbegin()->state());
    const absl::string_view word = absl::StripPrefix(state, "CONSENT_STATE_");
    return absl::AsciiStrToLower(word);
  }

  void Assessments() {
    std::vector<std::string> found;
    for (const model::v1::Assessment& one : now_.assessments()) {
      found.push_back(absl::StrCat(
          one.step(), "=", one.level(),
          one.rechecks() == 0 ? "" : absl::StrCat(" rechecks:", one.rechecks()),
          one.level_differs() ? " differs" : "",
          one.has_dispute_time() ? " disputed" : ""));
    }
    Expect(
        std::equal(found.begin(), found.end(), then_.assessments().begin(),
                   then_.assessments().end()),
        absl::StrCat("assessments: ", absl::StrJoin(then_.assessments(), ", ")),
        absl::StrCat("there are ", absl::StrJoin(found, ", ")));
  }

  void Facts() {
    for (const std::string& text : then_.facts()) {
      const absl::StatusOr<model::v1::Fact> fact = stage_.Fact(text);
      const bool holds =
          fact.ok() &&
          std::any_of(
              now_.facts().begin(), now_.facts().end(),
              [&](const model::v1::Fact& one) {
                return one.fact() == fact->fact() &&
                       google::protobuf::util::MessageDifferencer::Equals(
                           one.value(), fact->value());
              });
      Expect(holds, text, "it is not so");
    }
  }

  void Referral(const testing::v1::ReferralThen& expected) {
    const absl::StatusOr<model::v1::Referral> actual =
        stage_.NewestReferral(expected.step());
    if (!actual.ok()) {
      return Expect(false, absl::StrCat("a referral of ", expected.step()),
                    actual.status().message());
    }
    Same(absl::StrCat("the referral of ", expected.step()),
         model::v1::ReferralState_Name(expected.state()),
         model::v1::ReferralState_Name(actual->state()));
    Same(absl::StrCat("the referral of ", expected.step(), " to"),
         expected.to(), ShortOf(actual->performer()));
  }

  void Deadline(const testing::v1::DeadlineThen& expected) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(expected.limit(), absl::MaxSplits('/', 1));
    const model::v1::Occurrence* live = stage_.Live(parts.first);
    if (live != nullptr) {
      for (const model::v1::Deadline& one : live->deadlines()) {
        if (one.limit() == parts.second) return Compare(expected, one);
      }
    }
    Expect(false, absl::StrCat("a deadline ", expected.limit()),
           "there is none");
  }

  // The stored instant is the one after the last day.
  void Compare(const testing::v1::DeadlineThen& expected,
               const model::v1::Deadline& actual) {
    const absl::Time due = absl::FromUnixSeconds(actual.due_time().seconds());
    const absl::CivilDay last =
        absl::ToCivilDay(due - absl::Seconds(1), stage_.zone());
    Same(absl::StrCat("the last day of ", expected.limit()),
         expected.last_day(), absl::FormatCivilTime(last));
    Expect(expected.stopped() == actual.stopped(),
           absl::StrCat(expected.limit(),
                        expected.stopped() ? " to stand still" : " to run"),
           "it does not");
    Expect(expected.raised() == actual.level() + 1,
           absl::StrCat(expected.limit(), " raised ", expected.raised()),
           absl::StrCat("it is raised ", actual.level() + 1));
  }

  void Measures() {
    std::set<std::string> actual;
    for (const model::v1::MeasureRecord& one : now_.measures()) {
      const std::string state = model::v1::MeasureState_Name(one.state());
      actual.insert(absl::StrCat(
          one.measure(), "=",
          absl::AsciiStrToLower(absl::StripPrefix(state, "MEASURE_STATE_"))));
    }
    for (const std::string& one : then_.measures()) {
      Expect(actual.count(one) == 1, one,
             absl::StrCat("measures are ", absl::StrJoin(actual, ", ")));
    }
  }

  void RouteItself() {
    api::v1::GetRouteRequest request;
    request.set_name(now_.name());
    request.set_language("en");
    const absl::StatusOr<api::v1::GetRouteResponse> reply =
        stage_.Ask<api::v1::GetRouteResponse>(
            stage_.coordinator(), "CaseService.GetRoute", std::move(request));
    if (!reply.ok()) {
      return Expect(false, "a route", reply.status().message());
    }
    Rows(reply->route());
    if (!then_.offered().empty()) Offered(reply->route());
  }

  void Offered(const model::v1::Route& route) {
    std::vector<std::string> actual;
    for (const model::v1::RouteMeasure& one : route.measures()) {
      if (!one.has_record()) actual.push_back(one.measure());
    }
    Same("measures offered", absl::StrJoin(then_.offered(), ", "),
         absl::StrJoin(actual, ", "));
  }

  void Rows(const model::v1::Route& route) {
    for (const testing::v1::RowThen& expected : then_.row()) {
      const auto& rows = route.rows();
      Expect(std::any_of(rows.begin(), rows.end(),
                         [&](const model::v1::RouteRow& row) {
                           return row.step() == expected.step() &&
                                  row.state() == expected.state();
                         }),
             absl::StrCat("a row ", expected.step(), " in ",
                          model::v1::RowState_Name(expected.state())),
             "the route has none");
    }
  }

  void Told() {
    const absl::StatusOr<std::vector<event::v1::CaseEvent>> events =
        stage_.Events();
    if (!events.ok()) {
      return Expect(false, "events", events.status().message());
    }
    std::set<std::string> told;
    for (const event::v1::CaseEvent& event : *events) {
      for (const auto& one : event.consequences().notices()) {
        told.insert(absl::StrCat(ShortOf(one.to()), "=", one.message_key()));
      }
    }
    for (const std::string& one : then_.told()) {
      Expect(told.count(one) == 1, absl::StrCat("told: ", one),
             absl::StrCat("told were ", absl::StrJoin(told, ", ")));
    }
  }

  const Then& then_;
  Stage& stage_;
  const Case& now_;
  std::vector<std::string> unmet_;
};

}  // namespace

std::vector<std::string> Unmet(const Then& then, Stage& stage) {
  return Check(then, stage).Run();
}

std::string NotRefusedSo(const testing::v1::Refused& refused,
                         const absl::Status& status) {
  const std::string expected = absl::StrCat(
      "expected a refusal ", model::v1::ErrorReason_Name(refused.reason()));
  if (status.ok()) return absl::StrCat(expected, ", but it was done");
  const std::optional<model::v1::Refusal> refusal = api::RefusalOf(status);
  if (!refusal.has_value()) {
    return absl::StrCat(expected, ", but ", status.ToString());
  }
  if (refusal->reason() != refused.reason()) {
    return absl::StrCat(expected, ", but ", refusal->ShortDebugString());
  }
  const std::set<std::string> named(refused.missing().begin(),
                                    refused.missing().end());
  std::set<std::string> missing;
  for (const model::v1::Missing& one : refusal->missing()) {
    missing.insert(named.count(one.what()) == 1
                       ? one.what()
                       : absl::StrCat(one.what(), "=", one.can_be_met_by()));
  }
  if (!named.empty() && named != missing) {
    return absl::StrCat(expected, " that names ", absl::StrJoin(named, ", "),
                        ", but it names ", absl::StrJoin(missing, ", "));
  }
  return "";
}

std::string Actual(const Stage& stage) {
  if (!stage.has_case()) return "there is no case yet";
  const Case& now = stage.current();
  return absl::StrCat(
      absl::FormatTime("%Y-%m-%d %H:%M", stage.now(), stage.zone()),
      "; live: ", LiveSteps(now), "; waiting: ",
      absl::StrJoin(now.scheduled(), ", ",
                    [](std::string* out, const auto& one) {
                      absl::StrAppend(out, one.step(), " by ",
                                      one.scheduled_by());
                    }),
      "; holding: ", absl::StrJoin(HoldingIn(now), ", "), "; ",
      model::v1::CaseState_Name(now.state()), " ", now.ending());
}

}  // namespace careroute::scenarios
