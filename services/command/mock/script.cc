#include "services/command/mock/script.h"

#include <cstdint>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/duration.pb.h"
#include "lib/catalogue/check_shape.h"
#include "lib/catalogue/parse_file.h"
#include "lib/catalogue/read_files.h"
#include "lib/catalogue/source_map.h"

namespace careroute::services {
namespace {

using google::protobuf::Duration;
using testing::v1::MockAct;
using testing::v1::MockCourse;
using testing::v1::MockRule;
using testing::v1::MockScript;

constexpr int64_t kDelaySecondsMax = int64_t{kMockDelayDaysMax} * 24 * 60 * 60;

// Nothing of a referral can follow: it has left the queue, or is forgotten.
bool EndsIt(const MockAct& act) {
  return act.has_reject() || act.has_complete() || act.has_fail() ||
         act.has_forget();
}

bool MakesNoCall(const MockAct& act) {
  return act.has_forget() || act.has_silence();
}

void CheckDelay(const Duration& delay, absl::string_view field,
                base::Problems& problems) {
  if (delay.seconds() >= 0 && delay.nanos() >= 0 &&
      delay.seconds() <= kDelaySecondsMax) {
    return;
  }
  problems.Error(field, "OUT_OF_RANGE", "is before its beginning, or too long",
                 absl::StrCat("give 0 to ", kDelaySecondsMax,
                              " in seconds, and nanos "
                              "that are not negative"));
}

// What the hub would refuse in any case is most likely not meant.
void CheckCommand(const MockAct& act, base::Problems& problems) {
  if (act.has_accept() && !act.accept().can_meet_needs()) {
    problems.Warning("accept", "REFUSED_ALWAYS",
                     "does not confirm that the needs can be met, which the "
                     "hub demands",
                     "write accept { can_meet_needs: true }");
  }
  if (act.has_reject() &&
      act.reject().reason() == model::v1::REFERRAL_REASON_UNSPECIFIED) {
    problems.Warning("reject", "REFUSED_ALWAYS",
                     "gives no reason, which the hub demands",
                     "write reject { reason: REFERRAL_REASON_NO_PLACES }, or "
                     "another of the reasons");
  }
  if (act.has_complete() && act.complete().outcome().empty()) {
    problems.Warning("complete", "REFUSED_ALWAYS",
                     "names no outcome, which the hub demands",
                     "write complete { outcome: \"...\" } with an outcome of "
                     "the step");
  }
  if (act.has_ask_information() && act.ask_information().question().empty()) {
    problems.Warning("ask_information", "REFUSED_ALWAYS",
                     "asks nothing, which the hub demands",
                     "write ask_information { question: \"...\" }");
  }
}

void CheckAct(const MockAct& act, base::Problems& problems) {
  if (act.act_case() == MockAct::ACT_NOT_SET) {
    problems.Error("", "EMPTY", "says nothing to do",
                   "write an act, such as begin {}, or forget {} for what is "
                   "never answered");
  }
  CheckDelay(act.after(), "after", problems);
  CheckDelay(act.jitter(), "jitter", problems);
  CheckDelay(act.silence(), "silence", problems);
  if (MakesNoCall(act) && act.repeats() + act.anew() > 0) {
    problems.Error(act.repeats() > 0 ? "repeats" : "anew", "NOTHING_TO_REPEAT",
                   "repeats an act that calls nobody",
                   "remove it, or repeat the act before");
  }
  CheckCommand(act, problems);
}

void CheckCourse(const MockCourse& course, base::Problems& problems) {
  if (course.acts().empty()) {
    problems.Error("", "EMPTY", "a course has no acts",
                   "give it acts, or acts { forget {} } for what is never "
                   "answered");
  }
  for (int i = 0; i < course.acts_size(); ++i) {
    const auto at = problems.Enter("acts", i);
    CheckAct(course.acts(i), problems);
    if (i > 0 && EndsIt(course.acts(i - 1))) {
      problems.Error("", "NEVER_DONE",
                     "comes after an act that ends what is done to the "
                     "referral",
                     "remove it; to call again, give the act before it "
                     "repeats or anew");
    }
  }
}

bool FitsAll(const MockRule& rule) {
  return rule.pathway().empty() && rule.step().empty() &&
         rule.service().empty() && rule.nth().empty();
}

void CheckRules(const MockScript& script, base::Problems& problems) {
  if (script.rules().empty()) {
    problems.Error("rules", "EMPTY", "the script has no rules",
                   "write at least one: rules { id: \"all\" courses { acts { "
                   "accept { can_meet_needs: true } } } }");
  }
  std::set<std::string> ids;
  std::string before;  // id of a rule that leaves nothing to those below
  for (int i = 0; i < script.rules_size(); ++i) {
    const MockRule& rule = script.rules(i);
    const auto at = problems.Enter("rules", i);
    if (rule.id().empty() || !ids.insert(rule.id()).second) {
      problems.Error(
          "id", rule.id().empty() ? "EMPTY" : "DUPLICATE",
          rule.id().empty() ? "a rule has no id" : "two rules have this id",
          "give each rule an id of its own");
    }
    if (!before.empty()) {
      problems.Error("", "NEVER_DONE",
                     absl::StrCat("no referral comes here: rule \"", before,
                                  "\" above fits all of them"),
                     "move it above that rule");
    }
    if (FitsAll(rule) && before.empty()) before = rule.id();
    if (rule.courses().empty()) {
      problems.Error("", "EMPTY", "a rule has no courses",
                     "give it courses { acts { ... } }");
    }
    for (int n = 0; n < rule.courses_size(); ++n) {
      const auto course = problems.Enter("courses", n);
      CheckCourse(rule.courses(n), problems);
    }
  }
}

}  // namespace

std::optional<MockScript> ReadMockScript(const std::string& name,
                                         const std::string& text,
                                         base::Problems& problems) {
  MockScript script;
  catalogue::ParsedFile parsed =
      catalogue::ParseFile(name, text, script, problems);
  if (!parsed.ok) return std::nullopt;
  catalogue::SourceMap source;
  const int file = source.AddFile(std::move(parsed.source));
  base::Problems found;
  const bool bounded = catalogue::CheckShape(script, {}, found);
  if (bounded) CheckRules(script, found);
  const bool usable = bounded && !found.HasErrors();
  source.LocateIn(file, found);
  catalogue::Append(found, problems);
  if (!usable) return std::nullopt;
  return script;
}

std::string ActName(const MockAct& act) {
  const auto* const field = MockAct::descriptor()->FindFieldByNumber(
      static_cast<int>(act.act_case()));
  return field == nullptr ? "" : field->name();
}

}  // namespace careroute::services
