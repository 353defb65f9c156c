#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "lib/pathway/internal/check_rules.h"
#include "lib/pathway/internal/term_range.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::util::MessageDifferencer;
using model::v1::Limit;
using model::v1::LimitStart;
using model::v1::LimitTable;
using model::v1::Step;

// Every two limits of a clock are compared; a statute ties three or four.
constexpr size_t kLimitsOfOneClockMax = 50;

// A limit with the step it belongs to.
struct LimitAt {
  int step;
  int limit;
  const Limit* definition;
  std::string path;
};

bool HasSource(const model::v1::Source& source) {
  return source.provenance() != model::v1::PROVENANCE_UNSPECIFIED;
}

bool IsNotLaw(const model::v1::Source& source) {
  return source.provenance() == model::v1::PROVENANCE_DEMO ||
         source.provenance() == model::v1::PROVENANCE_REGION;
}

// Whether every number of the limit is a region's, so that its source comes
// with the region's value.
bool ComesFromRegion(const Limit& limit) {
  if (!limit.before_by().parameter().empty()) {
    return true;
  }
  switch (limit.due_case()) {
    case Limit::kWithin:
      return !limit.within().parameter().empty();
    case Limit::kBeforeAge:
      return !limit.before_age().parameter().empty();
    case Limit::kByFact:
      for (const model::v1::LimitRow& row : limit.by_fact().rows()) {
        if (row.within().parameter().empty()) {
          return false;
        }
      }
      return true;
    case Limit::kNoLimit:
      return true;
    default:
      return false;
  }
}

// Whether the clock starts with something that is the same for every step: not
// with the step's own occurrence or referral.
bool HasCommonStart(const Limit& limit) {
  return limit.from().start_case() != LimitStart::START_NOT_SET &&
         !limit.from().referral_received();
}

class LimitChecker {
 public:
  LimitChecker(CheckContext& context, const Flow& flow)
      : context_(context), flow_(flow) {}

  void Check() {
    CheckEscalations(context_.pathway.default_escalations(),
                     "default_escalations");
    bool needs_default = false;
    for (int i = 0; i < context_.pathway.steps_size(); ++i) {
      const Step& step = context_.pathway.steps(i);
      CheckTries(step, FieldPath("", "steps", i));
      for (int k = 0; k < step.limits_size(); ++k) {
        const Limit& limit = step.limits(k);
        const LimitAt at = {i, k, &limit,
                            FieldPath(FieldPath("", "steps", i), "limits", k)};
        CheckLimit(at);
        needs_default = needs_default || (limit.escalations_size() == 0 &&
                                          limit.due_case() != Limit::kNoLimit);
        if (!limit.shared_clock().empty()) {
          clocks_[limit.shared_clock()].push_back(at);
        }
        if (HasCommonStart(limit)) {
          by_start_[limit.from().SerializeAsString()].push_back(at);
        }
      }
    }
    if (needs_default && context_.pathway.default_escalations_size() == 0) {
      context_.problems.Error(
          "default_escalations", "NOBODY_IS_TOLD",
          "a missed limit that names nobody is told to nobody",
          "state whom the pathway tells by default");
    }
    CheckSharedClocks();
    CheckOrderOfStarts();
  }

 private:
  void Error(const std::string& path, absl::string_view reason,
             const std::string& message, const std::string& mend) {
    context_.problems.Error(path, reason, message, mend);
  }

  void CheckLimit(const LimitAt& at) {
    const Limit& limit = *at.definition;
    if (limit.due_case() == Limit::DUE_NOT_SET) {
      Error(at.path, "NO_DUE", "the limit says no time",
            "state it, or no_limit on purpose");
    }
    CheckProvenance(limit, at.path);
    if (limit.has_by_fact()) {
      CheckTable(at);
    }
    CheckFixed(limit, at.path);
    if (limit.has_before_by() && limit.due_case() != Limit::kBeforeAge &&
        limit.due_case() != Limit::kBeforeFact) {
      Error(at.path + ".before_by", "MISPLACED",
            "counts back from a date, and the limit has none",
            "state before_age or before_fact");
    }
    CheckStart(at);
    CheckTracks(limit, at.path);
    CheckEscalations(limit.escalations(), at.path + ".escalations");
  }

  // A date that nothing moves has no clock; no limit has nothing at all.
  void CheckFixed(const Limit& limit, const std::string& path) {
    const bool is_date = limit.due_case() == Limit::kBeforeAge ||
                         limit.due_case() == Limit::kBeforeFact;
    if (!is_date && !limit.no_limit()) {
      return;
    }
    const char* const why = is_date ? "a date is not moved by it"
                                    : "says how, and there is no limit";
    const auto misplaced = [&](bool is_there, const char* field) {
      if (is_there) {
        Error(absl::StrCat(path, ".", field), "MISPLACED", why,
              "remove it, or state another limit");
      }
    };
    misplaced(limit.has_from(), "from");
    misplaced(limit.stops_size() > 0, "stops");
    misplaced(limit.tracks_size() > 0, "tracks");
    misplaced(!limit.shared_clock().empty(), "shared_clock");
    misplaced(limit.no_limit() && limit.escalations_size() > 0, "escalations");
    misplaced(limit.no_limit() && limit.statutory(), "statutory");
    CheckBeforeAge(limit, path);
  }

  void CheckBeforeAge(const Limit& limit, const std::string& path) {
    if (limit.has_before_age() &&
        IsBeforeBirth(limit.before_age(), limit.before_by())) {
      Error(path + ".before_by", "OUT_OF_RANGE", "falls before the birth",
            "count back less than the age");
    }
  }

  // Tries and silence happen inside the limit of their step.
  void CheckTries(const Step& step, const std::string& path) {
    for (const Limit& limit : step.limits()) {
      if (limit.due_case() != Limit::kWithin || limit.has_from()) {
        continue;
      }
      model::v1::Term tries = step.attempts().every();
      tries.set_n(tries.n() * std::max(step.attempts().tries() - 1, 0));
      if (SurelyLonger(tries, limit.within())) {
        Error(path + ".attempts.every", "DEADLINES_CONTRADICT",
              absl::StrCat("the tries take longer than limit ", limit.id()),
              "try more often, or give the step more time");
      }
      if (SurelyLonger(step.on_silence().after(), limit.within())) {
        context_.problems.Warning(
            path + ".on_silence.after", "SILENCE_AFTER_LIMIT",
            absl::StrCat("limit ", limit.id(),
                         " is missed before silence is stated"),
            "state silence earlier, or give the step more time");
      }
    }
  }

  void CheckProvenance(const Limit& limit, const std::string& path) {
    if (!limit.has_source() && !ComesFromRegion(limit)) {
      Error(path + ".source", "NO_PROVENANCE",
            "nobody says where the limit comes from",
            "state act and provenance, or name a region parameter");
    }
    if (limit.statutory() && limit.source().act().empty()) {
      Error(path + ".source.act", "NO_ACT", "a statutory limit names no act",
            "cite act and article");
    }
    // In a bound edition the region may have shortened it.
    if (limit.statutory() && context_.pathway.overlay().empty() &&
        IsNotLaw(limit.source())) {
      Error(path + ".source.provenance", "WRONG_PROVENANCE",
            "a limit of the law is neither a region's nor invented",
            "cite the law, or take `statutory` away");
    }
  }

  void CheckTable(const LimitAt& at) {
    const LimitTable& table = at.definition->by_fact();
    const std::string path = at.path + ".by_fact";
    if (!table.has_not_known()) {
      Error(path + ".not_known", "NOT_KNOWN_UNHANDLED",
            absl::StrCat("nobody says the limit while ", table.fact(),
                         " is not known"),
            "state not_known");
    }
    const model::v1::FactDeclaration* fact = context_.FindFact(table.fact());
    if (fact == nullptr) {
      return;
    }
    std::set<std::string> missing;
    if (fact->type() == model::v1::FACT_TYPE_ENUM) {
      missing.insert(fact->values().begin(), fact->values().end());
    } else if (fact->type() == model::v1::FACT_TYPE_BOOL) {
      missing = {"false", "true"};
    } else {
      Error(path + ".fact", "WRONG_TYPE",
            absl::StrCat(fact->id(), " is neither ENUM nor BOOL"),
            "name a fact with a closed list of values");
      return;
    }
    CheckRows(table, path, missing);
    const model::v1::SubjectKind own =
        SubjectOf(context_.pathway.steps(at.step));
    if (fact->subject() != model::v1::SUBJECT_KIND_PERSON &&
        fact->subject() != own) {
      Error(
          path + ".fact", "SUBJECT_MISMATCH",
          absl::StrCat(fact->id(), " does not belong to what the step is for"),
          "give the step the occurrence_per of the fact");
    }
  }

  void CheckRows(const LimitTable& table, const std::string& path,
                 std::set<std::string>& missing) {
    std::set<std::string> seen;
    for (int i = 0; i < table.rows_size(); ++i) {
      const std::string& value = table.rows(i).is();
      const std::string row = FieldPath(path, "rows", i);
      if (!seen.insert(value).second) {
        Error(row + ".is", "DUPLICATE_ID",
              absl::StrCat("there are two rows for ", value), "remove one");
      } else if (missing.erase(value) == 0) {
        Error(row + ".is", "WRONG_VALUE",
              absl::StrCat(value, " is no value of ", table.fact()),
              "use a declared value");
      }
      if (!table.rows(i).has_within()) {
        Error(row + ".within", "NO_DUE", "the row says no time", "state it");
      }
    }
    for (const std::string& value : missing) {
      Error(path + ".rows", "MISSING_ROW",
            absl::StrCat("no row says the limit for ", value), "add the row");
    }
  }

  void CheckStart(const LimitAt& at) {
    const LimitStart& from = at.definition->from();
    const Step& step = context_.pathway.steps(at.step);
    if (at.definition->has_from() &&
        from.start_case() == LimitStart::START_NOT_SET) {
      Error(at.path + ".from", "EMPTY", "nothing starts the clock",
            "state the start, or leave `from` out");
    }
    if (from.referral_received() && !step.has_referral()) {
      Error(at.path + ".from.referral_received", "NO_REFERRAL",
            "the step makes no referral that could be received",
            "state another start");
    }
    const int begins = context_.Find(Named::kStep, from.outcome().step());
    if (begins >= 0 && begins != at.step && !ReachedWithout(at.step, begins)) {
      Error(at.path + ".from.outcome.step", "CANNOT_PRECEDE",
            absl::StrCat(from.outcome().step(),
                         " never ends before this step begins"),
            "name a step that does");
    }
  }

  bool ReachedWithout(int without, int step) {
    auto [found, added] = reached_without_.try_emplace(without);
    if (added) {
      found->second = flow_.ReachFromOutside(without);
    }
    return found->second[static_cast<size_t>(step)];
  }

  void CheckTracks(const Limit& limit, const std::string& path) {
    std::set<std::string> seen;
    for (int i = 0; i < limit.tracks_size(); ++i) {
      const model::v1::TrackLimit& track = limit.tracks(i);
      const std::string at = FieldPath(path, "tracks", i);
      if (!seen.insert(track.track()).second) {
        Error(at + ".track", "DUPLICATE_ID",
              absl::StrCat(track.track(), " stands twice"), "remove one");
      }
      if (!track.has_within()) {
        Error(at + ".within", "NO_DUE", "the track says no time", "state it");
      }
      if (!HasSource(track.source()) && track.within().parameter().empty() &&
          !HasSource(limit.source())) {
        Error(at + ".source", "NO_PROVENANCE",
              "nobody says where the shorter limit comes from",
              "state act and provenance");
      }
      if (limit.due_case() == Limit::kWithin &&
          SurelyLonger(track.within(), limit.within())) {
        Error(at + ".within", "DEADLINES_CONTRADICT",
              absl::StrCat("track ", track.track(), " makes the limit longer"),
              "a track only shortens");
      }
    }
  }

  template <typename List>
  void CheckEscalations(const List& levels, const std::string& path) {
    for (int i = 0; i < levels.size(); ++i) {
      const std::string at = absl::StrCat(path, "[", i, "]");
      if (!levels.Get(i).has_after()) {
        Error(at + ".after", "NO_DUE", "does not say when", "state it");
      }
      if (levels.Get(i).to_role() == "family") {
        Error(at + ".to_role", "NOBODY_IS_TOLD",
              "tells the family that an agency missed its limit",
              "name a role that can mend it");
      }
      if (levels.Get(i).to_role().empty()) {
        Error(at + ".to_role", "NOBODY_IS_TOLD", "does not say who is told",
              "name a role");
      }
      if (i > 0 &&
          SurelyNotShorter(levels.Get(i - 1).after(), levels.Get(i).after())) {
        Error(at + ".after", "ESCALATION_NOT_INCREASING",
              "is not later than the level before it",
              "order the levels by time");
      }
    }
  }

  // All limits of one clock run from one start.
  void CheckSharedClocks() {
    for (const auto& [clock, limits] : clocks_) {
      if (limits.size() == 1) {
        context_.problems.Warning(
            limits[0].path + ".shared_clock", "SHARED_BY_NOBODY",
            absl::StrCat("no other limit is on clock ", clock),
            "remove it, or name it at the other limits");
      }
      if (limits.size() > kLimitsOfOneClockMax) {
        Error(limits[0].path + ".shared_clock", "TOO_MANY",
              absl::StrCat("clock ", clock, " is shared by ", limits.size(),
                           " limits"),
              absl::StrCat("at most ", kLimitsOfOneClockMax, " may share one"));
        continue;
      }
      for (const LimitAt& limit : limits) {
        CheckClockStart(clock, limits[0], limit);
      }
    }
  }

  void CheckClockStart(const std::string& clock, const LimitAt& first,
                       const LimitAt& limit) {
    if (!HasCommonStart(*limit.definition)) {
      Error(limit.path + ".from", "CLOCK_WITHOUT_START",
            absl::StrCat("clock ", clock,
                         " would start anew with each step it is shared by"),
            "state `from`: an outcome, a fact or the report");
    } else if (!MessageDifferencer::Equals(first.definition->from(),
                                           limit.definition->from())) {
      Error(limit.path + ".from", "DEADLINES_CONTRADICT",
            absl::StrCat("clock ", clock, " has another start in ", first.path),
            "give all limits of the clock the same `from`");
    }
  }

  // A step that comes later cannot be due earlier from the same start.
  void CheckOrderOfStarts() {
    for (const auto& [start, limits] : by_start_) {
      const size_t count = std::min(limits.size(), kLimitsOfOneClockMax);
      for (size_t i = 1; i < count; ++i) {
        for (size_t k = 0; k < i; ++k) {
          CheckOrder(limits[k], limits[i]);
          CheckOrder(limits[i], limits[k]);
        }
      }
    }
  }

  void CheckOrder(const LimitAt& earlier, const LimitAt& later) {
    if (earlier.step == later.step || !Precedes(earlier.step, later.step) ||
        !SurelyLonger(earlier.definition->within(),
                      later.definition->within())) {
      return;
    }
    Error(later.path + ".within", "DEADLINES_CONTRADICT",
          absl::StrCat("is due before ", earlier.path,
                       ", which comes first and runs from the same start"),
          "give the later step at least the time of the earlier");
  }

  // Whether `later` comes after `earlier` and never the other way round.
  bool Precedes(int earlier, int later) {
    return Leads(earlier, later) && !Leads(later, earlier);
  }

  bool Leads(int from, int to) {
    auto [found, added] = reach_.try_emplace(from);
    if (added) {
      found->second =
          flow_.Reach(flow_.successors[static_cast<size_t>(from)], -1);
    }
    return found->second[static_cast<size_t>(to)];
  }

  CheckContext& context_;
  const Flow& flow_;
  std::map<std::string, std::vector<LimitAt>> clocks_;
  // By the bytes of `from`, which only group here and are never stored.
  std::map<std::string, std::vector<LimitAt>> by_start_;
  std::map<int, std::vector<bool>> reach_;
  std::map<int, std::vector<bool>> reached_without_;
};

}  // namespace

void CheckLimits(CheckContext& context, const Flow& flow) {
  LimitChecker(context, flow).Check();
}

}  // namespace careroute::pathway::internal
